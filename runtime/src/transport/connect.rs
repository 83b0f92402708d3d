//! Sets up a pool of connections, with TLS and proxy.

use std::net::SocketAddr;
#[cfg(unix)]
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls_platform_verifier::Verifier;

use super::proxy::{Proxies, Proxy};
use crate::error::reason::sources;
use crate::secret::Secret;

/// Settings that apply to all connections of a client.
#[derive(Clone, Debug)]
pub(crate) struct ConnectionSettings {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) proxies: Proxies,
    /// Certificates to trust in addition to the system's, each as PEM or DER.
    pub(crate) roots: Vec<bytes::Bytes>,
    pub(crate) identity: Option<Identity>,
    pub(crate) ping_interval: Option<Duration>,
    pub(crate) max_headers: usize,
    pub(crate) max_idle: Option<usize>,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) addresses: Vec<(String, Vec<SocketAddr>)>,
    #[cfg(unix)]
    pub(crate) unix_socket: Option<PathBuf>,
}

/// The certificate by which the client identifies itself, with its chain, and its private key, both in PEM.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) chain: bytes::Bytes,
    pub(crate) key: Secret,
}

/// The time for the answer to a ping.
const PONG: Duration = Duration::from_secs(20);

impl Default for ConnectionSettings {
    fn default() -> Self {
        Self {
            connect_timeout: Some(Duration::from_secs(10)),
            proxies: Proxies::default(),
            roots: Vec::new(),
            identity: None,
            ping_interval: Some(Duration::from_secs(30)),
            max_headers: 1_000,
            max_idle: None,
            idle_timeout: Some(Duration::from_secs(90)),
            addresses: Vec::new(),
            #[cfg(unix)]
            unix_socket: None,
        }
    }
}

impl ConnectionSettings {
    /// Checks the proxy and the certificates.
    pub(crate) fn check(&self) -> Result<(), String> {
        if let Proxies::One(proxy) = &self.proxies {
            to_reqwest(proxy)?;
        }
        certificates(&self.roots)?;
        self.identity.as_ref().map_or(Ok(()), |identity| identity.read().map(drop))
    }
}

impl Identity {
    fn read(&self) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), String> {
        let chain = certificates(std::slice::from_ref(&self.chain)).map_err(|_| {
            "the client certificate is not an X.509 certificate in PEM or DER format".to_owned()
        })?;
        let key = PrivateKeyDer::from_pem_slice(self.key.expose().as_bytes()).map_err(|_| {
            "the key of the client certificate is not an unencrypted private key in PEM".to_owned()
        })?;
        Ok((chain, key))
    }
}

/// The certificates that a pool trusts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Trust {
    /// None, for `http`: this works on a system without certificates, and saves the time to load them.
    Nobody,
    /// The system's certificates and those that were added.
    System,
}

pub(super) fn connect(settings: &ConnectionSettings, trust: Trust) -> Result<reqwest::Client, Arc<str>> {
    let mut builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls(settings, trust)?)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        // Other crates of a program may enable these features of reqwest.
        .no_gzip()
        .no_deflate()
        .no_brotli()
        .no_zstd()
        .http1_max_headers(settings.max_headers)
        .http2_keep_alive_interval(settings.ping_interval)
        .http2_keep_alive_timeout(PONG)
        .pool_idle_timeout(settings.idle_timeout);
    if let Some(most) = settings.max_idle {
        builder = builder.pool_max_idle_per_host(most);
    }
    for (host, addresses) in &settings.addresses {
        builder = builder.resolve_to_addrs(host, addresses);
    }
    #[cfg(unix)]
    if let Some(path) = &settings.unix_socket {
        builder = builder.unix_socket(path.clone());
    }
    if let Some(timeout) = settings.connect_timeout {
        builder = builder.connect_timeout(timeout);
    }
    builder = match &settings.proxies {
        Proxies::System => builder,
        Proxies::None => builder.no_proxy(),
        Proxies::One(proxy) => builder.proxy(to_reqwest(proxy)?),
    };
    builder.build().map_err(|error| chain_of(&error).into())
}

/// Converts the proxy. Messages do not contain the URL, since it may hold a password.
fn to_reqwest(proxy: &Proxy) -> Result<reqwest::Proxy, String> {
    let wrong = || "the proxy's URL is invalid".to_owned();
    let url = url::Url::parse(&proxy.url).map_err(|_| wrong())?;
    if !matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h") {
        return Err(
            "the proxy's URL must start with `http://`, `https://`, `socks5://` or `socks5h://`".to_owned()
        );
    }
    let mut to = reqwest::Proxy::all(url).map_err(|_| wrong())?;
    if let Some((user, password)) = &proxy.credentials {
        to = to.basic_auth(user, password.expose());
    }
    Ok(to.no_proxy(reqwest::NoProxy::from_string(&proxy.except)))
}

/// Configures TLS with a crypto provider of its own, since reqwest panics if the process has installed none.
fn tls(settings: &ConnectionSettings, trust: Trust) -> Result<rustls::ClientConfig, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| chain_of(&error))?;
    let builder = match trust {
        Trust::Nobody => builder.with_root_certificates(rustls::RootCertStore::empty()),
        Trust::System => {
            let verifier = verifier(&settings.roots, provider)?;
            builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier))
        }
    };
    let mut config = match &settings.identity {
        None => builder.with_no_client_auth(),
        Some(identity) => {
            let (chain, key) = identity.read()?;
            builder.with_client_auth_cert(chain, key).map_err(|error| chain_of(&error))?
        }
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(not(target_os = "android"))]
fn verifier(
    roots: &[bytes::Bytes],
    provider: Arc<rustls::crypto::CryptoProvider>,
) -> Result<Verifier, String> {
    Verifier::new_with_extra_roots(certificates(roots)?, provider).map_err(|error| chain_of(&error))
}

/// On Android, the system alone decides which certificates to trust.
#[cfg(target_os = "android")]
fn verifier(
    roots: &[bytes::Bytes],
    provider: Arc<rustls::crypto::CryptoProvider>,
) -> Result<Verifier, String> {
    if !roots.is_empty() {
        return Err("root certificates cannot be added on Android".to_owned());
    }
    Verifier::new(provider).map_err(|error| chain_of(&error))
}

fn certificates(roots: &[bytes::Bytes]) -> Result<Vec<CertificateDer<'static>>, String> {
    let mut all = Vec::new();
    for root in roots {
        let before = all.len();
        if root.starts_with(b"-----") || root.windows(11).any(|text| text == b"-----BEGIN ") {
            for certificate in CertificateDer::pem_slice_iter(root) {
                all.push(
                    certificate.map_err(|error| format!("a root certificate cannot be read: {error:?}"))?,
                );
            }
        } else {
            all.push(CertificateDer::from(root.to_vec()));
        }
        let is_read =
            rustls::RootCertStore::empty().add_parsable_certificates(all.iter().skip(before).cloned());
        if is_read.0 == 0 || is_read.1 > 0 {
            return Err("a root certificate is not an X.509 certificate in PEM or DER format".to_owned());
        }
    }
    Ok(all)
}

/// Joins the messages of an error and of its sources in one line.
fn chain_of(error: &dyn std::error::Error) -> String {
    sources(error).fold(error.to_string(), |text, error| format!("{text}: {error}"))
}
