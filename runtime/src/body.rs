//! Holds the bodies that go to and come from the transport: bytes in memory, or a stream.

mod download;
mod events;
mod json_lines;
pub(crate) mod multipart;
mod progress;
mod response_body;
mod source;
mod upload;
mod webhook;

pub use download::Download;
pub(crate) use download::{DownloadFacts, RequestRest, Rest};
pub(crate) use events::{Connect, Reconnects, is_no_event_stream, no_event_stream};
pub use events::{Event, Events};
pub use json_lines::{JsonLines, JsonLinesBody};
pub use progress::TransferProgress;
pub use upload::Upload;
#[cfg(feature = "webhooks")]
pub use webhook::WebhookVerifier;
pub use webhook::{webhook, webhook_header};

pub(crate) use progress::{BytesInChunks, Watcher};
pub(crate) use response_body::{ResponseBody, utf8};
pub(crate) use source::{BodySource, OneShot, Open, measured};
pub(crate) use upload::UploadParts;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::error::TransportError;
use crate::platform::{BoxStream, MaybeSend};

/// The body of a request: bytes in memory, or a stream.
pub struct Body(Repr);

enum Repr {
    Bytes(Bytes),
    Stream {
        stream: ByteStream,
        length: Option<u64>,
    },
    /// Bytes whose stream records how many have been sent.
    Watched {
        bytes: Bytes,
        stream: ByteStream,
    },
}

impl Body {
    /// Creates an empty body.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Repr::Bytes(Bytes::new()))
    }

    /// Wraps a stream of bytes. `length` is the total number of bytes, if known.
    #[must_use]
    pub fn stream(stream: ByteStream, length: Option<u64>) -> Self {
        Self(Repr::Stream { stream, length })
    }

    /// Returns the length in bytes, if known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Repr::Bytes(bytes) | Repr::Watched { bytes, .. } => Some(bytes.len() as u64),
            Repr::Stream { length, .. } => *length,
        }
    }

    /// Returns the whole body, if it is in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Repr::Bytes(bytes) | Repr::Watched { bytes, .. } => Some(bytes),
            Repr::Stream { .. } => None,
        }
    }

    /// Creates a body in memory that is to be sent as this stream of the same bytes, which records its progress.
    pub(crate) const fn watched(bytes: Bytes, stream: ByteStream) -> Self {
        Self(Repr::Watched { bytes, stream })
    }

    /// Returns `true` if the body should be sent as a stream.
    pub(crate) const fn is_stream(&self) -> bool {
        matches!(self.0, Repr::Stream { .. } | Repr::Watched { .. })
    }

    /// Converts the body to a stream, even if it is in memory.
    #[must_use]
    pub fn into_stream(self) -> ByteStream {
        match self.0 {
            Repr::Bytes(bytes) => ByteStream::from(bytes),
            Repr::Stream { stream, .. } | Repr::Watched { stream, .. } => stream,
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Repr::Bytes(bytes))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "Body({length} bytes)"),
            None => f.write_str("Body(stream)"),
        }
    }
}

/// A stream of bytes that can fail at any point.
pub struct ByteStream(BoxStream<'static, Result<Bytes, TransportError>>);

impl ByteStream {
    /// Boxes a stream.
    #[must_use]
    pub fn new(stream: impl Stream<Item = Result<Bytes, TransportError>> + MaybeSend + 'static) -> Self {
        Self(Box::pin(stream))
    }

    /// Returns the next chunk, or `None` at the end.
    ///
    /// # Errors
    /// Returns an error if the connection was lost, or if the source of the bytes failed.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        std::future::poll_fn(|context| self.0.as_mut().poll_next(context)).await
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl From<Bytes> for ByteStream {
    fn from(bytes: Bytes) -> Self {
        Self::new(Once((!bytes.is_empty()).then_some(bytes)))
    }
}

struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ByteStream")
    }
}
