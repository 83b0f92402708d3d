//! Where Box gives out and takes back tokens, and what all of its credentials can do there.

use crate::rt::{Secret, TokenEndpoint};

const TOKEN_URL: &str = "https://api.box.com/oauth2/token";
const REVOKE_URL: &str = "https://api.box.com/oauth2/revoke";

/// Box's endpoint, for an application.
pub(super) fn endpoint(client_id: impl Into<String>, client_secret: impl Into<Secret>) -> TokenEndpoint {
    anonymous().client_id(client_id).client_secret(client_secret)
}

/// Box's endpoint, for what needs a token and no application.
pub(super) fn anonymous() -> TokenEndpoint {
    TokenEndpoint::new(TOKEN_URL).revoke_url(REVOKE_URL)
}

/// What a credential on one of the runtime's, in its field `inner`, hands on.
macro_rules! box_credential {
    ($name:ident) => {
        impl $name {
            /// Keeps the token elsewhere than in memory.
            #[must_use]
            pub fn store(mut self, store: impl crate::TokenStore) -> Self {
                self.inner = self.inner.store(store);
                self
            }

            /// Gets tokens from this URL instead of `https://api.box.com/oauth2/token`.
            #[must_use]
            pub fn token_url(mut self, url: impl Into<String>) -> Self {
                self.inner = self.inner.with_endpoint(|endpoint| endpoint.at(url));
                self
            }

            /// Revokes tokens at this URL instead of `https://api.box.com/oauth2/revoke`.
            #[must_use]
            pub fn revoke_url(mut self, url: impl Into<String>) -> Self {
                self.inner = self.inner.with_endpoint(|endpoint| endpoint.revoke_url(url));
                self
            }

            /// The token that a call would carry now. It is fetched, over the client's connections, if there is none.
            ///
            /// # Errors
            /// No token could be had, or it could not be stored.
            pub async fn access_token(
                &self,
                client: &crate::BoxClient,
            ) -> Result<crate::AccessToken, crate::Error> {
                self.inner.tokens().access_token(client).await
            }

            /// A token that may do less, for handing on. The credential goes on with its own, which is fetched first
            /// if there is none.
            ///
            /// # Errors
            /// One of the tokens could not be had.
            pub async fn downscope(
                &self,
                client: &crate::BoxClient,
                wanted: &crate::Downscope,
            ) -> Result<crate::AccessToken, crate::Error> {
                let token = self.access_token(client).await?;
                let url = self.inner.tokens().endpoint().url();
                wanted.of(token.secret(), crate::TokenEndpoint::new(url), client).await
            }

            /// Has Box take the token back, and forgets it, in the store too. The next call authenticates anew.
            ///
            /// # Errors
            /// The call failed; then the token is kept.
            pub async fn revoke(&self, client: &crate::BoxClient) -> Result<(), crate::Error> {
                self.inner.tokens().revoke(client).await
            }
        }

        crate::rt::forward_credential!($name, inner);
    };
}
pub(super) use box_credential;
