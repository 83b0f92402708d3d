//! Defines [`Credential`], the interface of everything that authorizes requests, and its implementations.

mod api_key;
mod authorization;
mod basic;
mod bearer;
mod forward;
mod oauth;
mod served_schemes;

pub use api_key::ApiKey;
pub use authorization::Authorization;
pub(crate) use authorization::Placement;
pub use basic::BasicAuth;
pub use bearer::BearerToken;
pub use oauth::*;

use std::fmt::{self, Debug};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http::{HeaderMap, HeaderValue, Method, StatusCode};

use crate::api::Scheme;
use crate::error::Error;
use crate::platform::{BoxFuture, Platform};
use crate::retry::RetryPolicy;
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
///
/// A credential that signs requests reads the request from the context:
///
/// ```
/// # fn sign(_: &str) -> Secret { Secret::new("signature") }
/// use sdk_runtime::{AuthContext, Authorization, BoxFuture, Credential, Error, ErrorKind, Scheme, Secret};
///
/// #[derive(Debug)]
/// struct Signer(Secret);
///
/// impl Credential for Signer {
///     fn serves(&self, scheme: &Scheme) -> bool {
///         scheme.name == "signature"
///     }
///
///     fn authorize<'a>(&'a self, context: &'a AuthContext<'a>) -> BoxFuture<'a, Result<Authorization, Error>> {
///         Box::pin(async move {
///             let unsigned = || Error::new(ErrorKind::Authentication, "the request cannot be signed");
///             let body = context.body().ok_or_else(unsigned)?;
///             let time = context.platform().now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
///             let time = time.as_secs().to_string();
///             let text = format!("{} {} {time} {}", context.method(), context.url(), String::from_utf8_lossy(body));
///             let authorization = Authorization::header(http::header::AUTHORIZATION, &sign(&text))?;
///             let time = time.parse().map_err(|_| unsigned())?;
///             Ok(authorization.and_header(http::HeaderName::from_static("x-time"), time))
///         })
///     }
/// }
/// ```
pub trait Credential: Debug + Send + Sync + 'static {
    /// Returns `true` if the credential can serve this security scheme of the document.
    fn serves(&self, scheme: &Scheme) -> bool;

    /// Returns the authorization for the next request. A credential that has to fetch a token does it here.
    ///
    /// This is called for each attempt. A credential that looks at the request in the context is called again if the
    /// attempt had to wait for its turn (see [`max_in_flight`](crate::ClientBuilder::max_in_flight)), and for each
    /// redirect within the origin, since a signature covers one URL.
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

/// The request that a credential is to authorize, and the parts of the client that it may use: transport, clock and
/// tasks.
pub struct AuthContext<'a> {
    pub(crate) scheme: &'a Scheme,
    pub(crate) request: UnsignedRequest<'a>,
    pub(crate) transport: &'a Arc<dyn Transport>,
    pub(crate) platform: &'a Arc<dyn Platform>,
    pub(crate) user_agent: Option<&'a HeaderValue>,
    pub(crate) policy: &'a RetryPolicy,
    pub(crate) watch: Option<Arc<dyn TokenWatch>>,
    /// The origin that replaces those of all servers, without a trailing slash.
    pub(crate) origin: Option<&'a str>,
}

/// A request before the credentials are added.
#[derive(Clone, Copy)]
pub(crate) struct UnsignedRequest<'a> {
    pub(crate) method: &'a Method,
    pub(crate) url: &'a str,
    /// Makes the headers, which few credentials need.
    pub(crate) headers: &'a (dyn Fn() -> HeaderMap + Sync),
    pub(crate) body: Option<&'a [u8]>,
    /// Set once a credential has looked at the request.
    pub(crate) is_seen: &'a AtomicBool,
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

    /// Notes the end of a call, after its last attempt.
    fn ended(&self, info: &RequestInfo, outcome: Result<StatusCode, &Error>, elapsed: Duration);
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

    /// Returns the method of the request.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.seen().method
    }

    /// Returns the URL of the request as it is sent, except for what credentials add to the query.
    #[must_use]
    pub fn url(&self) -> String {
        let url = self.seen().url;
        url::Url::parse(url).map_or_else(|_| url.to_owned(), Into::into)
    }

    /// Returns the headers of the request, except for those of credentials and those that the HTTP library adds, such as
    /// `host` and `content-length`.
    #[must_use]
    pub fn headers(&self) -> HeaderMap {
        (self.seen().headers)()
    }

    /// Returns the body of the request, which may be empty; `None` if it is not in memory, as that of a file, a form with
    /// several parts or a stream.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.seen().body
    }

    fn seen(&self) -> &UnsignedRequest<'_> {
        self.request.is_seen.store(true, Ordering::Relaxed);
        &self.request
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

impl Debug for AuthContext<'_> {
    /// Shows nothing of the request but its method, since it may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthContext")
            .field("scheme", &self.scheme)
            .field("method", &self.request.method)
            .field("transport", &self.transport)
            .field("platform", &self.platform)
            .finish_non_exhaustive()
    }
}
