//! Reads asynchronous readers as bodies, one piece at a time.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use super::Upload;
use crate::platform::MaybeSend;

/// The number of bytes read at once.
const PIECE: usize = 64 * 1024;

impl Upload {
    /// Sends the bytes of an asynchronous reader up to its end: a pipe, a socket, the body of another response. Once
    /// the first bytes have been sent, the call cannot be retried. Set the [`length`](Upload::length) if it is known.
    ///
    /// Requires the feature `fs`.
    ///
    /// ```
    /// # use sdk_runtime::Upload;
    /// # fn example(socket: tokio::net::TcpStream) {
    /// let upload = Upload::async_reader(socket).length(1_048_576);
    /// # }
    /// ```
    pub fn async_reader(reader: impl AsyncRead + MaybeSend + 'static) -> Self {
        Self::stream(ReaderPieces { reader: Box::pin(reader), piece: Vec::new() })
    }
}

struct ReaderPieces<R> {
    reader: Pin<Box<R>>,
    /// The buffer for the next piece.
    piece: Vec<u8>,
}

impl<R: AsyncRead> Stream for ReaderPieces<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { reader, piece } = self.get_mut();
        piece.resize(PIECE, 0);
        let mut room = ReadBuf::new(piece);
        let read = ready!(reader.as_mut().poll_read(context, &mut room));
        let length = room.filled().len();
        Poll::Ready(match read {
            Err(error) => Some(Err(error)),
            Ok(()) if length == 0 => None,
            Ok(()) => {
                piece.truncate(length);
                Some(Ok(std::mem::take(piece).into()))
            }
        })
    }
}
