//! Pairs the error of a failed attempt with what it means for another attempt.

use crate::error::{Error, TransportError, TransportErrorKind};
use crate::retry::Failure;

/// A failed attempt.
pub(super) struct FailedAttempt {
    pub(super) error: Error,
    pub(super) failure: Failure,
}

impl FailedAttempt {
    pub(super) fn new(error: Error, failure: Failure) -> Self {
        Self { error, failure }
    }
}

impl From<TransportError> for FailedAttempt {
    fn from(error: TransportError) -> Self {
        let failure = match error.kind() {
            TransportErrorKind::Connect
            | TransportErrorKind::ConnectTimeout
            | TransportErrorKind::Refused => Failure::NotConnected,
            TransportErrorKind::Lost => Failure::Lost,
            TransportErrorKind::Untrusted
            | TransportErrorKind::Protocol
            | TransportErrorKind::Framing
            | TransportErrorKind::Encoding
            | TransportErrorKind::RequestBody
            | TransportErrorKind::Unusable => Failure::Final,
        };
        Self::new(Error::transport(error), failure)
    }
}

/// An error before anything is sent is final: another attempt would fail in the same way.
impl From<Error> for FailedAttempt {
    fn from(error: Error) -> Self {
        Self::new(error, Failure::Final)
    }
}
