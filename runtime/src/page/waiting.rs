//! Defines [`Waiting`], a stream whose elements a thread waits for (feature `blocking`).

use std::io::{self, Read};
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use futures_core::Stream;

use super::{Items, Pages};
use crate::body::{Download, Events, JsonLines};
use crate::error::{Error, ErrorKind};
use crate::json::Json;
use crate::platform::Background;

/// An iterator over the elements of a stream, which blocks the thread until the next one is there.
///
/// For a [`Download`] it is a reader, too.
#[derive(Debug)]
#[must_use = "iterators do nothing unless they are used"]
pub struct Waiting<S> {
    stream: S,
    background: Result<Arc<Background>, Option<Error>>,
    /// Bytes of a download that were received and not yet read.
    rest: Bytes,
}

impl<S> Waiting<S> {
    fn new(stream: S, background: Result<Arc<Background>, Error>) -> Self {
        Self { stream, background: background.map_err(Some), rest: Bytes::new() }
    }

    /// Returns an iterator over the body of a response.
    fn of_body(stream: S, background: Option<Arc<Background>>) -> Self {
        let awaited =
            "the call of this stream was awaited, so only its runtime can read it: wait for the call too";
        Self::new(stream, background.ok_or_else(|| Error::new(ErrorKind::Configuration, awaited)))
    }

    /// Returns the stream.
    pub fn into_inner(self) -> S {
        self.stream
    }

    /// Returns a reference to the stream, such as to take the [losses](Items::take_losses) of a lenient one.
    pub fn get_mut(&mut self) -> &mut S {
        &mut self.stream
    }
}

impl<T, S: Stream<Item = Result<T, Error>> + Unpin> Iterator for Waiting<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.background {
            Ok(background) => {
                let stream = &mut self.stream;
                background.wait(std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context)))
            }
            Err(error) => error.take().map(Err),
        }
    }
}

impl Read for Waiting<Download> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() {
            match self.next() {
                Some(piece) => self.rest = piece.map_err(io::Error::other)?,
                None => return Ok(0),
            }
        }
        let piece = self.rest.split_to(self.rest.len().min(into.len()));
        into[..piece.len()].copy_from_slice(&piece);
        Ok(piece.len())
    }
}

impl<P> Pages<P> {
    /// Returns an iterator that blocks the thread until the next page is there; see [`Call::wait`](crate::Call::wait).
    pub fn wait(mut self) -> Waiting<Self> {
        let background = self.block();
        Waiting::new(self, background)
    }
}

impl<T> Items<T> {
    /// Returns an iterator that blocks the thread until the next item is there; see [`Call::wait`](crate::Call::wait).
    pub fn wait(mut self) -> Waiting<Self> {
        let background = self.block();
        Waiting::new(self, background)
    }
}

impl Download {
    /// Returns an iterator over the bytes, and a reader of them, which blocks the thread. The call must have been waited
    /// for, too; otherwise the first element is an error.
    ///
    /// ```no_run
    /// # fn example(client: sdk_runtime::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let call = client.request(sdk_runtime::Method::GET, "/files/1/content").send_download();
    /// let mut file = std::fs::File::create("report.pdf")?;
    /// std::io::copy(&mut call.wait()?.wait(), &mut file)?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn wait(self) -> Waiting<Self> {
        let background = self.background();
        Waiting::of_body(self, background)
    }
}

impl<T: Json> Events<T> {
    /// Returns an iterator that blocks the thread until the next event is there. The call must have been waited for,
    /// too; otherwise the first element is an error.
    pub fn wait(self) -> Waiting<Self> {
        let background = self.background();
        Waiting::of_body(self, background)
    }
}

impl<T: Json> JsonLines<T> {
    /// Returns an iterator that blocks the thread until the next value is there. The call must have been waited for,
    /// too; otherwise the first element is an error.
    pub fn wait(self) -> Waiting<Self> {
        let background = self.background();
        Waiting::of_body(self, background)
    }
}
