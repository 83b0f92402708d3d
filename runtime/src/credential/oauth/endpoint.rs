//! A token endpoint, and as whom an application shows up there.

use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method, Uri};

use super::form::TokenForm;
use crate::body::Body;
use crate::credential::basic::basic;
use crate::credential::{Authorization, Network, Placement};
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;

/// A token endpoint, and as whom an application shows up there.
#[derive(Clone, Debug)]
pub struct TokenEndpoint {
    url: String,
    revoke_url: Option<String>,
    client_id: Option<String>,
    client_secret: Option<Secret>,
    authentication: ClientAuthentication,
    parameters: Vec<(String, Secret)>,
    timeout: Duration,
}

/// How an application proves who it is (RFC 6749 section 2.3.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientAuthentication {
    /// `client_id` and `client_secret` are parameters of the form.
    #[default]
    Body,
    /// `Authorization: Basic`.
    Basic,
}

impl TokenEndpoint {
    /// The endpoint at this URL, for an application without a name of its own.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            revoke_url: None,
            client_id: None,
            client_secret: None,
            authentication: ClientAuthentication::default(),
            parameters: Vec::new(),
            timeout: Duration::from_secs(30),
        }
    }

    /// The same endpoint at another URL.
    #[must_use]
    pub fn at(mut self, url: impl Into<String>) -> Self {
        self.url = url.into();
        self
    }

    /// The application's id.
    #[must_use]
    pub fn client_id(mut self, id: impl Into<String>) -> Self {
        self.client_id = Some(id.into());
        self
    }

    /// The application's secret.
    #[must_use]
    pub fn client_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.client_secret = Some(secret.into());
        self
    }

    /// How the application proves who it is; in the form unless said otherwise.
    #[must_use]
    pub fn authentication(mut self, authentication: ClientAuthentication) -> Self {
        self.authentication = authentication;
        self
    }

    /// Sends a further parameter with each call for a token.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Where tokens are revoked (RFC 7009).
    #[must_use]
    pub fn revoke_url(mut self, url: impl Into<String>) -> Self {
        self.revoke_url = Some(url.into());
        self
    }

    /// Longest time of one try of a call; 30 s unless said otherwise.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The URL of the endpoint.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The application's id, where it has one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.client_id.as_deref()
    }

    pub(super) fn url_to_revoke(&self) -> Option<&str> {
        self.revoke_url.as_deref()
    }

    pub(super) fn attempt_timeout(&self) -> Duration {
        self.timeout
    }

    /// The form of a call for a token, with the endpoint's own parameters.
    pub(super) fn with_parameters(&self, mut form: TokenForm) -> TokenForm {
        form.extend(&self.parameters);
        form
    }

    /// A call, whose headers are its own and none of a client's but the name of the program.
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

    /// The text without the application's secret, for servers that repeat what they were sent.
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
                // Both are escaped as in forms before they are joined (RFC 6749 section 2.3.1).
                let user: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect();
                let password: String =
                    url::form_urlencoded::byte_serialize(secret.expose().as_bytes()).collect();
                let value = basic(&user, &Secret::new(password))?;
                match Authorization::header(AUTHORIZATION, &value)?.placement() {
                    Placement::Header(_, value) => Ok(Some(value.clone())),
                    Placement::Query(..) | Placement::Cookie(..) => Ok(None),
                }
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

/// The URL is no part of the message: it may have been put together with secrets.
fn parse(url: &str) -> Result<Uri, Error> {
    let unusable = |why: &str| Err(Error::new(ErrorKind::Configuration, format!("the URL for tokens {why}")));
    let Ok(parsed) = url::Url::parse(url) else { return unusable("is no absolute URL") };
    if !matches!(parsed.scheme(), "http" | "https") {
        return unusable("is neither http nor https");
    }
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return unusable("must hold no user name and password");
    }
    match parsed.as_str().split('#').next().unwrap_or_default().parse() {
        Ok(uri) => Ok(uri),
        Err(_) => unusable("cannot be sent"),
    }
}

/// The URL without its query, for messages.
pub(super) fn shown(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}
