//! Text as it was given, and the places in it.

pub(crate) mod outline;
