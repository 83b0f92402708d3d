//! Provides a clock that stands still until a test moves it.

use std::collections::BTreeMap;
use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, SystemTime};

use super::lock;
use crate::platform::{BoxFuture, Platform};

/// A [`Platform`] whose time stands still until a test moves it: with [`advance`](Self::advance), or from timer to
/// timer with [`run`](Self::run). It starts at 2024-01-01T00:00:00Z. Clones show the same time.
///
/// ```
/// use sdk_runtime::{Platform, testing::ManualClock};
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let clock = ManualClock::new();
/// clock.advance(Duration::from_secs(60));
/// clock.run(clock.sleep(Duration::from_secs(3_600))).await;
///
/// assert_eq!(clock.elapsed(), Duration::from_secs(3_660));
/// # }
/// ```
#[derive(Clone, Default)]
pub struct ManualClock(Arc<Mutex<ClockState>>);

#[derive(Default)]
struct ClockState {
    elapsed: Duration,
    /// Keyed by due time and order of creation.
    timers: BTreeMap<Timer, Option<Waker>>,
    made: u64,
    tasks: Vec<BoxFuture<'static, ()>>,
    /// The number of [`Run`]s that poll tasks.
    runs: usize,
    random: u64,
}

type Timer = (Duration, u64);

impl ManualClock {
    /// Creates a clock at its start time.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns how far the clock has moved since its start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        lock(&self.0).elapsed
    }

    /// Moves the clock, and wakes all timers that are due by then.
    pub fn advance(&self, by: Duration) {
        let until = self.elapsed().saturating_add(by);
        while self.fire(until) {}
        lock(&self.0).elapsed = until;
    }

    /// Sets the seed of the random numbers, which spread waits between retries. The same seed gives the same waits.
    pub fn seed(&self, seed: u64) {
        lock(&self.0).random = seed;
    }

    /// Runs a call, or any other future, to completion. Whenever nothing else can proceed, the clock moves to the next
    /// timer. It does not wait for anything outside this process, such as a network connection.
    pub fn run<F: IntoFuture>(&self, future: F) -> Run<F::IntoFuture> {
        lock(&self.0).runs += 1;
        Run { clock: self.clone(), future: Box::pin(future.into_future()) }
    }

    /// Moves to the first timer that is due by `until`. Returns `false` if there is none.
    fn fire(&self, until: Duration) -> bool {
        let mut state = lock(&self.0);
        let Some((&timer, _)) = state.timers.first_key_value().filter(|((due, _), _)| *due <= until) else {
            return false;
        };
        state.elapsed = state.elapsed.max(timer.0);
        let waker = state.timers.remove(&timer).flatten();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
        true
    }
}

impl Platform for ManualClock {
    fn now(&self) -> SystemTime {
        const START: Duration = Duration::from_secs(1_704_067_200);
        // A time that the system cannot represent becomes the epoch instead of a panic.
        SystemTime::UNIX_EPOCH
            .checked_add(START.saturating_add(self.elapsed()))
            .unwrap_or(SystemTime::UNIX_EPOCH)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let mut state = lock(&self.0);
        state.made += 1;
        let timer = (state.elapsed.saturating_add(duration), state.made);
        state.timers.insert(timer, None);
        Box::pin(Sleep { clock: self.clone(), timer })
    }

    fn spawn(&self, task: BoxFuture<'static, ()>) {
        let mut state = lock(&self.0);
        #[cfg(feature = "tokio")]
        if state.runs == 0 {
            if let Ok(runtime) = tokio::runtime::Handle::try_current() {
                runtime.spawn(task);
                return;
            }
        }
        state.tasks.push(task);
    }

    fn random(&self) -> u64 {
        // SplitMix64 (Steele, Lea, Flood 2014).
        let mut state = lock(&self.0);
        state.random = state.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = state.random;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }
}

impl fmt::Debug for ManualClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ManualClock").field("elapsed", &self.elapsed()).finish_non_exhaustive()
    }
}

struct Sleep {
    clock: ManualClock,
    timer: Timer,
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = lock(&self.clock.0);
        if state.elapsed >= self.timer.0 {
            return Poll::Ready(());
        }
        state.timers.insert(self.timer, Some(context.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        lock(&self.clock.0).timers.remove(&self.timer);
    }
}

/// A future that moves a [`ManualClock`] whenever nothing else can proceed.
#[must_use = "futures do nothing unless awaited"]
pub struct Run<F> {
    clock: ManualClock,
    future: Pin<Box<F>>,
}

impl<F: Future> Future for Run<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let bell = Arc::new(Bell { rung: AtomicBool::new(false), outside: context.waker().clone() });
        let waker = Waker::from(Arc::clone(&bell));
        let mut inside = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(value) = self.future.as_mut().poll(&mut inside) {
                return Poll::Ready(value);
            }
            let goes_on = self.clock.poll_tasks(&mut inside) || bell.rung.swap(false, Ordering::AcqRel);
            if !goes_on && !self.clock.fire(Duration::MAX) {
                return Poll::Pending;
            }
        }
    }
}

impl ManualClock {
    /// Polls all tasks. Returns `true` if a task ended or began.
    fn poll_tasks(&self, context: &mut Context<'_>) -> bool {
        let mut tasks = std::mem::take(&mut lock(&self.0).tasks);
        let before = tasks.len();
        tasks.retain_mut(|task| task.as_mut().poll(context).is_pending());
        let mut state = lock(&self.0);
        let goes_on = tasks.len() < before || !state.tasks.is_empty();
        tasks.append(&mut state.tasks);
        state.tasks = tasks;
        goes_on
    }
}

impl<F> Drop for Run<F> {
    fn drop(&mut self) {
        lock(&self.clock.0).runs -= 1;
    }
}

impl<F> fmt::Debug for Run<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run").field("clock", &self.clock).finish_non_exhaustive()
    }
}

struct Bell {
    rung: AtomicBool,
    outside: Waker,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.rung.store(true, Ordering::Release);
        self.outside.wake_by_ref();
    }
}
