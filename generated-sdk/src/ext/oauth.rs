//! Authenticates an application that a user has authorized in the browser.

use super::endpoint::{box_credential, endpoint};
use crate::rt::Secret;
use crate::{AccessToken, AuthorizationCode, AuthorizeUrl, BoxClient, Error};

const AUTHORIZE_URL: &str = "https://account.box.com/api/oauth2/authorize";

/// OAuth 2.0: a user authorizes the application in the browser. Clones share the tokens.
///
/// A refresh token can be used only once, so keep the tokens in a store that outlives the program, such as
/// `FileTokenStore`.
///
/// ```no_run
/// use box_sdk::{BoxClient, Error, OAuth};
///
/// # async fn sample(code_of_the_redirect: &str) -> Result<(), Error> {
/// let oauth = OAuth::new("client id", "client secret");
/// let url = oauth.authorize_url().state("an unguessable value").build()?;
/// println!("open {url}");
///
/// let client = BoxClient::new(oauth.clone());
/// oauth.exchange_code(&client, code_of_the_redirect).await?;
/// # Ok(())
/// # }
/// ```
#[doc(alias = "BoxOAuth")]
#[derive(Clone, Debug)]
pub struct OAuth {
    inner: AuthorizationCode,
}

impl OAuth {
    /// Creates a credential for an application.
    #[must_use]
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        Self { inner: AuthorizationCode::new(endpoint(client_id, client_secret), AUTHORIZE_URL) }
    }

    /// Sets the redirect URI. It is required if the application has more than one.
    #[must_use]
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.inner = self.inner.redirect_uri(uri);
        self
    }

    /// Sends users to this page instead of `https://account.box.com/api/oauth2/authorize`.
    #[must_use]
    pub fn authorize_page(mut self, url: impl Into<String>) -> Self {
        self.inner = self.inner.page(url);
        self
    }

    /// Builds the URL of the page where a user authorizes the application.
    pub fn authorize_url(&self) -> AuthorizeUrl {
        self.inner.authorize_url()
    }

    /// Exchanges the code of the redirect for tokens, stores them, and uses them from then on.
    ///
    /// # Errors
    /// Returns an error if Box refuses the code or cannot be reached, or if the tokens could not be stored.
    pub async fn exchange_code(
        &self,
        client: &BoxClient,
        code: impl Into<Secret>,
    ) -> Result<AccessToken, Error> {
        self.inner.exchange_code(client, code).await
    }

    /// Fetches new tokens with the refresh token, even if the current access token is still valid.
    ///
    /// # Errors
    /// Returns an error if there is no refresh token, if Box refuses it or cannot be reached, or if the tokens could
    /// not be stored.
    pub async fn renew(&self, client: &BoxClient) -> Result<AccessToken, Error> {
        self.inner.tokens().renew(client).await
    }
}

box_credential!(OAuth);
