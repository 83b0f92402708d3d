//! Adds what the OpenAPI document of the Box API cannot describe: credentials and options.

mod ccg_auth;
mod developer_token;
mod downscope;
mod endpoint;
#[cfg(feature = "jwt")]
mod jwt_auth;
#[cfg(feature = "jwt")]
mod jwt_config;
mod oauth;
mod options;
mod subject;

pub use ccg_auth::CcgAuth;
pub use developer_token::DeveloperToken;
pub use downscope::Downscope;
#[cfg(feature = "jwt")]
pub use jwt_auth::JwtAuth;
pub use oauth::OAuth;
pub use options::box_compatible;

#[cfg(feature = "jwt")]
pub use crate::rt::{JwtAlgorithm, SigningKey};
