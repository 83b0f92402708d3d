//! Decodes the body of a successful response into a value.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use serde::de::DeserializeOwned;

use super::Response;
use crate::body::{Download, Events, JsonLines, is_no_event_stream, no_event_stream, utf8};
use crate::call::send::{Exchange, Head};
use crate::error::{Error, ErrorKind};
use crate::json::{Json, read_leniently, read_slice, without_mark};

/// The decoder that turns the body of a successful response into a value.
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

/// Decodes a JSON value of a type that the document describes.
#[doc(hidden)]
pub fn json<T: Json>(head: &Head, body: Bytes) -> Result<T, Error> {
    let mut value = T::blank();
    read_body(head, &body, &mut value)?;
    Ok(value)
}

/// Reads a body, leniently if the call is and the body needs it.
fn read_body(head: &Head, body: &[u8], value: &mut dyn Json) -> Result<(), Error> {
    let text = without_mark(body);
    let Err(fault) = read_slice(text, value) else { return Ok(()) };
    if let Some(losses) = &head.losses {
        if let Some(found) = read_leniently(text, value) {
            losses.add(found);
            return Ok(());
        }
    }
    Err(undecodable(head, body, || Error::decoding(fault)))
}

/// Decodes a JSON value of the caller's own type.
#[doc(hidden)]
pub(crate) fn own_json<T: DeserializeOwned>(head: &Head, body: Bytes) -> Result<T, Error> {
    let text = without_mark(&body);
    serde_json::from_slice(text).map_err(|error| undecodable(head, &body, || Error::unreadable(text, &error)))
}

/// Creates the error of a body that cannot be decoded: in words if it is something else than JSON.
fn undecodable(head: &Head, body: &[u8], fault: impl FnOnce() -> Error) -> Error {
    Error::not_json(head.status, &head.headers, body).unwrap_or_else(fault)
}

/// Reports a success status that the document does not describe.
#[doc(hidden)]
pub fn unexpected<T>(head: &Head) -> Result<T, Error> {
    Err(Error::new(
        ErrorKind::Decoding,
        format!("the document does not describe a response with status {}", head.status()),
    ))
}

/// Ignores the body.
#[doc(hidden)]
pub fn empty(_: &Head, _: Bytes) -> Result<(), Error> {
    Ok(())
}

/// Decodes UTF-8 text.
#[doc(hidden)]
pub fn text(_: &Head, body: Bytes) -> Result<String, Error> {
    utf8(body)
}

/// Returns the body unchanged.
#[doc(hidden)]
pub fn bytes(_: &Head, body: Bytes) -> Result<Bytes, Error> {
    Ok(body)
}

/// Returns the body as a stream.
#[doc(hidden)]
pub fn download(_: &Head, body: Download) -> Result<Download, Error> {
    Ok(body)
}

/// Returns the value of the header `location`, without reading the body.
#[doc(hidden)]
pub fn location(head: &Head, _: Download) -> Result<String, Error> {
    let location = head.headers.get(LOCATION).and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
    location.map(str::to_owned).ok_or_else(|| {
        let message = format!("the response with status {} has no readable `location` header", head.status);
        Error::new(ErrorKind::Decoding, message)
    })
}

/// Decodes a stream of server-sent events.
#[doc(hidden)]
pub fn events<T: Json>(head: &Head, body: Download) -> Result<Events<T>, Error> {
    // A JSON body contains no line of an event, so it would look like an empty stream.
    if is_no_event_stream(&head.headers) {
        let start = body.whole_start();
        return Err(no_event_stream(&body, start));
    }
    Ok(Events::new(body))
}

/// Decodes a stream of JSON values, each on a line of its own.
#[doc(hidden)]
pub fn json_lines<T: Json>(head: &Head, body: Download) -> Result<JsonLines<T>, Error> {
    Ok(JsonLines::new(content_type(head), body))
}

/// Decodes a stream of objects, each on a line of its own, that hold a value as `result` or a failure as `error`.
#[doc(hidden)]
pub fn results<T: Json>(head: &Head, body: Download) -> Result<JsonLines<T>, Error> {
    Ok(JsonLines::of_results(content_type(head), body))
}

fn content_type(head: &Head) -> &str {
    head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
