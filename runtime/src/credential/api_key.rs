//! Defines [`ApiKey`], a key in a header, the query or a cookie.

use std::future::ready;

use http::HeaderName;

use super::served_schemes::ServedSchemes;
use super::{AuthContext, Authorization, Credential};
use crate::api::{Scheme, SchemeKind};
use crate::error::{Error, ErrorKind};
use crate::platform::BoxFuture;
use crate::secret::Secret;

/// A fixed key, sent in the header, query parameter or cookie that the security scheme specifies.
///
/// ```
/// # use sdk_runtime::{Api, ApiKey, Client, ClientBuilder, Credential};
/// # struct ExampleClient;
/// # impl ExampleClient {
/// #     fn new(credential: impl Credential) -> Client {
/// #         ClientBuilder::new(&Api::NONE).auth(credential).build_lazily()
/// #     }
/// # }
/// let client = ExampleClient::new(ApiKey::new("key"));
/// ```
#[derive(Clone, Debug)]
pub struct ApiKey {
    key: Secret,
    serving: ServedSchemes,
}

impl ApiKey {
    /// Creates a credential that serves every scheme that takes an API key.
    #[must_use]
    pub fn new(key: impl Into<Secret>) -> Self {
        Self { key: key.into(), serving: ServedSchemes::default() }
    }

    /// Creates a credential that serves only the scheme of this name, for APIs with several kinds of keys.
    #[must_use]
    pub fn for_scheme(name: impl Into<String>, key: impl Into<Secret>) -> Self {
        Self { key: key.into(), serving: ServedSchemes::only(name) }
    }

    fn place(&self, scheme: &Scheme) -> Result<Authorization, Error> {
        match scheme.kind {
            SchemeKind::Header(name) => match HeaderName::from_bytes(name.as_bytes()) {
                Ok(name) => Authorization::header(name, &self.key),
                Err(_) => Err(misplaced(format!("invalid header name `{}`", name.escape_debug()))),
            },
            SchemeKind::Query(name) => Ok(Authorization::query(name, self.key.clone())),
            SchemeKind::Cookie(name) => Ok(Authorization::cookie(name, self.key.clone())),
            SchemeKind::Bearer | SchemeKind::Basic | SchemeKind::Other(_) => {
                Err(misplaced(format!("security scheme `{}` does not take an API key", scheme.name)))
            }
        }
    }
}

fn misplaced(message: String) -> Error {
    Error::new(ErrorKind::Authentication, message)
}

impl Credential for ApiKey {
    fn serves(&self, scheme: &Scheme) -> bool {
        let takes_key =
            matches!(scheme.kind, SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_));
        takes_key && self.serving.includes(scheme)
    }

    fn authorize<'a>(&'a self, context: &'a AuthContext<'a>) -> BoxFuture<'a, Result<Authorization, Error>> {
        Box::pin(ready(self.place(context.scheme())))
    }
}
