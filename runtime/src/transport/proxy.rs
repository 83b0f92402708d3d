//! The proxy that requests go through.

use std::fmt;

use crate::secret::Secret;

/// A proxy that requests go through: `http` ones are handed to it, for `https` ones it opens a tunnel.
///
/// Its user name and password are sent to the proxy and nowhere else, and never shown.
#[derive(Clone)]
pub struct Proxy {
    pub(crate) url: String,
    pub(crate) credentials: Option<(String, Secret)>,
    pub(crate) except: String,
}

impl Proxy {
    /// A proxy for all requests, as in `http://proxy.example.com:3128`. A user name and a password may stand in the URL.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), credentials: None, except: String::new() }
    }

    /// Says who asks the proxy.
    #[must_use]
    pub fn credentials(mut self, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.credentials = Some((user.into(), password.into()));
        self
    }

    /// Goes past the proxy to these hosts, which are separated by commas: names (and what lies below them), addresses,
    /// or networks such as `10.0.0.0/8`.
    #[must_use]
    pub fn except(mut self, hosts: impl Into<String>) -> Self {
        self.except = hosts.into();
        self
    }
}

impl fmt::Debug for Proxy {
    /// Where it is, without user name and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = url::Url::parse(&self.url).ok();
        let host = url.as_ref().and_then(url::Url::host_str).unwrap_or("unknown");
        let port = url.as_ref().and_then(url::Url::port);
        f.debug_struct("Proxy")
            .field("host", &host)
            .field("port", &port)
            .field("except", &self.except)
            .finish_non_exhaustive()
    }
}

/// Which proxy requests go through.
#[derive(Clone, Debug, Default)]
pub(crate) enum Proxies {
    /// The one that the system names, or the environment.
    #[default]
    System,
    None,
    One(Proxy),
}
