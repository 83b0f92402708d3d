//! A tree in the forms of OpenAPI 3.1 to the same tree in those of 3.0.

use super::node::Node;

/// Rewrites what only OpenAPI 3.1 has.
pub(super) fn normalise(_root: &mut Node) {}
