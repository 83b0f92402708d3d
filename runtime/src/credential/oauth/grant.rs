//! Defines [`Grant`], the interface of everything that an application can exchange for a token.

mod authorization_code;
mod client_credentials;
#[cfg(feature = "jwt")]
mod jwt;

pub use authorization_code::{AuthorizationCode, AuthorizeUrl};
pub use client_credentials::ClientCredentials;
#[cfg(feature = "jwt")]
pub use jwt::{JwtAlgorithm, JwtBearer, SigningKey};

use std::fmt::Debug;
use std::time::SystemTime;

use super::endpoint::TokenEndpoint;
use super::form::TokenForm;
use super::token::AccessToken;
use crate::error::Error;
use crate::platform::Platform;

/// An authorization grant (RFC 6749 section 1.3), which an application exchanges for a token.
///
/// A [`TokenSource`](crate::TokenSource) makes a credential of any grant, such as a user name and password (RFC 6749
/// section 4.3):
///
/// ```
/// use sdk_runtime::{Error, Grant, GrantContext, Secret, TokenEndpoint, TokenForm, TokenSource};
///
/// #[derive(Debug)]
/// struct Password {
///     user: String,
///     password: Secret,
/// }
///
/// impl Grant for Password {
///     fn form(&self, _: &GrantContext<'_>) -> Result<TokenForm, Error> {
///         let mut form = TokenForm::of_grant("password");
///         form.push("username", self.user.as_str());
///         form.push("password", self.password.clone());
///         Ok(form)
///     }
/// }
///
/// let endpoint = TokenEndpoint::new("https://auth.example.com/token").client_id("app");
/// let password = Password { user: "user".to_owned(), password: Secret::new("password") };
/// let credential = TokenSource::new(endpoint, password);
/// ```
pub trait Grant: Debug + Send + Sync + 'static {
    /// Returns the parameters of the token call, without those that authenticate the application. It is called for
    /// each attempt, so that values for one use can be new each time.
    ///
    /// # Errors
    /// Returns an error if the grant has nothing to exchange.
    fn form(&self, context: &GrantContext<'_>) -> Result<TokenForm, Error>;

    /// Returns `true` if a new token can be obtained without the user, given the previous one. The default is `true`.
    fn can_renew(&self, last: Option<&AccessToken>) -> bool {
        let _ = last;
        true
    }

    /// Returns `true` if the form contains a refresh token, which goes to the refresh URL of the endpoint. The default is
    /// `false`.
    fn refreshes(&self) -> bool {
        false
    }

    /// Returns `true` if the form contains times, so that the server refuses it when the clock is wrong. The form is
    /// then sent once more with the server's time. The default is `false`.
    fn tells_time(&self) -> bool {
        false
    }
}

/// The information that a [`Grant`] can use for its form.
#[derive(Debug)]
pub struct GrantContext<'a> {
    pub(super) endpoint: &'a TokenEndpoint,
    pub(super) last: Option<&'a AccessToken>,
    pub(super) platform: &'a dyn Platform,
    pub(super) now: SystemTime,
}

impl GrantContext<'_> {
    /// Returns the token endpoint that the form is sent to.
    #[must_use]
    pub fn endpoint(&self) -> &TokenEndpoint {
        self.endpoint
    }

    /// Returns the previous token, if there is one. It may be expired.
    #[must_use]
    pub fn last(&self) -> Option<&AccessToken> {
        self.last
    }

    /// Returns the current time, corrected by the server's clock skew if known.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.now
    }

    /// Returns 32 random hexadecimal digits, for values that must be unique.
    #[must_use]
    pub fn unique(&self) -> String {
        format!("{:016x}{:016x}", self.platform.random(), self.platform.random())
    }
}
