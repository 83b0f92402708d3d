//! Defines [`TokenEndpoint`] and builds the requests to it.

use std::borrow::Cow;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method, Uri};

use super::form::TokenForm;
use crate::body::Body;
use crate::credential::Network;
use crate::credential::authorization::secret_header;
use crate::credential::basic::basic;
use crate::error::{Error, ErrorKind};
use crate::retry::RetryPolicy;
use crate::secret::Secret;

/// A token endpoint (RFC 6749 section 3.2) and the client credentials used with it.
///
/// ```
/// use sdk_runtime::{ClientAuthentication, ClientCredentials, TokenEndpoint};
///
/// let endpoint = TokenEndpoint::new("https://auth.example.com/token")
///     .client_id("app")
///     .client_secret("secret")
///     .authentication(ClientAuthentication::Basic)
///     .revoke_url("https://auth.example.com/revoke");
/// let credential = ClientCredentials::new(endpoint);
/// ```
#[derive(Clone, Debug)]
pub struct TokenEndpoint {
    url: String,
    revoke_url: Option<String>,
    refresh_url: Option<String>,
    /// The URLs that the document names, which follow the origin that a client sets for all servers.
    documented: Vec<String>,
    client_id: Option<String>,
    client_secret: Option<Secret>,
    authentication: ClientAuthentication,
    parameters: Vec<(String, Secret)>,
    timeout: Duration,
    retry: Option<RetryPolicy>,
}

/// The method by which an application authenticates itself at a token endpoint (RFC 6749 section 2.3.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientAuthentication {
    /// Sends the parameters `client_id` and `client_secret` in the request body.
    #[default]
    Body,
    /// Sends the header `Authorization: Basic`.
    Basic,
}

impl TokenEndpoint {
    /// Creates an endpoint at this URL, without client credentials.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            revoke_url: None,
            refresh_url: None,
            documented: Vec::new(),
            client_id: None,
            client_secret: None,
            authentication: ClientAuthentication::default(),
            parameters: Vec::new(),
            timeout: Duration::from_secs(30),
            retry: None,
        }
    }

    /// Creates the endpoint at a URL that the API itself names. Unless [`at`](Self::at) replaces it, it is one of the
    /// servers whose origin `all_servers` of a client replaces.
    #[must_use]
    pub fn of_api(url: impl Into<String>) -> Self {
        let url = url.into();
        Self { documented: vec![url.clone()], ..Self::new(url) }
    }

    /// Sets the URL at which tokens are revoked, like [`revoke_url`](Self::revoke_url), to one that the API itself names.
    #[must_use]
    pub fn revoke_url_of_api(mut self, url: impl Into<String>) -> Self {
        let url = url.into();
        self.documented.push(url.clone());
        self.revoke_url(url)
    }

    /// Sets the URL at which refresh tokens are used, like [`refresh_url`](Self::refresh_url), to one that the API itself
    /// names.
    #[must_use]
    pub fn refresh_url_of_api(mut self, url: impl Into<String>) -> Self {
        let url = url.into();
        self.documented.push(url.clone());
        self.refresh_url(url)
    }

    /// Replaces the URL of the endpoint.
    #[must_use]
    pub fn at(mut self, url: impl Into<String>) -> Self {
        self.url = url.into();
        self
    }

    /// Sets the client ID of the application.
    #[must_use]
    pub fn client_id(mut self, id: impl Into<String>) -> Self {
        self.client_id = Some(id.into());
        self
    }

    /// Sets the client secret of the application.
    #[must_use]
    pub fn client_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.client_secret = Some(secret.into());
        self
    }

    /// Sets how the application authenticates itself. The default is [`ClientAuthentication::Body`].
    #[must_use]
    pub fn authentication(mut self, authentication: ClientAuthentication) -> Self {
        self.authentication = authentication;
        self
    }

    /// Sends an additional parameter with each token request.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sets the URL at which tokens are revoked (RFC 7009).
    #[must_use]
    pub fn revoke_url(mut self, url: impl Into<String>) -> Self {
        self.revoke_url = Some(url.into());
        self
    }

    /// Sets the URL at which refresh tokens are used. The default is the URL of the endpoint.
    #[must_use]
    pub fn refresh_url(mut self, url: impl Into<String>) -> Self {
        self.refresh_url = Some(url.into());
        self
    }

    /// Limits the time of each attempt to call the endpoint. The default is 30 s.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the retry policy of token calls, in place of that of the client. Token calls take nothing from the retry
    /// budget, and are repeated although their method is POST.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Returns the URL of the endpoint.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the client ID of the application, if it has one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.client_id.as_deref()
    }

    /// Returns where calls to a URL of this endpoint go for a client.
    pub(super) fn place<'u>(&self, url: &'u str, network: &Network) -> Cow<'u, str> {
        let origin =
            network.origin.as_ref().filter(|_| self.documented.iter().any(|documented| documented == url));
        let path = origin.and_then(|_| url::Url::parse(url).ok()).map(|url| url.path().to_owned());
        match (origin, path) {
            (Some(origin), Some(path)) => Cow::Owned(format!("{origin}{path}")),
            _ => Cow::Borrowed(url),
        }
    }

    pub(super) fn url_to_refresh(&self) -> &str {
        self.refresh_url.as_deref().unwrap_or(&self.url)
    }

    pub(super) fn url_to_revoke(&self) -> Option<&str> {
        self.revoke_url.as_deref()
    }

    pub(super) fn attempt_timeout(&self) -> Duration {
        self.timeout
    }

    /// Returns the retry policy of token calls. A token call does nothing but issue or revoke tokens, so repeating it is
    /// harmless.
    pub(super) fn policy(&self, network: &Network) -> RetryPolicy {
        self.retry.as_ref().unwrap_or(&network.policy).clone().all_methods()
    }

    /// Adds the parameters of the endpoint to the form of a token request.
    pub(super) fn with_parameters(&self, mut form: TokenForm) -> TokenForm {
        form.extend(&self.parameters);
        form
    }

    /// Builds a request. Of the client's headers it has only the user agent.
    pub(super) fn request(
        &self,
        network: &Network,
        url: &str,
        mut form: TokenForm,
    ) -> Result<http::Request<Body>, Error> {
        let uri = parse(url)?;
        let authorization = self.authenticate(&mut form)?;
        let mut request = http::Request::new(Body::from(form.encode()));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        if let Some(user_agent) = &network.user_agent {
            headers.insert(USER_AGENT, user_agent.clone());
        }
        if let Some(authorization) = authorization {
            headers.insert(AUTHORIZATION, authorization);
        }
        Ok(request)
    }

    /// Removes the client secret from a text, since some servers repeat the request in their error messages.
    pub(super) fn redact(&self, text: &str) -> String {
        match &self.client_secret {
            Some(secret) if !secret.expose().is_empty() => text.replace(secret.expose(), "***"),
            Some(_) | None => text.to_owned(),
        }
    }

    fn authenticate(&self, form: &mut TokenForm) -> Result<Option<HeaderValue>, Error> {
        let Some(id) = &self.client_id else { return Ok(None) };
        match (&self.client_secret, self.authentication) {
            (Some(secret), ClientAuthentication::Basic) => {
                // Both are form-urlencoded before they are joined (RFC 6749 section 2.3.1).
                let user: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect();
                let password: String =
                    url::form_urlencoded::byte_serialize(secret.expose().as_bytes()).collect();
                let value = basic(&user, &Secret::new(password))?;
                secret_header(&value).map(Some)
            }
            (secret, ClientAuthentication::Basic | ClientAuthentication::Body) => {
                form.push("client_id", id.clone());
                if let Some(secret) = secret {
                    form.push("client_secret", secret.clone());
                }
                Ok(None)
            }
        }
    }
}

/// Parses the URL of an endpoint. Errors leave the URL out, since it may contain secrets.
fn parse(url: &str) -> Result<Uri, Error> {
    let invalid =
        |why: &str| Err(Error::new(ErrorKind::Configuration, format!("the URL of the token endpoint {why}")));
    let Ok(parsed) = url::Url::parse(url) else { return invalid("is not a valid absolute URL") };
    if !matches!(parsed.scheme(), "http" | "https") {
        return invalid("must use http or https");
    }
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return invalid("must not contain a user name or password");
    }
    match parsed.as_str().split('#').next().unwrap_or_default().parse() {
        Ok(uri) => Ok(uri),
        Err(_) => invalid("cannot be used in a request"),
    }
}

/// Returns the target of a redirect, which must have the same host, so that the secrets of the form go nowhere else. Only
/// https may replace http.
pub(super) fn redirected(from: &str, location: &HeaderValue) -> Result<String, Error> {
    let refused = |why: &str| Error::new(ErrorKind::Redirect, format!("the token endpoint redirects {why}"));
    let invalid = || refused("to an invalid URL");
    let here = url::Url::parse(from).map_err(|_| invalid())?;
    let location = std::str::from_utf8(location.as_bytes()).map_err(|_| invalid())?;
    let next = here.join(location).map_err(|_| invalid())?;
    let is_upgrade =
        here.scheme() == "http" && next.scheme() == "https" && here.host_str() == next.host_str();
    if here.origin() != next.origin() && !is_upgrade {
        let elsewhere = next.origin().ascii_serialization();
        return Err(refused(&format!("to `{elsewhere}`, where its secrets do not go: set that URL")));
    }
    Ok(next.into())
}

/// Removes the query of a URL, for messages.
pub(super) fn shown(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}
