//! An assertion that the application signs itself (RFC 7523).

mod assertion;
mod key;

pub use assertion::JwtAlgorithm;
pub use key::SigningKey;

use std::time::Duration;

use serde_json::{Map, Value};

use super::endpoint::TokenEndpoint;
use super::form::TokenForm;
use super::grant::{Grant, GrantContext};
use super::source::TokenSource;
use crate::error::Error;

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const LONGEST: Duration = Duration::from_secs(60);

/// The JWT bearer grant (RFC 7523): the application signs a short-lived assertion of who it is and for whom it acts, and
/// trades it for a token. Clones share the token.
///
/// Each try has an assertion of its own, with a new `jti`. Where the server finds its times wrong, they follow the
/// server's clock from then on.
#[derive(Clone, Debug)]
pub struct JwtBearer {
    assertion: Assertion,
    source: TokenSource,
}

/// What is asserted, but for what each assertion has of its own.
#[derive(Clone, Debug)]
struct Assertion {
    key: SigningKey,
    algorithm: JwtAlgorithm,
    key_id: Option<String>,
    issuer: String,
    subject: Option<String>,
    audience: Option<String>,
    lifetime: Duration,
    claims: Map<String, Value>,
    scopes: Vec<String>,
}

impl Grant for Assertion {
    fn form(&self, context: &GrantContext<'_>) -> Result<TokenForm, Error> {
        let mut form = TokenForm::of_grant(GRANT_TYPE);
        form.push("assertion", self.sign(context)?);
        form.push_scopes(&self.scopes);
        Ok(form)
    }

    fn tells_time(&self) -> bool {
        true
    }
}

impl JwtBearer {
    /// Asks this endpoint with assertions of this issuer, most often the application's id, signed with this key.
    #[must_use]
    pub fn new(endpoint: TokenEndpoint, issuer: impl Into<String>, key: SigningKey) -> Self {
        let assertion = Assertion {
            key,
            algorithm: JwtAlgorithm::default(),
            key_id: None,
            issuer: issuer.into(),
            subject: None,
            audience: None,
            lifetime: Duration::from_secs(45),
            claims: Map::new(),
            scopes: Vec::new(),
        };
        Self { source: TokenSource::new(endpoint, assertion.clone()), assertion }
    }

    /// For whom the application acts: the claim `sub`.
    #[must_use]
    pub fn subject(self, subject: impl Into<String>) -> Self {
        self.with(|assertion| assertion.subject = Some(subject.into()))
    }

    /// Whom the assertion is meant for, the claim `aud`; the URL of the endpoint unless said otherwise.
    #[must_use]
    pub fn audience(self, audience: impl Into<String>) -> Self {
        self.with(|assertion| assertion.audience = Some(audience.into()))
    }

    /// Which of the application's keys it is.
    #[must_use]
    pub fn key_id(self, id: impl Into<String>) -> Self {
        self.with(|assertion| assertion.key_id = Some(id.into()))
    }

    /// How the assertion is signed; RS256 unless said otherwise.
    #[must_use]
    pub fn algorithm(self, algorithm: JwtAlgorithm) -> Self {
        self.with(|assertion| assertion.algorithm = algorithm)
    }

    /// How long an assertion is valid, at most 60 s; 45 s unless said otherwise. It says nothing of the token.
    #[must_use]
    pub fn lifetime(self, lifetime: Duration) -> Self {
        self.with(|assertion| assertion.lifetime = lifetime.min(LONGEST))
    }

    /// Asserts something further, in place of an earlier claim of that name.
    #[must_use]
    pub fn claim(self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.with(|assertion| drop(assertion.claims.insert(name.into(), value.into())))
    }

    /// Asks for these scopes.
    #[must_use]
    pub fn scopes(self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|assertion| assertion.scopes = scopes.into_iter().map(Into::into).collect())
    }

    /// The same for another subject, with these claims in place of those of their names. It has a store of its own, of
    /// the same kind, which goes by `store_name`.
    #[must_use]
    pub fn for_subject(
        &self,
        store_name: &str,
        subject: impl Into<String>,
        claims: impl IntoIterator<Item = (impl Into<String>, impl Into<Value>)>,
    ) -> Self {
        let mut assertion = self.assertion.clone();
        assertion.subject = Some(subject.into());
        for (name, value) in claims {
            assertion.claims.insert(name.into(), value.into());
        }
        Self { source: self.source.for_subject(store_name, assertion.clone()), assertion }
    }

    fn with(mut self, change: impl FnOnce(&mut Assertion)) -> Self {
        change(&mut self.assertion);
        Self { source: self.source.with_grant(self.assertion.clone()), assertion: self.assertion }
    }
}

super::token_credential!(JwtBearer);
