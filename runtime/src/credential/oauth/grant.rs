//! What an application hands in for a token.

use std::fmt::Debug;
use std::time::SystemTime;

use super::endpoint::TokenEndpoint;
use super::form::TokenForm;
use super::token::AccessToken;
use crate::error::Error;
use crate::platform::Platform;

/// What an application hands in for a token. Each try asks anew, so that what may be used only once is new.
pub trait Grant: Debug + Send + Sync + 'static {
    /// The parameters of the call, but for those that tell who the application is.
    ///
    /// # Errors
    /// There is nothing to hand in.
    fn form(&self, context: &GrantContext<'_>) -> Result<TokenForm, Error>;

    /// Whether a token can be had without a person, given the one before it.
    fn can_renew(&self, last: Option<&AccessToken>) -> bool {
        let _ = last;
        true
    }

    /// Whether the form states times, so that a clock that is wrong makes it worthless.
    fn tells_time(&self) -> bool {
        false
    }
}

/// What a grant may use.
#[derive(Debug)]
pub struct GrantContext<'a> {
    pub(super) endpoint: &'a TokenEndpoint,
    pub(super) last: Option<&'a AccessToken>,
    pub(super) platform: &'a dyn Platform,
    pub(super) now: SystemTime,
}

impl GrantContext<'_> {
    /// Where the form goes.
    #[must_use]
    pub fn endpoint(&self) -> &TokenEndpoint {
        self.endpoint
    }

    /// The token before, if any; it may be expired.
    #[must_use]
    pub fn last(&self) -> Option<&AccessToken> {
        self.last
    }

    /// The time on the server's clock, as far as that is known.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.now
    }

    /// 32 hexadecimal digits that no other call has.
    #[must_use]
    pub fn unique(&self) -> String {
        format!("{:016x}{:016x}", self.platform.random(), self.platform.random())
    }
}
