//! Stores the payload of a request so that each attempt can open a body from it.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::{Body, ByteStream, Watcher};
use crate::error::{Error, ErrorKind, TransportError, TransportErrorKind};
use crate::platform::{BoxFuture, MaybeSend};

/// The payload of a request, from which each attempt opens a body.
#[derive(Clone)]
pub(crate) enum BodySource {
    /// Bytes in memory.
    Bytes(Bytes),
    /// Bytes that are read anew for each attempt, from the caller's start position.
    Replayable {
        from: Arc<dyn Open>,
        /// The number of bytes to send, if the caller has set it.
        length: Option<u64>,
    },
    /// A stream that can be sent only once.
    Once(OneShot),
    /// Several sources in a row, replayable if all of them are.
    Joined(Arc<[BodySource]>),
    /// A source whose progress is reported.
    Watched(Box<BodySource>, Watcher),
}

/// Opens bodies that all hold the same bytes.
pub(crate) trait Open: MaybeSend + Sync + 'static {
    /// Opens a body at the start, with exactly `length` bytes if the caller has set a length.
    fn open(&self, length: Option<u64>) -> BoxFuture<'_, Result<Body, Error>>;
}

/// A stream that can be sent once. Until its first bytes are polled it can be opened again, so that a failed
/// connection does not use it up.
#[derive(Clone)]
pub(crate) struct OneShot {
    slot: Arc<Mutex<Option<ByteStream>>>,
    length: Option<u64>,
}

impl OneShot {
    pub(crate) fn new(stream: ByteStream) -> Self {
        Self { slot: Arc::new(Mutex::new(Some(stream))), length: None }
    }

    pub(crate) fn set_length(&mut self, length: u64) {
        self.length = Some(length);
    }

    fn is_here(&self) -> bool {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    fn open(&self) -> Result<Body, Error> {
        let stream = self.slot.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(stream) = stream else {
            return Err(Error::new(ErrorKind::Body, "the body is a stream that has already been sent"));
        };
        let lent = Lent { stream: Some(stream), slot: Some(Arc::clone(&self.slot)) };
        Ok(measured(ByteStream::new(lent), self.length))
    }
}

/// A stream that returns to its slot if it is dropped before it is polled.
struct Lent {
    stream: Option<ByteStream>,
    slot: Option<Arc<Mutex<Option<ByteStream>>>>,
}

impl Stream for Lent {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.slot = None;
        match &mut self.stream {
            Some(stream) => Pin::new(stream).poll_next(context),
            None => Poll::Ready(None),
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(slot) = &self.slot {
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = self.stream.take();
        }
    }
}

impl BodySource {
    /// Returns `true` if a body can be opened now. A one-shot stream can be opened until its first bytes are polled.
    pub(crate) fn is_replayable(&self) -> bool {
        match self {
            Self::Bytes(_) | Self::Replayable { .. } => true,
            Self::Once(stream) => stream.is_here(),
            Self::Joined(sources) => sources.iter().all(Self::is_replayable),
            Self::Watched(source, _) => source.is_replayable(),
        }
    }

    /// Opens a body at the start.
    pub(crate) async fn open(&self) -> Result<Body, Error> {
        match self {
            Self::Bytes(bytes) => Ok(Body::from(bytes.clone())),
            Self::Replayable { from, length } => from.open(*length).await,
            Self::Once(stream) => stream.open(),
            Self::Joined(sources) => join(sources).await,
            Self::Watched(source, watcher) => watcher.open(source).await,
        }
    }

    /// Returns the bytes, if they are in memory.
    pub(crate) fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Watched(source, _) => source.as_bytes(),
            Self::Replayable { .. } | Self::Once(_) | Self::Joined(_) => None,
        }
    }

    /// Returns the length in bytes, if it is known before a body is opened.
    pub(crate) fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::Replayable { length, .. } | Self::Once(OneShot { length, .. }) => *length,
            Self::Joined(sources) => sources.iter().map(Self::length).sum(),
            Self::Watched(source, _) => source.length(),
        }
    }
}

/// Wraps a stream in a body that fails if the stream yields more or fewer bytes than promised.
pub(crate) fn measured(stream: ByteStream, length: Option<u64>) -> Body {
    match length {
        None => Body::stream(stream, None),
        Some(promised) => {
            Body::stream(ByteStream::new(Measured { stream, promised, left: promised }), length)
        }
    }
}

struct Measured {
    stream: ByteStream,
    promised: u64,
    left: u64,
}

impl Stream for Measured {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(Pin::new(&mut self.stream).poll_next(context));
        let amiss = match &next {
            Some(Ok(chunk)) => match self.left.checked_sub(chunk.len() as u64) {
                Some(left) => {
                    self.left = left;
                    None
                }
                None => Some("more"),
            },
            None if self.left > 0 => Some("fewer"),
            None | Some(Err(_)) => None,
        };
        Poll::Ready(match amiss {
            None => next,
            Some(amiss) => {
                self.left = 0;
                let message =
                    format!("the body has {amiss} bytes than its declared length of {}", self.promised);
                Some(Err(TransportError::new(TransportErrorKind::RequestBody, message)))
            }
        })
    }
}

/// Opens all sources up front, so that one that cannot be opened fails before anything is sent. The future is boxed
/// because sources nest.
fn join(sources: &[BodySource]) -> BoxFuture<'_, Result<Body, Error>> {
    Box::pin(async move {
        let mut bodies = Vec::with_capacity(sources.len());
        for source in sources {
            bodies.push(source.open().await?);
        }
        let length = bodies.iter().map(Body::length).sum();
        bodies.reverse();
        let bodies = bodies.into_iter().map(Body::into_stream).collect();
        Ok(Body::stream(ByteStream::new(Joined { bodies }), length))
    })
}

/// Streams in reverse order: the last one is sent first.
struct Joined {
    bodies: Vec<ByteStream>,
}

impl Stream for Joined {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(body) = self.bodies.last_mut() {
            match Pin::new(body).poll_next(context) {
                Poll::Ready(None) => {
                    self.bodies.pop();
                }
                next @ (Poll::Ready(Some(_)) | Poll::Pending) => return next,
            }
        }
        Poll::Ready(None)
    }
}

impl From<Bytes> for BodySource {
    fn from(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }
}

impl fmt::Debug for BodySource {
    /// Shows the length, never the content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "{length} bytes"),
            None => f.write_str("stream"),
        }
    }
}
