//! Configures the connections of the default transport: timeouts, proxy, certificates, pool, addresses.

use std::net::SocketAddr;
#[cfg(unix)]
use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;

#[cfg(feature = "reqwest013")]
use super::parts::Provided;
use super::{Client, ClientBuilder};
use crate::secret::Secret;
#[cfg(feature = "reqwest013")]
use crate::transport::OwnClient;
use crate::transport::{Identity, Proxies, Proxy};

/// A client of one's own in place of the default transport.
#[cfg(feature = "reqwest013")]
impl<C: From<Client>, T, P> ClientBuilder<C, T, P> {
    /// Sends requests with this [`reqwest::Client`], whose settings for TLS, proxies, DNS and connections then apply
    /// instead of those of this builder. Retries, redirects, timeouts, credentials and decompression stay the same.
    /// The method needs the feature `reqwest013`, named after the version of the crate.
    ///
    /// The client must not follow redirects, since it would send some credentials, such as keys in headers or signed
    /// URLs, to other origins. This cannot be checked in advance: a call fails if its redirect was followed, but the
    /// credentials have been sent by then.
    ///
    /// ```
    /// # use sdk_runtime::{Client, ClientBuilder, Error};
    /// # fn example(builder: ClientBuilder<Client>) -> Result<Client, Box<dyn std::error::Error>> {
    /// let http = reqwest::Client::builder()
    ///     .redirect(reqwest::redirect::Policy::none())
    ///     .tcp_nodelay(true)
    ///     .build()?;
    /// let client = builder.reqwest_client(http).build()?;
    /// # Ok(client)
    /// # }
    /// ```
    ///
    /// Connections of the client belong to the runtime that opened them. With the feature `blocking`, calls that are
    /// waited for need a client of their own if others are awaited on the same thread. A connection that does not
    /// answer is left only if the client pings it (`http2_keep_alive_interval`).
    pub fn reqwest_client(self, client: reqwest::Client) -> ClientBuilder<C, Provided, P> {
        self.transport(OwnClient(client))
    }
}

/// Settings for connections. Only the default transport uses them.
impl<C: From<Client>> ClientBuilder<C> {
    /// Limits the time to establish a connection. The default is 10 s; `None` removes the limit.
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.connection.connect_timeout = timeout.into();
        self
    }

    /// Connects through this proxy, instead of the one set in the system or the environment (such as `HTTPS_PROXY`).
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.connection.proxies = Proxies::One(proxy);
        self
    }

    /// Connects without a proxy, even if one is set in the system or the environment.
    pub fn no_proxy(mut self) -> Self {
        self.connection.proxies = Proxies::None;
        self
    }

    /// Trusts certificates in addition to those of the system: one in DER, or any number in PEM.
    pub fn root_certificate(mut self, certificate: impl Into<Bytes>) -> Self {
        self.connection.roots.push(certificate.into());
        self
    }

    /// Identifies the client by a certificate (mutual TLS): the certificate and those that lead to its root, and its
    /// private key, both in PEM.
    pub fn client_certificate(mut self, chain: impl Into<Bytes>, key: impl Into<Secret>) -> Self {
        self.connection.identity = Some(Identity { chain: chain.into(), key: key.into() });
        self
    }

    /// Pings an HTTP/2 connection that waits for the server whenever nothing came for this time, and closes it if no
    /// answer comes within 20 s. The default is 30 s; `None` sends no pings.
    pub fn ping_interval(mut self, interval: impl Into<Option<Duration>>) -> Self {
        self.connection.ping_interval = interval.into();
        self
    }

    /// Limits the number of headers of a response in HTTP/1.1. The default is 1,000.
    pub fn max_response_headers(mut self, most: usize) -> Self {
        self.connection.max_headers = most;
        self
    }

    /// Limits the number of idle connections that are kept for each host. There is no limit by default.
    pub fn max_idle_connections(mut self, most: usize) -> Self {
        self.connection.max_idle = Some(most);
        self
    }

    /// Closes connections that were idle for this time. The default is 90 s; `None` keeps them.
    pub fn idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.connection.idle_timeout = timeout.into();
        self
    }

    /// Connects to these addresses for a host, instead of those that DNS gives. A port of 0 stands for that of the URL.
    pub fn resolve(
        mut self,
        host: impl Into<String>,
        addresses: impl IntoIterator<Item = SocketAddr>,
    ) -> Self {
        self.connection.addresses.push((host.into(), addresses.into_iter().collect()));
        self
    }

    /// Connects to a Unix socket instead of a host, such as that of a daemon. URLs keep their host, which is sent.
    #[cfg(unix)]
    pub fn unix_socket(mut self, path: impl Into<PathBuf>) -> Self {
        self.connection.unix_socket = Some(path.into());
        self
    }
}
