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

use std::error::Error as StdError;
use std::fmt;

use crate::body::{Body, ByteStream};
use crate::bounds::BoxFuture;
use crate::error::Error;

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

/// Why an exchange broke off, and how far it came.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn StdError + Send + Sync>,
}

/// How far an exchange came that broke off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was made, so nothing was sent.
    Connect,
    /// No connection was made in the time for it.
    ConnectTimeout,
    /// No connection was made, since the server does not prove who it is; nothing was sent.
    Untrusted,
    /// The connection was lost; the server may have received the request.
    Lost,
    /// The answer is compressed, and not as it says.
    Encoding,
    /// The request's own body failed.
    RequestBody,
    /// The transport cannot be used, or not for this request; nothing was sent.
    Unusable,
}

impl TransportError {
    /// With what the layer below says. The text must hold no secret.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind, source: source.into() }
    }

    /// How far the exchange came.
    #[must_use]
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The error of ours that was wrapped, where it is one: a timeout inside a stream.
    pub(crate) fn into_own(self) -> Result<Error, Self> {
        let Self { kind, source } = self;
        source.downcast::<Error>().map(|own| *own).map_err(|source| Self { kind, source })
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "could not connect",
            TransportErrorKind::ConnectTimeout => "could not connect in time",
            TransportErrorKind::Untrusted => "the server is not trusted",
            TransportErrorKind::Lost => "the connection was lost",
            TransportErrorKind::Encoding => "the answer cannot be decompressed",
            TransportErrorKind::RequestBody => "the request body failed",
            TransportErrorKind::Unusable => "the transport cannot be used",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
