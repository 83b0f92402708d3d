//! Reads the bodies of webhooks, which an API sends to a server of the caller's.

#[cfg(feature = "webhooks")]
mod verifier;

#[cfg(feature = "webhooks")]
pub use verifier::WebhookVerifier;

use std::borrow::Cow;

use http::HeaderMap;
use http::header::CONTENT_TYPE;

use crate::error::Error;
use crate::json::{Fault, Raw, read_raw, without_mark};

/// The field of a form that contains the JSON, for APIs that send forms.
const FORM_FIELD: &str = "payload";

/// Reads the body of a webhook: JSON, or a form whose field `payload` contains the JSON.
///
/// # Errors
/// Returns an error if the body is not JSON, or `read` fails.
#[doc(hidden)]
pub fn webhook<T>(
    headers: &HeaderMap,
    body: &[u8],
    read: impl FnOnce(Raw) -> Result<T, Fault>,
) -> Result<T, Error> {
    let body = without_mark(body);
    let json = if is_form(headers) { form_field(body) } else { Cow::Borrowed(body) };
    read_raw(without_mark(&json), read).map_err(Error::decoding)
}

/// Returns the value of a header, if it is there and is ASCII.
#[doc(hidden)]
#[must_use]
pub fn webhook_header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

fn is_form(headers: &HeaderMap) -> bool {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Returns the field of the form that contains the JSON. A body without it is returned as it is.
fn form_field(body: &[u8]) -> Cow<'_, [u8]> {
    let found = url::form_urlencoded::parse(body).find(|(name, _)| name == FORM_FIELD);
    found.map_or(Cow::Borrowed(body), |(_, json)| Cow::Owned(json.into_owned().into_bytes()))
}
