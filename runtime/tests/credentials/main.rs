//! Credentials: what they put into requests, and how they come by their tokens.
#![expect(unreachable_pub, reason = "helpers for the modules beside them")]

mod code;
mod files;
mod jwt;
mod refresh;
mod revocation;
mod schemes;
mod support;
mod tokens;
mod trouble;
