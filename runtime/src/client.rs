//! The core of a client: everything that its calls share, in one cheap handle.

mod agent;
mod base_urls;
mod builder;
#[cfg(feature = "reqwest")]
mod connection;
mod tokens;

pub use builder::ClientBuilder;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use http::{HeaderName, HeaderValue};

use crate::api::{Api, Server};
use crate::credential::{Credential, Network};
use crate::error::{Error, ErrorKind};
use crate::interceptor::Interceptor;
use crate::options::RequestOptions;
use crate::platform::Platform;
use crate::retry::Budget;
use crate::transport::Transport;

use base_urls::{BaseUrls, ServerOverrides};

/// The core of a client. Cloning it is cheap, and clones share their connections.
#[must_use = "a client does nothing by itself"]
#[derive(Clone)]
pub struct Client {
    core: Arc<Core>,
    options: Arc<RequestOptions>,
    credentials: Arc<[Arc<dyn Credential>]>,
}

struct Core {
    api: &'static Api,
    bases: BaseUrls,
    transport: Option<Arc<dyn Transport>>,
    platform: Option<Arc<dyn Platform>>,
    interceptors: Vec<Arc<dyn Interceptor>>,
    /// What the client says of itself, with every request.
    agent_headers: Vec<(HeaderName, HeaderValue)>,
    budget: Budget,
    /// What is wrong with the set-up, for a client that was built without asking.
    fault: Option<String>,
}

impl Client {
    /// The same client with other options. It shares connections, credentials and the budget for retries with this one,
    /// which stays as it is.
    pub fn with_options(&self, change: impl FnOnce(RequestOptions) -> RequestOptions) -> Self {
        let options = change(RequestOptions::clone(&self.options));
        Self { options: Arc::new(options), ..self.clone() }
    }

    /// The same client with another credential, as for another subject. It is asked before those that this one has, and
    /// takes the place of those that serve nothing beside. All else is shared; this client stays as it is.
    pub fn with_credential(&self, credential: impl Credential) -> Self {
        let serves_more = |other: &&Arc<dyn Credential>| {
            self.api().security.iter().any(|scheme| other.serves(scheme) && !credential.serves(scheme))
        };
        let mut others: Vec<_> = self.credentials.iter().filter(serves_more).cloned().collect();
        others.insert(0, Arc::new(credential));
        Self { credentials: others.into(), ..self.clone() }
    }

    /// Whether the client can work as it is set up.
    pub(crate) fn ready(&self) -> Result<(), Error> {
        match self.core.fault.as_ref().or(self.options.fault.as_ref()) {
            None => Ok(()),
            Some(fault) => Err(Error::new(ErrorKind::Configuration, fault.clone())),
        }
    }

    pub(crate) fn api(&self) -> &'static Api {
        self.core.api
    }

    pub(crate) fn options(&self) -> &RequestOptions {
        &self.options
    }

    pub(crate) fn credentials(&self) -> &[Arc<dyn Credential>] {
        &self.credentials
    }

    pub(crate) fn agent_headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.core.agent_headers
    }

    pub(crate) fn user_agent(&self) -> Option<&HeaderValue> {
        let mut headers = self.core.agent_headers.iter();
        headers.find(|(name, _)| *name == http::header::USER_AGENT).map(|(_, value)| value)
    }

    pub(crate) fn interceptors(&self) -> &[Arc<dyn Interceptor>] {
        &self.core.interceptors
    }

    pub(crate) fn budget(&self) -> &Budget {
        &self.core.budget
    }

    pub(crate) fn transport(&self) -> Result<&Arc<dyn Transport>, Error> {
        self.core.transport.as_ref().ok_or_else(|| Error::new(ErrorKind::Configuration, NO_TRANSPORT))
    }

    pub(crate) fn platform(&self) -> Result<&Arc<dyn Platform>, Error> {
        self.core.platform.as_ref().ok_or_else(|| Error::new(ErrorKind::Configuration, NO_PLATFORM))
    }

    /// What token calls take of it.
    pub(crate) fn network(&self) -> Result<Network, Error> {
        self.ready()?;
        Ok(Network {
            transport: Arc::clone(self.transport()?),
            platform: Arc::clone(self.platform()?),
            user_agent: self.user_agent().cloned(),
        })
    }

    pub(crate) fn platform_now(&self) -> SystemTime {
        self.core.platform.as_ref().map_or(SystemTime::UNIX_EPOCH, |platform| platform.now())
    }

    /// The URL that paths are appended to: the first of an operation's own servers, else the default one.
    pub(crate) fn base(&self, servers: &[Server]) -> Result<Cow<'_, str>, Error> {
        self.core.bases.of(servers).map_err(|message| Error::new(ErrorKind::Configuration, message))
    }

    /// An absolute URL as it is, a path below the default server.
    pub(crate) fn resolve(&self, path: &str) -> Result<String, Error> {
        self.core.bases.resolve(path).map_err(Error::invalid)
    }

    /// A URL that the caller gives in place of the one that the server makes with a path.
    pub(crate) fn place(&self, url: &str, servers: &[Server]) -> Result<String, Error> {
        self.core.bases.place(url, servers).map_err(Error::invalid)
    }

    /// Whether credentials may go there: to a server of the document, or to one that took its place.
    pub(crate) fn is_trusted(&self, url: &str, servers: &[Server]) -> bool {
        self.core.bases.is_trusted(url, servers)
    }
}

const NO_TRANSPORT: &str = "the client has no transport: give it one, or enable the feature `reqwest`";
const NO_PLATFORM: &str = "the client has no platform: give it one, or enable the feature `tokio`";

impl AsRef<Client> for Client {
    fn as_ref(&self) -> &Client {
        self
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("api", &self.core.api.name)
            .field("bases", &self.core.bases)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}
