//! Rewrites parameters of OpenAPI 3.2 to the forms of 3.0.

use crate::tree::{Mapping, Node};

/// Rewrites the style of cookies, whose values are sent like those of a form, but not escaped.
pub(super) fn normalise(members: &mut Mapping) {
    let says = |key: &str, text: &str| members.get(key).and_then(Node::as_str) == Some(text);
    if says("in", "cookie") && says("style", "cookie") {
        members.insert("style".to_owned(), Node::String("form".to_owned()));
        members.insert("allowReserved".to_owned(), Node::Bool(true));
    }
}
