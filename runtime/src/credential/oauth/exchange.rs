//! One token for another one (RFC 8693), as for a token that may do less.

use super::call::TokenCall;
use super::endpoint::TokenEndpoint;
use super::form::TokenForm;
use super::token::AccessToken;
use crate::credential::Network;
use crate::error::Error;
use crate::secret::Secret;

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

/// What is asked for in exchange for an access token (RFC 8693).
#[derive(Clone, Debug, Default)]
pub struct TokenExchange {
    scopes: Vec<String>,
    parameters: Vec<(String, Secret)>,
}

impl TokenExchange {
    /// Asks for the same once more.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks for these scopes, all in one parameter.
    #[must_use]
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Asks for a token for this resource alone, by its URL.
    #[must_use]
    pub fn resource(self, url: impl Into<Secret>) -> Self {
        self.parameter("resource", url)
    }

    /// Adds a parameter.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    pub(crate) async fn send(
        &self,
        network: &Network,
        endpoint: &TokenEndpoint,
        subject: &Secret,
    ) -> Result<AccessToken, Error> {
        let mut form = TokenForm::of_grant(GRANT_TYPE);
        form.push("subject_token", subject.clone());
        form.push("subject_token_type", ACCESS_TOKEN);
        form.push_scopes(&self.scopes);
        form.extend(&self.parameters);
        let call = TokenCall { network, endpoint, url: endpoint.url(), skew: None };
        let granted = call.send(&|| Ok(form.clone())).await?;
        call.token(granted)
    }
}
