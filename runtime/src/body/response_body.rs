//! The body of an answer: in memory, or as it comes.

use bytes::Bytes;

use super::ByteStream;
use crate::error::{Error, ErrorKind};

/// The body of an answer.
#[derive(Debug)]
pub(crate) enum ResponseBody {
    Whole(Bytes),
    /// The time for the next bytes and that of the call run on inside it; its errors hold the [`Error`](crate::Error)
    /// of a timeout, which [`Error::transport`](crate::Error) takes out.
    Stream(ByteStream),
}

/// A whole body, as text in UTF-8.
pub(crate) fn utf8(body: Bytes) -> Result<String, Error> {
    String::from_utf8(body.into()).map_err(|error| {
        Error::new(ErrorKind::Decoding, "the body is not valid UTF-8").with_source(error.utf8_error())
    })
}
