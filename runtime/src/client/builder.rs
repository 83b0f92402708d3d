//! Defines [`ClientBuilder`], which configures and creates a client.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use super::parts::{DefaultPlatform, DefaultTransport, HasPlatform, HasTransport, Provided};
use super::permits::Permits;
use super::transports::{Transports, Wrap};
use super::{
    BaseUrls, Client, Core, Interceptor, NO_PLATFORM, NO_TRANSPORT, RequestOptions, ServerOverrides, agent,
};
use crate::api::Api;
use crate::credential::Credential;
use crate::error::{Error, ErrorKind};
use crate::parameter::HeaderChange;
use crate::platform::{Platform, default_platform};
use crate::retry::{Budget, RetryPolicy};
use crate::transport::Transport;
#[cfg(feature = "reqwest")]
use crate::transport::{ConnectionSettings, ReqwestTransport};

/// Configures and creates a client `C`.
///
/// ```
/// # use std::time::Duration;
/// # use sdk_runtime::{Api, BearerToken, Client, ClientBuilder, Error, RetryPolicy};
/// # struct ExampleClient;
/// # impl ExampleClient {
/// #     fn builder() -> ClientBuilder<Client> { ClientBuilder::new(&Api::NONE) }
/// # }
/// # fn main() -> Result<(), Error> {
/// let client = ExampleClient::builder()
///     .auth(BearerToken::new("token"))
///     .base_url("https://api.example.com/v2")
///     .timeout(Duration::from_secs(30))
///     .retry(RetryPolicy::default().max_attempts(3))
///     .user_agent_suffix("my-app/1.2")
///     .build()?;
/// # Ok(())
/// # }
/// ```
///
/// A client needs a transport and a platform. Without the feature `reqwest` there is no default transport, and without
/// `tokio` no default platform: then `build` does not compile before [`transport`](Self::transport) and
/// [`platform`](Self::platform) are called.
#[must_use = "`build` creates the client"]
pub struct ClientBuilder<C, T = DefaultTransport, P = DefaultPlatform> {
    api: &'static Api,
    credentials: Vec<Arc<dyn Credential>>,
    overrides: ServerOverrides,
    #[cfg(feature = "reqwest")]
    pub(super) connection: ConnectionSettings,
    interceptors: Vec<Arc<dyn Interceptor>>,
    options: RequestOptions,
    transport: Option<Arc<dyn Transport>>,
    wraps: Vec<Wrap>,
    max_in_flight: Option<usize>,
    platform: Option<Arc<dyn Platform>>,
    user_agent_suffix: String,
    client: PhantomData<fn() -> C>,
    parts: PhantomData<fn() -> (T, P)>,
}

impl<C: From<Client>> ClientBuilder<C> {
    #[doc(hidden)]
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            credentials: Vec::new(),
            overrides: ServerOverrides::default(),
            #[cfg(feature = "reqwest")]
            connection: ConnectionSettings::default(),
            interceptors: Vec::new(),
            options: RequestOptions::default(),
            transport: None,
            wraps: Vec::new(),
            max_in_flight: None,
            platform: None,
            user_agent_suffix: String::new(),
            client: PhantomData,
            parts: PhantomData,
        }
    }
}

impl<C: From<Client>, T, P> ClientBuilder<C, T, P> {
    /// Adds a credential. Each request uses the first one that serves a security scheme of its operation.
    pub fn auth(mut self, credential: impl Credential) -> Self {
        self.credentials.push(Arc::new(credential));
        self
    }

    /// Replaces the document's default server, including its path, by this URL. A trailing slash makes no difference.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        let url = url.into();
        if let Some(server) = self.api.servers.first() {
            self.overrides.replaced.insert(server.url.to_owned(), url.clone());
        }
        self.overrides.replaced.insert(String::new(), url);
        self
    }

    /// Replaces one server of the document, including its path, by this URL. `server` is the server's URL as the
    /// document writes it.
    pub fn replace_server(mut self, server: impl Into<String>, url: impl Into<String>) -> Self {
        let (server, url) = (server.into(), url.into());
        if self.api.servers.first().is_some_and(|first| first.url == server) {
            return self.base_url(url);
        }
        self.overrides.replaced.insert(server, url);
        self
    }

    /// Replaces the origin of all servers of the document by this one, such as `http://127.0.0.1:8080`, and keeps their
    /// paths. This includes the servers of single operations and the token endpoints that the API names, as tests and
    /// gateways need.
    /// [`base_url`](Self::base_url) and [`replace_server`](Self::replace_server) take precedence.
    pub fn all_servers(mut self, origin: impl Into<String>) -> Self {
        self.overrides.origin = Some(origin.into());
        self
    }

    /// Sets a server variable of the document. Its name and value must be ones that the document allows; a variable
    /// without a default must be set.
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.overrides.variables.insert(name.into(), value.into());
        self
    }

    /// Limits the time without progress; see [`RequestOptions::read_timeout`].
    pub fn read_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options(|options| options.read_timeout(timeout))
    }

    /// Limits the time of each attempt; see [`RequestOptions::attempt_timeout`].
    pub fn attempt_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options(|options| options.attempt_timeout(timeout))
    }

    /// Limits the time of each call; see [`RequestOptions::timeout`].
    pub fn timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options(|options| options.timeout(timeout))
    }

    /// Sets the retry policy.
    pub fn retry(self, policy: RetryPolicy) -> Self {
        self.options(|options| options.retry(policy))
    }

    /// Limits the size of responses; see [`RequestOptions::max_buffer`].
    pub fn max_buffer(self, bytes: usize) -> Self {
        self.options(|options| options.max_buffer(bytes))
    }

    /// Leaves out the parts of responses that cannot be read; see [`RequestOptions::lenient`].
    pub fn lenient(self) -> Self {
        self.options(RequestOptions::lenient)
    }

    /// Sends a header with every request that does not override it; see [`RequestOptions::header`].
    pub fn default_header(self, name: impl Into<String>, value: impl Into<HeaderChange>) -> Self {
        self.options(|options| options.header(name, value))
    }

    fn options(mut self, change: impl FnOnce(RequestOptions) -> RequestOptions) -> Self {
        self.options = change(self.options);
        self
    }

    /// Sends requests through this transport instead of the default one.
    pub fn transport(mut self, transport: impl Transport) -> ClientBuilder<C, Provided, P> {
        self.transport = Some(Arc::new(transport));
        self.with_parts()
    }

    /// Wraps the transport, be it the default one or another, in one that may change requests and responses, or answer
    /// without the network, as a cache does.
    ///
    /// It is given each request as it goes to the network: for each attempt, and for each redirect that is followed, with
    /// the credentials in place. A request belongs to a call that its [`RequestInfo`](crate::RequestInfo) names, or to a
    /// token endpoint if it has none. Its [`body`](crate::Body::as_bytes) can be read if it is in memory. Only the
    /// headers that the HTTP library adds are missing, such as `host` and `content-length`. The wrapper that is added
    /// last is the outermost: it is given requests first, and responses last.
    ///
    /// A wrapper needs no other method than `send`, since the client notifies the transport inside by itself. The
    /// function runs once more if the client makes blocking calls, which have connections of their own.
    ///
    /// ```
    /// # use sdk_runtime::{Client, ClientBuilder, Error};
    /// use std::sync::Arc;
    ///
    /// use sdk_runtime::{Body, BoxFuture, ByteStream, Transport, TransportError};
    ///
    /// /// Tells a gateway which team a request belongs to.
    /// #[derive(Debug)]
    /// struct ForTeam {
    ///     inner: Arc<dyn Transport>,
    /// }
    ///
    /// impl Transport for ForTeam {
    ///     fn send(
    ///         &self,
    ///         mut request: http::Request<Body>,
    ///     ) -> BoxFuture<'static, Result<http::Response<ByteStream>, TransportError>> {
    ///         request.headers_mut().insert("x-team", http::HeaderValue::from_static("billing"));
    ///         self.inner.send(request)
    ///     }
    /// }
    ///
    /// # fn example(builder: ClientBuilder<Client>) -> Result<Client, Error> {
    /// let client = builder.wrap_transport(|inner| ForTeam { inner }).build()?;
    /// # Ok(client)
    /// # }
    /// ```
    pub fn wrap_transport<W: Transport>(
        mut self,
        wrap: impl Fn(Arc<dyn Transport>) -> W + Send + Sync + 'static,
    ) -> Self {
        self.wraps.push(Arc::new(move |inner| Arc::new(wrap(inner))));
        self
    }

    /// Limits the number of requests in flight, for this client and all that are derived from it. There is no limit by
    /// default.
    ///
    /// An attempt beyond it waits for its turn, in the order of the calls. A call timeout limits that wait too. A
    /// request is in flight until its response is read whole; that of a stream, such as a download, until the stream
    /// ends or is dropped. So a task that holds as many streams as there are places would wait forever for another.
    /// Token calls do not count. Connections stay close to the limit: the HTTP library may open a few more when it has
    /// begun to connect and another connection becomes free first. Calls that block the thread are counted apart from
    /// those that are awaited.
    ///
    /// ```
    /// # use sdk_runtime::{Client, ClientBuilder, Error};
    /// # fn example(builder: ClientBuilder<Client>) -> Result<Client, Error> {
    /// let client = builder.max_in_flight(16).build()?;
    /// # Ok(client)
    /// # }
    /// ```
    pub fn max_in_flight(mut self, most: usize) -> Self {
        self.max_in_flight = Some(most);
        self
    }

    /// Takes time, tasks and random numbers from this platform instead of the default one.
    pub fn platform(mut self, platform: impl Platform) -> ClientBuilder<C, T, Provided> {
        self.platform = Some(Arc::new(platform));
        self.with_parts()
    }

    /// Returns the builder with other types for the parts that it has.
    fn with_parts<U, Q>(self) -> ClientBuilder<C, U, Q> {
        ClientBuilder {
            api: self.api,
            credentials: self.credentials,
            overrides: self.overrides,
            #[cfg(feature = "reqwest")]
            connection: self.connection,
            interceptors: self.interceptors,
            options: self.options,
            transport: self.transport,
            wraps: self.wraps,
            max_in_flight: self.max_in_flight,
            platform: self.platform,
            user_agent_suffix: self.user_agent_suffix,
            client: PhantomData,
            parts: PhantomData,
        }
    }

    /// Adds an interceptor that observes the client's calls. Interceptors are notified in the order in which they are
    /// added.
    pub fn interceptor(mut self, interceptor: impl Interceptor) -> Self {
        self.interceptors.push(Arc::new(interceptor));
        self
    }

    /// Appends a product to the user agent, such as `my-app/1.2`.
    pub fn user_agent_suffix(mut self, product: impl Into<String>) -> Self {
        self.user_agent_suffix = product.into();
        self
    }

    /// Creates the client. This sends no request.
    ///
    /// # Errors
    /// Returns an error if a URL, a server variable, a header, the proxy or a certificate is invalid.
    pub fn build(self) -> Result<C, Error>
    where
        T: HasTransport,
        P: HasPlatform,
    {
        let client = self.assemble();
        match &client.core.fault {
            None => Ok(client.into()),
            Some(fault) => Err(Error::new(ErrorKind::Configuration, fault.clone())),
        }
    }

    /// Creates the client. A configuration error is returned by its calls.
    #[doc(hidden)]
    #[must_use]
    pub fn build_lazily(self) -> C
    where
        T: HasTransport,
        P: HasPlatform,
    {
        self.assemble().into()
    }

    fn assemble(mut self) -> Client {
        let mut fault = self.options.fault.take();
        let bases = BaseUrls::new(self.api, self.overrides).unwrap_or_else(|message| {
            fault.get_or_insert(message);
            BaseUrls::none()
        });
        if let Err(message) = bases.of(&[]) {
            fault.get_or_insert(message);
        }
        let agent_headers = agent::headers(self.api, &self.user_agent_suffix).unwrap_or_else(|message| {
            fault.get_or_insert(message);
            Vec::new()
        });
        #[cfg(feature = "reqwest")]
        if let Err(message) = self.connection.check() {
            fault.get_or_insert(message);
        }
        #[cfg(feature = "reqwest")]
        let transport = self.transport.or_else(|| Some(Arc::new(ReqwestTransport::new(self.connection))));
        #[cfg(not(feature = "reqwest"))]
        let transport = self.transport;
        if transport.is_none() {
            fault.get_or_insert(NO_TRANSPORT.to_owned());
        }
        if self.max_in_flight == Some(0) {
            fault.get_or_insert("`max_in_flight` must be at least 1".to_owned());
        }
        let platform = self.platform.or_else(default_platform);
        if platform.is_none() {
            fault.get_or_insert(NO_PLATFORM.to_owned());
        }
        let core = Core {
            api: self.api,
            bases,
            transports: transport.map(|transport| Transports::new(transport, &self.wraps.into())),
            permits: self.max_in_flight.map(Permits::new),
            #[cfg(feature = "blocking")]
            blocking: std::sync::OnceLock::new(),
            platform,
            interceptors: self.interceptors,
            agent_headers,
            budget: Budget::default(),
            fault,
        };
        let credentials = self.credentials.into();
        Client {
            core: Arc::new(core),
            options: Arc::new(self.options),
            credentials,
            #[cfg(feature = "blocking")]
            is_blocking: false,
        }
    }
}

impl<C, T, P> fmt::Debug for ClientBuilder<C, T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ClientBuilder");
        shown.field("api", &self.api.name);
        #[cfg(feature = "reqwest")]
        shown.field("connection", &self.connection);
        shown.field("options", &self.options).finish_non_exhaustive()
    }
}
