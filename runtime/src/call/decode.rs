//! The body of a successful answer to a value.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use serde::de::DeserializeOwned;

use super::Response;
use crate::body::utf8;
use crate::download::Download;
use crate::error::{Error, ErrorKind};
use crate::events::Events;
use crate::json::{Json, from_slice};
use crate::send::{Exchange, Head};

/// How the body of a successful answer becomes a value.
pub(crate) enum Decode<T> {
    Whole(fn(&Head, Bytes) -> Result<T, Error>),
    Streamed(fn(&Head, Download) -> Result<T, Error>),
}

impl<T> Decode<T> {
    pub(crate) fn decode(&self, mut exchange: Exchange) -> Result<Response<T>, Error> {
        let value = match self {
            Self::Whole(decode) => decode(&exchange.head, exchange.whole()),
            Self::Streamed(decode) => {
                let download = exchange.download();
                decode(&exchange.head, download)
            }
        };
        match value {
            Ok(value) => Ok(Response::new(value, exchange)),
            Err(error) => Err(exchange.failed(error)),
        }
    }
}

/// A JSON value of the document.
#[doc(hidden)]
pub fn json<T: Json>(_: &Head, body: Bytes) -> Result<T, Error> {
    from_slice(without_mark(&body)).map_err(Error::decoding)
}

/// A JSON value of the caller's own.
#[doc(hidden)]
pub(crate) fn own_json<T: DeserializeOwned>(_: &Head, body: Bytes) -> Result<T, Error> {
    let text = without_mark(&body);
    serde_json::from_slice(text).map_err(|error| Error::unreadable(text, &error))
}

/// The error of a success whose status the document does not name.
#[doc(hidden)]
pub fn unexpected<T>(head: &Head) -> Result<T, Error> {
    Err(Error::new(
        ErrorKind::Decoding,
        format!("the document names no success with status {}", head.status()),
    ))
}

/// Nothing, whatever came.
#[doc(hidden)]
pub fn empty(_: &Head, _: Bytes) -> Result<(), Error> {
    Ok(())
}

/// Text in UTF-8.
#[doc(hidden)]
pub fn text(_: &Head, body: Bytes) -> Result<String, Error> {
    utf8(body)
}

/// The bytes as they came.
#[doc(hidden)]
pub fn bytes(_: &Head, body: Bytes) -> Result<Bytes, Error> {
    Ok(body)
}

/// The bytes as they come.
#[doc(hidden)]
pub fn download(_: &Head, body: Download) -> Result<Download, Error> {
    Ok(body)
}

/// Where the answer leads; what else it brings is not read.
#[doc(hidden)]
pub fn location(head: &Head, _: Download) -> Result<String, Error> {
    let location = head.headers.get(LOCATION).and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
    location.map(str::to_owned).ok_or_else(|| {
        let message = format!("the answer with status {} says in no `location` where to go", head.status);
        Error::new(ErrorKind::Decoding, message)
    })
}

/// Events as they come.
#[doc(hidden)]
pub fn events<T: Json>(head: &Head, body: Download) -> Result<Events<T>, Error> {
    let media_type = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // Nothing of JSON is an event, so without this the answer would seem to be empty.
    if media_type.split(';').next().is_some_and(|essence| essence.trim().ends_with("json")) {
        let message = format!("the server answered with `{media_type}`, which holds no events");
        return Err(Error::new(ErrorKind::Decoding, message));
    }
    Ok(Events::new(body))
}

/// Some servers put a byte order mark before their JSON.
fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}
