//! A wait for the server to one that ends when nothing moves for too long.

use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use super::progress::Progress;
use crate::bounds::{First, race};
use crate::error::{Error, TimeoutKind};
use crate::platform::Platform;

/// How long nothing may move.
pub(super) struct Patience<'a> {
    pub(super) platform: &'a Arc<dyn Platform>,
    pub(super) limit: Option<Duration>,
}

impl Patience<'_> {
    /// Waits for the next thing from the server, and on, as long as the body of the request goes out.
    pub(super) async fn wait<T>(
        &self,
        next: &mut (impl Future<Output = T> + Unpin),
        progress: Option<&Progress>,
    ) -> Result<T, Error> {
        let Some(limit) = self.limit else { return Ok(next.await) };
        // What is there already needs no timer.
        let ready = std::future::poll_fn(|context| Poll::Ready(Pin::new(&mut *next).poll(context)));
        if let Poll::Ready(value) = ready.await {
            return Ok(value);
        }
        let mut left = limit;
        loop {
            let mut sleep = self.platform.sleep(left);
            if let First::Left(value) = race(next, &mut sleep).await {
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
