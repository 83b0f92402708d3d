//! The way to the server: one request in, the head of its response and a stream of bytes out.

#[cfg(feature = "reqwest")]
mod connect;
#[cfg(feature = "reqwest")]
mod proxy;
#[cfg(feature = "reqwest")]
mod reqwest;

#[cfg(feature = "reqwest")]
pub use self::proxy::Proxy;

#[cfg(feature = "reqwest")]
pub(crate) use self::{connect::ConnectionSettings, proxy::Proxies, reqwest::ReqwestTransport};

use std::fmt;

use crate::body::{Body, ByteStream};
use crate::bounds::BoxFuture;
use crate::error::TransportError;

/// Sends one request and gives its response, whatever its status.
///
/// Redirects, retries, timeouts (but the one for connecting) and credentials are not its business: they live above. So
/// does the bound of answers in memory, which counts the bytes that the stream gives: a transport that decompresses does
/// so piece by piece.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends a request. Dropping the future gives the exchange up.
    ///
    /// The future fails with the kind that says how far the request came.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'static, Result<http::Response<ByteStream>, TransportError>>;
}
