//! Defines [`Interceptor`], which observes calls: before and after each attempt, and after the call.

use std::fmt;
use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method, StatusCode};

use crate::api::Api;
use crate::error::Error;
use crate::secret::redact;
use crate::transport::RequestInfo;

/// Observes the calls of a client, to log, count or measure them. It cannot change them.
///
/// An interceptor sees no credentials: they are added later, and any other value that may be a secret is shown as
/// `***`. It runs in the task of the call, so it should return quickly. The end of a dropped call is not reported.
///
/// ```
/// # use sdk_runtime::testing::{MockTransport, Reply};
/// # use sdk_runtime::{Api, Client, ClientBuilder, Error, Method};
/// use sdk_runtime::{AttemptEnd, Interceptor};
///
/// #[derive(Debug)]
/// struct Log;
///
/// impl Interceptor for Log {
///     fn after_attempt(&self, attempt: &AttemptEnd<'_>) {
///         let (info, status) = (attempt.info(), attempt.status());
///         println!("{}: attempt {}, {status:?}, {:?}", info.template(), info.attempt(), attempt.elapsed());
///     }
/// }
///
/// # struct ExampleClient;
/// # impl ExampleClient {
/// #     fn builder() -> ClientBuilder<Client> {
/// #         let api = MockTransport::new();
/// #         api.on("GET /things/1").reply(Reply::new(200));
/// #         ClientBuilder::new(&Api::NONE).base_url("https://api.example.com").transport(api)
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let client = ExampleClient::builder().interceptor(Log).build()?;
/// # client.request(Method::GET, "/things/1").await?;
/// # Ok(())
/// # }
/// ```
pub trait Interceptor: fmt::Debug + Send + Sync + 'static {
    /// Called before each attempt, also those of token calls, whose body is not shown.
    fn before_attempt(&self, attempt: &AttemptStart<'_>) {
        let _ = attempt;
    }

    /// Called after each attempt, also those of token calls.
    fn after_attempt(&self, attempt: &AttemptEnd<'_>) {
        let _ = attempt;
    }

    /// Called after the call, when its retries are over and its response is decoded. A token call ends before the call
    /// that needs the token is sent; its [`RequestInfo::is_token_call`] is `true`.
    fn after_call(&self, call: &CallEnd<'_>) {
        let _ = call;
    }
}

/// An attempt that is about to be made.
pub struct AttemptStart<'a> {
    pub(crate) api: &'a Api,
    pub(crate) info: &'a RequestInfo,
    pub(crate) method: &'a Method,
    pub(crate) url: &'a str,
    pub(crate) headers: &'a HeaderMap,
    /// The body, if it is in memory.
    pub(crate) body: Option<&'a [u8]>,
}

impl AttemptStart<'_> {
    /// Returns the operation ID, the path template and the number of the attempt.
    #[must_use]
    pub fn info(&self) -> &RequestInfo {
        self.info
    }

    /// Returns the name of the SDK's crate.
    #[must_use]
    pub fn sdk(&self) -> &'static str {
        self.api.name
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.method
    }

    /// Returns the URL, with `***` in place of each query value that may be a secret.
    #[must_use]
    pub fn url(&self) -> String {
        redact::url(self.url)
    }

    /// Returns the headers, with `***` in place of each value that may be a secret. The header of the credential and
    /// the user agent are added later, so they are not included.
    #[must_use]
    pub fn headers(&self) -> Vec<(String, String)> {
        redact::headers(self.headers)
    }

    /// Returns the body if it is in memory. JSON and forms have `***` in place of each member that the API marks as
    /// secret, at any depth. For any other body the text states its length.
    #[must_use]
    pub fn body(&self) -> Option<String> {
        Some(redact::body(media_type(self.headers), self.body?, &hidden(self.api)))
    }
}

/// Returns the names of members whose values are not shown.
fn hidden(api: &Api) -> Vec<&'static str> {
    [api.secret_keys, api.password_members].concat()
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

/// An attempt that has ended.
pub struct AttemptEnd<'a> {
    pub(crate) api: &'a Api,
    pub(crate) info: &'a RequestInfo,
    pub(crate) outcome: Result<StatusCode, &'a Error>,
    pub(crate) elapsed: Duration,
    pub(crate) retry_in: Option<Duration>,
}

impl AttemptEnd<'_> {
    /// Returns the operation ID, the path template and the number of the attempt.
    #[must_use]
    pub fn info(&self) -> &RequestInfo {
        self.info
    }

    /// Returns the body of an error response, redacted as [`AttemptStart::body`] is; `None` for token calls.
    #[must_use]
    pub fn error_body(&self) -> Option<String> {
        // The response of a token endpoint may repeat secrets of the form.
        let error = self.outcome.err().filter(|_| !self.info.is_token_call())?;
        Some(redact::body(media_type(error.headers()?), error.raw_body()?, &hidden(self.api)))
    }

    /// Returns the time from sending to the last byte of the response, or to its headers if it is streamed.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// Returns the wait before the next attempt, if there is one.
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

/// A call that has ended.
#[derive(Debug)]
pub struct CallEnd<'a> {
    pub(crate) info: &'a RequestInfo,
    pub(crate) outcome: Result<StatusCode, &'a Error>,
    pub(crate) elapsed: Duration,
}

impl CallEnd<'_> {
    /// Returns the operation ID, the path template and the number of the last attempt, which is 0 if nothing was sent.
    #[must_use]
    pub fn info(&self) -> &RequestInfo {
        self.info
    }

    /// Returns the duration of the call, including waits.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

/// Implements the accessors that the ends of attempts and calls share.
macro_rules! outcome_accessors {
    ($end:ident) => {
        impl $end<'_> {
            /// Returns the status code of the last response, if there was one.
            #[must_use]
            pub fn status(&self) -> Option<StatusCode> {
                self.outcome.map_or_else(Error::status, Some)
            }

            /// Returns the error in case of failure.
            #[must_use]
            pub fn error(&self) -> Option<&Error> {
                self.outcome.err()
            }
        }
    };
}

outcome_accessors!(AttemptEnd);
outcome_accessors!(CallEnd);
