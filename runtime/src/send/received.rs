//! The body of an answer: in memory, or as it comes.

use bytes::Bytes;

use crate::body::ByteStream;

/// The body of an answer.
#[derive(Debug)]
pub(crate) enum Received {
    Whole(Bytes),
    /// The time for the next bytes and that of the call run on inside it; its errors hold the [`Error`](crate::Error)
    /// of a timeout, which [`Error::transport`](crate::Error) takes out.
    Stream(ByteStream),
}
