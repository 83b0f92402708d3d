//! Recognizes events that report an error, and responses that are not event streams.

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use super::parse::EventText;
use crate::body::Download;
use crate::error::{Error, ErrorKind, start_of_body};
use crate::json::{Json, from_slice, has_unknown, is_unknown};

/// Returns `true` if the media type says that a response is not an event stream.
pub(crate) fn is_no_event_stream(headers: &HeaderMap) -> bool {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    ["json", "html", "xml"].iter().any(|end| essence.ends_with(end))
}

/// Returns `true` if the body starts like JSON or HTML. A line of an event starts with a letter or a colon.
pub(super) fn starts_otherwise(text: &[u8]) -> bool {
    matches!(text.first(), Some(b'{' | b'[' | b'<'))
}

/// Returns `true` if a line of the text is a comment or a field of an event. Lines of a plain text have other names.
pub(super) fn has_field(text: &[u8]) -> bool {
    text.split(|byte| matches!(byte, b'\n' | b'\r')).any(|line| {
        let name = line.iter().position(|byte| *byte == b':').map_or(line, |end| &line[..end]);
        matches!(name, b"data" | b"event" | b"id" | b"retry") || (name.is_empty() && !line.is_empty())
    })
}

/// Creates the error of a response that is not an event stream, from the start of its body.
pub(crate) fn no_event_stream(download: &Download, body: Bytes) -> Error {
    let facts = download.facts();
    let told = match facts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) {
        Some(media_type) if is_no_event_stream(&facts.headers) => {
            format!("the response has content type `{media_type}`, which is not an event stream")
        }
        Some(_) | None => "the response is not an event stream".to_owned(),
    };
    let message = match start_of_body(&facts.headers, &body, facts.api.secret_keys) {
        Some(start) => format!("{told}: {start}"),
        None => told,
    };
    download.answered(Error::new(ErrorKind::Decoding, message), body)
}

/// Creates the error that an event reports: it is named `error`, or its data is an object with a member `error`.
/// `None` if the document describes such events, so that the type knows the data.
pub(super) fn reported<T: Json>(download: &Download, text: &EventText) -> Option<Error> {
    let name = text.event.as_deref().unwrap_or("message");
    let is_named = name.eq_ignore_ascii_case("error");
    if !is_named && !text.data.contains("\"error\"") {
        return None;
    }
    let object: Option<Map<String, Value>> = serde_json::from_str(&text.data).ok();
    let has_error = object.as_ref().and_then(|object| object.get("error")).is_some_and(is_error);
    let is_known = match object {
        // The document describes events by their names.
        _ if T::is_event() => {
            from_slice::<T>(text.json::<T>(&text.data).as_bytes()).is_ok_and(|value| !is_unknown(&value))
        }
        Some(object) => knows::<T>(text, object),
        None => false,
    };
    if !(is_named || has_error) || is_known {
        return None;
    }
    let error = Error::new(ErrorKind::Api, format!("the server sent an error in the event `{name}`"));
    Some(download.answered(error, Bytes::copy_from_slice(text.data.as_bytes())))
}

fn is_error(member: &Value) -> bool {
    match member {
        Value::Object(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => false,
    }
}

/// Returns `true` if the type describes every part of the data, and not because it takes any members.
fn knows<T: Json>(text: &EventText, mut object: Map<String, Value>) -> bool {
    if !is_whole::<T>(text, &text.data) {
        return false;
    }
    object.insert("\0".to_owned(), Value::Null);
    !is_whole::<T>(text, &Value::Object(object).to_string())
}

fn is_whole<T: Json>(text: &EventText, data: &str) -> bool {
    from_slice::<T>(text.json::<T>(data).as_bytes()).is_ok_and(|value| !has_unknown(&value))
}
