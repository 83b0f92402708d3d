//! Abstracts the clock, timers, tasks and randomness of the system, so that tests can control time.

#[cfg(feature = "blocking")]
mod background;
mod bounds;
#[cfg(feature = "tokio")]
mod tokio;

#[cfg(feature = "blocking")]
pub(crate) use background::Background;
pub use bounds::{BoxFuture, BoxStream, MaybeSend};
pub(crate) use bounds::{First, race};

#[cfg(feature = "tokio")]
pub use self::tokio::TokioPlatform;

use std::fmt::Debug;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The source of time, tasks and randomness. Nothing else in the runtime asks the system for them.
///
/// The default is `TokioPlatform` (feature `tokio`); tests use `testing::ManualClock` (feature `testing`). This one
/// uses another executor:
///
/// ```
/// # mod other {
/// #     use std::{future::Future, time::Duration};
/// #     pub async fn sleep(_: Duration) {}
/// #     pub fn spawn(_: impl Future<Output = ()> + Send + 'static) {}
/// #     pub fn random() -> u64 { 4 }
/// # }
/// use sdk_runtime::{BoxFuture, Platform};
/// use std::time::{Duration, SystemTime};
///
/// #[derive(Debug)]
/// struct OtherPlatform;
///
/// impl Platform for OtherPlatform {
///     fn now(&self) -> SystemTime {
///         SystemTime::now()
///     }
///
///     fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
///         Box::pin(other::sleep(duration))
///     }
///
///     fn spawn(&self, task: BoxFuture<'static, ()>) {
///         other::spawn(task);
///     }
///
///     fn random(&self) -> u64 {
///         other::random()
///     }
/// }
/// ```
pub trait Platform: Debug + Send + Sync + 'static {
    /// Returns the current time.
    fn now(&self) -> SystemTime;

    /// Returns a future that is ready after `duration`.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Runs a task to completion in the background.
    fn spawn(&self, task: BoxFuture<'static, ()>);

    /// Returns uniformly distributed random bits. They spread waits, separate the parts of forms and make
    /// idempotency keys. They need not be cryptographically secure.
    fn random(&self) -> u64;
}

/// Returns the time of the system, for what is not part of a call.
#[cfg(feature = "webhooks")]
pub(crate) fn system_time() -> SystemTime {
    SystemTime::now()
}

/// Returns the platform that the enabled features provide, if any.
pub(crate) fn default_platform() -> Option<Arc<dyn Platform>> {
    #[cfg(feature = "tokio")]
    return Some(Arc::new(TokioPlatform));
    #[cfg(not(feature = "tokio"))]
    None
}
