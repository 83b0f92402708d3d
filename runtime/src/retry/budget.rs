//! How many retries a client may still make: failures take from it, successes put back.

use std::sync::atomic::{AtomicU32, Ordering};

/// How many retries a client may still make.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

const FULL: u32 = 500;
const RETRY: u32 = 5;
const SUCCESS: u32 = 1;

impl Budget {
    /// Takes what a retry costs; `false` where that much is not there.
    pub(crate) fn take(&self) -> bool {
        self.change(|left| left.checked_sub(RETRY))
    }

    /// Puts back what a call gives that succeeded with its first try.
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
