//! The token that the developer console makes for trying things out.

use crate::rt::{AuthContext, Authorization, BearerToken, BoxFuture, Credential, Error, Scheme, Secret};

/// A developer token: it acts for the user who made it in the developer console, and is valid for
/// one hour. There is no way to renew it, so a call after that fails with status 401.
///
/// ```
/// use box_sdk::{BoxClient, DeveloperToken};
///
/// let client = BoxClient::new(DeveloperToken::new("token"));
/// # let _ = client;
/// ```
#[derive(Clone, Debug)]
pub struct DeveloperToken(BearerToken);

impl DeveloperToken {
    /// Keeps a token.
    #[must_use]
    pub fn new(token: impl Into<Secret>) -> Self {
        Self(BearerToken::new(token))
    }
}

impl Credential for DeveloperToken {
    fn serves(&self, scheme: &Scheme) -> bool {
        self.0.serves(scheme)
    }

    fn authorize<'a>(&'a self, context: &'a AuthContext<'a>) -> BoxFuture<'a, Result<Authorization, Error>> {
        self.0.authorize(context)
    }
}
