//! An application that a person lets act for him.

use super::endpoint::{box_credential, endpoint};
use crate::rt::Secret;
use crate::{AccessToken, AuthorizationCode, AuthorizeUrl, BoxClient, Error};

const AUTHORIZE_URL: &str = "https://account.box.com/api/oauth2/authorize";

/// OAuth 2.0: a person lets the application act for him in the browser. Clones share the tokens.
///
/// Refresh tokens are good for one use, so keep the tokens in a store that outlives the program, such as
/// `FileTokenStore`.
///
/// ```no_run
/// use box_sdk::{BoxClient, Error, OAuth};
///
/// # async fn sample(code_of_the_redirect: &str) -> Result<(), Error> {
/// let oauth = OAuth::new("client id", "client secret");
/// let url = oauth.authorize_url().state("a text that nobody can guess").build()?;
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
    /// For this application.
    #[must_use]
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        Self { inner: AuthorizationCode::new(endpoint(client_id, client_secret), AUTHORIZE_URL) }
    }

    /// Where the browser goes after the person decided, where the application has more than one such place.
    #[must_use]
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.inner = self.inner.redirect_uri(uri);
        self
    }

    /// Sends people to this page instead of `https://account.box.com/api/oauth2/authorize`.
    #[must_use]
    pub fn authorize_page(mut self, url: impl Into<String>) -> Self {
        self.inner = self.inner.page(url);
        self
    }

    /// Starts the URL of the page where a person authorizes the application.
    pub fn authorize_url(&self) -> AuthorizeUrl {
        self.inner.authorize_url()
    }

    /// Trades the code that the browser came back with for tokens, stores them, and uses them from then on.
    ///
    /// # Errors
    /// Box refuses the code or cannot be reached, or the tokens could not be stored.
    pub async fn exchange_code(
        &self,
        client: &BoxClient,
        code: impl Into<Secret>,
    ) -> Result<AccessToken, Error> {
        self.inner.exchange_code(client, code).await
    }

    /// Fetches new tokens by the refresh token, whether the present ones still serve or not.
    ///
    /// # Errors
    /// There is no refresh token, Box refuses it or cannot be reached, or the tokens could not be stored.
    pub async fn renew(&self, client: &BoxClient) -> Result<AccessToken, Error> {
        self.inner.tokens().renew(client).await
    }
}

box_credential!(OAuth);
