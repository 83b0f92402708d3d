//! Reads the content codings of a response (RFC 9110 section 8.4).

use http::HeaderMap;
use http::header::CONTENT_ENCODING;

/// Returns the content codings in the order in which they were applied, in lower case and without `identity`.
pub(crate) fn codings(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(CONTENT_ENCODING).into_iter();
    let texts = values.map(|value| String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase());
    let names: Vec<String> = texts
        .flat_map(|text| text.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>())
        .collect();
    names.into_iter().filter(|name| !name.is_empty() && name != "identity").collect()
}

/// Returns the message for a body that has a content coding which the transport did not decode.
pub(crate) fn undecoded(headers: &HeaderMap) -> Option<String> {
    if !headers.contains_key(CONTENT_ENCODING) {
        return None;
    }
    let name = codings(headers).pop()?;
    Some(format!("the body has the content encoding `{name}`, which this client does not decode"))
}
