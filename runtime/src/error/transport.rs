//! Defines the error of a failed exchange with the server.

use std::error::Error as StdError;
use std::fmt;

use super::Error;

/// The failure of an exchange, with its cause and the point that the exchange had reached.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn StdError + Send + Sync>,
}

/// The point that a failed exchange had reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was made, so nothing was sent.
    Connect,
    /// No connection was made within the connect timeout, so nothing was sent.
    ConnectTimeout,
    /// No connection was made, because the server's certificate is not trusted; nothing was sent.
    Untrusted,
    /// The connection was lost; the server may have received the request.
    Lost,
    /// The response cannot be decompressed.
    Encoding,
    /// The source of the request body failed.
    RequestBody,
    /// The transport cannot be used, or not for this request; nothing was sent.
    Unusable,
}

impl TransportError {
    /// Creates an error from its cause, whose text must not contain secrets.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind, source: source.into() }
    }

    /// Returns the point that the exchange had reached.
    #[must_use]
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Extracts a wrapped [`Error`], such as a timeout inside a stream.
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
            TransportErrorKind::Encoding => "the response cannot be decompressed",
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
