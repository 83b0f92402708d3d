//! Defines the options of a client's calls and those of a single call.

use std::time::Duration;

use http::{HeaderName, HeaderValue};

use crate::parameter::HeaderChange;
use crate::retry::RetryPolicy;

/// The options of a client's calls, which a single call can override. `with_options` of a client changes them for a
/// derived client.
///
/// ```
/// # use std::time::Duration;
/// # use sdk_runtime::{Client, RetryPolicy};
/// # fn example(client: Client) {
/// let patient = client.with_options(|options| {
///     options
///         .timeout(Duration::from_secs(300))
///         .retry(RetryPolicy::default().max_attempts(10))
///         .header("x-tenant", "acme")
/// });
/// # }
/// ```
#[must_use = "options have no effect unless they are returned"]
#[derive(Clone)]
pub struct RequestOptions {
    /// Headers to send; the value `None` omits a header that would be sent otherwise.
    pub(crate) headers: Vec<(HeaderName, Option<HeaderValue>)>,
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) max_buffer: usize,
    pub(crate) is_lenient: bool,
    /// The error of an invalid header.
    pub(crate) fault: Option<String>,
}

impl RequestOptions {
    /// Sends a header with every request, in place of an earlier one of this name; `None` omits the header.
    ///
    /// Headers set by the call itself take precedence, and so does that of the credential. A header `user-agent` replaces the
    /// SDK's, which [`user_agent_suffix`](crate::ClientBuilder::user_agent_suffix) extends. If the name or value is invalid, or if
    /// the name belongs to the connection, such as `content-length`, the calls return an error.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<HeaderChange>) -> Self {
        match value.into().parse(&name.into()) {
            Ok((name, value)) => {
                self.headers.retain(|(set, _)| *set != name);
                self.headers.push((name, value));
            }
            Err(message) => {
                self.fault.get_or_insert(message);
            }
        }
        self
    }

    /// Limits the time without progress, in which no byte of the request body is sent and none of the response is
    /// received. The default is 60 s; `None` removes the limit.
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.read_timeout = timeout.into();
        self
    }

    /// Limits the time of each attempt, from sending to the last byte of the response, or to its headers if it is
    /// streamed. Redirects are included. There is no limit by default.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.attempt_timeout = timeout.into();
        self
    }

    /// Limits the time of each call, including retries and the waits between them. There is no limit by default.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// Sets the retry policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Limits the size of responses that are read into memory, in bytes after decompression. The default is 256 MiB.
    /// Streamed responses are not limited.
    pub fn max_buffer(mut self, bytes: usize) -> Self {
        self.max_buffer = bytes;
        self
    }

    /// Leaves out the parts of responses that cannot be read as their types, instead of failing: optional members, whose
    /// JSON is kept in `extra`, items of lists and entries of maps. [`Response::losses`](crate::Response::losses) tells
    /// which ones.
    pub fn lenient(mut self) -> Self {
        self.is_lenient = true;
        self
    }
}

impl Default for RequestOptions {
    fn default() -> Self {
        Self {
            headers: Vec::new(),
            read_timeout: Some(Duration::from_secs(60)),
            attempt_timeout: None,
            timeout: None,
            retry: RetryPolicy::default(),
            max_buffer: 256 * 1024 * 1024,
            is_lenient: false,
            fault: None,
        }
    }
}

impl std::fmt::Debug for RequestOptions {
    /// Formats the options with the names of the headers only, since their values may be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RequestOptions")
            .field("headers", &self.headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("read_timeout", &self.read_timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("max_buffer", &self.max_buffer)
            .field("is_lenient", &self.is_lenient)
            .finish()
    }
}

/// The options of one call, which override those of its client.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    /// If `true`, repeating the call has no further effect, whatever its method.
    pub(crate) is_idempotent: bool,
    pub(crate) is_lenient: bool,
    /// Set if the response keeps its raw body.
    pub(crate) keeps_body: bool,
    pub(crate) redirects: Redirects,
    /// The number of times that a broken download is resumed.
    pub(crate) resumptions: u32,
    /// Set if the call requests a part of a body whose start it has.
    pub(crate) is_part: bool,
    /// The part of the call timeout that was over before this call.
    pub(crate) elapsed: Duration,
}

/// The treatment of redirects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Redirects {
    #[default]
    Follow,
    Return,
}
