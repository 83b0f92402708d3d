//! Watching calls from outside: before and after each try, and after the call.

use std::fmt;
use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method, StatusCode};

use crate::api::Api;
use crate::error::Error;
use crate::info::RequestInfo;
use crate::redact;

/// Watches the calls of a client, to log, count or measure them. It changes nothing.
///
/// What it is shown holds no credential: those are put in later, and whatever else may be a secret is given as `***`.
/// It is called in the task of the call, so it should be quick. A call that is dropped before its end is not reported
/// any more.
pub trait Interceptor: fmt::Debug + Send + Sync + 'static {
    /// Before each try.
    fn before_attempt(&self, attempt: &AttemptStart<'_>) {
        let _ = attempt;
    }

    /// After each try.
    fn after_attempt(&self, attempt: &AttemptEnd<'_>) {
        let _ = attempt;
    }

    /// After the call, its retries and the reading of its answer.
    fn after_call(&self, call: &CallEnd<'_>) {
        let _ = call;
    }
}

/// A try that is about to be made.
pub struct AttemptStart<'a> {
    pub(crate) api: &'a Api,
    pub(crate) info: &'a RequestInfo,
    pub(crate) method: &'a Method,
    pub(crate) url: &'a str,
    pub(crate) headers: &'a HeaderMap,
    /// Where it is in memory.
    pub(crate) body: Option<&'a [u8]>,
}

impl AttemptStart<'_> {
    /// Operation id, URL template, number of the try.
    #[must_use]
    pub fn info(&self) -> &RequestInfo {
        self.info
    }

    /// The name of the SDK's crate.
    #[must_use]
    pub fn sdk(&self) -> &'static str {
        self.api.name
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.method
    }

    /// The URL, with `***` in place of what may be a secret in its query.
    #[must_use]
    pub fn url(&self) -> String {
        redact::url(self.url)
    }

    /// The headers, with `***` in place of each value that may be a secret. Those of the credential and of the client's
    /// agent come later.
    #[must_use]
    pub fn headers(&self) -> Vec<(String, String)> {
        redact::headers(self.headers)
    }

    /// The body, if it is JSON or a form in memory, with `***` in place of each member whose name the API's secrets
    /// have, at any depth; of another body in memory its length.
    #[must_use]
    pub fn body(&self) -> Option<String> {
        Some(redact::body(media_type(self.headers), self.body?, self.api.secret_keys))
    }
}

fn media_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE)?.to_str().ok()
}

impl fmt::Debug for AttemptStart<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptStart")
            .field("info", &self.info)
            .field("method", &self.method)
            .field("url", &self.url())
            .field("headers", &self.headers())
            .field("body", &self.body())
            .finish()
    }
}

/// A try that is over.
pub struct AttemptEnd<'a> {
    pub(crate) api: &'a Api,
    pub(crate) info: &'a RequestInfo,
    pub(crate) outcome: Result<StatusCode, &'a Error>,
    pub(crate) elapsed: Duration,
    pub(crate) retry_in: Option<Duration>,
}

impl AttemptEnd<'_> {
    /// Operation id, URL template, number of the try.
    #[must_use]
    pub fn info(&self) -> &RequestInfo {
        self.info
    }

    /// The body of an answer that is an error, printed as [`AttemptStart::body`] is.
    #[must_use]
    pub fn error_body(&self) -> Option<String> {
        let error = self.outcome.err()?;
        Some(redact::body(media_type(error.headers()?), error.raw_body()?, self.api.secret_keys))
    }

    /// From sending to the last byte of the answer; of an answer that is handed over as a stream, to its head.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// How long is waited for the next try, if there is one.
    #[must_use]
    pub fn retry_in(&self) -> Option<Duration> {
        self.retry_in
    }
}

impl fmt::Debug for AttemptEnd<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptEnd")
            .field("info", &self.info)
            .field("outcome", &self.outcome)
            .field("elapsed", &self.elapsed)
            .field("retry_in", &self.retry_in)
            .finish()
    }
}

/// A call that is over.
#[derive(Debug)]
pub struct CallEnd<'a> {
    pub(crate) info: &'a RequestInfo,
    pub(crate) outcome: Result<StatusCode, &'a Error>,
    pub(crate) elapsed: Duration,
}

impl CallEnd<'_> {
    /// Operation id, URL template, and how many tries there were: the number of the last one, 0 if nothing was sent.
    #[must_use]
    pub fn info(&self) -> &RequestInfo {
        self.info
    }

    /// How long it took, waits included.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

/// Adds what the end of an attempt and the end of a call both tell.
macro_rules! outcome_accessors {
    ($end:ident) => {
        impl $end<'_> {
            /// Returns the status of the last response, if there was one.
            #[must_use]
            pub fn status(&self) -> Option<StatusCode> {
                self.outcome.map_or_else(Error::status, Some)
            }

            /// Returns the error, if it failed.
            #[must_use]
            pub fn error(&self) -> Option<&Error> {
                self.outcome.err()
            }
        }
    };
}

outcome_accessors!(AttemptEnd);
outcome_accessors!(CallEnd);
