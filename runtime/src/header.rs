//! Headers: those of an answer as typed values, those of a request that a caller adds or takes away.

mod change;
mod plain;
mod typed;

pub use change::{HeaderChange, HeaderChanges};
pub use typed::Header;

pub(crate) use change::parse;
