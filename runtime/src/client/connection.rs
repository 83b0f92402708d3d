//! How the default transport connects: time, proxy, whom it trusts.

use std::time::Duration;

use bytes::Bytes;

use super::{Client, ClientBuilder};
use crate::transport::{Proxies, Proxy};

/// How the default transport connects; a transport of one's own knows nothing of it.
impl<C: From<Client>> ClientBuilder<C> {
    /// Longest time to make a connection; 10 s unless said otherwise, `None` for no bound.
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.connection.connect_timeout = timeout.into();
        self
    }

    /// Goes through this proxy, in place of the one that the system or the environment (`HTTPS_PROXY` and the like)
    /// names.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.connection.proxies = Proxies::One(proxy);
        self
    }

    /// Goes through no proxy, whatever the system or the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.connection.proxies = Proxies::None;
        self
    }

    /// Trusts certificates beside those that the system trusts: one in DER, or any number in PEM.
    pub fn root_certificate(mut self, certificate: impl Into<Bytes>) -> Self {
        self.connection.roots.push(certificate.into());
        self
    }
}
