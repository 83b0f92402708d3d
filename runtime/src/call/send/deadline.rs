//! Limits the time of a whole call: its attempts, the waits between them and its response.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::error::{Error, TimeoutKind};
use crate::platform::{BoxFuture, First, Platform, race};

/// The time limit of a call.
pub(super) struct Deadline {
    sleep: BoxFuture<'static, ()>,
    limit: Duration,
}

impl Deadline {
    /// Starts the timer of a call of whose time a part is already over.
    pub(super) fn start(limit: Duration, elapsed: Duration, platform: &dyn Platform) -> Self {
        Self { sleep: platform.sleep(limit.saturating_sub(elapsed)), limit }
    }

    /// Runs the call within its time limit. The caller pins the future: passed by value, it would be stored twice.
    pub(super) async fn bound<T>(&mut self, mut call: Pin<&mut impl Future<Output = T>>) -> Result<T, Error> {
        match race(&mut call, &mut self.sleep).await {
            First::Left(value) => Ok(value),
            First::Right(()) => Err(self.error()),
        }
    }

    /// Polls the timer. It must not be polled again once it is ready.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.sleep.as_mut().poll(context)
    }

    pub(super) fn error(&self) -> Error {
        let message = format!("the call took longer than {:?} (call timeout)", self.limit);
        Error::timeout(TimeoutKind::Call, message)
    }
}
