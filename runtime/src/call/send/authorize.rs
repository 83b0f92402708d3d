//! Selects the credentials that a request needs, and obtains their authorizations.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::HeaderMap;

use super::build::unsigned_headers;
use super::redirect::Route;
use crate::api::{Operation, Scheme, SchemeKind};
use crate::call::few::Few;
use crate::call::request::{Prepared, Request};
use crate::client::Client;
use crate::credential::{AuthContext, Authorization, Credential, UnsignedRequest};
use crate::error::{Error, ErrorKind};

/// Schemes for an API that declares none: the format of the header is all there is to know about them.
static UNDESCRIBED: [Scheme; 2] =
    [Scheme { name: "bearer", kind: SchemeKind::Bearer }, Scheme { name: "basic", kind: SchemeKind::Basic }];

/// Credentials, each with the scheme that it serves.
type Uses = Few<(&'static Scheme, Arc<dyn Credential>)>;

/// The credentials of one request, each with the scheme that it serves. Empty if none is needed.
pub(super) struct Authorizer {
    uses: Uses,
}

impl Authorizer {
    /// Selects the first security alternative of the operation whose schemes all have a credential, else the first one
    /// that needs none but the transport's.
    pub(super) fn for_operation(
        request: &Request,
        operation: &'static Operation,
        url: &str,
    ) -> Result<Self, Error> {
        let client = &request.client;
        if operation.security.is_empty() {
            let is_described = !client.api().security.is_empty();
            return Ok(if is_described {
                Self { uses: Uses::default() }
            } else {
                Self::undescribed(request, url)
            });
        }
        let alternatives = || operation.security.iter().filter(|alternative| !alternative.is_empty());
        let served = alternatives()
            .find_map(|alternative| serve(client, alternative))
            .or_else(|| alternatives().find_map(|alternative| serve_with_transport(client, alternative)));
        let is_optional = operation.security.iter().any(|alternative| alternative.is_empty());
        match served {
            Some(uses) if request.is_trusted(url) => Ok(Self { uses }),
            None if !is_optional => Err(unserved(operation)),
            Some(_) | None => Ok(Self { uses: Uses::default() }),
        }
    }

    /// Selects the first scheme of the API that has a credential, if the URL is one of the client's.
    pub(super) fn for_any(request: &Request, url: &str) -> Self {
        let client = &request.client;
        if client.api().security.is_empty() {
            return Self::undescribed(request, url);
        }
        let uses = if request.is_trusted(url) {
            client.api().security.iter().find_map(|scheme| serve(client, &[scheme.name])).unwrap_or_default()
        } else {
            Uses::default()
        };
        Self { uses }
    }

    /// Selects the caller's credential for an API that declares no scheme, if the URL is one of the client's.
    fn undescribed(request: &Request, url: &str) -> Self {
        let credentials = request.client.credentials().iter().filter(|_| request.is_trusted(url));
        let uses = credentials
            .filter_map(|credential| {
                let scheme = UNDESCRIBED.iter().find(|scheme| credential.serves(scheme))?;
                Some((scheme, Arc::clone(credential)))
            })
            .take(1);
        Self { uses: uses.collect() }
    }

    /// Obtains the authorizations of an attempt.
    pub(super) async fn authorize(&self, request: &Unsigned<'_>) -> Result<Authorizations, Error> {
        let mut authorizations = Authorizations::default();
        self.authorize_again(request, &mut authorizations).await?;
        Ok(authorizations)
    }

    /// Obtains other authorizations for the same attempt.
    pub(super) async fn authorize_again(
        &self,
        request: &Unsigned<'_>,
        authorizations: &mut Authorizations,
    ) -> Result<(), Error> {
        let mut current = Few::default();
        let is_seen = AtomicBool::new(false);
        let headers = || request.headers();
        for (scheme, credential) in self.uses.as_slice() {
            let context = request.context(scheme, &headers, &is_seen)?;
            current.push(credential.authorize(&context).await?);
        }
        let earlier = std::mem::replace(&mut authorizations.current, current);
        authorizations.earlier.extend_from_slice(earlier.as_slice());
        authorizations.depend_on_request = is_seen.load(Ordering::Relaxed);
        Ok(())
    }

    /// Returns `true` if any credential has another authorization to try.
    pub(super) async fn refused(
        &self,
        request: &Unsigned<'_>,
        authorizations: &Authorizations,
    ) -> Result<bool, Error> {
        let mut has_other = false;
        let is_seen = AtomicBool::new(false);
        let headers = || request.headers();
        for ((scheme, credential), authorization) in
            self.uses.as_slice().iter().zip(authorizations.current.as_slice())
        {
            let context = request.context(scheme, &headers, &is_seen)?;
            has_other |= credential.refused(&context, authorization).await?;
        }
        Ok(has_other)
    }
}

/// The authorizations of one attempt.
#[derive(Default)]
pub(super) struct Authorizations {
    /// The authorizations of the next request, in the order of the credentials.
    pub(super) current: Few<Authorization>,
    /// The authorizations of requests that were redirected, or that waited for their turn.
    earlier: Vec<Authorization>,
    /// Set if a credential has looked at the request, so that another one needs other authorizations.
    pub(super) depend_on_request: bool,
}

impl Authorizations {
    /// Hides the secrets in an error, since servers repeat them.
    pub(super) fn hide_in(&self, error: &mut Error) {
        for secret in self.earlier.iter().chain(self.current.as_slice()).flat_map(Authorization::secrets) {
            error.hide(secret);
        }
    }
}

/// The next request, without credentials.
pub(super) struct Unsigned<'a> {
    pub(super) client: &'a Client,
    pub(super) prepared: &'a Prepared,
    pub(super) route: &'a Route<'a>,
}

impl Unsigned<'_> {
    fn headers(&self) -> HeaderMap {
        unsigned_headers(self.client, &self.prepared.headers, self.route)
    }

    fn context<'a>(
        &'a self,
        scheme: &'a Scheme,
        headers: &'a (dyn Fn() -> HeaderMap + Sync),
        is_seen: &'a AtomicBool,
    ) -> Result<AuthContext<'a>, Error> {
        let (client, route) = (self.client, self.route);
        let body = if route.carries_body { self.prepared.body.as_bytes() } else { Some(&[][..]) };
        Ok(AuthContext {
            scheme,
            request: UnsignedRequest { method: &route.method, url: &route.url, headers, body, is_seen },
            transport: client.transport()?,
            platform: client.platform()?,
            user_agent: client.user_agent(),
            policy: &client.options().retry,
            watch: client.token_watch(),
            origin: client.common_origin(),
        })
    }
}

fn serve(client: &Client, names: &[&str]) -> Option<Uses> {
    let serve_one = |name: &&str| {
        let scheme = client.api().security.iter().find(|scheme| scheme.name == *name)?;
        let credential = client.credentials().iter().find(|credential| credential.serves(scheme))?;
        Some((scheme, Arc::clone(credential)))
    };
    names.iter().map(serve_one).collect()
}

/// Serves the schemes that the runtime knows, and leaves others to the transport.
fn serve_with_transport(client: &Client, names: &[&str]) -> Option<Uses> {
    let is_known = |name: &&&str| {
        let mut schemes = client.api().security.iter();
        !schemes.any(|scheme| scheme.name == **name && matches!(scheme.kind, SchemeKind::Other(_)))
    };
    let known: Vec<&str> = names.iter().filter(is_known).copied().collect();
    if known.len() == names.len() { None } else { serve(client, &known) }
}

fn unserved(operation: &Operation) -> Error {
    let alternatives: Vec<String> =
        operation.security.iter().map(|alternative| alternative.join(" together with ")).collect();
    let message = format!(
        "`{}` needs a credential for {}, but the client has no suitable one",
        operation.id,
        alternatives.join(" or ")
    );
    Error::new(ErrorKind::Authentication, message)
}
