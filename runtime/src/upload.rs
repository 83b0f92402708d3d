//! Bytes that a caller sends, from wherever they are, to the source of a body.

#[cfg(feature = "fs")]
mod async_reader;
#[cfg(feature = "fs")]
mod file;
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderValue;

use crate::body::{Body, BodySource, ByteStream, OneShot, Open, measured};
use crate::bounds::{BoxFuture, MaybeSend};
use crate::error::{Error, TransportError, TransportErrorKind};

/// Bytes to send, as a body or as a file in a form.
///
/// Bytes in memory convert into it. What is in a file, or comes from elsewhere, is read as the connection takes it, so
/// that the memory in use stays the same whatever the length. A call can be repeated after a failure unless its bytes
/// come from [`Upload::stream`].
///
/// ```
/// # #[cfg(feature = "fs")] fn example() {
/// use sdk_runtime::Upload;
///
/// let bytes = Upload::from("a,b\n1,2\n").file_name("table.csv").content_type("text/csv");
/// let file = Upload::file("holiday.mp4");
/// # }
/// ```
#[must_use]
pub struct Upload {
    source: BodySource,
    file_name: Option<String>,
    content_type: Option<HeaderValue>,
    /// The first thing that cannot be sent.
    fault: Option<String>,
}

impl Upload {
    const fn new(source: BodySource) -> Self {
        Self { source, file_name: None, content_type: None, fault: None }
    }

    /// Sends what a stream gives. Once the first bytes are on their way, the call cannot be repeated.
    ///
    /// ```
    /// # use futures_core::Stream;
    /// # use sdk_runtime::{Bytes, Upload};
    /// # fn example(stream: impl Stream<Item = Result<Bytes, std::io::Error>> + Send + 'static) {
    /// let upload = Upload::stream(stream).length(1_048_576);
    /// # }
    /// ```
    pub fn stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + MaybeSend + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        Self::new(BodySource::Once(OneShot::new(ByteStream::new(CallerStream(Box::pin(stream))))))
    }

    /// Sends what a stream gives, which is made anew for each try. All of them have to give the same bytes.
    pub fn from_fn<F, S, E>(make: F) -> Self
    where
        F: Fn() -> S + Send + Sync + 'static,
        S: Stream<Item = Result<Bytes, E>> + MaybeSend + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        Self::replayable(Factory(move || ByteStream::new(CallerStream(Box::pin(make())))))
    }

    fn replayable(from: impl Open) -> Self {
        Self::new(BodySource::Replayable { from: Arc::new(from), length: None })
    }

    /// How many bytes there are, where they do not tell themselves. A stream that gives more or fewer breaks off with
    /// an error; of a file or a reader so many are sent.
    ///
    /// Without it, a stream is sent in chunks of no announced length, which some servers refuse.
    pub fn length(mut self, length: u64) -> Self {
        match &mut self.source {
            BodySource::Replayable { length: set, .. } => *set = Some(length),
            BodySource::Once(stream) => stream.set_length(length),
            BodySource::Bytes(_) | BodySource::Joined(_) => {
                if self.source.length() != Some(length) {
                    self.fault.get_or_insert(format!(
                        "the length of an upload is given as {length}, and it has {} bytes",
                        self.source.length().unwrap_or_default()
                    ));
                }
            }
        }
        self
    }

    /// The name that a form gives the file. Without it, a file goes by its own name, and anything else by that of the
    /// part.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The media type of the bytes. Without it, they have the one that the API's document gives.
    pub fn content_type(mut self, media_type: &str) -> Self {
        match HeaderValue::from_str(media_type) {
            Ok(media_type) => self.content_type = Some(media_type),
            Err(_) => {
                self.fault.get_or_insert("the media type of an upload is no header".to_owned());
            }
        }
        self
    }

    pub(crate) fn into_parts(self) -> Result<UploadParts, String> {
        match self.fault {
            None => Ok(UploadParts {
                source: self.source,
                file_name: self.file_name,
                content_type: self.content_type,
            }),
            Some(fault) => Err(fault),
        }
    }
}

/// What an upload is made of, to be put into a request.
#[derive(Clone)]
pub(crate) struct UploadParts {
    pub(crate) source: BodySource,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<HeaderValue>,
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self::new(BodySource::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl From<&'static [u8]> for Upload {
    fn from(bytes: &'static [u8]) -> Self {
        Self::from(Bytes::from_static(bytes))
    }
}

impl<const N: usize> From<&'static [u8; N]> for Upload {
    fn from(bytes: &'static [u8; N]) -> Self {
        Self::from(Bytes::from_static(bytes))
    }
}

impl From<String> for Upload {
    fn from(text: String) -> Self {
        Self::from(Bytes::from(text))
    }
}

impl From<&'static str> for Upload {
    fn from(text: &'static str) -> Self {
        Self::from(Bytes::from_static(text.as_bytes()))
    }
}

impl fmt::Debug for Upload {
    /// How long it is, never what it holds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload({:?})", self.source)
    }
}

/// A stream of the caller's, whose errors become ours.
struct CallerStream<S>(Pin<Box<S>>);

impl<S, E> Stream for CallerStream<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.as_mut().poll_next(context);
        next.map(|next| {
            next.map(|chunk| {
                chunk.map_err(|error| TransportError::new(TransportErrorKind::RequestBody, error))
            })
        })
    }
}

struct Factory<F>(F);

impl<F: Fn() -> ByteStream + Send + Sync + 'static> Open for Factory<F> {
    fn open(&self, length: Option<u64>) -> BoxFuture<'_, Result<Body, Error>> {
        let body = measured((self.0)(), length);
        Box::pin(std::future::ready(Ok(body)))
    }
}
