//! Limits the time in which no bytes move between client and server.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use super::progress::Progress;
use crate::error::{Error, TimeoutKind};
use crate::platform::Platform;

/// The limit on the time in which no bytes move.
pub(super) struct IdleTimeout<'a> {
    pub(super) platform: &'a Arc<dyn Platform>,
    pub(super) limit: Option<Duration>,
}

impl IdleTimeout<'_> {
    /// Waits for the server. The limit starts anew while bytes of the request body are sent.
    pub(super) async fn wait<T>(
        &self,
        next: &mut (impl Future<Output = T> + Unpin),
        progress: Option<&Progress>,
    ) -> Result<T, Error> {
        let Some(limit) = self.limit else { return Ok(next.await) };
        let mut left = limit;
        loop {
            // Most futures are ready at once, and need no timer.
            let mut sleep = None;
            let first = poll_fn(|context| {
                if let Poll::Ready(value) = Pin::new(&mut *next).poll(context) {
                    return Poll::Ready(Some(value));
                }
                let sleep = sleep.get_or_insert_with(|| self.platform.sleep(left));
                sleep.as_mut().poll(context).map(|()| None)
            });
            if let Some(value) = first.await {
                return Ok(value);
            }
            match progress.and_then(|progress| progress.left(limit, &**self.platform)) {
                Some(more) => left = more,
                None => return Err(too_long(limit)),
            }
        }
    }
}

/// Returns the error of a wait in which no bytes moved.
pub(super) fn too_long(limit: Duration) -> Error {
    Error::timeout(TimeoutKind::Read, format!("no bytes moved for {limit:?} (read timeout)"))
}
