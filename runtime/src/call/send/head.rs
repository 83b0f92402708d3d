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

    /// Returns the number of items of a list that a lenient call left out. The list is given by its JSON Pointer.
    pub(crate) fn lost_items(&self, list: &str) -> i128 {
        let Some(losses) = &self.losses else { return 0 };
        let list = list.trim_start_matches('/').replace('/', ".");
        let is_item = |loss: &&Loss| {
            let index = loss.path().strip_prefix(&list).and_then(|rest| rest.strip_prefix('['));
            index.and_then(|rest| rest.strip_suffix(']')).is_some_and(|index| index.parse::<usize>().is_ok())
        };
        let losses = losses.0.lock().unwrap_or_else(PoisonError::into_inner);
        i128::try_from(losses.iter().filter(is_item).count()).unwrap_or_default()
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }
}
