//! The default platform: the system's clock and tokio's timers and tasks.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, SystemTime};

use super::Platform;
use crate::bounds::BoxFuture;

/// The system's clock, tokio's timers and tasks. Calls must run inside a tokio runtime with time enabled.
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
        // Without a runtime nobody could have asked for the task in the first place.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(task);
        }
    }

    fn random(&self) -> u64 {
        // Each state has keys of its own, from the system's randomness.
        RandomState::new().build_hasher().finish()
    }
}
