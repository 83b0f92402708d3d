//! Limits the retries of a client: failures take from the retry budget, successes put back.

use std::sync::atomic::{AtomicU32, Ordering};

/// The retry budget of a client.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

const FULL: u32 = 500;
const RETRY: u32 = 5;
const SUCCESS: u32 = 1;

impl Budget {
    /// Takes the cost of a retry. Returns `false` if not enough is left.
    pub(crate) fn take(&self) -> bool {
        self.change(|left| left.checked_sub(RETRY))
    }

    /// Puts back the gain of a call that succeeded with its first attempt.
    pub(crate) fn put_back(&self) {
        self.change(|left| (left < FULL).then(|| left + SUCCESS));
    }

    fn change(&self, to: impl Fn(u32) -> Option<u32>) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, to).is_ok()
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(FULL))
    }
}
