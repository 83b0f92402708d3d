//! Defines [`Download`]: the body of a response as a stream of bytes.

#[cfg(feature = "fs")]
mod read;
mod resume;
#[cfg(feature = "fs")]
mod save;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::SystemTime;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};

use crate::api::Api;
use crate::body::{ResponseBody, TransferProgress, utf8};
use crate::error::{CallFacts, Error, ErrorKind, ErrorResponse};
use crate::platform::MaybeSend;

pub(crate) use resume::{RequestRest, Rest};

use resume::Resumption;

/// The body of a response as a stream of bytes, received only as fast as it is read. Dropping it discards the rest.
///
/// The read timeout and the timeout of the whole call stay in force while the body is read. A lost connection is an
/// error, unless the call asks to resume it; see [`Call::resuming`](crate::Call::resuming).
///
/// ```
/// # use sdk_runtime::{Download, Error};
/// # async fn example(mut download: Download) -> Result<(), Error> {
/// let mut length = 0;
/// while let Some(chunk) = download.next().await {
///     length += chunk?.len();
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a download does nothing unless it is read"]
pub struct Download(Box<Inner>);

/// The contents of a [`Download`], boxed so that an enum of several responses stays small.
struct Inner {
    body: ResponseBody,
    /// Bytes that were received, and of which a reader took only a part.
    #[cfg(feature = "fs")]
    rest: Bytes,
    length: Option<u64>,
    /// Set if the rest is requested when the connection is lost.
    resumption: Option<Box<Resumption>>,
    /// The number of bytes that were received, and who learns of it.
    watch: Option<(u64, Box<dyn Watch>)>,
    facts: DownloadFacts,
}

/// A function that learns of the progress.
trait Watch: FnMut(TransferProgress) + MaybeSend {}
impl<F: FnMut(TransferProgress) + MaybeSend> Watch for F {}

/// The facts about the call and the response that a download belongs to.
pub(crate) struct DownloadFacts {
    pub(crate) api: &'static Api,
    pub(crate) call: CallFacts,
    pub(crate) attempts: u32,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) arrived: SystemTime,
    pub(crate) max_buffer: usize,
    /// Set if the call was waited for.
    #[cfg(feature = "blocking")]
    pub(crate) background: Option<std::sync::Arc<crate::platform::Background>>,
}

impl Download {
    pub(crate) fn new(body: ResponseBody, facts: DownloadFacts) -> Self {
        let length = facts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        Self(Box::new(Inner {
            body,
            #[cfg(feature = "fs")]
            rest: Bytes::new(),
            length,
            resumption: None,
            watch: None,
            facts,
        }))
    }

    /// Returns the next bytes; `None` at the end of the body.
    ///
    /// # Errors
    /// Returns an error if the connection is lost, or if the read timeout or the timeout of the call expires.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns the length of the body in bytes, if the server announced it.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.0.length
    }

    /// Calls a function whenever bytes are received. The total is [`length`](Self::length).
    ///
    /// ```
    /// # use sdk_runtime::Download;
    /// # fn example(download: Download) -> Download {
    /// download.on_progress(|progress| println!("{} of {:?} bytes", progress.bytes, progress.total))
    /// # }
    /// ```
    pub fn on_progress(mut self, watch: impl FnMut(TransferProgress) + MaybeSend + 'static) -> Self {
        self.0.watch = Some((0, Box::new(watch)));
        self
    }

    /// Reads the whole body into memory.
    ///
    /// # Errors
    /// Returns the errors of [`Download::next`], and one of kind [`ErrorKind::TooLarge`] if the body is larger than
    /// [`max_buffer`](crate::RequestOptions::max_buffer).
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        if let ResponseBody::Whole(bytes) = &self.0.body {
            if self.is_between_pieces() && self.0.watch.is_none() {
                return Ok(bytes.clone());
            }
        }
        let mut all = BytesMut::new();
        while let Some(piece) = self.next().await {
            let piece = piece?;
            if all.len() + piece.len() > self.max_buffer() {
                return Err(self.too_large());
            }
            all.extend_from_slice(&piece);
        }
        Ok(all.freeze())
    }

    /// Reads the whole body as UTF-8 text.
    ///
    /// # Errors
    /// Returns the errors of [`Download::bytes`], and one of kind [`ErrorKind::Decoding`] if the body is not valid
    /// UTF-8.
    pub async fn text(self) -> Result<String, Error> {
        let (call, attempts) = (self.0.facts.call.clone(), self.0.facts.attempts);
        utf8(self.bytes().await?).map_err(|error| error.with_call(&call).with_attempts(attempts))
    }

    /// Returns the body if it is already in memory; no bytes otherwise.
    #[doc(hidden)]
    #[must_use]
    pub fn whole(self) -> Bytes {
        match self.0.body {
            ResponseBody::Whole(bytes) => bytes,
            ResponseBody::Stream(_) => Bytes::new(),
        }
    }

    /// Returns the body if it is already in memory; no bytes otherwise.
    pub(crate) fn whole_start(&self) -> Bytes {
        match &self.0.body {
            ResponseBody::Whole(bytes) => bytes.clone(),
            ResponseBody::Stream(_) => Bytes::new(),
        }
    }

    /// Returns the background that reads the body, if the call was waited for.
    #[cfg(feature = "blocking")]
    pub(crate) fn background(&self) -> Option<std::sync::Arc<crate::platform::Background>> {
        self.0.facts.background.clone()
    }

    /// Returns `true` unless a reader took a part of a piece.
    fn is_between_pieces(&self) -> bool {
        #[cfg(feature = "fs")]
        return self.0.rest.is_empty();
        #[cfg(not(feature = "fs"))]
        true
    }

    pub(crate) fn max_buffer(&self) -> usize {
        self.0.facts.max_buffer
    }

    pub(crate) fn facts(&self) -> &DownloadFacts {
        &self.0.facts
    }

    /// Releases the connection; nothing follows.
    pub(crate) fn stop(&mut self) {
        self.0.resumption = None;
        self.0.body = ResponseBody::Whole(Bytes::new());
    }

    /// Creates the error of a response whose body, or an event in it, is this text.
    pub(crate) fn answered(&self, error: Error, text: Bytes) -> Error {
        let DownloadFacts { api, status, headers, arrived, .. } = &self.0.facts;
        self.failed(error.with_response(ErrorResponse::new(api, *status, headers.clone(), text, *arrived)))
    }

    pub(crate) fn too_large(&self) -> Error {
        let message = format!("the response needs a buffer of more than {} bytes", self.max_buffer());
        self.failed(Error::new(ErrorKind::TooLarge, message))
    }

    /// Adds the facts about the call to an error.
    pub(crate) fn failed(&self, error: Error) -> Error {
        error.with_call(&self.0.facts.call).with_attempts(self.0.facts.attempts)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        #[cfg(feature = "fs")]
        if !self.0.rest.is_empty() {
            return Poll::Ready(Some(Ok(std::mem::take(&mut self.0.rest))));
        }
        loop {
            if let Err(error) = ready!(self.poll_rest(context)) {
                return Poll::Ready(Some(Err(error)));
            }
            match ready!(self.poll_body(context)) {
                Some(Ok(piece)) => {
                    self.received(piece.len());
                    return Poll::Ready(Some(Ok(piece)));
                }
                end => {
                    if let Err(end) = self.resume(end.and_then(Result::err)) {
                        return Poll::Ready(end.map(Err));
                    }
                }
            }
        }
    }
}

impl Download {
    fn poll_body(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        match &mut self.0.body {
            ResponseBody::Whole(bytes) => {
                let bytes = std::mem::take(bytes);
                Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)))
            }
            ResponseBody::Stream(stream) => {
                let next = ready!(Pin::new(stream).poll_next(context));
                if matches!(next, None | Some(Err(_))) {
                    // Nothing follows, so the connection is released now.
                    self.0.body = ResponseBody::Whole(Bytes::new());
                }
                Poll::Ready(next.map(|next| next.map_err(|error| self.failed(Error::transport(error)))))
            }
        }
    }
}

impl Download {
    fn received(&mut self, bytes: usize) {
        if let Some(resumption) = &mut self.0.resumption {
            resumption.received(bytes);
        }
        let total = self.0.length;
        if let Some((received, watch)) = &mut self.0.watch {
            *received += bytes as u64;
            watch(TransferProgress { bytes: *received, total });
        }
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.length {
            Some(length) => write!(f, "Download({length} bytes)"),
            None => f.write_str("Download(stream)"),
        }
    }
}
