//! A person lets the application act for him (RFC 6749 sections 4.1 and 6).

use url::Url;

use super::endpoint::TokenEndpoint;
use super::form::TokenForm;
use super::grant::{Grant, GrantContext};
use super::source::TokenSource;
use super::token::AccessToken;
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;

/// The authorization code grant (RFC 6749 section 4.1): a person allows the application to act for him in the browser,
/// at [`authorize_url`](Self::authorize_url), which leads back with a code; [`exchange_code`](Self::exchange_code) trades
/// it for tokens. From then on the refresh token gets new ones. Clones share them.
#[derive(Clone, Debug)]
pub struct AuthorizationCode {
    authorize_url: String,
    redirect_uri: Option<String>,
    source: TokenSource,
}

/// Renews by the refresh token (RFC 6749 section 6).
#[derive(Debug)]
struct RefreshToken;

impl Grant for RefreshToken {
    fn form(&self, context: &GrantContext<'_>) -> Result<TokenForm, Error> {
        let missing = |message: &str| Error::new(ErrorKind::Authentication, message);
        let last = context.last().ok_or_else(|| {
            missing("nobody has authorized the application yet: exchange a code for a token first")
        })?;
        let refresh_token = last.refresh_token().ok_or_else(|| {
            missing("the token cannot be renewed, since no refresh token came with it: authorize anew")
        })?;
        let mut form = TokenForm::of_grant("refresh_token");
        form.push("refresh_token", refresh_token.clone());
        Ok(form)
    }

    fn can_renew(&self, last: Option<&AccessToken>) -> bool {
        last.is_some_and(|last| last.refresh_token().is_some())
    }
}

impl AuthorizationCode {
    /// For this endpoint, which knows the application's id and secret, and the page where people authorize it.
    #[must_use]
    pub fn new(endpoint: TokenEndpoint, authorize_url: impl Into<String>) -> Self {
        let source = TokenSource::new(endpoint, RefreshToken);
        Self { authorize_url: authorize_url.into(), redirect_uri: None, source }
    }

    /// The page where people authorize the application, in place of the one that it was made with.
    #[must_use]
    pub fn page(mut self, url: impl Into<String>) -> Self {
        self.authorize_url = url.into();
        self
    }

    /// Where the browser goes after the person decided. It is part of the URL and of the exchange.
    #[must_use]
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.redirect_uri = Some(uri.into());
        self
    }

    /// Starts the URL of the page where a person authorizes the application.
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

    /// The form that trades a code for tokens.
    pub(crate) fn code_form(&self, code: impl Into<Secret>) -> TokenForm {
        let mut form = TokenForm::of_grant("authorization_code");
        form.push("code", code);
        if let Some(uri) = &self.redirect_uri {
            form.push("redirect_uri", uri.clone());
        }
        form
    }
}

super::token_credential!(AuthorizationCode);

/// The URL of a page where a person authorizes an application.
#[must_use = "the URL is made by `build`"]
#[derive(Clone, Debug)]
pub struct AuthorizeUrl {
    page: String,
    parameters: Vec<(String, String)>,
}

impl AuthorizeUrl {
    /// A text that comes back with the code. Make it one that nobody can guess, and compare it then: otherwise someone
    /// else's code could be slipped in (RFC 6749 section 10.12).
    pub fn state(self, state: impl Into<String>) -> Self {
        self.parameter("state", state)
    }

    /// Where the browser goes after the person decided, in place of the one that the credential names. The exchange
    /// of the code must name the same.
    pub fn redirect_uri(self, uri: impl Into<String>) -> Self {
        self.parameter("redirect_uri", uri)
    }

    /// The scopes that the application asks for.
    pub fn scopes(self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let scopes: Vec<String> = scopes.into_iter().map(Into::into).collect();
        self.parameter("scope", scopes.join(" "))
    }

    /// Adds a parameter, in place of an earlier one of that name.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.parameters.retain(|(set, _)| *set != name);
        self.parameters.push((name, value.into()));
        self
    }

    /// The URL.
    ///
    /// # Errors
    /// The page that the credential names is no URL.
    pub fn build(self) -> Result<String, Error> {
        let mut url = Url::parse(&self.page).map_err(|error| {
            Error::new(ErrorKind::Configuration, "the page for authorization is no URL").with_source(error)
        })?;
        url.query_pairs_mut().extend_pairs(&self.parameters);
        Ok(url.into())
    }
}
