//! The time that a whole call has, over its tries, the waits between them and its answer.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::bounds::{BoxFuture, First, race};
use crate::error::{Error, TimeoutKind};
use crate::platform::Platform;

/// The end of a call's time.
pub(super) struct Deadline {
    sleep: BoxFuture<'static, ()>,
    limit: Duration,
}

impl Deadline {
    pub(super) fn start(limit: Duration, platform: &dyn Platform) -> Self {
        Self { sleep: platform.sleep(limit), limit }
    }

    /// What the call comes to, if it does so in time. It is pinned by the caller: by value, it would be held twice.
    pub(super) async fn bound<T>(&mut self, mut call: Pin<&mut impl Future<Output = T>>) -> Result<T, Error> {
        match race(&mut call, &mut self.sleep).await {
            First::Left(value) => Ok(value),
            First::Right(()) => Err(self.error()),
        }
    }

    /// Must not be polled again once it is ready.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.sleep.as_mut().poll(context)
    }

    pub(super) fn error(&self) -> Error {
        let message = format!("the call took longer than {:?} (call timeout)", self.limit);
        Error::timeout(TimeoutKind::Call, message)
    }
}
