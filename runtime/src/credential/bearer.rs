//! Defines [`BearerToken`], a fixed bearer token (RFC 6750).

use std::future::ready;
use std::sync::OnceLock;

use super::served_schemes::ServedSchemes;
use super::{AuthContext, Authorization, Credential};
use crate::api::{Scheme, SchemeKind};
use crate::error::Error;
use crate::platform::BoxFuture;
use crate::secret::Secret;

/// A fixed bearer token (RFC 6750). It is never renewed: a call fails when the server refuses the token.
///
/// ```
/// # use sdk_runtime::{Api, BearerToken, Client, ClientBuilder, Credential};
/// # struct ExampleClient;
/// # impl ExampleClient {
/// #     fn new(credential: impl Credential) -> Client {
/// #         ClientBuilder::new(&Api::NONE).auth(credential).build_lazily()
/// #     }
/// # }
/// let client = ExampleClient::new(BearerToken::new("token"));
/// ```
#[derive(Clone, Debug)]
pub struct BearerToken {
    token: Secret,
    serving: ServedSchemes,
    /// The header with the token, once it was needed.
    authorization: OnceLock<Authorization>,
}

impl BearerToken {
    /// Creates a credential that serves every scheme that takes a bearer token.
    #[must_use]
    pub fn new(token: impl Into<Secret>) -> Self {
        Self { token: token.into(), serving: ServedSchemes::default(), authorization: OnceLock::new() }
    }

    /// Creates a credential that serves only the scheme of this name.
    #[must_use]
    pub fn for_scheme(name: impl Into<String>, token: impl Into<Secret>) -> Self {
        Self { serving: ServedSchemes::only(name), ..Self::new(token) }
    }
}

impl Credential for BearerToken {
    fn serves(&self, scheme: &Scheme) -> bool {
        scheme.kind == SchemeKind::Bearer && self.serving.includes(scheme)
    }

    fn authorize<'a>(&'a self, _: &'a AuthContext<'a>) -> BoxFuture<'a, Result<Authorization, Error>> {
        let authorization = match self.authorization.get() {
            Some(authorization) => Ok(authorization.clone()),
            None => Authorization::bearer(&self.token)
                .map(|authorization| self.authorization.get_or_init(|| authorization).clone()),
        };
        Box::pin(ready(authorization))
    }
}
