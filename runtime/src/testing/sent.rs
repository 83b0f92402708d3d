//! Records requests as the server would have received them.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde::de::DeserializeOwned;
use url::Url;

use crate::error::{Error, ErrorKind};
use crate::transport::RequestInfo;

/// A request as the server would have received it.
#[derive(Clone)]
pub struct SentRequest {
    pub(super) method: Method,
    pub(super) url: Option<Url>,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) info: Option<RequestInfo>,
    pub(super) at: Duration,
}

impl SentRequest {
    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the whole URL.
    #[must_use]
    pub fn url(&self) -> &str {
        self.url.as_ref().map_or("", Url::as_str)
    }

    /// Returns the path of the URL, escaped as it was sent.
    #[must_use]
    pub fn path(&self) -> &str {
        self.url.as_ref().map_or("", Url::path)
    }

    /// Returns the first query parameter with this name.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        self.query_pairs().into_iter().find(|(set, _)| set == name).map(|(_, value)| value)
    }

    /// Returns all query parameters.
    #[must_use]
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        self.url.iter().flat_map(|url| url.query_pairs().into_owned()).collect()
    }

    /// Returns a header, if it is present and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns all headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Reads the body from JSON, as a type of the SDK or of your own.
    ///
    /// # Errors
    /// Returns an error if the body is not valid JSON, or not of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body)
            .map_err(|error| Error::new(ErrorKind::Decoding, "the body cannot be read").with_source(error))
    }

    /// Returns the fields of a form, `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn form(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(&self.body).into_owned().collect()
    }

    /// Returns the operation's id in the API's document, if it has one.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.info.as_ref()?.operation()
    }

    /// Returns the number of the attempt within its call, from 1; 0 for a request that belongs to no call, such as a
    /// token request.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.info.as_ref().map_or(0, RequestInfo::attempt)
    }

    /// Returns the time of the request since the start of the [`ManualClock`](super::ManualClock); zero without a
    /// clock.
    #[must_use]
    pub fn at(&self) -> Duration {
        self.at
    }
}

impl fmt::Debug for SentRequest {
    /// Shows names only: values may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentRequest")
            .field("method", &self.method)
            .field("path", &self.path())
            .field("query", &self.query_pairs().into_iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body_length", &self.body.len())
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}
