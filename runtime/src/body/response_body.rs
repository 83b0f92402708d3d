//! Holds the body of a response: in memory, or as a stream.

use bytes::{Buf, Bytes};

use super::ByteStream;
use crate::error::{Error, ErrorKind};
use crate::json::without_mark;

/// The body of a response.
#[derive(Debug)]
pub(crate) enum ResponseBody {
    Whole(Bytes),
    /// The read timeout and the deadline of the call continue inside the stream. Its errors hold the
    /// [`Error`] of a timeout, which [`Error::transport`] extracts.
    Stream(ByteStream),
}

/// Converts a whole body to text, which must be UTF-8, without a byte order mark.
pub(crate) fn utf8(mut body: Bytes) -> Result<String, Error> {
    let mark = body.len() - without_mark(&body).len();
    body.advance(mark);
    String::from_utf8(body.into()).map_err(|error| {
        Error::new(ErrorKind::Decoding, "the body is not valid UTF-8").with_source(error.utf8_error())
    })
}
