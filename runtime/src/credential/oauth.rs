//! Implements OAuth 2.0 (RFC 6749): fetches tokens from a token endpoint, stores them and renews them.

mod authorization_code;
mod call;
mod client_credentials;
mod endpoint;
mod exchange;
#[cfg(feature = "fs")]
mod file_store;
mod flight;
mod form;
mod grant;
mod job;
#[cfg(feature = "jwt")]
mod jwt;
mod shared;
mod source;
mod store;
mod token;
mod token_text;

pub use authorization_code::{AuthorizationCode, AuthorizeUrl};
pub use client_credentials::ClientCredentials;
pub use endpoint::{ClientAuthentication, TokenEndpoint};
pub use exchange::TokenExchange;
#[cfg(feature = "fs")]
pub use file_store::FileTokenStore;
pub use form::TokenForm;
pub use grant::{Grant, GrantContext};
pub(crate) use job::Job;
#[cfg(feature = "jwt")]
pub use jwt::{JwtAlgorithm, JwtBearer, SigningKey};
pub use source::TokenSource;
pub use store::{MemoryTokenStore, TokenStore};
pub use token::AccessToken;

/// Implements the methods that all credentials with a token source share.
macro_rules! token_credential {
    ($credential:ident) => {
        impl $credential {
            /// Keeps tokens in this store. The token in use is dropped.
            #[must_use]
            pub fn store(mut self, store: impl super::TokenStore) -> Self {
                self.source = self.source.with_store(store);
                self
            }

            /// Changes the token endpoint, such as its URL. The token in use is dropped.
            #[must_use]
            pub fn with_endpoint(
                mut self,
                change: impl FnOnce(super::TokenEndpoint) -> super::TokenEndpoint,
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
            pub fn tokens(&self) -> &super::TokenSource {
                &self.source
            }
        }

        $crate::forward_credential!($credential, source);
    };
}
use token_credential;
