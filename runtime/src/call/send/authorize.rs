//! Selects the credentials that a request needs, and obtains their authorizations.

use std::sync::Arc;

use crate::api::{Operation, Scheme, SchemeKind};
use crate::call::request::Request;
use crate::client::Client;
use crate::credential::{AuthContext, Authorization, Credential};
use crate::error::{Error, ErrorKind};

/// Schemes for an API that declares none: the format of the header is all there is to know about them.
static UNDESCRIBED: [Scheme; 2] =
    [Scheme { name: "bearer", kind: SchemeKind::Bearer }, Scheme { name: "basic", kind: SchemeKind::Basic }];

/// The credentials of one request, each with the scheme that it serves. Empty if none is needed.
pub(super) struct Authorizer {
    uses: Vec<(&'static Scheme, Arc<dyn Credential>)>,
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
                Self { uses: Vec::new() }
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
            Some(_) | None => Ok(Self { uses: Vec::new() }),
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
            Vec::new()
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

    pub(super) async fn authorize(&self, client: &Client) -> Result<Vec<Authorization>, Error> {
        let mut authorizations = Vec::with_capacity(self.uses.len());
        for (scheme, credential) in &self.uses {
            authorizations.push(credential.authorize(&context(client, scheme)?).await?);
        }
        Ok(authorizations)
    }

    /// Returns `true` if any credential has another authorization to try.
    pub(super) async fn refused(
        &self,
        client: &Client,
        authorizations: &[Authorization],
    ) -> Result<bool, Error> {
        let mut has_other = false;
        for ((scheme, credential), authorization) in self.uses.iter().zip(authorizations) {
            has_other |= credential.refused(&context(client, scheme)?, authorization).await?;
        }
        Ok(has_other)
    }
}

fn context<'a>(client: &'a Client, scheme: &'a Scheme) -> Result<AuthContext<'a>, Error> {
    let (transport, platform) = (client.transport()?, client.platform()?);
    Ok(AuthContext {
        scheme,
        transport,
        platform,
        user_agent: client.user_agent(),
        policy: &client.options().retry,
        watch: client.token_watch(),
        origin: client.common_origin(),
    })
}

fn serve(client: &Client, names: &[&str]) -> Option<Vec<(&'static Scheme, Arc<dyn Credential>)>> {
    let serve_one = |name: &&str| {
        let scheme = client.api().security.iter().find(|scheme| scheme.name == *name)?;
        let credential = client.credentials().iter().find(|credential| credential.serves(scheme))?;
        Some((scheme, Arc::clone(credential)))
    };
    names.iter().map(serve_one).collect()
}

/// Serves the schemes that the runtime knows, and leaves others to the transport.
fn serve_with_transport(
    client: &Client,
    names: &[&str],
) -> Option<Vec<(&'static Scheme, Arc<dyn Credential>)>> {
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
