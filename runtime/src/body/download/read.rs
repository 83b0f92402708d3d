//! Reads a download as an asynchronous reader.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use super::Download;

/// Reads the bytes of the body. An [`Error`](crate::Error) is the source of the `io::Error`.
///
/// This needs the feature `fs`.
///
/// ```
/// # use sdk_runtime::Download;
/// # use tokio::io::{AsyncReadExt, AsyncWrite};
/// async fn copy(mut download: Download, to: &mut (impl AsyncWrite + Unpin)) -> std::io::Result<u64> {
///     tokio::io::copy(&mut download, to).await
/// }
/// ```
impl AsyncRead for Download {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            let mut piece = match ready!(self.as_mut().poll_next(context)) {
                None => return Poll::Ready(Ok(())),
                Some(Err(error)) => return Poll::Ready(Err(io::Error::other(error))),
                Some(Ok(piece)) if piece.is_empty() => continue,
                Some(Ok(piece)) => piece,
            };
            let taken = piece.split_to(piece.len().min(into.remaining()));
            into.put_slice(&taken);
            self.0.rest = piece;
            return Poll::Ready(Ok(()));
        }
    }
}
