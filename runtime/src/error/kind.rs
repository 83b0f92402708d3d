//! Defines [`ErrorKind`] and the predicates of [`Error`].

use http::StatusCode;

use super::{Error, TransportError, TransportErrorKind};

/// The kind of failure of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The server returned an unsuccessful status, or an event that reports an error.
    Api,
    /// No suitable credential is available. The request was not sent.
    Authentication,
    /// The connection could not be established, or was lost.
    Connection,
    /// A timeout expired.
    Timeout(TimeoutKind),
    /// The head of the response is not HTTP, or has more headers than the client allows.
    Protocol,
    /// The server returned a successful status, but the response does not match the document.
    Decoding,
    /// The response is larger than the client buffers.
    TooLarge,
    /// The server's redirects form a loop, are too many, or lead to a URL that may not be requested.
    Redirect,
    /// The request body failed while it was sent.
    Body,
    /// A file could not be opened, read or written.
    File,
    /// The caller's input cannot be sent. Nothing was sent.
    InvalidRequest,
    /// The client is not configured correctly. Nothing was sent.
    Configuration,
    /// The signature of a webhook is missing, wrong or too old.
    Signature,
    /// A page was received, but its reference to the next page cannot be followed.
    Pagination,
}

/// The timeout that expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// Establishing the connection took too long.
    Connect,
    /// No byte of the request body or the response was transferred for too long.
    Read,
    /// One attempt took too long, from sending to the last byte of the response.
    Attempt,
    /// The whole call took too long, including retries and the waits between them.
    Call,
}

impl Error {
    /// Returns `true` if the resource was not found (404).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_status(StatusCode::NOT_FOUND)
    }

    /// Returns `true` if the server refused the credential (401), or if no suitable credential is available.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.kind() == ErrorKind::Authentication || self.is_status(StatusCode::UNAUTHORIZED)
    }

    /// Returns `true` if the caller lacks the permission (403).
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.is_status(StatusCode::FORBIDDEN)
    }

    /// Returns `true` if the request conflicts with the state of the resource (409).
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is_status(StatusCode::CONFLICT)
    }

    /// Returns `true` if a precondition of the request failed (412).
    #[must_use]
    pub fn is_precondition_failed(&self) -> bool {
        self.is_status(StatusCode::PRECONDITION_FAILED)
    }

    /// Returns `true` if there were too many requests (429).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.is_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Returns `true` if the resource was not modified since the state that the request specified (304).
    #[must_use]
    pub fn is_not_modified(&self) -> bool {
        self.is_status(StatusCode::NOT_MODIFIED)
    }

    /// Returns `true` if the server failed (5xx).
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.kind() == ErrorKind::Api && self.status().is_some_and(|status| status.is_server_error())
    }

    /// Returns `true` if a timeout of the client expired; [`ErrorKind::Timeout`] says which one.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind(), ErrorKind::Timeout(_))
    }

    /// Returns `true` if the connection could not be established, or was lost.
    #[must_use]
    pub fn is_connection(&self) -> bool {
        matches!(self.kind(), ErrorKind::Connection | ErrorKind::Timeout(super::TimeoutKind::Connect))
    }

    /// Returns `true` if the response was successful, but could not be decoded.
    #[must_use]
    pub fn is_decoding(&self) -> bool {
        self.kind() == ErrorKind::Decoding
    }

    /// Returns `true` if the same request may succeed later. Repeating it is not necessarily safe.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.kind() {
            ErrorKind::Connection => !self.is_untrusted(),
            ErrorKind::Timeout(_) => true,
            // The response may be that of a token endpoint.
            ErrorKind::Api | ErrorKind::Authentication => self
                .status()
                .is_some_and(|status| matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)),
            ErrorKind::Protocol
            | ErrorKind::Decoding
            | ErrorKind::TooLarge
            | ErrorKind::Redirect
            | ErrorKind::Body
            | ErrorKind::File
            | ErrorKind::InvalidRequest
            | ErrorKind::Configuration
            | ErrorKind::Signature
            | ErrorKind::Pagination => false,
        }
    }

    /// Returns `true` if another connection may bring the rest of a body.
    pub(crate) fn is_broken_off(&self) -> bool {
        matches!(self.kind(), ErrorKind::Connection | ErrorKind::Timeout(TimeoutKind::Read))
    }

    fn is_untrusted(&self) -> bool {
        let source = self.0.source.as_ref().and_then(|source| source.downcast_ref::<TransportError>());
        source.is_some_and(|source| source.kind() == TransportErrorKind::Untrusted)
    }

    fn is_status(&self, status: StatusCode) -> bool {
        self.kind() == ErrorKind::Api && self.status() == Some(status)
    }
}
