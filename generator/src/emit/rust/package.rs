//! The files that a package has once: `lib.rs`, the client, and the managers with their operations.

pub(super) mod library;
pub(super) mod client;
pub(super) mod managers;
