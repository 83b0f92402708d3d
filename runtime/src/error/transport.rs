//! Why an exchange with the server broke off, and how far it came.

use std::error::Error as StdError;
use std::fmt;

use super::Error;

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
    pub(super) fn into_own(self) -> Result<Error, Self> {
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
