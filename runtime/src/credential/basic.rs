//! A user name and a password (RFC 7617).

use std::future::ready;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use zeroize::Zeroizing;

use super::served_schemes::ServedSchemes;
use super::{AuthContext, Authorization, Credential};
use crate::api::{Scheme, SchemeKind};
use crate::bounds::BoxFuture;
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;

/// A user name and a password, sent as `Authorization: Basic` (RFC 7617) in UTF-8.
#[derive(Clone, Debug)]
pub struct BasicAuth {
    user: String,
    password: Secret,
    serving: ServedSchemes,
}

impl BasicAuth {
    /// Keeps a name and a password for any scheme that takes them. A name with a colon cannot be sent.
    #[must_use]
    pub fn new(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self { user: user.into(), password: password.into(), serving: ServedSchemes::default() }
    }

    /// Keeps a name and a password for the scheme of this name in the document alone.
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

/// The value of the header.
pub(super) fn basic(user: &str, password: &Secret) -> Result<Secret, Error> {
    let invalid = |message: &str| Err(Error::new(ErrorKind::Authentication, message));
    if user.contains(':') {
        return invalid("a user name for basic authentication must hold no colon");
    }
    if user.chars().chain(password.expose().chars()).any(char::is_control) {
        return invalid("a user name or password for basic authentication must hold no control characters");
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
