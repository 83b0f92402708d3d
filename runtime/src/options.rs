//! What can be said of every call of a client, and of one call.

use std::time::Duration;

use http::{HeaderName, HeaderValue};

use crate::header::HeaderChange;
use crate::retry::RetryPolicy;

/// What holds for every call of a client, unless the call says otherwise. A client's present ones are changed by its
/// `with_options`.
#[must_use = "options take effect where they are returned"]
#[derive(Clone)]
pub struct RequestOptions {
    /// A value of `None` takes away what would be sent otherwise.
    pub(crate) headers: Vec<(HeaderName, Option<HeaderValue>)>,
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) max_buffer: usize,
    /// What of them cannot be sent.
    pub(crate) fault: Option<String>,
}

impl RequestOptions {
    /// Sends a header with every request, in place of an earlier one of that name; `None` sends none.
    ///
    /// What the call itself sets wins over it, then the credential's header, then what the client says of itself: the
    /// user agent stays, and only [`user_agent_suffix`](crate::ClientBuilder::user_agent_suffix) adds to it. A value
    /// that no header may have is the error of the calls, and so is a name that belongs to the connection, such as
    /// `content-length`.
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

    /// Longest time in which nothing moves: no byte of the request's body goes out, and none of the answer comes in.
    /// 60 s unless said otherwise, `None` for no bound.
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.read_timeout = timeout.into();
        self
    }

    /// Longest time of one try, from sending to the last byte of the answer, redirects included; of an answer that is
    /// handed over as a stream, to its head. Without bound unless said otherwise.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.attempt_timeout = timeout.into();
        self
    }

    /// Longest time of a whole call, with its retries and the waits between them; without bound unless said otherwise.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// When a request is sent again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Largest answer in bytes, after decompression, that is taken into memory; 256 MiB unless said otherwise. What is
    /// handed over as a stream has no bound.
    pub fn max_buffer(mut self, bytes: usize) -> Self {
        self.max_buffer = bytes;
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
            fault: None,
        }
    }
}

impl std::fmt::Debug for RequestOptions {
    /// Names of headers only: their values may be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RequestOptions")
            .field("headers", &self.headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("read_timeout", &self.read_timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("max_buffer", &self.max_buffer)
            .finish()
    }
}

/// What holds for one call, over what its client says.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    /// Whether repeating the call has no further effect, whatever its method.
    pub(crate) is_idempotent: bool,
    pub(crate) redirects: Redirects,
}

/// What is done with a redirect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Redirects {
    #[default]
    Follow,
    Return,
}
