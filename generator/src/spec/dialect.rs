//! Which dialect a document is written in: OpenAPI 3.0 or 3.1, or something else that is named.

use super::node::Node;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::{DocumentId, Pointer};

/// Reports a document that is no OpenAPI 3.0 or 3.1.
pub(super) fn check(id: DocumentId, root: &Node, _text: &str, diagnostics: &mut Diagnostics) {
    let version = root.get("openapi").and_then(Node::scalar_text);
    if version.is_some_and(|version| version.starts_with("3.0") || version.starts_with("3.1")) {
        return;
    }
    diagnostics.push(Diagnostic::error(
        Code::NotOpenApi,
        &Pointer::root(id),
        "this is no OpenAPI document",
        "give an OpenAPI 3.0 or 3.1 document",
    ));
}
