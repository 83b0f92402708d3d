//! Defines [`RequestInfo`], which identifies the call that a request belongs to.

use std::borrow::Cow;

/// Identifies the call that a request belongs to. A transport finds it in the request's extensions. Token requests have
/// none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestInfo {
    pub(crate) operation: Option<&'static str>,
    pub(crate) template: Cow<'static, str>,
    pub(crate) attempt: u32,
    pub(crate) is_token_call: bool,
}

impl RequestInfo {
    /// Returns the operation ID from the OpenAPI document; `None` for a request that the document does not describe.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.operation
    }

    /// Returns the path template, such as `/users/{user_id}`, or the path itself if there is no operation.
    #[must_use]
    pub fn template(&self) -> &str {
        &self.template
    }

    /// Returns `true` if the request goes to a token endpoint.
    #[must_use]
    pub fn is_token_call(&self) -> bool {
        self.is_token_call
    }

    /// Returns the number of the attempt, counted from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }
}
