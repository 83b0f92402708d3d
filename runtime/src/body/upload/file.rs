//! Reads files and readers as bodies, one piece at a time, in threads for blocking work.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use super::Upload;
use crate::body::{Body, ByteStream, Open, measured};
use crate::error::{Error, ErrorKind, TransportError, TransportErrorKind};
use crate::platform::BoxFuture;

/// The number of bytes read at once: enough that the switch to another thread costs little.
const PIECE: u64 = 256 * 1024;

impl Upload {
    /// Sends a file. It is opened when the call is made, and again for each retry. In a form, it has the file's name.
    ///
    /// Requires the feature `fs` and a tokio runtime.
    pub fn file(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref().to_owned();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let upload = Self::replayable(AtPath(path));
        match name {
            Some(name) => upload.file_name(name),
            None => upload,
        }
    }

    /// Sends the bytes of a reader from its current position, up to its end or the [`length`](Upload::length) that is
    /// set: an open [`File`], a part of it, a [`Cursor`](std::io::Cursor). A retry returns to that position.
    ///
    /// Requires the feature `fs` and a tokio runtime.
    ///
    /// ```
    /// # use std::io::{Seek, SeekFrom};
    /// # use sdk_runtime::Upload;
    /// # fn example() -> std::io::Result<()> {
    /// let mut file = std::fs::File::open("holiday.mp4")?;
    /// file.seek(SeekFrom::Start(8_388_608))?;
    /// let second_part = Upload::reader(file).length(8_388_608);
    /// # Ok(())
    /// # }
    /// ```
    pub fn reader(mut reader: impl Read + Seek + Send + 'static) -> Self {
        let start = reader.stream_position().map_err(|error| error.to_string());
        Self::replayable(FromReader { reader: Arc::new(Mutex::new(reader)), start })
    }
}

struct AtPath(PathBuf);

impl Open for AtPath {
    fn open(&self, length: Option<u64>) -> BoxFuture<'_, Result<Body, Error>> {
        let path = self.0.clone();
        Box::pin(async move {
            let runtime = runtime()?;
            let open = move || {
                let file = File::open(path)?;
                let length = file.metadata()?.len();
                Ok((file, length))
            };
            let (file, size) = match runtime.spawn_blocking(open).await {
                Ok(opened) => opened.map_err(|error| unreadable(&self.0.display(), error))?,
                Err(error) => return Err(unreadable(&self.0.display(), io::Error::other(error))),
            };
            Ok(body(Arc::new(Mutex::new(file)), 0, length.unwrap_or(size), runtime))
        })
    }
}

struct FromReader<R> {
    reader: Arc<Mutex<R>>,
    start: Result<u64, String>,
}

impl<R: Read + Seek + Send + 'static> Open for FromReader<R> {
    fn open(&self, length: Option<u64>) -> BoxFuture<'_, Result<Body, Error>> {
        Box::pin(async move {
            let runtime = runtime()?;
            let what = &"reader";
            let start = self.start.clone().map_err(|message| unreadable(what, io::Error::other(message)))?;
            let length = match length {
                Some(length) => length,
                None => {
                    let reader = Arc::clone(&self.reader);
                    let end = runtime.spawn_blocking(move || lock(&reader).seek(SeekFrom::End(0))).await;
                    let end = end.unwrap_or_else(|error| Err(io::Error::other(error)));
                    end.map_err(|error| unreadable(what, error))?.saturating_sub(start)
                }
            };
            Ok(body(Arc::clone(&self.reader), start, length, runtime))
        })
    }
}

fn lock<R>(reader: &Mutex<R>) -> std::sync::MutexGuard<'_, R> {
    reader.lock().unwrap_or_else(PoisonError::into_inner)
}

fn runtime() -> Result<Handle, Error> {
    Handle::try_current()
        .map_err(|_| Error::new(ErrorKind::Configuration, "a file can be sent only inside a tokio runtime"))
}

fn unreadable(what: &dyn std::fmt::Display, error: io::Error) -> Error {
    Error::new(ErrorKind::File, format!("`{what}` cannot be read")).with_source(error)
}

fn body<R: Read + Seek + Send + 'static>(
    reader: Arc<Mutex<R>>,
    start: u64,
    length: u64,
    runtime: Handle,
) -> Body {
    let pieces = FilePieces { reader, next: start, left: length, reading: None, runtime };
    measured(ByteStream::new(pieces), Some(length))
}

/// Reads one piece ahead of the one that is sent. Each piece has its own position in the reader, so a read that a
/// failed attempt left behind does no harm.
struct FilePieces<R> {
    reader: Arc<Mutex<R>>,
    next: u64,
    left: u64,
    reading: Option<JoinHandle<io::Result<Bytes>>>,
    runtime: Handle,
}

impl<R: Read + Seek + Send + 'static> FilePieces<R> {
    fn read(&self) -> JoinHandle<io::Result<Bytes>> {
        let (reader, start, size) = (Arc::clone(&self.reader), self.next, self.left.min(PIECE));
        self.runtime.spawn_blocking(move || read(&mut *lock(&reader), start, size))
    }
}

impl<R: Read + Seek + Send + 'static> Stream for FilePieces<R> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let mut reading = self.reading.take().unwrap_or_else(|| self.read());
        let Poll::Ready(piece) = Pin::new(&mut reading).poll(context) else {
            self.reading = Some(reading);
            return Poll::Pending;
        };
        let piece = piece.unwrap_or_else(|error| Err(io::Error::other(error)));
        let size = piece.as_ref().map_or(0, |piece| piece.len() as u64);
        self.next += size;
        // Nothing follows a failure or a premature end.
        self.left = if size == 0 { 0 } else { self.left - size };
        if self.left > 0 {
            self.reading = Some(self.read());
        }
        Poll::Ready(match piece {
            Ok(piece) if piece.is_empty() => None,
            Ok(piece) => Some(Ok(piece)),
            Err(error) => Some(Err(TransportError::new(TransportErrorKind::RequestBody, error))),
        })
    }
}

fn read(reader: &mut (impl Read + Seek), start: u64, size: u64) -> io::Result<Bytes> {
    reader.seek(SeekFrom::Start(start))?;
    let mut piece = vec![0; usize::try_from(size).unwrap_or_default()];
    loop {
        match reader.read(&mut piece) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => {
                piece.truncate(read?);
                return Ok(piece.into());
            }
        }
    }
}
