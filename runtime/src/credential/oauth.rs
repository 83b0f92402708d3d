//! Implements OAuth 2.0 (RFC 6749): fetches tokens from a token endpoint, stores them and renews them.

mod call;
mod endpoint;
mod exchange;
mod form;
mod grant;
mod source;
mod store;
mod token;

pub use endpoint::{ClientAuthentication, TokenEndpoint};
pub use exchange::TokenExchange;
pub use form::TokenForm;
pub use grant::{AuthorizationCode, AuthorizeUrl, ClientCredentials, Grant, GrantContext};
#[cfg(feature = "jwt")]
pub use grant::{JwtAlgorithm, JwtBearer, SigningKey};
pub(crate) use source::Job;
pub use source::TokenSource;
#[cfg(feature = "fs")]
pub use store::FileTokenStore;
pub use store::{MemoryTokenStore, TokenStore};
pub use token::AccessToken;

/// Implements the methods that all credentials with a token source share.
macro_rules! token_credential {
    ($credential:ident) => {
        impl $credential {
            /// Keeps tokens in this store. The token in use is dropped.
            #[must_use]
            pub fn store(mut self, store: impl crate::TokenStore) -> Self {
                self.source = self.source.with_store(store);
                self
            }

            /// Changes the token endpoint, such as its URL. The token in use is dropped.
            #[must_use]
            pub fn with_endpoint(
                mut self,
                change: impl FnOnce(crate::TokenEndpoint) -> crate::TokenEndpoint,
            ) -> Self {
                self.source = self.source.with_endpoint(change);
                self
            }

            /// Serves only the security scheme of this name.
            #[must_use]
            pub fn for_scheme(mut self, name: impl Into<String>) -> Self {
                self.source = self.source.for_scheme(name);
                self
            }

            /// Returns the token source, which can fetch, exchange and revoke tokens explicitly.
            #[must_use]
            pub fn tokens(&self) -> &crate::TokenSource {
                &self.source
            }
        }

        $crate::forward_credential!($credential, source);
    };
}
use token_credential;
