//! Invariants of a finished model.

use crate::diagnostic::Diagnostics;
use crate::ir::Api;

/// Reports every invariant that does not hold.
pub fn check(_api: &Api, _diagnostics: &mut Diagnostics) {}
