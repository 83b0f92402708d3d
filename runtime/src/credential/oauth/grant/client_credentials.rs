//! Implements the client credentials grant (RFC 6749 section 4.4).

use crate::credential::oauth::endpoint::TokenEndpoint;
use crate::credential::oauth::form::TokenForm;
use crate::credential::oauth::grant::{Grant, GrantContext};
use crate::credential::oauth::source::TokenSource;
use crate::error::Error;
use crate::secret::Secret;

/// The client credentials grant (RFC 6749 section 4.4): the application acts on its own behalf, with its client ID and
/// secret. Clones share the token.
///
/// ```
/// # use sdk_runtime::testing::{MockTransport, Reply};
/// # use sdk_runtime::{Api, Client, ClientBuilder, ClientCredentials, Credential, Error, Method, TokenEndpoint};
/// # fn api() -> MockTransport {
/// #     let api = MockTransport::new();
/// #     api.on("POST /token").reply(Reply::json(200, &serde_json::json!({ "access_token": "a" })));
/// #     api.on("GET /me").answer(|request| {
/// #         Reply::new(if request.header("authorization") == Some("Bearer a") { 200 } else { 401 })
/// #     });
/// #     api
/// # }
/// # struct ExampleClient;
/// # impl ExampleClient {
/// #     fn new(credential: impl Credential) -> Client {
/// #         let builder = ClientBuilder::new(&Api::NONE).base_url("https://api.example.com");
/// #         builder.transport(api()).auth(credential).build_lazily()
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let endpoint = TokenEndpoint::new("https://auth.example.com/token").client_id("app").client_secret("secret");
/// let client = ExampleClient::new(ClientCredentials::new(endpoint).scopes(["read"]));
///
/// // The first request fetches a token.
/// client.request(Method::GET, "/me").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct ClientCredentials {
    form: Parameters,
    source: TokenSource,
}

/// The parameters of the grant.
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
    /// Creates a credential from a token endpoint, which has the client ID and secret.
    #[must_use]
    pub fn new(endpoint: TokenEndpoint) -> Self {
        let form = Parameters::default();
        Self { source: TokenSource::new(endpoint, form.clone()), form }
    }

    /// Requests these scopes.
    #[must_use]
    pub fn scopes(self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|form| form.scopes = scopes.into_iter().map(Into::into).collect())
    }

    /// Sends an additional parameter, in place of an earlier one of this name.
    #[must_use]
    pub fn parameter(self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.with(|form| form.set(name.into(), value.into()))
    }

    /// Returns a credential for another subject, which these parameters identify. Its token is kept in a store of the
    /// same kind under the name `subject`.
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

crate::credential::oauth::token_credential!(ClientCredentials);
