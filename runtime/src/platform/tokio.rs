//! Provides the default platform: the system clock, and timers and tasks of tokio.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, SystemTime};

use super::Platform;
use crate::platform::BoxFuture;

/// The default platform: the system clock, and timers and tasks of tokio. Calls must run inside a tokio runtime that
/// has time enabled.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioPlatform;

impl Platform for TokioPlatform {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(async move { tokio::time::sleep(duration).await })
    }

    fn spawn(&self, task: BoxFuture<'static, ()>) {
        // Tasks are spawned only by calls, which need a runtime themselves.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(task);
        }
    }

    fn random(&self) -> u64 {
        // Each state gets its own keys, derived from the randomness of the system.
        RandomState::new().build_hasher().finish()
    }
}
