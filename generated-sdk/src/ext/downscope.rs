//! A token that may do less than the one it is made from.

use crate::rt::{Secret, TokenExchange};
use crate::{AccessToken, BoxClient, Error, TokenEndpoint};

/// What a token may do that is made from another one: for a browser, say, that shows one file. It lives about as long as
/// the one it is made from.
///
/// ```
/// use box_sdk::Downscope;
///
/// let preview = Downscope::new(["base_preview", "item_download"]).resource("https://api.box.com/2.0/files/123");
/// # let _ = preview;
/// ```
#[derive(Clone, Debug)]
pub struct Downscope(TokenExchange);

impl Downscope {
    /// These scopes alone.
    #[must_use]
    pub fn new(scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self(TokenExchange::new().scopes(scopes))
    }

    /// For this file or folder alone, by its URL in the API.
    #[must_use]
    pub fn resource(self, url: impl Into<String>) -> Self {
        Self(self.0.resource(url.into()))
    }

    /// For what this shared link leads to alone.
    #[must_use]
    pub fn shared_link(self, url: impl Into<String>) -> Self {
        Self(self.0.parameter("box_shared_link", url.into()))
    }

    /// The token made from this one. The token itself is proof enough, so that no application is named.
    pub(super) async fn of(
        &self,
        token: &Secret,
        endpoint: TokenEndpoint,
        client: &BoxClient,
    ) -> Result<AccessToken, Error> {
        self.0.of(token, &endpoint, client).await
    }
}
