//! A failure on the way to its error, and to what it says of another try.

use crate::error::{Error, TransportError, TransportErrorKind};
use crate::retry::Failure;

/// A try that failed.
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
            TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => Failure::NotConnected,
            TransportErrorKind::Lost => Failure::Lost,
            TransportErrorKind::Untrusted
            | TransportErrorKind::Encoding
            | TransportErrorKind::RequestBody
            | TransportErrorKind::Unusable => Failure::Final,
        };
        Self::new(Error::transport(error), failure)
    }
}

/// What fails before anything is sent fails again.
impl From<Error> for FailedAttempt {
    fn from(error: Error) -> Self {
        Self::new(error, Failure::Final)
    }
}
