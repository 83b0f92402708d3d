//! Configures the connections of the default transport: timeout, proxy, trusted certificates.

use std::time::Duration;

use bytes::Bytes;

use super::{Client, ClientBuilder};
use crate::transport::{Proxies, Proxy};

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
}
