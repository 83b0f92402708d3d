//! Holds the body of a response: in memory, or as a stream.

use bytes::Bytes;

use super::ByteStream;
use crate::error::{Error, ErrorKind};

/// The body of a response.
#[derive(Debug)]
pub(crate) enum ResponseBody {
    Whole(Bytes),
    /// The read timeout and the deadline of the call continue inside the stream. Its errors hold the
    /// [`Error`] of a timeout, which [`Error::transport`] extracts.
    Stream(ByteStream),
}

/// Converts a whole body to text, which must be UTF-8.
pub(crate) fn utf8(body: Bytes) -> Result<String, Error> {
    String::from_utf8(body.into()).map_err(|error| {
        Error::new(ErrorKind::Decoding, "the body is not valid UTF-8").with_source(error.utf8_error())
    })
}
