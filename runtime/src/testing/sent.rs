//! A request as the server would have got it.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde::de::DeserializeOwned;
use url::Url;

use crate::error::{Error, ErrorKind};
use crate::info::RequestInfo;

/// A request as the server would have got it.
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
    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The whole URL.
    #[must_use]
    pub fn url(&self) -> &str {
        self.url.as_ref().map_or("", Url::as_str)
    }

    /// The path of the URL, escaped as it was sent.
    #[must_use]
    pub fn path(&self) -> &str {
        self.url.as_ref().map_or("", Url::path)
    }

    /// The first query parameter of this name.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        self.query_pairs().into_iter().find(|(set, _)| set == name).map(|(_, value)| value)
    }

    /// All query parameters.
    #[must_use]
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        self.url.iter().flat_map(|url| url.query_pairs().into_owned()).collect()
    }

    /// A header, where it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// All headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body, read from JSON: as a type of the SDK or of your own.
    ///
    /// # Errors
    /// The body is no such value.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body)
            .map_err(|error| Error::new(ErrorKind::Decoding, "the body is no such value").with_source(error))
    }

    /// The fields of a form, `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn form(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(&self.body).into_owned().collect()
    }

    /// The operation's id in the API's document, where it has one.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.info.as_ref()?.operation()
    }

    /// Which try of its call it is, from 1; 0 for a request that belongs to no call, as one for a token.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.info.as_ref().map_or(0, RequestInfo::attempt)
    }

    /// When it was sent, from the start of the [`ManualClock`](super::ManualClock); zero without one.
    #[must_use]
    pub fn at(&self) -> Duration {
        self.at
    }
}

impl fmt::Debug for SentRequest {
    /// Names only: values may be secrets.
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
