//! Emits the files that a package has once: `lib.rs`, the client, the managers, and the listing of its public
//! items.

pub(super) mod library;
pub(super) mod client;
pub(super) mod managers;
pub(crate) mod oauth;
mod listing;
mod sending;
