//! Defines uploads: bytes that a caller sends from memory, files, readers or streams.

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

use crate::body::{Body, BodySource, ByteStream, OneShot, Open, TransferProgress, Watcher, measured};
use crate::error::{Error, TransportError, TransportErrorKind};
use crate::platform::{BoxFuture, MaybeSend};

/// Bytes to send, as a request body or as a file in a form.
///
/// Bytes and text in memory implement `Into<Upload>`. Files and other sources are read as the connection takes their
/// bytes, so memory use does not depend on the length. A call can be retried after a failure, unless its bytes come
/// from [`Upload::stream`] or `Upload::async_reader`.
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
    watcher: Option<Watcher>,
    /// Describes the first part that cannot be sent.
    fault: Option<String>,
}

impl Upload {
    const fn new(source: BodySource) -> Self {
        Self { source, file_name: None, content_type: None, watcher: None, fault: None }
    }

    /// Sends the bytes of a stream. Once the first bytes have been sent, the call cannot be retried.
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

    /// Sends the bytes of a stream that is created anew for each attempt. All these streams must yield the same bytes.
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

    /// Sets the number of bytes to send. A stream that yields more or fewer fails; a file or a reader is read up to
    /// this length.
    ///
    /// Without a length, a stream is sent without the header `Content-Length`, which some servers reject.
    pub fn length(mut self, length: u64) -> Self {
        match &mut self.source {
            BodySource::Replayable { length: set, .. } => *set = Some(length),
            BodySource::Once(stream) => stream.set_length(length),
            BodySource::Bytes(_) | BodySource::Joined(_) | BodySource::Watched(..) => {
                if self.source.length() != Some(length) {
                    self.fault.get_or_insert(format!(
                        "the length of an upload is set to {length}, but it has {} bytes",
                        self.source.length().unwrap_or_default()
                    ));
                }
            }
        }
        self
    }

    /// Sets the file name in a form. By default, a file has its own name, and anything else has the name of the part.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type. By default, it is the one in the API's document.
    pub fn content_type(mut self, media_type: &str) -> Self {
        match HeaderValue::from_str(media_type) {
            Ok(media_type) => self.content_type = Some(media_type),
            Err(_) => {
                self.fault
                    .get_or_insert("the media type of an upload is not a valid header value".to_owned());
            }
        }
        self
    }

    /// Calls a function whenever the connection takes bytes of this upload. If the request is sent again, the count
    /// starts again too.
    ///
    /// ```
    /// # use sdk_runtime::Upload;
    /// let upload = Upload::from(vec![0; 1_048_576])
    ///     .on_progress(|progress| println!("{} of {:?} bytes", progress.bytes, progress.total));
    /// ```
    pub fn on_progress(mut self, watch: impl Fn(TransferProgress) + MaybeSend + Sync + 'static) -> Self {
        self.watcher = Some(Watcher::new(watch));
        self
    }

    pub(crate) fn into_parts(self) -> Result<UploadParts, String> {
        match self.fault {
            None => Ok(UploadParts {
                source: match self.watcher {
                    None => self.source,
                    Some(watcher) => BodySource::Watched(Box::new(self.source), watcher),
                },
                file_name: self.file_name,
                content_type: self.content_type,
            }),
            Some(fault) => Err(fault),
        }
    }
}

/// The parts of an upload, to be put into a request.
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
    /// Shows the length, never the content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload({:?})", self.source)
    }
}

/// A stream of the caller, whose errors become transport errors.
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
