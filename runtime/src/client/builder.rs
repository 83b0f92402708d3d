//! The set-up of a client.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::{Bases, Client, Core, NO_PLATFORM, NO_TRANSPORT};
use crate::api::Api;
use crate::credential::Credential;
use crate::error::{Error, ErrorKind};
use crate::options::RequestOptions;
use crate::platform::{Platform, default_platform};
use crate::request::HeaderChange;
use crate::retry::{Budget, RetryPolicy};
use crate::transport::Transport;

/// The set-up of a client `C`.
#[must_use = "a client is made by `build`"]
pub struct ClientBuilder<C> {
    api: &'static Api,
    credentials: Vec<Arc<dyn Credential>>,
    /// By the server's URL in the document; the default server under the empty text as well.
    replaced: BTreeMap<String, String>,
    variables: BTreeMap<String, String>,
    connect_timeout: Option<Duration>,
    options: RequestOptions,
    transport: Option<Arc<dyn Transport>>,
    platform: Option<Arc<dyn Platform>>,
    user_agent_suffix: String,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Client>> ClientBuilder<C> {
    #[doc(hidden)]
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            credentials: Vec::new(),
            replaced: BTreeMap::new(),
            variables: BTreeMap::new(),
            connect_timeout: Some(Duration::from_secs(10)),
            options: RequestOptions::default(),
            transport: None,
            platform: None,
            user_agent_suffix: String::new(),
            client: PhantomData,
        }
    }

    /// Adds a credential. Each request takes the first one that serves what its operation asks for.
    pub fn auth(mut self, credential: impl Credential) -> Self {
        self.credentials.push(Arc::new(credential));
        self
    }

    /// Sends requests to this URL, path included, in place of the document's default server. A slash at its end makes
    /// no difference.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        let url = url.into();
        if let Some(server) = self.api.servers.first() {
            self.replaced.insert(server.url.to_owned(), url.clone());
        }
        self.replaced.insert(String::new(), url);
        self
    }

    /// Sends requests to this URL, path included, in place of the server that the document writes as `server`.
    pub fn replace_server(mut self, server: impl Into<String>, url: impl Into<String>) -> Self {
        let (server, url) = (server.into(), url.into());
        if self.api.servers.first().is_some_and(|first| first.url == server) {
            return self.base_url(url);
        }
        self.replaced.insert(server, url);
        self
    }

    /// Sets a variable of the document's servers.
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// Longest time to make a connection; 10 s unless said otherwise, `None` for no bound. A transport of one's own
    /// does not know of it.
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.connect_timeout = timeout.into();
        self
    }

    /// As [`RequestOptions::read_timeout`].
    pub fn read_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options(|options| options.read_timeout(timeout))
    }

    /// As [`RequestOptions::attempt_timeout`].
    pub fn attempt_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options(|options| options.attempt_timeout(timeout))
    }

    /// As [`RequestOptions::timeout`].
    pub fn timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options(|options| options.timeout(timeout))
    }

    /// When a request is sent again.
    pub fn retry(self, policy: RetryPolicy) -> Self {
        self.options(|options| options.retry(policy))
    }

    /// As [`RequestOptions::max_buffer`].
    pub fn max_buffer(self, bytes: usize) -> Self {
        self.options(|options| options.max_buffer(bytes))
    }

    /// Sends a header with every request, unless the request says otherwise.
    pub fn default_header(self, name: impl Into<String>, value: impl Into<HeaderChange>) -> Self {
        self.options(|options| options.header(name, value))
    }

    fn options(mut self, change: impl FnOnce(RequestOptions) -> RequestOptions) -> Self {
        self.options = change(self.options);
        self
    }

    /// Takes another way to the server than the default one.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Takes time, tasks and chance from elsewhere.
    pub fn platform(mut self, platform: impl Platform) -> Self {
        self.platform = Some(Arc::new(platform));
        self
    }

    /// Appends a product to the user agent, as in `my-app/1.2`.
    pub fn user_agent_suffix(mut self, product: impl Into<String>) -> Self {
        self.user_agent_suffix = product.into();
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// A URL or a header cannot be used, or there is no transport or platform. Nothing is sent.
    pub fn build(self) -> Result<C, Error> {
        let client = self.assemble();
        match &client.core.fault {
            None => Ok(client.into()),
            Some(fault) => Err(Error::new(ErrorKind::Configuration, fault.clone())),
        }
    }

    /// Makes the client; whatever is wrong with the set-up is the error of its calls.
    #[doc(hidden)]
    #[must_use]
    pub fn build_lazily(self) -> C {
        self.assemble().into()
    }

    fn assemble(mut self) -> Client {
        let mut fault = self.options.fault.take();
        let servers = self.api.servers;
        let bases = Bases::new(servers, self.replaced, self.variables).unwrap_or_else(|message| {
            fault.get_or_insert(message);
            Bases::none()
        });
        if let Err(message) = bases.of(&[]) {
            fault.get_or_insert(message);
        }
        let user_agent = user_agent(self.api, &self.user_agent_suffix).unwrap_or_else(|| {
            fault.get_or_insert("the user agent has characters that no header may have".to_owned());
            HeaderValue::from_static("sdk")
        });
        let transport = self.transport.or_else(|| default_transport(self.connect_timeout));
        if transport.is_none() {
            fault.get_or_insert(NO_TRANSPORT.to_owned());
        }
        let platform = self.platform.or_else(default_platform);
        if platform.is_none() {
            fault.get_or_insert(NO_PLATFORM.to_owned());
        }
        let credentials = self.credentials.into();
        let budget = Budget::default();
        let core = Core { api: self.api, bases, transport, platform, user_agent, budget, fault };
        Client { core: Arc::new(core), options: Arc::new(self.options), credentials }
    }
}

fn default_transport(connect_timeout: Option<Duration>) -> Option<Arc<dyn Transport>> {
    #[cfg(feature = "reqwest")]
    {
        let settings = crate::transport::ConnectionSettings { connect_timeout };
        Some(Arc::new(crate::transport::ReqwestTransport::new(settings)))
    }
    #[cfg(not(feature = "reqwest"))]
    {
        let _ = connect_timeout;
        None
    }
}

fn user_agent(api: &Api, suffix: &str) -> Option<HeaderValue> {
    let product = if api.user_agent.is_empty() { api.name } else { api.user_agent };
    let text = format!("{product}/{} {suffix}", api.version);
    HeaderValue::from_str(text.trim_end()).ok()
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api", &self.api.name)
            .field("connect_timeout", &self.connect_timeout)
            .field("read_timeout", &self.options.read_timeout)
            .field("timeout", &self.options.timeout)
            .finish_non_exhaustive()
    }
}
