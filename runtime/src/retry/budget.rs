//! Limits the retries of a client: retries take from the budget; successes and time put back.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// The retry budget of a client.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    level: Mutex<Level>,
    /// Set unless the budget is full, so that calls without failures need no lock.
    has_room: AtomicBool,
}

#[derive(Debug)]
struct Level {
    left: u32,
    /// The time up to which the budget was refilled.
    refilled: Option<SystemTime>,
}

const FULL: u32 = 500;
const RETRY: u32 = 5;
const SUCCESS: u32 = 1;
const SECOND: u32 = 5;

impl Budget {
    /// Takes the cost of a retry. Returns `false` if not enough is left.
    pub(crate) fn take(&self, now: SystemTime) -> bool {
        let mut level = self.level();
        level.refill(now);
        let rest = level.left.checked_sub(RETRY);
        level.left = rest.unwrap_or(level.left);
        self.note(&level);
        rest.is_some()
    }

    /// Puts back what a successful call took for its retries, or its gain if there were none.
    pub(crate) fn put_back(&self, taken: u32) {
        if taken == 0 && !self.has_room.load(Ordering::Relaxed) {
            return;
        }
        let gain = if taken == 0 { SUCCESS } else { taken.saturating_mul(RETRY) };
        let mut level = self.level();
        level.add(gain);
        self.note(&level);
    }

    /// Notes if there is room. The lock orders the writes.
    fn note(&self, level: &Level) {
        self.has_room.store(level.left < FULL, Ordering::Relaxed);
    }

    fn level(&self) -> MutexGuard<'_, Level> {
        self.level.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Level {
    /// Adds what the time since the last refill gives, in whole seconds.
    fn refill(&mut self, now: SystemTime) {
        let since = self.refilled.map(|refilled| now.duration_since(refilled));
        let Some(Ok(time)) = since else {
            // The first retry, or a clock that was set back.
            self.refilled = Some(now);
            return;
        };
        let seconds = time.as_secs();
        self.add(u32::try_from(seconds).unwrap_or(FULL).saturating_mul(SECOND));
        self.refilled = self.refilled.map(|refilled| refilled + Duration::from_secs(seconds));
    }

    fn add(&mut self, gain: u32) {
        self.left = self.left.saturating_add(gain).min(FULL);
    }
}

impl Default for Level {
    fn default() -> Self {
        Self { left: FULL, refilled: None }
    }
}
