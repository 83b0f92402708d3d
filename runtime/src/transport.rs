//! Defines the transport, which sends one request and returns the head and the body stream of its response.

mod coding;
#[cfg(feature = "reqwest")]
mod connect;
#[cfg(feature = "reqwest")]
mod decompress;
#[cfg(feature = "reqwest013")]
mod own_client;
#[cfg(feature = "reqwest")]
mod proxy;
mod request_info;
#[cfg(feature = "reqwest")]
mod reqwest;
pub(crate) mod trace;

#[cfg(feature = "reqwest")]
pub use self::proxy::Proxy;
pub use self::request_info::RequestInfo;

pub(crate) use self::coding::undecoded;
#[cfg(feature = "reqwest013")]
pub(crate) use self::own_client::OwnClient;
#[cfg(feature = "reqwest")]
pub(crate) use self::{
    connect::{ConnectionSettings, Identity},
    proxy::Proxies,
    reqwest::ReqwestTransport,
};

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::body::{Body, ByteStream};
use crate::error::TransportError;
use crate::platform::BoxFuture;

/// Sends one request and returns its response, whatever the status.
///
/// Redirects, retries, timeouts (except the connect timeout) and credentials are handled above the transport. So is the
/// limit on bodies in memory, which counts the bytes of the stream: a transport that decompresses must do so piece by
/// piece, and remove the header `content-encoding`. A body that still has that header is an error. A transport that
/// sends bodies by [`Body::into_stream`] lets the read timeout see their progress.
///
/// ```
/// use sdk_runtime::{Body, BoxFuture, ByteStream, Bytes, Transport, TransportError};
///
/// /// Answers every request with an empty list.
/// #[derive(Debug)]
/// struct Offline;
///
/// impl Transport for Offline {
///     fn send(
///         &self,
///         _: http::Request<Body>,
///     ) -> BoxFuture<'static, Result<http::Response<ByteStream>, TransportError>> {
///         let body = ByteStream::from(Bytes::from_static(b"[]"));
///         Box::pin(async { Ok(http::Response::new(body)) })
///     }
/// }
/// ```
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends a request. Dropping the future abandons the exchange.
    ///
    /// The kind of an error says how far the exchange got.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'static, Result<http::Response<ByteStream>, TransportError>>;

    /// Learns that a request that was sent at this time, or a bit later, was abandoned since nothing came from the
    /// server for too long. The next request should not use a connection that was made before: it may be dead without a
    /// sign, as shared connections (HTTP/2) can be. Both times are those of the client's platform. By default this does
    /// nothing.
    fn abandoned(&self, sent: SystemTime, now: SystemTime) {
        let _ = (sent, now);
    }

    /// Returns a transport like this one that shares no connection with it, for blocking calls (feature `blocking`):
    /// they run on a runtime of their own, while the one that drives these connections may be blocked. `None`, the
    /// default, makes them share this transport, which suits one that needs no runtime.
    fn detached(&self) -> Option<Arc<dyn Transport>> {
        None
    }
}
