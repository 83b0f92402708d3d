//! Defines [`Head`]: the status and headers of a response.

use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, StatusCode};

use crate::json::Loss;

/// The status and headers of a response.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// Set if the body is read leniently.
    pub(crate) losses: Option<Losses>,
}

/// Collects the parts of a body that cannot be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Losses(Arc<Mutex<Vec<Loss>>>);

impl Losses {
    pub(crate) fn add(&self, losses: Vec<Loss>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(losses);
    }

    pub(crate) fn take(&self) -> Vec<Loss> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Head {
    /// Returns the status code.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }
}
