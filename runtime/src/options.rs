//! What can be said of every call of a client, and of one call.

use std::time::Duration;

use http::{HeaderName, HeaderValue};

/// What holds for every call of a client.
#[derive(Clone, Debug)]
pub(crate) struct RequestOptions {
    /// A value of `None` takes away what would be sent otherwise.
    pub(crate) headers: Vec<(HeaderName, Option<HeaderValue>)>,
    /// Longest wait for the next bytes of an answer.
    pub(crate) read_timeout: Option<Duration>,
    /// Longest time of a whole call.
    pub(crate) timeout: Option<Duration>,
}

impl Default for RequestOptions {
    fn default() -> Self {
        Self { headers: Vec::new(), read_timeout: Some(Duration::from_secs(60)), timeout: None }
    }
}

/// What holds for one call, over what its client says.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<Duration>,
}
