//! A fixed bearer token.

use std::future::ready;

use super::served_schemes::ServedSchemes;
use super::{AuthContext, Authorization, Credential};
use crate::api::{Scheme, SchemeKind};
use crate::bounds::BoxFuture;
use crate::error::Error;
use crate::secret::Secret;

/// A fixed bearer token. When the server refuses it, the call fails: there is no other one.
#[derive(Clone, Debug)]
pub struct BearerToken {
    token: Secret,
    serving: ServedSchemes,
}

impl BearerToken {
    /// Keeps a token for any scheme that takes one.
    #[must_use]
    pub fn new(token: impl Into<Secret>) -> Self {
        Self { token: token.into(), serving: ServedSchemes::default() }
    }

    /// Keeps a token for the scheme of this name in the document alone.
    #[must_use]
    pub fn for_scheme(name: impl Into<String>, token: impl Into<Secret>) -> Self {
        Self { token: token.into(), serving: ServedSchemes::only(name) }
    }
}

impl Credential for BearerToken {
    fn serves(&self, scheme: &Scheme) -> bool {
        scheme.kind == SchemeKind::Bearer && self.serving.includes(scheme)
    }

    fn authorize<'a>(&'a self, _: &'a AuthContext<'a>) -> BoxFuture<'a, Result<Authorization, Error>> {
        Box::pin(ready(Authorization::bearer(&self.token)))
    }
}
