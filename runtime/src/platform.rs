//! Clock, timers, tasks and chance, so that tests move time by hand and nothing else asks the system.

#[cfg(feature = "tokio")]
mod tokio;

#[cfg(feature = "tokio")]
pub use self::tokio::TokioPlatform;

use std::fmt::Debug;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::bounds::BoxFuture;

/// Where the runtime gets time, tasks and chance from. Nothing else in it asks the system.
pub trait Platform: Debug + Send + Sync + 'static {
    /// The time on the clock.
    fn now(&self) -> SystemTime;

    /// Ready after this long.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Runs a task to its end, whoever waits for it.
    fn spawn(&self, task: BoxFuture<'static, ()>);

    /// Evenly distributed bits, good enough to spread waits; no source of keys.
    fn random(&self) -> u64;
}

/// The platform that the features bring, if any.
pub(crate) fn default_platform() -> Option<Arc<dyn Platform>> {
    #[cfg(feature = "tokio")]
    return Some(Arc::new(TokioPlatform));
    #[cfg(not(feature = "tokio"))]
    None
}
