//! Downscopes a token: exchanges it for one with fewer permissions.

use crate::rt::{Secret, TokenExchange};
use crate::{AccessToken, BoxClient, Error, TokenEndpoint};

/// The permissions of a downscoped token, such as one for a browser that shows a single file. The new token expires at
/// about the same time as the original.
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
    /// Limits the token to these scopes.
    #[must_use]
    pub fn new(scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self(TokenExchange::new().scopes(scopes))
    }

    /// Limits the token to a file or folder, given by its API URL.
    #[must_use]
    pub fn resource(self, url: impl Into<String>) -> Self {
        Self(self.0.resource(url.into()))
    }

    /// Limits the token to the item of a shared link.
    #[must_use]
    pub fn shared_link(self, url: impl Into<String>) -> Self {
        Self(self.0.parameter("box_shared_link", url.into()))
    }

    /// Exchanges a token. The token itself is sufficient proof, so the request names no application.
    pub(super) async fn of(
        &self,
        token: &Secret,
        endpoint: TokenEndpoint,
        client: &BoxClient,
    ) -> Result<AccessToken, Error> {
        self.0.of(token, &endpoint, client).await
    }
}
