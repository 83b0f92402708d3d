//! Defines Box's token endpoint, and the methods that all of its credentials have.

use crate::rt::{Secret, TokenEndpoint};

const TOKEN_URL: &str = "https://api.box.com/oauth2/token";
const REVOKE_URL: &str = "https://api.box.com/oauth2/revoke";

/// Returns Box's endpoint with an application's id and secret.
pub(super) fn endpoint(client_id: impl Into<String>, client_secret: impl Into<Secret>) -> TokenEndpoint {
    anonymous().client_id(client_id).client_secret(client_secret)
}

/// Returns Box's endpoint without an application.
pub(super) fn anonymous() -> TokenEndpoint {
    TokenEndpoint::of_api(TOKEN_URL).revoke_url_of_api(REVOKE_URL)
}

/// Adds the shared methods to a credential that wraps one of the runtime's in its field `inner`.
macro_rules! box_credential {
    ($name:ident) => {
        impl $name {
            /// Keeps the token in a store instead of in memory.
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

            /// Returns the token that a call would send now. Fetches one over the client's connections if there is
            /// none.
            ///
            /// # Errors
            /// Returns an error if no token could be obtained or stored.
            pub async fn access_token(
                &self,
                client: &crate::BoxClient,
            ) -> Result<crate::AccessToken, crate::Error> {
                self.inner.tokens().access_token(client).await
            }

            /// Exchanges the token for one with fewer permissions, to hand on. Fetches a token first if there is none;
            /// the credential keeps using it.
            ///
            /// # Errors
            /// Returns an error if one of the tokens could not be obtained.
            pub async fn downscope(
                &self,
                client: &crate::BoxClient,
                wanted: &crate::Downscope,
            ) -> Result<crate::AccessToken, crate::Error> {
                let token = self.access_token(client).await?;
                let url = self.inner.tokens().endpoint().url();
                wanted.of(token.secret(), crate::TokenEndpoint::new(url), client).await
            }

            /// Revokes the token at Box, and removes it from the store. The next call authenticates again.
            ///
            /// # Errors
            /// Returns an error if the call failed; the token is then kept.
            pub async fn revoke(&self, client: &crate::BoxClient) -> Result<(), crate::Error> {
                self.inner.tokens().revoke(client).await
            }
        }

        crate::rt::forward_credential!($name, inner);
    };
}
pub(super) use box_credential;
