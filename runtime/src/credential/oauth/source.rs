//! Calls that need a token to the one token that serves them all: kept, renewed in time, by one task at a time.

use std::fmt;
use std::future::ready;
use std::sync::Arc;

use super::endpoint::TokenEndpoint;
use super::grant::Grant;
use super::job::Job;
use super::shared::{Settings, SharedToken};
use super::store::{MemoryTokenStore, TokenStore};
use super::token::AccessToken;
use crate::api::{Scheme, SchemeKind};
use crate::bounds::BoxFuture;
use crate::credential::served_schemes::ServedSchemes;
use crate::credential::{AuthContext, Authorization, Credential, Network};
use crate::error::{Error, ErrorKind};

/// A credential that gets its tokens from a token endpoint, by any [`Grant`]. Clones share token and store.
///
/// One call fetches a token at a time, however many calls wait for it and whichever of them is dropped: it runs in a
/// task of its own. A token is renewed in the last tenth of its life (at most five minutes before its end), while calls
/// go on with the old one; and when a server refuses it. A new token is stored before it is used. A failure is the error
/// of all that wait, and the next call tries again.
///
/// The task belongs to the runtime of the call that started it. Where one credential serves several runtimes, all of them
/// have to keep running: while one stands still with the task in it, calls in the others wait, as long as their timeout
/// lets them.
#[derive(Clone)]
pub struct TokenSource(Arc<SharedToken>);

impl TokenSource {
    /// Gets tokens from the endpoint and keeps them in memory.
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

    /// The same with another store, and without the tokens that this one has.
    #[must_use]
    pub fn with_store(self, store: impl TokenStore) -> Self {
        self.with(|settings| settings.store = Arc::new(store))
    }

    /// The same with a changed endpoint, and without the token that this one has in use.
    #[must_use]
    pub fn with_endpoint(self, change: impl FnOnce(TokenEndpoint) -> TokenEndpoint) -> Self {
        self.with(|settings| settings.endpoint = change(settings.endpoint.clone()))
    }

    /// The same for the security scheme of this name alone.
    #[must_use]
    pub fn for_scheme(self, name: impl Into<String>) -> Self {
        self.with(|settings| settings.serving = ServedSchemes::only(name))
    }

    pub(super) fn with_grant(self, grant: impl Grant) -> Self {
        self.with(|settings| settings.grant = Arc::new(grant))
    }

    /// The same by another grant, for another subject, whose tokens are in a store of the same kind.
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

    /// Where the tokens come from.
    #[must_use]
    pub fn endpoint(&self) -> &TokenEndpoint {
        &self.0.settings.endpoint
    }

    /// Where the tokens are kept.
    #[must_use]
    pub fn store(&self) -> &Arc<dyn TokenStore> {
        &self.0.settings.store
    }

    pub(crate) async fn run_for_token(&self, network: &Network, job: Job) -> Result<AccessToken, Error> {
        match self.run(network, job).await? {
            Some(token) => Ok(AccessToken::clone(&token)),
            None => Err(Error::new(ErrorKind::Authentication, "there is no token")),
        }
    }

    pub(crate) async fn run(&self, network: &Network, job: Job) -> Result<Option<Arc<AccessToken>>, Error> {
        let flight = loop {
            match self.0.start_if_idle(network, &job) {
                Ok(flight) => break flight,
                // Its outcome is none of ours.
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
            // A task that brought no token took one away, which makes room for one that fetches.
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
