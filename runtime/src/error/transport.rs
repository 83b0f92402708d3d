//! Defines the error of a failed exchange with the server.

use std::error::Error as StdError;
use std::fmt;

use super::Error;
use super::reason::sources;

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
    /// The server refused the request before it did anything, as HTTP/2 allows.
    Refused,
    /// The connection was lost; the server may have received the request.
    Lost,
    /// The head of the response is not HTTP, or larger than the client allows.
    Protocol,
    /// The body of the response is not divided as HTTP requires, such as a chunk without a size.
    Framing,
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

    /// Returns the innermost cause, which is the most specific one.
    pub(super) fn innermost(&self) -> &(dyn StdError + 'static) {
        sources(&*self.source).last().unwrap_or(&*self.source)
    }

    /// Extracts a wrapped [`Error`], such as a timeout inside a stream.
    pub(super) fn into_own(self) -> Result<Error, Self> {
        let Self { kind, source } = self;
        source.downcast::<Error>().map(|own| *own).map_err(|source| Self { kind, source })
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The text differs from that of the `Error` whose source this is.
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "the transport failed to connect",
            TransportErrorKind::ConnectTimeout => "the transport failed to connect within the timeout",
            TransportErrorKind::Untrusted => "the transport refused the certificate",
            TransportErrorKind::Refused => "the transport failed to hand over the request",
            TransportErrorKind::Lost => "the transport failed after connecting",
            TransportErrorKind::Protocol => "the transport failed to read the head of the response",
            TransportErrorKind::Framing => "the transport failed to read the body of the response",
            TransportErrorKind::Encoding => "the transport failed to decompress the response",
            TransportErrorKind::RequestBody => "the transport failed to read the request body",
            TransportErrorKind::Unusable => "the transport failed before connecting",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transport_error_says_what_failed_and_its_source_says_why() {
        let error = TransportError::new(TransportErrorKind::Untrusted, "expired");
        assert_eq!(error.to_string(), "the transport refused the certificate");
        assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("expired"));
    }
}
