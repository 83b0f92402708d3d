//! Creates errors.

use std::error::Error as StdError;

use super::{
    CallFacts, Error, ErrorKind, ErrorResponse, Inner, TimeoutKind, TransportError, TransportErrorKind,
};
use crate::json::{DecodeFault, of_serde};

impl Error {
    /// Creates an error of this kind. The message should start in lower case and have no final period. It must not
    /// contain secrets.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            note: None,
            source: None,
            call: None,
            response: None,
            json_path: None,
            byte_offset: None,
            attempts: 0,
        }))
    }

    /// Adds the error that caused this one, which must not contain secrets.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into().into());
        self
    }

    /// Clones the error, for each of the calls that wait for the same token.
    pub(crate) fn duplicate(&self) -> Self {
        Self(self.0.clone())
    }

    pub(crate) fn api(response: ErrorResponse) -> Self {
        Self::new(ErrorKind::Api, "the server returned an error").with_response(response)
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidRequest, message)
    }

    pub(crate) fn timeout(kind: TimeoutKind, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Timeout(kind), message)
    }

    pub(crate) fn decoding(fault: DecodeFault) -> Self {
        let mut error = Self::new(ErrorKind::Decoding, fault.message);
        error.0.json_path = Some(fault.path);
        error.0.byte_offset = Some(fault.offset);
        error
    }

    /// Creates the error of a type whose `Deserialize` is not generated, from the JSON text.
    pub(crate) fn unreadable(text: &[u8], error: &serde_json::Error) -> Self {
        let (message, offset) = of_serde(text, error);
        let mut unreadable = Self::new(ErrorKind::Decoding, message);
        unreadable.0.byte_offset = Some(offset);
        unreadable
    }

    pub(crate) fn transport(error: TransportError) -> Self {
        let error = match error.into_own() {
            Ok(own) => return own,
            Err(error) => error,
        };
        let (kind, message) = match error.kind() {
            TransportErrorKind::Connect => (ErrorKind::Connection, "could not connect"),
            TransportErrorKind::ConnectTimeout => {
                (ErrorKind::Timeout(TimeoutKind::Connect), "could not connect in time")
            }
            TransportErrorKind::Untrusted => {
                (ErrorKind::Connection, "could not connect because the server is not trusted")
            }
            TransportErrorKind::Refused => {
                (ErrorKind::Connection, "the server refused the request before it did anything")
            }
            TransportErrorKind::Lost => (ErrorKind::Connection, "the connection was lost"),
            TransportErrorKind::Protocol => (ErrorKind::Protocol, "the head of the response cannot be read"),
            TransportErrorKind::Framing => {
                (ErrorKind::Protocol, "the body of the response is not valid HTTP")
            }
            TransportErrorKind::Encoding => (ErrorKind::Decoding, "the body cannot be decompressed"),
            TransportErrorKind::RequestBody => (ErrorKind::Body, "the request body failed"),
            TransportErrorKind::Unusable => {
                let message = format!("the transport cannot be used: {}", error.innermost());
                return Self::new(ErrorKind::Configuration, message);
            }
        };
        Self::new(kind, message).with_source(error)
    }

    /// Puts words in front of the message.
    pub(crate) fn prefixed(mut self, words: &str) -> Self {
        self.0.message.insert_str(0, words);
        self
    }

    /// Hides a credential that the server repeats in its message.
    pub(crate) fn hide(&mut self, secret: &str) {
        const SHORTEST: usize = 6;
        let Some(response) = self.0.response.as_mut().filter(|_| secret.len() >= SHORTEST) else { return };
        for text in response.fields.texts() {
            if text.contains(secret) {
                *text = text.replace(secret, "***");
            }
        }
    }

    /// Adds the reason why the request was not retried.
    pub(crate) fn with_note(mut self, note: &'static str) -> Self {
        self.0.note = Some(note);
        self
    }

    pub(crate) fn with_response(mut self, response: ErrorResponse) -> Self {
        self.0.response = Some(response);
        self
    }

    pub(crate) fn with_call(mut self, call: &CallFacts) -> Self {
        self.0.call.get_or_insert_with(|| call.clone());
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }
}
