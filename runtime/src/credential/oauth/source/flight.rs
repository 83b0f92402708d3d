//! Shares the outcome of one task among all that wait for it, even if some of them are dropped.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// The future outcome of a task.
#[derive(Debug)]
pub(in crate::credential::oauth) struct Flight<T> {
    landing: Mutex<Landing<T>>,
}

#[derive(Debug)]
struct Landing<T> {
    outcome: Option<T>,
    waiters: Vec<(u64, Waker)>,
    next_id: u64,
}

impl<T: Clone> Flight<T> {
    pub(in crate::credential::oauth) fn new() -> Arc<Self> {
        Arc::new(Self { landing: Mutex::new(Landing { outcome: None, waiters: Vec::new(), next_id: 0 }) })
    }

    /// Sets the outcome and wakes all waiters. Only the first outcome counts.
    pub(in crate::credential::oauth) fn land(&self, outcome: T) {
        let mut landing = self.lock();
        landing.outcome.get_or_insert(outcome);
        let waiters = std::mem::take(&mut landing.waiters);
        drop(landing);
        for (_, waker) in waiters {
            waker.wake();
        }
    }

    /// Waits for the outcome. Dropping the future does not affect the task or other waiters.
    pub(in crate::credential::oauth) fn wait(self: &Arc<Self>) -> Wait<T> {
        Wait { flight: Arc::clone(self), id: None }
    }

    fn lock(&self) -> MutexGuard<'_, Landing<T>> {
        self.landing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The future of a [`Flight`]'s outcome.
#[derive(Debug)]
pub(in crate::credential::oauth) struct Wait<T: Clone> {
    flight: Arc<Flight<T>>,
    id: Option<u64>,
}

impl<T: Clone> Future for Wait<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let this = self.get_mut();
        let mut landing = this.flight.lock();
        if let Some(outcome) = &landing.outcome {
            return Poll::Ready(outcome.clone());
        }
        let waker = context.waker();
        let id = *this.id.get_or_insert(landing.next_id);
        landing.next_id = landing.next_id.max(id + 1);
        match landing.waiters.iter_mut().find(|(waiting, _)| *waiting == id) {
            Some((_, known)) => known.clone_from(waker),
            None => landing.waiters.push((id, waker.clone())),
        }
        Poll::Pending
    }
}

impl<T: Clone> Drop for Wait<T> {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            self.flight.lock().waiters.retain(|(waiting, _)| *waiting != id);
        }
    }
}
