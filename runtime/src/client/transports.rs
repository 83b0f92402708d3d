//! Holds the transport of a client and those that wrap it.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::body::{Body, ByteStream};
use crate::error::TransportError;
use crate::platform::BoxFuture;
use crate::transport::Transport;

/// Wraps a transport. Called once more if the client makes blocking calls, which have a transport of their own.
pub(super) type Wrap = Arc<dyn Fn(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync>;

/// A transport with those that wrap it.
pub(super) struct Transports {
    #[cfg(feature = "blocking")]
    innermost: Arc<dyn Transport>,
    outermost: Arc<dyn Transport>,
    #[cfg(feature = "blocking")]
    wraps: Arc<[Wrap]>,
}

impl Transports {
    pub(super) fn new(innermost: Arc<dyn Transport>, wraps: &Arc<[Wrap]>) -> Self {
        let wrap_one = |inner: Arc<dyn Transport>, wrap: &Wrap| -> Arc<dyn Transport> {
            Arc::new(Wrapped { outer: wrap(Arc::clone(&inner)), inner })
        };
        Self {
            outermost: wraps.iter().fold(Arc::clone(&innermost), wrap_one),
            #[cfg(feature = "blocking")]
            innermost,
            #[cfg(feature = "blocking")]
            wraps: Arc::clone(wraps),
        }
    }

    /// Returns the transport that requests are given to.
    pub(super) fn outermost(&self) -> &Arc<dyn Transport> {
        &self.outermost
    }

    /// Returns transports that share no connection with these, if the innermost one can be detached.
    #[cfg(feature = "blocking")]
    pub(super) fn detached(&self) -> Option<Self> {
        self.innermost.detached().map(|innermost| Self::new(innermost, &self.wraps))
    }
}

impl fmt::Debug for Transports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transports").field("outermost", &self.outermost).finish_non_exhaustive()
    }
}

/// A transport that wraps another one.
struct Wrapped {
    outer: Arc<dyn Transport>,
    inner: Arc<dyn Transport>,
}

impl Transport for Wrapped {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'static, Result<http::Response<ByteStream>, TransportError>> {
        self.outer.send(request)
    }

    /// Notifies both, since the outer one need not forward it.
    fn abandoned(&self, sent: SystemTime, now: SystemTime) {
        self.outer.abandoned(sent, now);
        self.inner.abandoned(sent, now);
    }
}

impl fmt::Debug for Wrapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.outer.fmt(f)
    }
}
