//! Implements the authorization code grant and its refresh tokens (RFC 6749 sections 4.1 and 6).

use url::Url;

use crate::credential::oauth::endpoint::TokenEndpoint;
use crate::credential::oauth::form::TokenForm;
use crate::credential::oauth::grant::{Grant, GrantContext};
use crate::credential::oauth::source::TokenSource;
use crate::credential::oauth::token::AccessToken;
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;

/// The authorization code grant (RFC 6749 section 4.1): a user permits the application to act on their behalf.
///
/// The user grants permission in the browser, at [`authorize_url`](Self::authorize_url). The browser comes back with a
/// code, which [`exchange_code`](Self::exchange_code) exchanges for tokens. From then on the refresh token renews them.
/// Clones share the tokens.
///
/// ```
/// # use sdk_runtime::testing::{MockTransport, Reply};
/// # use sdk_runtime::{Api, AuthorizationCode, Client, ClientBuilder, Credential, Error, Method, TokenEndpoint};
/// # fn api() -> MockTransport {
/// #     let api = MockTransport::new();
/// #     let tokens = serde_json::json!({ "access_token": "a", "refresh_token": "r", "expires_in": 3600 });
/// #     api.on("POST /token").reply(Reply::json(200, &tokens));
/// #     api.on("GET /me").reply(Reply::new(200));
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
/// # let code = "code";
/// let endpoint = TokenEndpoint::new("https://auth.example.com/token").client_id("app").client_secret("secret");
/// let credential = AuthorizationCode::new(endpoint, "https://auth.example.com/authorize")
///     .redirect_uri("https://app.example.com/callback");
/// let client = ExampleClient::new(credential.clone());
///
/// // Send the browser to this page. It comes back to the redirect URI with a code and the same state.
/// let page = credential.authorize_url().state("af0ifjsldkj").scopes(["profile"]).build()?;
/// credential.exchange_code(&client, code).await?;
///
/// client.request(Method::GET, "/me").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct AuthorizationCode {
    authorize_url: String,
    redirect_uri: Option<String>,
    source: TokenSource,
}

/// The grant that renews a token with its refresh token (RFC 6749 section 6).
#[derive(Debug)]
struct RefreshToken;

impl Grant for RefreshToken {
    fn form(&self, context: &GrantContext<'_>) -> Result<TokenForm, Error> {
        let missing = |message: &str| Error::new(ErrorKind::Authentication, message);
        let last = context.last().ok_or_else(|| {
            missing("the application has not been authorized yet: exchange an authorization code first")
        })?;
        let refresh_token = last.refresh_token().ok_or_else(|| {
            missing("the token cannot be renewed without a refresh token: authorize the application again")
        })?;
        let mut form = TokenForm::of_grant("refresh_token");
        form.push("refresh_token", refresh_token.clone());
        Ok(form)
    }

    fn refreshes(&self) -> bool {
        true
    }

    fn can_renew(&self, last: Option<&AccessToken>) -> bool {
        last.is_some_and(|last| last.refresh_token().is_some())
    }
}

impl AuthorizationCode {
    /// Creates a credential from a token endpoint and the URL of the page where users authorize the application.
    #[must_use]
    pub fn new(endpoint: TokenEndpoint, authorize_url: impl Into<String>) -> Self {
        let source = TokenSource::new(endpoint, RefreshToken);
        Self { authorize_url: authorize_url.into(), redirect_uri: None, source }
    }

    /// Replaces the URL of the page where users authorize the application.
    #[must_use]
    pub fn page(mut self, url: impl Into<String>) -> Self {
        self.authorize_url = url.into();
        self
    }

    /// Sets the redirect URI, to which the browser returns after the user's decision. It is sent in the authorization
    /// URL and in the exchange of the code.
    #[must_use]
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.redirect_uri = Some(uri.into());
        self
    }

    /// Starts building the URL of the page where a user authorizes the application.
    pub fn authorize_url(&self) -> AuthorizeUrl {
        let mut parameters = vec![("response_type".to_owned(), "code".to_owned())];
        if let Some(id) = self.source.endpoint().id() {
            parameters.push(("client_id".to_owned(), id.to_owned()));
        }
        if let Some(uri) = &self.redirect_uri {
            parameters.push(("redirect_uri".to_owned(), uri.clone()));
        }
        AuthorizeUrl { page: self.authorize_url.clone(), parameters }
    }

    /// Creates the form that exchanges a code for tokens.
    pub(crate) fn code_form(&self, code: impl Into<Secret>) -> TokenForm {
        let mut form = TokenForm::of_grant("authorization_code");
        form.push("code", code);
        if let Some(uri) = &self.redirect_uri {
            form.push("redirect_uri", uri.clone());
        }
        form
    }
}

crate::credential::oauth::token_credential!(AuthorizationCode);

/// Builds the URL of the page where a user authorizes an application (RFC 6749 section 4.1.1).
#[must_use = "`build` returns the URL"]
#[derive(Clone, Debug)]
pub struct AuthorizeUrl {
    page: String,
    parameters: Vec<(String, String)>,
}

impl AuthorizeUrl {
    /// Sets a value that the redirect returns along with the code. Use an unguessable value, and compare it when it
    /// comes back: otherwise an attacker could inject a code (RFC 6749 section 10.12).
    pub fn state(self, state: impl Into<String>) -> Self {
        self.parameter("state", state)
    }

    /// Replaces the credential's redirect URI. The exchange of the code must send the same one.
    pub fn redirect_uri(self, uri: impl Into<String>) -> Self {
        self.parameter("redirect_uri", uri)
    }

    /// Sets the scopes to request.
    pub fn scopes(self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let scopes: Vec<String> = scopes.into_iter().map(Into::into).collect();
        self.parameter("scope", scopes.join(" "))
    }

    /// Sets a query parameter, in place of an earlier one of this name.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.parameters.retain(|(set, _)| *set != name);
        self.parameters.push((name, value.into()));
        self
    }

    /// Returns the URL.
    ///
    /// # Errors
    /// Returns an error if the credential's authorization page is not a valid URL.
    pub fn build(self) -> Result<String, Error> {
        let mut url = Url::parse(&self.page).map_err(|error| {
            Error::new(ErrorKind::Configuration, "the authorization page is not a valid URL")
                .with_source(error)
        })?;
        url.query_pairs_mut().extend_pairs(&self.parameters);
        Ok(url.into())
    }
}
