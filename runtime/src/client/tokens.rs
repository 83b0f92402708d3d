//! Fetches, exchanges and revokes tokens explicitly, over the transport of a client.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

use super::{AttemptEnd, AttemptStart, CallEnd, Client};
use crate::credential::{
    AccessToken, AuthorizationCode, Job, TokenEndpoint, TokenExchange, TokenForm, TokenSource, TokenWatch,
};
use crate::error::Error;
use crate::secret::Secret;
use crate::transport::RequestInfo;

impl Client {
    /// Returns what tells the interceptors of token calls, if there are any.
    pub(crate) fn token_watch(&self) -> Option<Arc<dyn TokenWatch>> {
        (!self.interceptors().is_empty()).then(|| Arc::new(self.clone()) as Arc<dyn TokenWatch>)
    }
}

/// The form of a token call consists of secrets, so it is not shown.
impl TokenWatch for Client {
    fn before(&self, info: &RequestInfo, url: &str) {
        let headers = HeaderMap::new();
        let start =
            AttemptStart { api: self.api(), info, method: &Method::POST, url, headers: &headers, body: None };
        for interceptor in self.interceptors() {
            interceptor.before_attempt(&start);
        }
    }

    fn after(
        &self,
        info: &RequestInfo,
        outcome: Result<StatusCode, &Error>,
        elapsed: Duration,
        retry_in: Option<Duration>,
    ) {
        let end = AttemptEnd { api: self.api(), info, outcome, elapsed, retry_in };
        for interceptor in self.interceptors() {
            interceptor.after_attempt(&end);
        }
    }

    fn ended(&self, info: &RequestInfo, outcome: Result<StatusCode, &Error>, elapsed: Duration) {
        let end = CallEnd { info, outcome, elapsed };
        for interceptor in self.interceptors() {
            interceptor.after_call(&end);
        }
    }
}

impl TokenSource {
    /// Returns the token that a call would use now. A missing or expired token is fetched over the client's transport.
    ///
    /// # Errors
    /// Returns an error if no token can be obtained or stored.
    pub async fn access_token(&self, client: impl AsRef<Client>) -> Result<AccessToken, Error> {
        let network = client.as_ref().network()?;
        Ok(AccessToken::clone(&*self.token(&network).await?))
    }

    /// Fetches a new token, even if the current one is still valid.
    ///
    /// # Errors
    /// Returns an error if no token can be obtained or stored.
    pub async fn renew(&self, client: impl AsRef<Client>) -> Result<AccessToken, Error> {
        self.run_for_token(&client.as_ref().network()?, Job::Fetch).await
    }

    /// Fetches a token with this form instead of the grant's, such as one with an authorization code, and uses that
    /// token from then on.
    ///
    /// # Errors
    /// Returns an error if no token can be obtained or stored.
    pub async fn redeem(&self, client: impl AsRef<Client>, form: TokenForm) -> Result<AccessToken, Error> {
        self.run_for_token(&client.as_ref().network()?, Job::Redeem(form)).await
    }

    /// Revokes the token at the server (RFC 7009) and forgets it. This revokes the refresh token if there is one, or
    /// else the access token. Without a token nothing is sent.
    ///
    /// # Errors
    /// Returns an error if the endpoint has no revocation URL or if the call fails. The token is then kept.
    pub async fn revoke(&self, client: impl AsRef<Client>) -> Result<(), Error> {
        self.run(&client.as_ref().network()?, Job::Revoke).await.map(drop)
    }

    /// Forgets the token, in memory and in the store, without revoking it at the server.
    ///
    /// # Errors
    /// Returns an error if the store fails.
    pub async fn forget(&self, client: impl AsRef<Client>) -> Result<(), Error> {
        self.run(&client.as_ref().network()?, Job::Forget).await.map(drop)
    }

    /// Exchanges the token for another one, such as one with fewer permissions (RFC 8693). A token is fetched first if
    /// there is none. The new token is not stored.
    ///
    /// # Errors
    /// Returns an error if either token cannot be obtained.
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
    /// Exchanges the code from the redirect for tokens, stores them, and uses them from then on. A code can be
    /// exchanged once.
    ///
    /// # Errors
    /// Returns an error if the server refuses the code or cannot be reached, or if the tokens cannot be stored.
    pub async fn exchange_code(
        &self,
        client: impl AsRef<Client>,
        code: impl Into<Secret>,
    ) -> Result<AccessToken, Error> {
        self.exchange_code_with(client, code, std::iter::empty::<(String, Secret)>()).await
    }

    /// Exchanges a code as [`exchange_code`](Self::exchange_code) does, with additional parameters such as
    /// `code_verifier` (RFC 7636).
    ///
    /// # Errors
    /// Returns an error if the server refuses the code or cannot be reached, or if the tokens cannot be stored.
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
    /// Exchanges this token at the endpoint, over the client's transport.
    ///
    /// # Errors
    /// Returns an error if the server refuses the exchange or cannot be reached.
    pub async fn of(
        &self,
        subject: &Secret,
        endpoint: &TokenEndpoint,
        client: impl AsRef<Client>,
    ) -> Result<AccessToken, Error> {
        self.send(&client.as_ref().network()?, endpoint, subject).await
    }
}
