//! The answer to a call: its value with status and headers.

use std::fmt;

use http::{HeaderMap, StatusCode};

use crate::error::Error;
use crate::header::Header;
use crate::json::Json;
use crate::send::{Exchange, Head};

/// The answer to a call: its value with status and headers.
#[derive(Clone)]
pub struct Response<T> {
    head: Head,
    request_id: Option<String>,
    attempts: u32,
    value: T,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, exchange: Exchange) -> Self {
        Self { request_id: exchange.request_id(), attempts: exchange.attempts, head: exchange.head, value }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// A header, where it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.headers.get(name)?.to_str().ok()
    }

    /// A header that the API's document describes, as the type that it has there; `None` where it did not come.
    ///
    /// # Errors
    /// The header is not of that type.
    pub fn typed<H: Json>(&self, header: Header<H>) -> Result<Option<H>, Error> {
        header.read(&self.head.headers)
    }

    /// The id of the request that support asks for, where the headers tell it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// How many times the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value, without the rest.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    /// Without headers, which may hold cookies.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status().as_u16())
            .field("request_id", &self.request_id)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}
