//! The token that the developer console makes for trying things out.

use super::downscope::Downscope;
use super::endpoint::anonymous;
use crate::{AccessToken, BearerToken, BoxClient, Error, Secret};

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
pub struct DeveloperToken {
    inner: BearerToken,
    token: Secret,
}

impl DeveloperToken {
    /// Keeps a token.
    #[must_use]
    pub fn new(token: impl Into<Secret>) -> Self {
        let token = token.into();
        Self { inner: BearerToken::new(token.clone()), token }
    }
}

impl DeveloperToken {
    /// A token that may do less, for handing on.
    ///
    /// # Errors
    /// Box refuses, or cannot be reached.
    pub async fn downscope(&self, client: &BoxClient, wanted: &Downscope) -> Result<AccessToken, Error> {
        wanted.of(&self.token, anonymous(), client).await
    }
}

crate::rt::forward_credential!(DeveloperToken, inner);
