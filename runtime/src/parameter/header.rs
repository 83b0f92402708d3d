//! Reads response headers as typed values, and changes request headers.

mod change;
mod plain;
mod typed;

pub use change::{HeaderChange, HeaderChanges};
pub use typed::Header;

pub(crate) use change::parse;
