//! Defines [`Credential`], the interface of everything that authorizes requests, and its implementations.

mod api_key;
mod basic;
mod bearer;
mod forward;
mod oauth;
mod served_schemes;

pub use api_key::ApiKey;
pub use basic::BasicAuth;
pub use bearer::BearerToken;
pub use oauth::*;

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue, StatusCode};

use crate::api::Scheme;
use crate::error::{Error, ErrorKind};
use crate::platform::{BoxFuture, Platform};
use crate::retry::RetryPolicy;
use crate::secret::Secret;
use crate::transport::{RequestInfo, Transport};

/// Authorizes requests. One value can serve any number of calls and clients at the same time.
///
/// An API with a security scheme of its own needs a credential of its own:
///
/// ```
/// use sdk_runtime::{AuthContext, Authorization, BoxFuture, Credential, Error, Scheme, Secret};
///
/// #[derive(Debug)]
/// struct Session(Secret);
///
/// impl Credential for Session {
///     fn serves(&self, scheme: &Scheme) -> bool {
///         scheme.name == "session"
///     }
///
///     fn authorize<'a>(&'a self, _: &'a AuthContext<'a>) -> BoxFuture<'a, Result<Authorization, Error>> {
///         Box::pin(async { Ok(Authorization::cookie("sid", self.0.clone())) })
///     }
/// }
/// ```
pub trait Credential: Debug + Send + Sync + 'static {
    /// Returns `true` if the credential can serve this security scheme of the document.
    fn serves(&self, scheme: &Scheme) -> bool;

    /// Returns the authorization for the next request. A credential that has to fetch a token does it here.
    fn authorize<'a>(&'a self, context: &'a AuthContext<'a>) -> BoxFuture<'a, Result<Authorization, Error>>;

    /// Notifies the credential that the server refused this authorization (401). The request is sent once more, with a
    /// new authorization, if this returns `true`.
    fn refused<'a>(
        &'a self,
        context: &'a AuthContext<'a>,
        authorization: &'a Authorization,
    ) -> BoxFuture<'a, Result<bool, Error>> {
        let _ = (context, authorization);
        Box::pin(std::future::ready(Ok(false)))
    }
}

impl<C: Credential + ?Sized> Credential for Arc<C> {
    fn serves(&self, scheme: &Scheme) -> bool {
        (**self).serves(scheme)
    }

    fn authorize<'a>(&'a self, context: &'a AuthContext<'a>) -> BoxFuture<'a, Result<Authorization, Error>> {
        (**self).authorize(context)
    }

    fn refused<'a>(
        &'a self,
        context: &'a AuthContext<'a>,
        authorization: &'a Authorization,
    ) -> BoxFuture<'a, Result<bool, Error>> {
        (**self).refused(context, authorization)
    }
}

/// The parts of a client that a credential may use: transport, clock and tasks, but no headers.
#[derive(Debug)]
pub struct AuthContext<'a> {
    pub(crate) scheme: &'a Scheme,
    pub(crate) transport: &'a Arc<dyn Transport>,
    pub(crate) platform: &'a Arc<dyn Platform>,
    pub(crate) user_agent: Option<&'a HeaderValue>,
    pub(crate) policy: &'a RetryPolicy,
    pub(crate) watch: Option<Arc<dyn TokenWatch>>,
    /// The origin that replaces those of all servers, without a trailing slash.
    pub(crate) origin: Option<&'a str>,
}

/// Hears of the attempts of token calls.
pub(crate) trait TokenWatch: Debug + Send + Sync {
    fn before(&self, info: &RequestInfo, url: &str);

    fn after(
        &self,
        info: &RequestInfo,
        outcome: Result<StatusCode, &Error>,
        elapsed: Duration,
        retry_in: Option<Duration>,
    );
}

/// The parts of a client that token calls use: its transport, platform, retry policy and user agent, but no other
/// headers.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) platform: Arc<dyn Platform>,
    pub(crate) user_agent: Option<HeaderValue>,
    pub(crate) policy: RetryPolicy,
    pub(crate) watch: Option<Arc<dyn TokenWatch>>,
    /// The origin that replaces those of all servers, without a trailing slash.
    pub(crate) origin: Option<String>,
}

impl AuthContext<'_> {
    /// Returns the security scheme that the credential serves in this request.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        self.scheme
    }

    /// Returns the client's transport.
    #[must_use]
    pub fn transport(&self) -> &Arc<dyn Transport> {
        self.transport
    }

    /// Returns the client's platform: its clock, timers and tasks.
    #[must_use]
    pub fn platform(&self) -> &Arc<dyn Platform> {
        self.platform
    }

    pub(crate) fn network(&self) -> Network {
        Network {
            transport: Arc::clone(self.transport),
            platform: Arc::clone(self.platform),
            user_agent: self.user_agent.cloned(),
            policy: self.policy.clone(),
            watch: self.watch.clone(),
            origin: self.origin.map(str::to_owned),
        }
    }
}

/// The authorization of one request: a header, a query parameter or a cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization(Placement);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Placement {
    Header(HeaderName, HeaderValue),
    Query(String, Secret),
    Cookie(String, Secret),
}

impl Authorization {
    /// Creates the header `Authorization: Bearer` with a token (RFC 6750).
    ///
    /// # Errors
    /// Returns an error if the token contains characters that are not allowed in a header.
    pub fn bearer(token: &Secret) -> Result<Self, Error> {
        let value = Secret::new(format!("Bearer {}", token.expose()));
        Self::header(http::header::AUTHORIZATION, &value)
    }

    /// Creates a header with this value.
    ///
    /// # Errors
    /// Returns an error if the value contains characters that are not allowed in a header.
    pub fn header(name: HeaderName, value: &Secret) -> Result<Self, Error> {
        let mut value = HeaderValue::from_str(value.expose()).map_err(|_| {
            Error::new(
                ErrorKind::Authentication,
                "the credential contains characters that are not allowed in a header",
            )
        })?;
        value.set_sensitive(true);
        Ok(Self(Placement::Header(name, value)))
    }

    /// Creates a query parameter with this value.
    #[must_use]
    pub fn query(name: impl Into<String>, value: Secret) -> Self {
        Self(Placement::Query(name.into(), value))
    }

    /// Creates a cookie with this value.
    #[must_use]
    pub fn cookie(name: impl Into<String>, value: Secret) -> Self {
        Self(Placement::Cookie(name.into(), value))
    }

    /// Returns the secret, without the name of the authentication scheme.
    pub(crate) fn secret(&self) -> &str {
        match &self.0 {
            Placement::Header(_, value) => {
                let text = value.to_str().unwrap_or_default();
                text.split_once(' ').map_or(text, |(_, secret)| secret)
            }
            Placement::Query(_, secret) | Placement::Cookie(_, secret) => secret.expose(),
        }
    }

    pub(crate) const fn placement(&self) -> &Placement {
        &self.0
    }
}
