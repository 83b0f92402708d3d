//! The body of an answer as it comes: a stream of bytes, with what is known of its call.

#[cfg(feature = "fs")]
mod save;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use crate::body::{ResponseBody, utf8};
use crate::error::{CallFacts, Error, ErrorKind};

/// The body of an answer as it comes, read no faster than it is asked for. Dropping it gives the rest up.
///
/// The timeouts for the next bytes and for the whole call keep running while it is read. What was lost on the way is an
/// error; the call is not made again for it.
///
/// ```
/// # use sdk_runtime::{Download, Error};
/// # async fn example(mut download: Download) -> Result<(), Error> {
/// let mut length = 0;
/// while let Some(piece) = download.next().await {
///     length += piece?.len();
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "the bytes come when they are asked for"]
pub struct Download(Box<Inner>);

/// In a box, so that an enum of several answers stays small.
struct Inner {
    body: ResponseBody,
    length: Option<u64>,
    max_buffer: usize,
    call: CallFacts,
    attempts: u32,
}

impl Download {
    pub(crate) fn new(
        body: ResponseBody,
        length: Option<u64>,
        max_buffer: usize,
        call: CallFacts,
        attempts: u32,
    ) -> Self {
        Self(Box::new(Inner { body, length, max_buffer, call, attempts }))
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// The connection was lost, or nothing came for too long, or the call took too long.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// How many bytes the server announced, where it did.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.0.length
    }

    /// All bytes, in memory.
    ///
    /// # Errors
    /// As [`Download::next`]; also where there are more bytes than the client takes into memory.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        if let ResponseBody::Whole(bytes) = self.0.body {
            return Ok(bytes);
        }
        let mut all = BytesMut::new();
        while let Some(piece) = self.next().await {
            let piece = piece?;
            if all.len() + piece.len() > self.0.max_buffer {
                return Err(self.too_large());
            }
            all.extend_from_slice(&piece);
        }
        Ok(all.freeze())
    }

    /// All bytes, as text in UTF-8.
    ///
    /// # Errors
    /// As [`Download::bytes`]; also where they are no such text.
    pub async fn text(self) -> Result<String, Error> {
        let (call, attempts) = (self.0.call.clone(), self.0.attempts);
        utf8(self.bytes().await?).map_err(|error| error.with_call(&call).with_attempts(attempts))
    }

    /// The bytes, where they are in memory already; nothing where they are not.
    #[doc(hidden)]
    #[must_use]
    pub fn whole(self) -> Bytes {
        match self.0.body {
            ResponseBody::Whole(bytes) => bytes,
            ResponseBody::Stream(_) => Bytes::new(),
        }
    }

    pub(crate) fn max_buffer(&self) -> usize {
        self.0.max_buffer
    }

    pub(crate) fn too_large(&self) -> Error {
        let message =
            format!("there is more than the {} bytes that are taken into memory", self.0.max_buffer);
        self.failed(Error::new(ErrorKind::TooLarge, message))
    }

    /// An error with what is known of the call.
    pub(crate) fn failed(&self, error: Error) -> Error {
        error.with_call(&self.0.call).with_attempts(self.0.attempts)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0.body {
            ResponseBody::Whole(bytes) => {
                let bytes = std::mem::take(bytes);
                Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)))
            }
            ResponseBody::Stream(stream) => {
                let next = std::task::ready!(Pin::new(stream).poll_next(context));
                if matches!(next, None | Some(Err(_))) {
                    // Nothing comes after the end, so the connection goes back at once.
                    self.0.body = ResponseBody::Whole(Bytes::new());
                }
                Poll::Ready(next.map(|next| next.map_err(|error| self.failed(Error::transport(error)))))
            }
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
