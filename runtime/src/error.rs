//! Defines [`Error`]: everything known about the failure of a call, but no credentials.

pub(crate) mod asked;
mod response;
mod build;
mod details;
mod kind;
mod not_json;
mod read;
pub(crate) mod reason;
mod show;
mod transport;

pub use kind::{ErrorKind, TimeoutKind};
pub use transport::{TransportError, TransportErrorKind};

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

pub(crate) use details::{html_page, start_of_body};
pub(crate) use response::{ErrorResponse, request_id};

/// The failure of a call.
///
/// It contains everything known about the failure, including the whole body of the response, but no credentials.
/// `Display` is one line that says what to act on; [`source`](StdError::source) returns the underlying error, whose text
/// the line does not repeat. The alternate form, `{error:#}`, appends the texts of all sources.
///
/// ```
/// # use sdk_runtime::testing::{MockTransport, Reply};
/// # use sdk_runtime::{Api, Client, ClientBuilder, Error, Method};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let api = MockTransport::new();
/// # api.on("GET /things/1").reply(Reply::json(404, &serde_json::json!({ "message": "no thing 1" })));
/// # let client: Client = ClientBuilder::new(&Api::NONE).base_url("https://api.example.com").transport(api).build()?;
/// match client.request(Method::GET, "/things/1").await {
///     Ok(thing) => println!("{} bytes", thing.len()),
///     Err(error) if error.is_not_found() => println!("not found: {:?}", error.message()),
///     Err(error) => {
///         eprintln!("{error}, request {:?}", error.request_id());
///         return Err(error);
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    message: String,
    /// The reason why the request was not retried, unless it is obvious.
    note: Option<&'static str>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
    call: Option<CallFacts>,
    response: Option<ErrorResponse>,
    json_path: Option<String>,
    byte_offset: Option<usize>,
    attempts: u32,
}

/// The facts that identify a call.
#[derive(Clone, Debug)]
pub(crate) struct CallFacts {
    pub(crate) operation: Option<&'static str>,
    pub(crate) method: Method,
    /// The URL without its query, which may contain secrets.
    pub(crate) url: String,
}

impl Error {
    /// Returns the kind of failure.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the status code of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.response.as_ref().map(|response| response.status)
    }

    /// Returns the headers of the response, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.response.as_ref().map(|response| &response.headers)
    }

    /// Returns the value of a response header; `None` if the header is missing or is not UTF-8.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.headers()?.get(name)?.as_bytes()).ok()
    }

    /// Returns the unparsed body of the response, if there was one.
    #[must_use]
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.0.response.as_ref().map(|response| &response.body)
    }

    /// Returns the machine-readable code from the response body.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.response.as_ref()?.fields.code.as_deref()
    }

    /// Returns the human-readable message from the response body.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.response.as_ref()?.fields.message.as_deref()
    }

    /// Returns the request ID, to quote in support requests, from the response body or headers.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.response.as_ref()?.fields.request_id.as_deref()
    }

    /// Returns the URL of a page about the error from the response body.
    #[must_use]
    pub fn help_url(&self) -> Option<&str> {
        self.0.response.as_ref()?.fields.help_url.as_deref()
    }

    /// Returns the details from the response body.
    #[must_use]
    pub fn context(&self) -> Option<&serde_json::Value> {
        self.0.response.as_ref()?.fields.context.as_ref()
    }

    /// Returns the time to wait that the server asks for in the header `Retry-After` (RFC 9110 section 10.2.3).
    ///
    /// The header contains a number of seconds, with or without a fraction, or an HTTP date. The time until that date
    /// is measured from the arrival of the response.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.response.as_ref()?.retry_after
    }

    /// Returns the path of the JSON value that could not be decoded, such as `entries[3].role`. The path of the whole
    /// body is empty.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path.as_deref()
    }

    /// Returns the position in the JSON body where decoding failed, in bytes from its start.
    #[must_use]
    pub fn byte_offset(&self) -> Option<usize> {
        self.0.byte_offset
    }

    /// Returns the operation ID from the OpenAPI document; `None` for a request that the document does not describe.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.call.as_ref()?.operation
    }

    /// Returns the method of the request.
    #[must_use]
    pub fn method(&self) -> Option<&Method> {
        self.0.call.as_ref().map(|call| &call.method)
    }

    /// Returns the URL of the request without its query, which may contain secrets.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.0.call.as_ref().map(|call| call.url.as_str())
    }

    /// Returns the number of times that the request was sent. Redirects count as part of the same attempt.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }
}
