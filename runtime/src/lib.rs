//! What every generated SDK stands on.
