//! Defines [`Response`]: the value of a call with status and headers.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::call::send::{Exchange, Head};
use crate::error::Error;
use crate::json::{Json, Loss};
use crate::parameter::Header;

/// The response to a call: its value along with status and headers.
///
/// ```
/// # use sdk_runtime::testing::{MockTransport, Reply};
/// # use sdk_runtime::{Api, Client, ClientBuilder, Error, Method};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let api = MockTransport::new();
/// # api.on("GET /things/1").reply(Reply::json(200, "a thing").header("etag", "\"1\""));
/// # let client: Client = ClientBuilder::new(&Api::NONE).base_url("https://api.example.com").transport(api).build()?;
/// let response = client.request(Method::GET, "/things/1").send_json::<String>().with_response().await?;
/// assert_eq!(response.status(), 200);
/// assert_eq!(response.header("etag"), Some("\"1\""));
/// assert_eq!(response.into_value(), "a thing");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Response<T> {
    head: Head,
    request_id: Option<String>,
    attempts: u32,
    losses: Vec<Loss>,
    raw_body: Option<Bytes>,
    value: T,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, exchange: Exchange) -> Self {
        let (request_id, raw_body) = (exchange.request_id(), exchange.kept());
        let (attempts, mut head) = (exchange.attempts, exchange.head);
        let losses = head.losses.take().map(|losses| losses.take()).unwrap_or_default();
        Self { head, request_id, attempts, losses, raw_body, value }
    }

    /// Returns the status code.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Returns the value of a header; `None` if the header is missing or is not UTF-8.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.head.headers.get(name)?.as_bytes()).ok()
    }

    /// Returns the value of a header as the type that the document gives it; `None` if the header is missing.
    ///
    /// # Errors
    /// Returns an error if the value is not of that type.
    pub fn typed<H: Json>(&self, header: Header<H>) -> Result<Option<H>, Error> {
        header.read(&self.head.headers)
    }

    /// Returns the request ID, to quote in support requests, from the headers.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns the number of times that the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the parts of the body that a lenient call left out; see [`Call::lenient`](crate::Call::lenient).
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// Returns the value and the parts of the body that a lenient call left out.
    pub(crate) fn into_parts(self) -> (T, Vec<Loss>) {
        (self.value, self.losses)
    }

    /// Returns the body as received, decompressed; `None` unless the call asked for it with
    /// [`with_raw_body`](crate::Call::with_raw_body), and for a response that is a stream.
    #[must_use]
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.raw_body.as_ref()
    }

    /// Returns a reference to the value.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Returns the value and drops the rest of the response.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    /// Formats the response without its headers, which may contain cookies.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status().as_u16())
            .field("request_id", &self.request_id)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}
