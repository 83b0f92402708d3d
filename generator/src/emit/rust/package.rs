//! The files that a package has once: `lib.rs`, the client, the managers with their operations, and the listing of all
//! that users can name.

pub(super) mod library;
pub(super) mod client;
pub(super) mod managers;
mod listing;
