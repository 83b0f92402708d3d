//! Defines [`BasicAuth`], a user name and password (RFC 7617).

use std::future::ready;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use zeroize::Zeroizing;

use super::served_schemes::ServedSchemes;
use super::{AuthContext, Authorization, Credential};
use crate::api::{Scheme, SchemeKind};
use crate::error::{Error, ErrorKind};
use crate::platform::BoxFuture;
use crate::secret::Secret;

/// A user name and password, sent as `Authorization: Basic` (RFC 7617) in UTF-8.
///
/// ```
/// # use sdk_runtime::{Api, BasicAuth, Client, ClientBuilder, Credential};
/// # struct ExampleClient;
/// # impl ExampleClient {
/// #     fn new(credential: impl Credential) -> Client {
/// #         ClientBuilder::new(&Api::NONE).auth(credential).build_lazily()
/// #     }
/// # }
/// let client = ExampleClient::new(BasicAuth::new("user", "password"));
/// ```
#[derive(Clone, Debug)]
pub struct BasicAuth {
    user: String,
    password: Secret,
    serving: ServedSchemes,
}

impl BasicAuth {
    /// Creates a credential that serves every scheme of HTTP basic authentication. Calls fail if the user name contains
    /// a colon.
    #[must_use]
    pub fn new(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self { user: user.into(), password: password.into(), serving: ServedSchemes::default() }
    }

    /// Creates a credential that serves only the scheme of this name.
    #[must_use]
    pub fn for_scheme(
        scheme: impl Into<String>,
        user: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Self {
        Self { user: user.into(), password: password.into(), serving: ServedSchemes::only(scheme) }
    }
}

impl Credential for BasicAuth {
    fn serves(&self, scheme: &Scheme) -> bool {
        scheme.kind == SchemeKind::Basic && self.serving.includes(scheme)
    }

    fn authorize<'a>(&'a self, _: &'a AuthContext<'a>) -> BoxFuture<'a, Result<Authorization, Error>> {
        let value = basic(&self.user, &self.password);
        Box::pin(ready(value.and_then(|value| Authorization::header(AUTHORIZATION, &value))))
    }
}

/// Returns the value of the header `Authorization`.
pub(super) fn basic(user: &str, password: &Secret) -> Result<Secret, Error> {
    let invalid = |message: &str| Err(Error::new(ErrorKind::Authentication, message));
    if user.contains(':') {
        return invalid("a user name for basic authentication must not contain a colon");
    }
    if user.chars().chain(password.expose().chars()).any(char::is_control) {
        return invalid(
            "a user name or password for basic authentication must not contain control characters",
        );
    }
    let mut pair = Zeroizing::new(Vec::with_capacity(user.len() + password.expose().len() + 1));
    pair.extend_from_slice(user.as_bytes());
    pair.push(b':');
    pair.extend_from_slice(password.expose().as_bytes());
    let mut value = String::with_capacity(6 + pair.len().div_ceil(3) * 4);
    value.push_str("Basic ");
    STANDARD.encode_string(&*pair, &mut value);
    Ok(Secret::new(value))
}
