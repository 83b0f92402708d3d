//! Holds the transport of a client and those that wrap it.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::transport::Transport;

/// Wraps a transport. Called once more if the client makes blocking calls, which have a transport of their own.
pub(super) type Wrap = Arc<dyn Fn(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync>;

/// A transport with those that wrap it.
pub(super) struct Transports {
    innermost: Arc<dyn Transport>,
    /// Each wraps the one before it.
    outer: Vec<Arc<dyn Transport>>,
    #[cfg(feature = "blocking")]
    wraps: Arc<[Wrap]>,
}

impl Transports {
    pub(super) fn new(innermost: Arc<dyn Transport>, wraps: &Arc<[Wrap]>) -> Self {
        let mut outer: Vec<Arc<dyn Transport>> = Vec::with_capacity(wraps.len());
        for wrap in wraps.iter() {
            let inner = Arc::clone(outer.last().unwrap_or(&innermost));
            outer.push(wrap(inner));
        }
        Self {
            innermost,
            outer,
            #[cfg(feature = "blocking")]
            wraps: Arc::clone(wraps),
        }
    }

    /// Returns the transport that requests are given to.
    pub(super) fn outermost(&self) -> &Arc<dyn Transport> {
        self.outer.last().unwrap_or(&self.innermost)
    }

    /// Notifies each transport, since those outside need not forward it.
    pub(super) fn abandoned(&self, sent: SystemTime, now: SystemTime) {
        for transport in self.outer.iter().rev().chain([&self.innermost]) {
            transport.abandoned(sent, now);
        }
    }

    /// Returns transports that share no connection with these, if the innermost one can be detached.
    #[cfg(feature = "blocking")]
    pub(super) fn detached(&self) -> Option<Self> {
        self.innermost.detached().map(|innermost| Self::new(innermost, &self.wraps))
    }
}

impl fmt::Debug for Transports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transports").field("outermost", self.outermost()).finish_non_exhaustive()
    }
}
