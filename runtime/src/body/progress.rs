//! Reports the progress of uploads and downloads to functions of the caller.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::{Body, BodySource, ByteStream};
use crate::error::{Error, TransportError};
use crate::platform::{BoxFuture, MaybeSend};

/// The progress of an upload or a download.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TransferProgress {
    /// The number of bytes that were sent or received so far.
    pub bytes: u64,
    /// The number of all bytes, if it is known.
    pub total: Option<u64>,
}

/// A function that learns of the progress of an upload, in each attempt anew.
#[derive(Clone)]
pub(crate) struct Watcher(Arc<dyn Watch>);

/// A function that can be called from any thread.
trait Watch: Fn(TransferProgress) + MaybeSend + Sync {}
impl<F: Fn(TransferProgress) + MaybeSend + Sync> Watch for F {}

impl Watcher {
    pub(crate) fn new(watch: impl Fn(TransferProgress) + MaybeSend + Sync + 'static) -> Self {
        Self(Arc::new(watch))
    }

    /// Opens a body whose progress is reported. The future is boxed because sources nest.
    pub(super) fn open<'a>(&'a self, source: &'a BodySource) -> BoxFuture<'a, Result<Body, Error>> {
        Box::pin(async move { Ok(self.watched(source.open().await?)) })
    }

    fn watched(&self, body: Body) -> Body {
        let total = body.length();
        let bytes = body.as_bytes().cloned();
        let stream = match &bytes {
            Some(bytes) => ByteStream::new(BytesInChunks(bytes.clone())),
            None => body.into_stream(),
        };
        let progress = TransferProgress { bytes: 0, total };
        let stream = ByteStream::new(WatchedStream { stream, watcher: self.clone(), progress });
        match bytes {
            Some(bytes) => Body::watched(bytes, stream),
            None => Body::stream(stream, total),
        }
    }
}

impl fmt::Debug for Watcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watcher")
    }
}

struct WatchedStream {
    stream: ByteStream,
    watcher: Watcher,
    progress: TransferProgress,
}

impl Stream for WatchedStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = std::task::ready!(Pin::new(&mut self.stream).poll_next(context));
        if let Some(Ok(piece)) = &next {
            self.progress.bytes += piece.len() as u64;
            (self.watcher.0)(self.progress);
        }
        Poll::Ready(next)
    }
}

/// Bytes in memory, one piece at a time.
pub(crate) struct BytesInChunks(pub(crate) Bytes);

/// The size of the pieces of a body in memory whose progress is recorded.
const PIECE: usize = 64 * 1024;

impl Stream for BytesInChunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let length = self.0.len().min(PIECE);
        Poll::Ready((length > 0).then(|| Ok(self.0.split_to(length))))
    }
}
