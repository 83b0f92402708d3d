//! A wait for the server to one that ends when nothing moves for too long.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use super::progress::Progress;
use crate::error::{Error, TimeoutKind};
use crate::platform::Platform;

/// How long nothing may move.
pub(super) struct IdleTimeout<'a> {
    pub(super) platform: &'a Arc<dyn Platform>,
    pub(super) limit: Option<Duration>,
}

impl IdleTimeout<'_> {
    /// Waits for the next thing from the server, and on, as long as the body of the request goes out.
    pub(super) async fn wait<T>(
        &self,
        next: &mut (impl Future<Output = T> + Unpin),
        progress: Option<&Progress>,
    ) -> Result<T, Error> {
        let Some(limit) = self.limit else { return Ok(next.await) };
        let mut left = limit;
        loop {
            // Most of what is waited for is there already, and needs no timer.
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

/// The error of a wait in which nothing moved.
pub(super) fn too_long(limit: Duration) -> Error {
    Error::timeout(TimeoutKind::Read, format!("nothing came for {limit:?} (read timeout)"))
}
