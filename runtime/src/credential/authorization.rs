//! Defines [`Authorization`], the parts that a credential adds to a request.

use http::{HeaderName, HeaderValue};

use crate::error::{Error, ErrorKind};
use crate::secret::Secret;

/// The authorization of one request: a header, a query parameter or a cookie, or several of them.
///
/// `Debug` does not show the values, except for headers that are added as not secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    first: Placement,
    others: Vec<Placement>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Placement {
    Header(HeaderName, HeaderValue),
    Query(String, Secret),
    Cookie(String, Secret),
}

impl Authorization {
    /// Creates the header `Authorization: Bearer` with a token (RFC 6750).
    ///
    /// # Errors
    /// Returns an error if the token contains characters that are not allowed in a header.
    pub fn bearer(token: &Secret) -> Result<Self, Error> {
        let value = Secret::new(format!("Bearer {}", token.expose()));
        Self::header(http::header::AUTHORIZATION, &value)
    }

    /// Creates a header with this value.
    ///
    /// # Errors
    /// Returns an error if the value contains characters that are not allowed in a header.
    pub fn header(name: HeaderName, value: &Secret) -> Result<Self, Error> {
        secret_header(value).map(|value| Self::new(Placement::Header(name, value)))
    }

    /// Creates a query parameter with this value.
    #[must_use]
    pub fn query(name: impl Into<String>, value: Secret) -> Self {
        Self::new(Placement::Query(name.into(), value))
    }

    /// Creates a cookie with this value.
    #[must_use]
    pub fn cookie(name: impl Into<String>, value: Secret) -> Self {
        Self::new(Placement::Cookie(name.into(), value))
    }

    fn new(first: Placement) -> Self {
        Self { first, others: Vec::new() }
    }

    /// Adds the parts of another authorization, such as a second secret.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.others.push(other.first);
        self.others.extend(other.others);
        self
    }

    /// Adds a header that is not secret, such as the date that a signature covers. If the value is marked as sensitive,
    /// it is treated as a secret.
    ///
    /// ```
    /// # use sdk_runtime::{Authorization, Error, Secret};
    /// # fn main() -> Result<(), Error> {
    /// use http::{HeaderName, HeaderValue, header::AUTHORIZATION};
    ///
    /// let date = HeaderValue::from_static("20130524T000000Z");
    /// let signature = Authorization::header(AUTHORIZATION, &Secret::new("AWS4-HMAC-SHA256 Signature=f0e8"))?
    ///     .and_header(HeaderName::from_static("x-amz-date"), date);
    /// # assert!(format!("{signature:?}").contains("20130524T000000Z"));
    /// # assert!(!format!("{signature:?}").contains("f0e8"));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn and_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.others.push(Placement::Header(name, value));
        self
    }

    /// Returns the parts, in the order in which they were added.
    pub(crate) fn placements(&self) -> impl Iterator<Item = &Placement> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// Returns the secrets, without the name of the authentication scheme.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        self.placements().filter_map(|placement| match placement {
            Placement::Header(_, value) if value.is_sensitive() => {
                let text = value.to_str().unwrap_or_default();
                Some(text.split_once(' ').map_or(text, |(_, secret)| secret))
            }
            Placement::Header(..) => None,
            Placement::Query(_, secret) | Placement::Cookie(_, secret) => Some(secret.expose()),
        })
    }
}

/// Makes the value of a header that is not shown.
pub(super) fn secret_header(value: &Secret) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(value.expose()).map_err(|_| {
        Error::new(
            ErrorKind::Authentication,
            "the credential contains characters that are not allowed in a header",
        )
    })?;
    value.set_sensitive(true);
    Ok(value)
}
