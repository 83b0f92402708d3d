//! Fetches, trades and revokes tokens by hand, over the connections of a client.

use super::Client;
use crate::credential::{
    AccessToken, AuthorizationCode, Job, TokenEndpoint, TokenExchange, TokenForm, TokenSource,
};
use crate::error::Error;
use crate::secret::Secret;

impl TokenSource {
    /// The token that a call would carry now. It is fetched, over the client's connections, if there is none.
    ///
    /// # Errors
    /// No token could be had, or none could be stored.
    pub async fn access_token(&self, client: impl AsRef<Client>) -> Result<AccessToken, Error> {
        let network = client.as_ref().network()?;
        Ok(AccessToken::clone(&*self.token(&network).await?))
    }

    /// Fetches a new token, whether the present one still serves or not.
    ///
    /// # Errors
    /// No token could be had, or it could not be stored.
    pub async fn renew(&self, client: impl AsRef<Client>) -> Result<AccessToken, Error> {
        self.run_for_token(&client.as_ref().network()?, Job::Fetch).await
    }

    /// Fetches a token with another form than the grant's, as for a code that is good only once. From then on it is the
    /// one in use.
    ///
    /// # Errors
    /// No token could be had, or it could not be stored.
    pub async fn redeem(&self, client: impl AsRef<Client>, form: TokenForm) -> Result<AccessToken, Error> {
        self.run_for_token(&client.as_ref().network()?, Job::Redeem(form)).await
    }

    /// Has the server revoke the token (RFC 7009), and forgets it. The refresh token is revoked where there is one,
    /// else the access token. Without any token nothing is sent.
    ///
    /// # Errors
    /// The endpoint has no URL for it, or the call failed; then the token is kept.
    pub async fn revoke(&self, client: impl AsRef<Client>) -> Result<(), Error> {
        self.run(&client.as_ref().network()?, Job::Revoke).await.map(drop)
    }

    /// Forgets the token, here and in the store, without telling the server.
    ///
    /// # Errors
    /// The store failed.
    pub async fn forget(&self, client: impl AsRef<Client>) -> Result<(), Error> {
        self.run(&client.as_ref().network()?, Job::Forget).await.map(drop)
    }

    /// Trades the token for another one, such as one that may do less (RFC 8693). A token is fetched first if there is
    /// none. The new one is not kept.
    ///
    /// # Errors
    /// One of the tokens could not be had.
    pub async fn exchange(
        &self,
        client: impl AsRef<Client>,
        exchange: &TokenExchange,
    ) -> Result<AccessToken, Error> {
        let network = client.as_ref().network()?;
        let token = self.token(&network).await?;
        exchange.send(&network, self.endpoint(), token.secret()).await
    }
}

impl AuthorizationCode {
    /// Trades the code that the browser came back with for tokens, stores them, and uses them from then on. A code is
    /// good for one exchange.
    ///
    /// # Errors
    /// The server refuses the code or cannot be reached, or the tokens could not be stored.
    pub async fn exchange_code(
        &self,
        client: impl AsRef<Client>,
        code: impl Into<Secret>,
    ) -> Result<AccessToken, Error> {
        self.exchange_code_with(client, code, std::iter::empty::<(String, Secret)>()).await
    }

    /// Like [`exchange_code`](Self::exchange_code), with further parameters, such as `code_verifier` (RFC 7636).
    ///
    /// # Errors
    /// The server refuses the code or cannot be reached, or the tokens could not be stored.
    pub async fn exchange_code_with(
        &self,
        client: impl AsRef<Client>,
        code: impl Into<Secret>,
        parameters: impl IntoIterator<Item = (impl Into<String>, impl Into<Secret>)>,
    ) -> Result<AccessToken, Error> {
        let mut form = self.code_form(code);
        for (name, value) in parameters {
            form.push(name.into(), value);
        }
        self.tokens().redeem(client, form).await
    }
}

impl TokenExchange {
    /// Trades this token, over the client's connections.
    ///
    /// # Errors
    /// The server refuses, or cannot be reached.
    pub async fn of(
        &self,
        subject: &Secret,
        endpoint: &TokenEndpoint,
        client: impl AsRef<Client>,
    ) -> Result<AccessToken, Error> {
        self.send(&client.as_ref().network()?, endpoint, subject).await
    }
}
