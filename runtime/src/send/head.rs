//! The head of an answer: its status and headers.

use http::{HeaderMap, StatusCode};

/// Status and headers of an answer.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
}

impl Head {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }
}
