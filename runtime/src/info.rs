//! Which call a request on its way belongs to.

use std::borrow::Cow;

/// Which call a request on its way belongs to. A transport finds it among the request's extensions; a request for a
/// token has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestInfo {
    pub(crate) operation: Option<&'static str>,
    pub(crate) template: Cow<'static, str>,
    pub(crate) attempt: u32,
}

impl RequestInfo {
    /// The operation's id in the API's document; `None` for a request that the document lacks.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.operation
    }

    /// The path with its parameters by name, as in `/users/{user_id}`; the path as given where there is no operation.
    #[must_use]
    pub fn template(&self) -> &str {
        &self.template
    }

    /// Which try it is, from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }
}
