//! Defines [`Client`]: a cheap handle to everything that the calls of a client share.

mod agent;
mod base_urls;
#[cfg(feature = "blocking")]
mod blocking;
mod server_variables;
mod builder;
#[cfg(feature = "reqwest")]
mod connection;
mod interceptor;
mod options;
mod parts;
mod permits;
mod tokens;
mod transports;

pub use builder::ClientBuilder;
pub use interceptor::{AttemptEnd, AttemptStart, CallEnd, Interceptor};
pub use options::RequestOptions;
pub use parts::{DefaultPlatform, DefaultTransport, HasPlatform, HasTransport, Missing, Provided};

pub(crate) use options::{CallOptions, Redirects};
pub(crate) use permits::Permit;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use http::{HeaderName, HeaderValue};

use crate::api::{Api, Server};
use crate::credential::{Credential, Network};
use crate::error::{Error, ErrorKind};
use crate::platform::Platform;
use crate::retry::Budget;
use crate::transport::Transport;

use base_urls::{BaseUrls, ServerOverrides};
use permits::Permits;
use transports::Transports;

/// The client that all SDKs build on. Cloning it is cheap, and clones share connections and credentials.
///
/// ```
/// # use std::time::Duration;
/// # use sdk_runtime::testing::{MockTransport, Reply};
/// # use sdk_runtime::{Api, Client, ClientBuilder, Error, Method};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let api = MockTransport::new();
/// # api.on("GET /things").reply(Reply::json(200, &["a", "b"]));
/// # let client: Client = ClientBuilder::new(&Api::NONE).base_url("https://api.example.com").transport(api).build()?;
/// let patient = client.with_options(|options| options.timeout(Duration::from_secs(300)));
/// let things: Vec<String> = patient.request(Method::GET, "/things").query("limit", "2").send_json().await?;
/// assert_eq!(things, ["a", "b"]);
/// # Ok(())
/// # }
/// ```
#[must_use = "a client does nothing by itself"]
#[derive(Clone)]
pub struct Client {
    core: Arc<Core>,
    options: Arc<RequestOptions>,
    credentials: Arc<[Arc<dyn Credential>]>,
    /// Set if threads wait for the calls of this client.
    #[cfg(feature = "blocking")]
    is_blocking: bool,
}

struct Core {
    api: &'static Api,
    bases: BaseUrls,
    transports: Option<Transports>,
    /// `None` if the number of requests in flight is not limited.
    permits: Option<Arc<Permits>>,
    #[cfg(feature = "blocking")]
    blocking: std::sync::OnceLock<Result<blocking::Blocking, String>>,
    platform: Option<Arc<dyn Platform>>,
    interceptors: Vec<Arc<dyn Interceptor>>,
    /// The headers by which the client identifies itself, sent with every request.
    agent_headers: Vec<(HeaderName, HeaderValue)>,
    budget: Budget,
    /// The configuration error of a client built by `build_lazily`, which all of its calls return.
    fault: Option<String>,
}

impl Client {
    /// Returns a client with other options, which shares connections, credentials and the retry budget with this one.
    /// This client does not change.
    pub fn with_options(&self, change: impl FnOnce(RequestOptions) -> RequestOptions) -> Self {
        let options = change(RequestOptions::clone(&self.options));
        Self { options: Arc::new(options), ..self.clone() }
    }

    /// Returns a client with another credential, such as one for another user, which shares everything else with this
    /// one. The credential takes precedence over the existing ones, and replaces those that serve no further scheme.
    /// This client does not change.
    pub fn with_credential(&self, credential: impl Credential) -> Self {
        let serves_more = |other: &&Arc<dyn Credential>| {
            self.api().security.iter().any(|scheme| other.serves(scheme) && !credential.serves(scheme))
        };
        let mut others: Vec<_> = self.credentials.iter().filter(serves_more).cloned().collect();
        others.insert(0, Arc::new(credential));
        Self { credentials: others.into(), ..self.clone() }
    }

    /// Returns the configuration error of the client, if there is one.
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
        let transports = self.transports().map(Transports::outermost);
        transports.ok_or_else(|| Error::new(ErrorKind::Configuration, NO_TRANSPORT))
    }

    /// Notifies the transports that nothing came for too long after a request that was sent at this time.
    pub(crate) fn abandoned(&self, sent: SystemTime) {
        if let Ok(transport) = self.transport() {
            transport.abandoned(sent, self.platform_now());
        }
    }

    fn transports(&self) -> Option<&Transports> {
        #[cfg(feature = "blocking")]
        if let Some(blocking) = self.blocking_parts() {
            return blocking.transports.as_ref().or(self.core.transports.as_ref());
        }
        self.core.transports.as_ref()
    }

    /// Waits for a permit to send a request. Returns `None` if their number is not limited.
    pub(crate) async fn permit(&self) -> Option<Permit> {
        match self.permits() {
            None => None,
            Some(permits) => Some(permits.take().await),
        }
    }

    fn permits(&self) -> Option<&Arc<Permits>> {
        #[cfg(feature = "blocking")]
        if let Some(blocking) = self.blocking_parts() {
            return blocking.permits.as_ref();
        }
        self.core.permits.as_ref()
    }

    pub(crate) fn platform(&self) -> Result<&Arc<dyn Platform>, Error> {
        self.core.platform.as_ref().ok_or_else(|| Error::new(ErrorKind::Configuration, NO_PLATFORM))
    }

    /// Returns the parts of the client that token calls use.
    pub(crate) fn network(&self) -> Result<Network, Error> {
        self.ready()?;
        Ok(Network {
            transport: Arc::clone(self.transport()?),
            platform: Arc::clone(self.platform()?),
            user_agent: self.user_agent().cloned(),
            policy: self.options.retry.clone(),
            watch: self.token_watch(),
            origin: self.common_origin().map(str::to_owned),
        })
    }

    /// Returns the origin that replaces those of all servers, if there is one.
    pub(crate) fn common_origin(&self) -> Option<&str> {
        self.core.bases.common_origin()
    }

    pub(crate) fn platform_now(&self) -> SystemTime {
        self.core.platform.as_ref().map_or(SystemTime::UNIX_EPOCH, |platform| platform.now())
    }

    /// Returns the URL that paths are appended to: the first of the operation's own servers, or else the default one.
    pub(crate) fn base(&self, servers: &[Server]) -> Result<Cow<'_, str>, Error> {
        self.core.bases.of(servers).map_err(|message| Error::new(ErrorKind::Configuration, message))
    }

    /// Resolves a path below the default server. An absolute URL is returned as it is.
    pub(crate) fn resolve(&self, path: &str) -> Result<String, Error> {
        self.core.bases.resolve(path).map_err(Error::invalid)
    }

    /// Checks a URL that the caller gives in place of the operation's own.
    pub(crate) fn place(&self, url: &str, servers: &[Server]) -> Result<String, Error> {
        self.core.bases.place(url, servers).map_err(Error::invalid)
    }

    /// Returns `true` if credentials may be sent to this URL: it belongs to a server of the document, or to one
    /// configured in its place.
    pub(crate) fn is_trusted(&self, url: &str, servers: &[Server]) -> bool {
        self.core.bases.is_trusted(url, servers)
    }
}

const NO_TRANSPORT: &str = "the client has no transport: set one, or enable the feature `reqwest`";
const NO_PLATFORM: &str = "the client has no platform: set one, or enable the feature `tokio`";

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
