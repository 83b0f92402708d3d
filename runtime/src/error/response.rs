//! Reads the details of an error from a response, whose body may be anything.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::api::{Api, ErrorBody};
use crate::json::without_mark;

use super::asked;
use super::details::{as_text, code, cut_json, message, of_xml, plain_text};

/// A complete response of the server.
#[derive(Clone, Debug)]
pub(crate) struct ErrorResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) fields: ErrorFields,
    pub(crate) retry_after: Option<Duration>,
}

/// The details found in a response.
#[derive(Clone, Debug, Default)]
pub(crate) struct ErrorFields {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) help_url: Option<String>,
    pub(crate) context: Option<Value>,
    /// The start of JSON that is cut off, without secrets.
    pub(crate) start: Option<String>,
}

impl ErrorFields {
    /// Returns the texts that are shown.
    pub(crate) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        [&mut self.message, &mut self.code, &mut self.start].into_iter().flatten()
    }
}

impl ErrorResponse {
    pub(crate) fn new(
        api: &Api,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        now: SystemTime,
    ) -> Self {
        Self::read(&api.errors, api.secret_keys, status, headers, body, now)
    }

    /// Reads the error response of an OAuth 2.0 token endpoint (RFC 6749 section 5.2).
    pub(crate) fn of_token_endpoint(
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        now: SystemTime,
    ) -> Self {
        const PLACES: ErrorBody = ErrorBody {
            code: "/error",
            message: "/error_description",
            request_id: "",
            help_url: "/error_uri",
            context: "",
            request_id_header: "",
        };
        // A token may come in another form than JSON.
        const SECRETS: &[&str] =
            &["access_token", "assertion", "client_secret", "id_token", "password", "refresh_token"];
        Self::read(&PLACES, SECRETS, status, headers, body, now)
    }

    fn read(
        places: &ErrorBody,
        secret_keys: &[&str],
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        now: SystemTime,
    ) -> Self {
        let retry_after = asked::wait(status, &headers, now);
        let fields = fields(places, secret_keys, &headers, &body);
        Self { status, headers, body, fields, retry_after }
    }
}

fn fields(places: &ErrorBody, secret_keys: &[&str], headers: &HeaderMap, body: &[u8]) -> ErrorFields {
    let parsed: Option<Value> = serde_json::from_slice(without_mark(body)).ok();
    let (own_code, own_message) = match parsed {
        Some(_) => (None, None),
        None => of_xml(body, secret_keys).unwrap_or_else(|| (None, plain_text(headers, body, secret_keys))),
    };
    let start = parsed.is_none().then(|| cut_json(body, secret_keys)).flatten();
    let body = parsed.unwrap_or_default();
    let at = |pointer: &str| if pointer.is_empty() { None } else { body.pointer(pointer) };
    let text = |pointer: &str| at(pointer).and_then(as_text);
    ErrorFields {
        code: text(places.code).or_else(|| code(&body, secret_keys)).or(own_code),
        message: text(places.message).or_else(|| message(&body, secret_keys)).or(own_message),
        request_id: text(places.request_id).or_else(|| request_id(places, headers)),
        help_url: text(places.help_url),
        context: at(places.context).filter(|context| !context.is_null()).cloned(),
        start,
    }
}

pub(crate) fn request_id(places: &ErrorBody, headers: &HeaderMap) -> Option<String> {
    let name = if places.request_id_header.is_empty() { "x-request-id" } else { places.request_id_header };
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}
