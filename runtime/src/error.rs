//! What went wrong with a call, with everything that is known of it and no credential.

mod answer;
mod build;
mod kind;
mod read;
mod show;
mod transport;

pub use kind::{ErrorKind, TimeoutKind};
pub use transport::{TransportError, TransportErrorKind};

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

pub(crate) use answer::{Answer, parse_retry_after, request_id};

/// What went wrong with a call.
///
/// It holds everything that is known, the whole body of an answer included, and no credential. `Display` is one line
/// to act on; [`source`](StdError::source) leads to what lies below.
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    message: String,
    /// Why the request was not sent again, where that is not plain.
    note: Option<&'static str>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
    call: Option<CallFacts>,
    answer: Option<Answer>,
    json_path: Option<String>,
    byte_offset: Option<usize>,
    attempts: u32,
}

/// Which call it was.
#[derive(Clone, Debug)]
pub(crate) struct CallFacts {
    pub(crate) operation: Option<&'static str>,
    pub(crate) method: Method,
    /// Without query, whose values may be secrets.
    pub(crate) url: String,
}

impl Error {
    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The status of the answer, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answer.as_ref().map(|answer| answer.status)
    }

    /// The headers of the answer, where there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.answer.as_ref().map(|answer| &answer.headers)
    }

    /// A header of the answer, where it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers()?.get(name)?.to_str().ok()
    }

    /// The body of the answer as it came, where there was one.
    #[must_use]
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.0.answer.as_ref().map(|answer| &answer.body)
    }

    /// The code that the answer gives for programs.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.answer.as_ref()?.fields.code.as_deref()
    }

    /// The sentence that the answer gives for people.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.answer.as_ref()?.fields.message.as_deref()
    }

    /// The id of the request that support asks for, from the answer's headers or body.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.answer.as_ref()?.fields.request_id.as_deref()
    }

    /// The page about the error that the answer names.
    #[must_use]
    pub fn help_url(&self) -> Option<&str> {
        self.0.answer.as_ref()?.fields.help_url.as_deref()
    }

    /// The details that the answer gives.
    #[must_use]
    pub fn context(&self) -> Option<&serde_json::Value> {
        self.0.answer.as_ref()?.fields.context.as_ref()
    }

    /// How long the server asks to wait, from `Retry-After`: seconds, with decimals or without, or an HTTP date, from
    /// which the time until then is counted as of the moment of the answer.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.answer.as_ref()?.retry_after
    }

    /// Where in the JSON body the fault lies, as in `entries[3].role`, when decoding failed; empty for the whole.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path.as_deref()
    }

    /// Where in the JSON body the fault lies, in bytes from its start, when decoding failed.
    #[must_use]
    pub fn byte_offset(&self) -> Option<usize> {
        self.0.byte_offset
    }

    /// The operation's id in the API's document; `None` for a request that the document lacks.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.call.as_ref()?.operation
    }

    /// The method of the request.
    #[must_use]
    pub fn method(&self) -> Option<&Method> {
        self.0.call.as_ref().map(|call| &call.method)
    }

    /// The URL of the request without its query, whose values may be secrets.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.0.call.as_ref().map(|call| call.url.as_str())
    }

    /// How many times the request was sent. Redirects that were followed are part of their try.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }
}
