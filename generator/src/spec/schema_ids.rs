//! Finds the schemas of a tree that have an `$id`.

use std::fmt;

use crate::pointer::{DocumentId, Pointer};
use crate::tree::Node;

/// Returns the `$id` of a schema, without an empty fragment.
pub(super) fn id(node: &Node) -> Option<&str> {
    node.get("$id").and_then(Node::as_str).map(|id| id.trim_end_matches('#')).filter(|id| !id.is_empty())
}

/// Returns the schemas of a tree that have an `$id`.
pub(super) fn identified(document: DocumentId, root: &Node) -> Vec<(String, Pointer)> {
    let mut found = Vec::new();
    find_ids(root, &mut found);
    let place = |tokens: &[String]| {
        tokens.iter().rev().fold(Pointer::root(document), |place, token| place.child(token))
    };
    found.into_iter().map(|(id, tokens)| (id.to_owned(), place(&tokens))).collect()
}

/// Collects each `$id` in a tree with the tokens of its path, innermost first.
fn find_ids<'n>(node: &'n Node, found: &mut Vec<(&'n str, Vec<String>)>) {
    found.extend(id(node).map(|id| (id, Vec::new())));
    let mut within = |token: &dyn fmt::Display, member| {
        let before = found.len();
        find_ids(member, found);
        found[before..].iter_mut().for_each(|(_, tokens)| tokens.push(token.to_string()));
    };
    match node {
        Node::Mapping(members) => members.iter().for_each(|(key, member)| within(key, member)),
        Node::Sequence(items) => items.iter().enumerate().for_each(|(index, item)| within(&index, item)),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
    }
}
