//! Limits the waits of a response stream, by the read timeout and by the deadline of the call.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use super::deadline::Deadline;
use super::idle_timeout::too_long;
use crate::body::ByteStream;
use crate::error::{Error, TransportError, TransportErrorKind};
use crate::platform::{BoxFuture, Platform};

/// A stream with limited waits. The read timeout does not count the time that the reader spends between reads.
pub(super) struct TimedStream {
    pub(super) stream: ByteStream,
    pub(super) platform: Arc<dyn Platform>,
    pub(super) limit: Option<Duration>,
    /// Runs while the reader waits.
    pub(super) idle: Option<BoxFuture<'static, ()>>,
    pub(super) deadline: Option<Deadline>,
    pub(super) is_over: bool,
}

impl TimedStream {
    fn over(&mut self, error: Error) -> Poll<Option<Result<Bytes, TransportError>>> {
        self.is_over = true;
        // The connection is given up, although the reader may keep the stream.
        self.stream = ByteStream::from(Bytes::new());
        Poll::Ready(Some(Err(TransportError::new(TransportErrorKind::Lost, error))))
    }
}

impl Stream for TimedStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        if let Some(deadline) = &mut self.deadline {
            if deadline.poll(context).is_ready() {
                let error = deadline.error();
                return self.over(error);
            }
        }
        if let Poll::Ready(next) = Pin::new(&mut self.stream).poll_next(context) {
            self.idle = None;
            self.is_over = !matches!(next, Some(Ok(_)));
            return Poll::Ready(next);
        }
        let Some(limit) = self.limit else { return Poll::Pending };
        let this = &mut *self;
        let idle = this.idle.get_or_insert_with(|| this.platform.sleep(limit));
        match idle.as_mut().poll(context) {
            Poll::Ready(()) => self.over(too_long(limit)),
            Poll::Pending => Poll::Pending,
        }
    }
}
