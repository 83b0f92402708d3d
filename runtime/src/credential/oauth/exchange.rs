//! Implements token exchange (RFC 8693).

use super::call::TokenCall;
use super::endpoint::TokenEndpoint;
use super::form::TokenForm;
use super::token::AccessToken;
use crate::credential::Network;
use crate::error::Error;
use crate::secret::Secret;

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

/// A request to exchange an access token for another one (RFC 8693), such as one with fewer permissions.
///
/// ```
/// # use sdk_runtime::testing::{MockTransport, Reply};
/// # use sdk_runtime::{Api, Client, ClientBuilder, ClientCredentials, Error, TokenEndpoint, TokenExchange};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let api = MockTransport::new();
/// # api.on("POST /token").reply(Reply::json(200, &serde_json::json!({ "access_token": "all" })));
/// # api.on("POST /token").reply(Reply::json(200, &serde_json::json!({ "access_token": "less" })));
/// # let credential = ClientCredentials::new(TokenEndpoint::new("https://auth.example.com/token"));
/// # let builder = ClientBuilder::new(&Api::NONE).base_url("https://api.example.com").transport(api);
/// # let client: Client = builder.auth(credential.clone()).build()?;
/// let reduced = TokenExchange::new().scopes(["read"]).resource("https://api.example.com/things/1");
/// let token = credential.tokens().exchange(&client, &reduced).await?;
/// # assert_eq!(token.secret().expose(), "less");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct TokenExchange {
    scopes: Vec<String>,
    parameters: Vec<(String, Secret)>,
}

impl TokenExchange {
    /// Creates a request for a token with the same permissions.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Requests these scopes, joined by spaces into one parameter.
    #[must_use]
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Requests a token that is limited to the resource with this URL.
    #[must_use]
    pub fn resource(self, url: impl Into<Secret>) -> Self {
        self.parameter("resource", url)
    }

    /// Sends an additional parameter.
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
        let url = endpoint.place(endpoint.url(), network);
        let call = TokenCall { network, endpoint, url: &url, skew: None };
        call.send(&|| Ok(form.clone()), TokenCall::token).await
    }
}
