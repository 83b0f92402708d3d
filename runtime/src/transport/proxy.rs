//! Configures the proxy that requests go through.

use std::fmt;

use crate::secret::Secret;

/// A proxy that requests go through. It forwards `http` requests, and opens a tunnel for `https` requests (RFC 9110
/// section 9.3.6). A SOCKS proxy (`socks5://`, or `socks5h://` if it resolves names; RFC 1928) forwards both.
///
/// User name and password are sent only to the proxy, and never shown.
///
/// ```
/// # use sdk_runtime::{Client, ClientBuilder, Error};
/// use sdk_runtime::Proxy;
///
/// # fn example(builder: ClientBuilder<Client>) -> Result<Client, Error> {
/// let proxy = Proxy::new("http://proxy.example.com:3128")
///     .credentials("robot", "secret")
///     .except("localhost,intranet.example.com,10.0.0.0/8");
/// let client = builder.proxy(proxy).build()?;
/// # Ok(client)
/// # }
/// ```
#[derive(Clone)]
pub struct Proxy {
    pub(crate) url: String,
    pub(crate) credentials: Option<(String, Secret)>,
    pub(crate) except: String,
}

impl Proxy {
    /// Creates a proxy for all requests, as in `http://proxy.example.com:3128`. The URL can contain a user name and a
    /// password.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), credentials: None, except: String::new() }
    }

    /// Sets the user name and password for the proxy.
    #[must_use]
    pub fn credentials(mut self, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.credentials = Some((user.into(), password.into()));
        self
    }

    /// Sets the hosts that are reached without the proxy, separated by commas: names (their subdomains included),
    /// addresses, or networks such as `10.0.0.0/8`.
    #[must_use]
    pub fn except(mut self, hosts: impl Into<String>) -> Self {
        self.except = hosts.into();
        self
    }
}

impl fmt::Debug for Proxy {
    /// Shows the location, without user name and password.
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

/// The choice of a proxy.
#[derive(Clone, Debug, Default)]
pub(crate) enum Proxies {
    /// The proxy that the system or the environment specifies.
    #[default]
    System,
    None,
    One(Proxy),
}
