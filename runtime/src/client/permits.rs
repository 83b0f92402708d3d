//! Limits the number of requests in flight: each needs a permit, and waits for one in its turn.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// The permits for requests in flight.
#[derive(Debug)]
pub(crate) struct Permits {
    #[cfg(feature = "blocking")]
    number: usize,
    queue: Mutex<Queue>,
}

#[derive(Debug)]
struct Queue {
    /// The number of free permits: 0 while anyone waits.
    free: usize,
    /// The wakers of waiting requests, in their order.
    waiting: BTreeMap<u64, Waker>,
    /// The requests whose turn has come, and that have not been polled since.
    given: BTreeSet<u64>,
    next_id: u64,
}

impl Permits {
    pub(super) fn new(number: usize) -> Arc<Self> {
        let queue = Queue { free: number, waiting: BTreeMap::new(), given: BTreeSet::new(), next_id: 0 };
        Arc::new(Self {
            #[cfg(feature = "blocking")]
            number,
            queue: Mutex::new(queue),
        })
    }

    /// Returns as many permits again, all of them free.
    #[cfg(feature = "blocking")]
    pub(super) fn anew(&self) -> Arc<Self> {
        Self::new(self.number)
    }

    /// Waits for a permit. Dropping the future gives up the turn.
    pub(super) fn take(self: &Arc<Self>) -> WaitForPermit {
        WaitForPermit { permits: Arc::clone(self), id: None }
    }

    /// Gives a permit to the one that has waited longest.
    fn give_back(&self) {
        let mut queue = self.lock();
        match queue.waiting.pop_first() {
            Some((id, waker)) => {
                queue.given.insert(id);
                drop(queue);
                waker.wake();
            }
            None => queue.free += 1,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The future of a [`Permit`].
#[derive(Debug)]
pub(super) struct WaitForPermit {
    permits: Arc<Permits>,
    /// Set while it waits.
    id: Option<u64>,
}

impl Future for WaitForPermit {
    type Output = Permit;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Permit> {
        let this = self.get_mut();
        let mut queue = this.permits.lock();
        let id = match this.id {
            None if queue.free > 0 => {
                queue.free -= 1;
                return Poll::Ready(Permit { permits: Arc::clone(&this.permits), was_waited_for: false });
            }
            Some(id) if queue.given.remove(&id) => {
                this.id = None;
                return Poll::Ready(Permit { permits: Arc::clone(&this.permits), was_waited_for: true });
            }
            Some(id) => id,
            None => {
                let id = queue.next_id;
                queue.next_id += 1;
                this.id = Some(id);
                id
            }
        };
        queue.waiting.insert(id, context.waker().clone());
        Poll::Pending
    }
}

impl Drop for WaitForPermit {
    fn drop(&mut self) {
        let Some(id) = self.id else { return };
        let mut queue = self.permits.lock();
        queue.waiting.remove(&id);
        let was_given = queue.given.remove(&id);
        drop(queue);
        if was_given {
            self.permits.give_back();
        }
    }
}

/// The permit of a request in flight. Dropping it makes room for another request.
#[derive(Debug)]
pub(crate) struct Permit {
    permits: Arc<Permits>,
    was_waited_for: bool,
}

impl Permit {
    /// Returns `true` if there was none at first.
    pub(crate) const fn was_waited_for(&self) -> bool {
        self.was_waited_for
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.permits.give_back();
    }
}
