//! Kinds of failure, and the questions that callers ask most.

use http::StatusCode;

use super::{Error, TransportError, TransportErrorKind};

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The server answered with a status that is no success.
    Api,
    /// There is no authorization: no credential fits, or none could be had. Nothing was sent.
    Authentication,
    /// No connection was made, or it was lost.
    Connection,
    /// Something took too long.
    Timeout(TimeoutKind),
    /// The server answered with success, and the body is not what the document says.
    Decoding,
    /// The answer is larger than the client takes into memory.
    TooLarge,
    /// The server's redirects lead in a circle, too far, or where no request may follow them.
    Redirect,
    /// The body of the request failed while it was sent.
    Body,
    /// A file to send or to write could not be opened, read or written.
    File,
    /// What the caller gave cannot be sent. Nothing was.
    InvalidRequest,
    /// The client cannot work as it is set up. Nothing was sent.
    Configuration,
    /// A page was fine, but what it says of the next one leads nowhere.
    Pagination,
}

/// What took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// Making the connection.
    Connect,
    /// Waiting for the next bytes to move: of the request's body, or of the answer.
    Read,
    /// One try, from sending to the last byte of the answer.
    Attempt,
    /// The whole call, with its retries and the waits between them.
    Call,
}

impl Error {
    /// Whether the server knows no such thing (404).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_status(StatusCode::NOT_FOUND)
    }

    /// Whether the server refuses the credential (401), or none could be had.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.kind() == ErrorKind::Authentication || self.is_status(StatusCode::UNAUTHORIZED)
    }

    /// Whether the caller may not do this (403).
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.is_status(StatusCode::FORBIDDEN)
    }

    /// Whether the request does not go with the state of things (409).
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is_status(StatusCode::CONFLICT)
    }

    /// Whether a condition of the request does not hold (412).
    #[must_use]
    pub fn is_precondition_failed(&self) -> bool {
        self.is_status(StatusCode::PRECONDITION_FAILED)
    }

    /// Whether there were too many requests (429).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.is_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether nothing changed since the state that the request named (304).
    #[must_use]
    pub fn is_not_modified(&self) -> bool {
        self.is_status(StatusCode::NOT_MODIFIED)
    }

    /// Whether the fault is the server's (5xx).
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.kind() == ErrorKind::Api && self.status().is_some_and(|status| status.is_server_error())
    }

    /// Whether something took too long on our side; see [`ErrorKind::Timeout`] for what.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind(), ErrorKind::Timeout(_))
    }

    /// Whether no connection was made, or it was lost.
    #[must_use]
    pub fn is_connection(&self) -> bool {
        matches!(self.kind(), ErrorKind::Connection | ErrorKind::Timeout(super::TimeoutKind::Connect))
    }

    /// Whether the answer was a success that could not be understood.
    #[must_use]
    pub fn is_decoding(&self) -> bool {
        self.kind() == ErrorKind::Decoding
    }

    /// Whether the same request may succeed later. It says nothing of whether repeating is safe.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.kind() {
            ErrorKind::Connection => !self.is_untrusted(),
            ErrorKind::Timeout(_) => true,
            // A token endpoint answers as an API does.
            ErrorKind::Api | ErrorKind::Authentication => self
                .status()
                .is_some_and(|status| matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)),
            ErrorKind::Decoding
            | ErrorKind::TooLarge
            | ErrorKind::Redirect
            | ErrorKind::Body
            | ErrorKind::File
            | ErrorKind::InvalidRequest
            | ErrorKind::Configuration
            | ErrorKind::Pagination => false,
        }
    }

    fn is_untrusted(&self) -> bool {
        let source = self.0.source.as_ref().and_then(|source| source.downcast_ref::<TransportError>());
        source.is_some_and(|source| source.kind() == TransportErrorKind::Untrusted)
    }

    fn is_status(&self, status: StatusCode) -> bool {
        self.kind() == ErrorKind::Api && self.status() == Some(status)
    }
}
