//! Implements the JWT bearer grant (RFC 7523 section 2.1), whose assertions the application signs itself.

mod assertion;
mod key;

pub use assertion::JwtAlgorithm;
pub use key::SigningKey;

use std::time::Duration;

use serde_json::{Map, Value};

use crate::credential::oauth::endpoint::TokenEndpoint;
use crate::credential::oauth::form::TokenForm;
use crate::credential::oauth::grant::{Grant, GrantContext};
use crate::credential::oauth::source::TokenSource;
use crate::error::Error;

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const LONGEST: Duration = Duration::from_secs(60);

/// The JWT bearer grant (RFC 7523): the application signs a short-lived assertion of its own identity and of the
/// subject it acts for, and exchanges it for a token. Clones share the token.
///
/// Each attempt has an assertion of its own, with a new `jti`. If the server rejects the times of an assertion, later
/// ones follow the server's clock.
///
/// ```no_run
/// # use sdk_runtime::{Api, Client, ClientBuilder, Credential};
/// use sdk_runtime::{JwtBearer, SigningKey, TokenEndpoint};
///
/// # struct ExampleClient;
/// # impl ExampleClient {
/// #     fn new(credential: impl Credential) -> Client {
/// #         ClientBuilder::new(&Api::NONE).auth(credential).build_lazily()
/// #     }
/// # }
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let key = SigningKey::from_encrypted_pem(std::fs::read_to_string("key.pem")?, "passphrase")?;
/// let endpoint = TokenEndpoint::new("https://auth.example.com/token").client_id("app").client_secret("secret");
/// let credential = JwtBearer::new(endpoint, "app", key).key_id("key-1").subject("service-account");
/// let client = ExampleClient::new(credential);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct JwtBearer {
    assertion: Assertion,
    source: TokenSource,
}

/// The contents that all assertions of a credential share.
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
    /// Creates a credential from a token endpoint, the issuer of its assertions and the key that signs them. The issuer
    /// is the claim `iss`, usually the client ID.
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

    /// Sets the subject that the application acts for: the claim `sub`.
    #[must_use]
    pub fn subject(self, subject: impl Into<String>) -> Self {
        self.with(|assertion| assertion.subject = Some(subject.into()))
    }

    /// Sets the audience of the assertion: the claim `aud`. The default is the URL of the endpoint.
    #[must_use]
    pub fn audience(self, audience: impl Into<String>) -> Self {
        self.with(|assertion| assertion.audience = Some(audience.into()))
    }

    /// Sets the ID of the application's key: the header parameter `kid`.
    #[must_use]
    pub fn key_id(self, id: impl Into<String>) -> Self {
        self.with(|assertion| assertion.key_id = Some(id.into()))
    }

    /// Sets the signature algorithm of an RSA key. The default is RS256. Keys of elliptic curves sign with ES256 or EdDSA.
    #[must_use]
    pub fn algorithm(self, algorithm: JwtAlgorithm) -> Self {
        self.with(|assertion| assertion.algorithm = algorithm)
    }

    /// Sets the lifetime of each assertion, at most 60 s. The default is 45 s. It does not affect the token's lifetime.
    #[must_use]
    pub fn lifetime(self, lifetime: Duration) -> Self {
        self.with(|assertion| assertion.lifetime = lifetime.min(LONGEST))
    }

    /// Sets an additional claim, in place of an earlier one of this name.
    #[must_use]
    pub fn claim(self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.with(|assertion| drop(assertion.claims.insert(name.into(), value.into())))
    }

    /// Requests these scopes.
    #[must_use]
    pub fn scopes(self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|assertion| assertion.scopes = scopes.into_iter().map(Into::into).collect())
    }

    /// Returns a credential for another subject, with these additional claims. Its token is kept in a store of the same
    /// kind under the name `store_name`.
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

crate::credential::oauth::token_credential!(JwtBearer);
