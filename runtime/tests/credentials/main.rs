//! Credentials: what they put into requests, and how they come by their tokens.
#![expect(unreachable_pub, reason = "helpers for the modules beside them")]

mod support;
mod schemes;
mod tokens;
mod authorization_code;
mod jwt;
mod refresh;
mod revocation;
mod files;
mod endpoint_failures;
