//! Runs independent work on as many threads as the machine offers.

use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Applies `work` to each item in parallel and returns the results in the order of the items.
pub(crate) fn map<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let count = items.len();
    let queue = Mutex::new(items.into_iter().enumerate());
    let run = || -> Vec<(usize, R)> {
        let take = || {
            // The lock is released before the work begins.
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
            next.map(|(index, item)| (index, work(item)))
        };
        std::iter::from_fn(take).collect()
    };
    let run = &run;
    let helpers = thread::available_parallelism().map_or(1, usize::from).min(count).saturating_sub(1);
    let mut done = thread::scope(|scope| {
        // If the system refuses a thread, the others do its work; the current thread always takes part.
        let started: Vec<_> =
            (0..helpers).filter_map(|_| thread::Builder::new().spawn_scoped(scope, run).ok()).collect();
        let mut done = run();
        for thread in started {
            done.extend(thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Runs `beside` on another thread while the current one runs `work`, and returns both results.
pub(crate) fn join<A, B: Send>(work: impl FnOnce() -> A, beside: impl Fn() -> B + Sync) -> (A, B) {
    thread::scope(|scope| {
        let started = thread::Builder::new().spawn_scoped(scope, &beside).ok();
        let done = work();
        let other = match started {
            Some(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            // The system refused a thread.
            None => beside(),
        };
        (done, other)
    })
}

#[cfg(test)]
mod tests {
    use super::{join, map};

    #[test]
    fn two_pieces_of_work_give_both_results() {
        assert_eq!(join(|| 1, || "two"), (1, "two"));
    }

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..1_000).collect();
        assert_eq!(map(items, |item| item * 2), (0..2_000).step_by(2).collect::<Vec<_>>());
        assert!(map(Vec::<usize>::new(), |item| item).is_empty());
    }
}
