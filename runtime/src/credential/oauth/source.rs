//! Defines [`TokenSource`], which shares one token among all calls and renews it in time.

mod flight;
mod job;
mod shared;

pub(crate) use job::Job;

use shared::{Settings, SharedToken};

use std::fmt;
use std::future::ready;
use std::sync::Arc;

use super::endpoint::TokenEndpoint;
use super::grant::Grant;
use super::store::{MemoryTokenStore, TokenStore};
use super::token::AccessToken;
use crate::api::{Scheme, SchemeKind};
use crate::credential::served_schemes::ServedSchemes;
use crate::credential::{AuthContext, Authorization, Credential, Network};
use crate::error::{Error, ErrorKind};
use crate::platform::BoxFuture;

/// A credential that gets its tokens from a token endpoint, by any [`Grant`]. Clones share token and store.
///
/// Tokens are fetched in a task of their own, one at a time, however many calls wait for the token and even if those
/// calls are dropped. A token is renewed in the last tenth of its lifetime, at most five minutes before it expires,
/// while calls keep using the old one. It is also renewed when a server refuses it. A new token is stored before it is
/// used. If fetching fails, all waiting calls fail, and the next call tries again.
///
/// The task runs on the async runtime of the call that started it. A credential used on several runtimes needs all of
/// them to keep running: if the one with the task stops polling, calls on the others wait until they time out.
///
/// ```
/// # use sdk_runtime::testing::{MockTransport, Reply};
/// # use sdk_runtime::{Api, Client, ClientBuilder, ClientCredentials, Error, TokenEndpoint};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let api = MockTransport::new();
/// # api.on("POST /token").reply(Reply::json(200, &serde_json::json!({ "access_token": "a", "expires_in": 3600 })));
/// # api.on("POST /revoke").reply(Reply::new(200));
/// # let endpoint = TokenEndpoint::new("https://auth.example.com/token").revoke_url("https://auth.example.com/revoke");
/// # let credential = ClientCredentials::new(endpoint);
/// # let builder = ClientBuilder::new(&Api::NONE).base_url("https://api.example.com").transport(api);
/// # let client: Client = builder.auth(credential.clone()).build()?;
/// let tokens = credential.tokens();
/// let token = tokens.access_token(&client).await?;
/// println!("expires at {:?}", token.expires_at());
/// tokens.revoke(&client).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct TokenSource(Arc<SharedToken>);

impl TokenSource {
    /// Creates a source that gets tokens from this endpoint and keeps them in memory.
    #[must_use]
    pub fn new(endpoint: TokenEndpoint, grant: impl Grant) -> Self {
        let settings = Settings {
            endpoint,
            grant: Arc::new(grant),
            store: Arc::new(MemoryTokenStore::new()),
            serving: ServedSchemes::default(),
        };
        Self(SharedToken::new(settings))
    }

    /// Keeps tokens in this store. The token in use is dropped.
    #[must_use]
    pub fn with_store(self, store: impl TokenStore) -> Self {
        self.with(|settings| settings.store = Arc::new(store))
    }

    /// Changes the token endpoint. The token in use is dropped.
    #[must_use]
    pub fn with_endpoint(self, change: impl FnOnce(TokenEndpoint) -> TokenEndpoint) -> Self {
        self.with(|settings| settings.endpoint = change(settings.endpoint.clone()))
    }

    /// Serves only the security scheme of this name.
    #[must_use]
    pub fn for_scheme(self, name: impl Into<String>) -> Self {
        self.with(|settings| settings.serving = ServedSchemes::only(name))
    }

    pub(super) fn with_grant(self, grant: impl Grant) -> Self {
        self.with(|settings| settings.grant = Arc::new(grant))
    }

    /// Returns a source for another subject, with a grant of its own. Its token is kept in a store of the same kind
    /// under the name `subject`.
    #[must_use]
    pub fn for_subject(&self, subject: &str, grant: impl Grant) -> Self {
        self.clone().with(|settings| {
            settings.store = settings.store.for_subject(subject);
            settings.grant = Arc::new(grant);
        })
    }

    fn with(self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = self.0.settings.clone();
        change(&mut settings);
        Self(SharedToken::new(settings))
    }

    /// Returns the token endpoint.
    #[must_use]
    pub fn endpoint(&self) -> &TokenEndpoint {
        &self.0.settings.endpoint
    }

    /// Returns the token store.
    #[must_use]
    pub fn store(&self) -> &Arc<dyn TokenStore> {
        &self.0.settings.store
    }

    pub(crate) async fn run_for_token(&self, network: &Network, job: Job) -> Result<AccessToken, Error> {
        match self.run(network, job).await? {
            Some(token) => Ok(AccessToken::clone(&token)),
            None => Err(Error::new(ErrorKind::Authentication, "no token is available")),
        }
    }

    pub(crate) async fn run(&self, network: &Network, job: Job) -> Result<Option<Arc<AccessToken>>, Error> {
        let flight = loop {
            match self.0.start_if_idle(network, &job) {
                Ok(flight) => break flight,
                // The outcome belongs to another job.
                Err(busy) => drop(busy.wait().await),
            }
        };
        flight.wait().await.map_err(|error| error.duplicate())
    }

    pub(crate) async fn token(&self, network: &Network) -> Result<Arc<AccessToken>, Error> {
        loop {
            let flight = match self.0.usable(network) {
                Ok(token) => return Ok(token),
                Err(flight) => flight,
            };
            // The task removed the token, so another one can now fetch it.
            if let Some(token) = flight.wait().await.map_err(|error| error.duplicate())? {
                return Ok(token);
            }
        }
    }
}

impl Credential for TokenSource {
    fn serves(&self, scheme: &Scheme) -> bool {
        scheme.kind == SchemeKind::Bearer && self.0.settings.serving.includes(scheme)
    }

    fn authorize<'a>(&'a self, context: &'a AuthContext<'a>) -> BoxFuture<'a, Result<Authorization, Error>> {
        Box::pin(async move { Authorization::bearer(self.token(&context.network()).await?.secret()) })
    }

    fn refused<'a>(
        &'a self,
        _: &'a AuthContext<'a>,
        authorization: &'a Authorization,
    ) -> BoxFuture<'a, Result<bool, Error>> {
        Box::pin(ready(Ok(self.0.refuse(authorization))))
    }
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TokenSource").field(&self.0.settings).finish()
    }
}
