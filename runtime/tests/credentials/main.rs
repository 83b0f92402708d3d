//! Credentials: what they add to requests, and how tokens are fetched, renewed, stored and revoked.
#![expect(unreachable_pub, reason = "helpers for the modules beside them")]

#[path = "../support/folder.rs"]
mod folder;
#[path = "../support/recorder.rs"]
mod recorder;
mod support;
mod schemes;
mod tokens;
mod authorization_code;
mod jwt;
mod refresh;
mod revocation;
mod files;
mod endpoint_failures;
mod policies;
