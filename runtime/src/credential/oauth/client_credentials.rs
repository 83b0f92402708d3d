//! The application acts for itself (RFC 6749 section 4.4).

use super::endpoint::TokenEndpoint;
use super::form::TokenForm;
use super::grant::{Grant, GrantContext};
use super::source::TokenSource;
use crate::error::Error;
use crate::secret::Secret;

/// The client credentials grant (RFC 6749 section 4.4): the application's id and secret are enough for a token. Clones
/// share it.
#[derive(Clone, Debug)]
pub struct ClientCredentials {
    form: Parameters,
    source: TokenSource,
}

/// The grant's own parameters.
#[derive(Clone, Debug, Default)]
struct Parameters {
    scopes: Vec<String>,
    others: Vec<(String, Secret)>,
}

impl Grant for Parameters {
    fn form(&self, _: &GrantContext<'_>) -> Result<TokenForm, Error> {
        let mut form = TokenForm::of_grant("client_credentials");
        form.push_scopes(&self.scopes);
        form.extend(&self.others);
        Ok(form)
    }
}

impl ClientCredentials {
    /// Asks this endpoint, which knows the application's id and secret.
    #[must_use]
    pub fn new(endpoint: TokenEndpoint) -> Self {
        let form = Parameters::default();
        Self { source: TokenSource::new(endpoint, form.clone()), form }
    }

    /// Asks for these scopes.
    #[must_use]
    pub fn scopes(self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|form| form.scopes = scopes.into_iter().map(Into::into).collect())
    }

    /// Sends a further parameter, in place of an earlier one of that name.
    #[must_use]
    pub fn parameter(self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.with(|form| form.set(name.into(), value.into()))
    }

    /// The same for another subject, which these parameters name. It has a store of its own, of the same kind, which
    /// goes by `subject`.
    #[must_use]
    pub fn for_subject(
        &self,
        subject: &str,
        parameters: impl IntoIterator<Item = (impl Into<String>, impl Into<Secret>)>,
    ) -> Self {
        let mut form = self.form.clone();
        for (name, value) in parameters {
            form.set(name.into(), value.into());
        }
        Self { source: self.source.for_subject(subject, form.clone()), form }
    }

    fn with(mut self, change: impl FnOnce(&mut Parameters)) -> Self {
        change(&mut self.form);
        Self { source: self.source.with_grant(self.form.clone()), form: self.form }
    }
}

impl Parameters {
    fn set(&mut self, name: String, value: Secret) {
        self.others.retain(|(set, _)| *set != name);
        self.others.push((name, value));
    }
}

super::token_credential!(ClientCredentials);
