//! Records when bytes of a request body last moved, and whether all did.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_core::Stream;

use crate::body::{Body, ByteStream, BytesInChunks};
use crate::error::TransportError;
use crate::platform::Platform;

/// The progress of a body that is being sent.
#[derive(Clone, Debug)]
pub(super) struct Progress(Arc<Moved>);

#[derive(Debug)]
struct Moved {
    /// The time at which bytes last moved, in milliseconds since 1970.
    last: AtomicU64,
    is_whole: AtomicBool,
}

/// A body of at most this many bytes fits into the buffers below, and is sent at once.
const SMALL: usize = 64 * 1024;

impl Progress {
    /// Wraps the body to record its progress, if sending it can take time.
    pub(super) fn of(body: Body, platform: &Arc<dyn Platform>) -> (Body, Option<Self>) {
        if !body.is_stream() && body.as_bytes().is_some_and(|bytes| bytes.len() <= SMALL) {
            return (body, None);
        }
        let last = AtomicU64::new(millis(platform.now()));
        let progress = Self(Arc::new(Moved { last, is_whole: AtomicBool::new(false) }));
        let length = body.length();
        let bytes = body.as_bytes().cloned();
        let stream = match &bytes {
            Some(bytes) if !body.is_stream() => ByteStream::new(BytesInChunks(bytes.clone())),
            Some(_) | None => body.into_stream(),
        };
        let marked = Marked {
            stream,
            progress: progress.clone(),
            platform: Arc::clone(platform),
            has_given: false,
            left: length,
        };
        let stream = ByteStream::new(marked);
        let body = match bytes {
            Some(bytes) => Body::watched(bytes, stream),
            None => Body::stream(stream, length),
        };
        (body, Some(progress))
    }

    /// Returns the part of the limit that is left since bytes last moved.
    pub(super) fn left(&self, limit: Duration, platform: &dyn Platform) -> Option<Duration> {
        let idle = millis(platform.now()).saturating_sub(self.0.last.load(Ordering::Relaxed));
        limit.checked_sub(Duration::from_millis(idle)).filter(|left| !left.is_zero())
    }

    /// Returns `true` once all bytes were handed over.
    pub(super) fn is_whole(&self) -> bool {
        self.0.is_whole.load(Ordering::Relaxed)
    }
}

fn millis(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

struct Marked {
    stream: ByteStream,
    progress: Progress,
    platform: Arc<dyn Platform>,
    /// Set if the last poll yielded bytes.
    has_given: bool,
    /// The number of bytes that are still to come, if the length is known.
    left: Option<u64>,
}

impl Stream for Marked {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut self.stream).poll_next(context);
        // A poll for more bytes means that the previous ones have been sent.
        if self.has_given || next.is_ready() {
            self.progress.0.last.store(millis(self.platform.now()), Ordering::Relaxed);
        }
        self.has_given = next.is_ready();
        let is_whole = match &next {
            Poll::Ready(Some(Ok(bytes))) => {
                self.left = self.left.map(|left| left.saturating_sub(bytes.len() as u64));
                self.left == Some(0)
            }
            Poll::Ready(None) => true,
            Poll::Ready(Some(Err(_))) | Poll::Pending => false,
        };
        if is_whole {
            self.progress.0.is_whole.store(true, Ordering::Relaxed);
        }
        next
    }
}
