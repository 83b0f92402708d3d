//! Who the caller is: credentials, and what they put into a request.

mod api_key;
mod basic;
mod bearer;
mod oauth;
mod served_schemes;

pub use api_key::ApiKey;
pub use basic::BasicAuth;
pub use bearer::BearerToken;
pub use oauth::*;

use std::fmt::Debug;
use std::sync::Arc;

use http::{HeaderName, HeaderValue};

use crate::api::Scheme;
use crate::bounds::BoxFuture;
use crate::error::{Error, ErrorKind};
use crate::platform::Platform;
use crate::secret::Secret;
use crate::transport::Transport;

/// Something that authorizes requests. One value serves any number of calls and clients at once.
pub trait Credential: Debug + Send + Sync + 'static {
    /// Whether it can serve a security scheme of the document.
    fn serves(&self, scheme: &Scheme) -> bool;

    /// What the next request carries; a credential that has to fetch a token does it here.
    fn authorize<'a>(&'a self, context: &'a AuthContext<'a>) -> BoxFuture<'a, Result<Authorization, Error>>;

    /// Learns that the server refused this authorization (401). `true` asks for one more try with a new one.
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

/// What a credential may use: the client's way to the network, its clock and its tasks, but none of its headers.
#[derive(Debug)]
pub struct AuthContext<'a> {
    pub(crate) scheme: &'a Scheme,
    pub(crate) transport: &'a Arc<dyn Transport>,
    pub(crate) platform: &'a Arc<dyn Platform>,
    pub(crate) user_agent: Option<&'a HeaderValue>,
}

/// What token calls take of a client: its connections, its clock and tasks, and the name of the program. No header.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) platform: Arc<dyn Platform>,
    pub(crate) user_agent: Option<HeaderValue>,
}

impl AuthContext<'_> {
    /// The scheme that the credential serves here.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        self.scheme
    }

    /// The client's way to the network.
    #[must_use]
    pub fn transport(&self) -> &Arc<dyn Transport> {
        self.transport
    }

    /// The client's clock, timers and tasks.
    #[must_use]
    pub fn platform(&self) -> &Arc<dyn Platform> {
        self.platform
    }

    pub(crate) fn network(&self) -> Network {
        Network {
            transport: Arc::clone(self.transport),
            platform: Arc::clone(self.platform),
            user_agent: self.user_agent.cloned(),
        }
    }
}

/// What authorizes one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization(Placement);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Placement {
    Header(HeaderName, HeaderValue),
    Query(String, Secret),
    Cookie(String, Secret),
}

impl Authorization {
    /// `Authorization: Bearer` with a token.
    ///
    /// # Errors
    /// The token holds characters that no header may have.
    pub fn bearer(token: &Secret) -> Result<Self, Error> {
        let value = Secret::new(format!("Bearer {}", token.expose()));
        Self::header(http::header::AUTHORIZATION, &value)
    }

    /// A header with this value.
    ///
    /// # Errors
    /// The value holds characters that no header may have.
    pub fn header(name: HeaderName, value: &Secret) -> Result<Self, Error> {
        let mut value = HeaderValue::from_str(value.expose()).map_err(|_| {
            Error::new(ErrorKind::Authentication, "the credential holds characters that no header may have")
        })?;
        value.set_sensitive(true);
        Ok(Self(Placement::Header(name, value)))
    }

    /// A query parameter with this value.
    #[must_use]
    pub fn query(name: impl Into<String>, value: Secret) -> Self {
        Self(Placement::Query(name.into(), value))
    }

    /// A cookie with this value.
    #[must_use]
    pub fn cookie(name: impl Into<String>, value: Secret) -> Self {
        Self(Placement::Cookie(name.into(), value))
    }

    pub(crate) const fn placement(&self) -> &Placement {
        &self.0
    }
}
