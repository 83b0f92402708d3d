//! A fixed bearer token.

use std::future::ready;

use super::{AuthContext, Authorization, Credential};
use crate::api::{Scheme, SchemeKind};
use crate::bounds::BoxFuture;
use crate::error::Error;
use crate::secret::Secret;

/// A fixed bearer token. When the server refuses it, the call fails: there is no other one.
#[derive(Clone, Debug)]
pub struct BearerToken(Secret);

impl BearerToken {
    /// Keeps a token.
    #[must_use]
    pub fn new(token: impl Into<Secret>) -> Self {
        Self(token.into())
    }
}

impl Credential for BearerToken {
    fn serves(&self, scheme: &Scheme) -> bool {
        scheme.kind == SchemeKind::Bearer
    }

    fn authorize<'a>(&'a self, _: &'a AuthContext<'a>) -> BoxFuture<'a, Result<Authorization, Error>> {
        Box::pin(ready(Authorization::bearer(&self.0)))
    }
}
