//! Authenticates with a token from the developer console.

use super::downscope::Downscope;
use super::endpoint::anonymous;
use crate::{AccessToken, BearerToken, BoxClient, Error, Secret};

/// A developer token, which acts as the user who created it in the developer console. It is valid for one hour and
/// cannot be renewed: later calls fail with status 401.
///
/// ```
/// use box_sdk::{BoxClient, DeveloperToken};
///
/// let client = BoxClient::new(DeveloperToken::new("token"));
/// # let _ = client;
/// ```
#[derive(Clone, Debug)]
pub struct DeveloperToken {
    inner: BearerToken,
    token: Secret,
}

impl DeveloperToken {
    /// Creates a credential from a token.
    #[must_use]
    pub fn new(token: impl Into<Secret>) -> Self {
        let token = token.into();
        Self { inner: BearerToken::new(token.clone()), token }
    }
}

impl DeveloperToken {
    /// Exchanges the token for one with fewer permissions, to hand on.
    ///
    /// # Errors
    /// Returns an error if Box refuses the exchange or cannot be reached.
    pub async fn downscope(&self, client: &BoxClient, wanted: &Downscope) -> Result<AccessToken, Error> {
        wanted.of(&self.token, anonymous(), client).await
    }
}

crate::rt::forward_credential!(DeveloperToken, inner);
