//! Finds the schemas of a tree that have an `$id`, and the `$self` of a document.

use std::fmt;

use crate::pointer::{DocumentId, Pointer};
use crate::tree::Node;

/// Returns the `$id` of a schema, or the `$self` of a document (OpenAPI 3.2.0 section 4.1.2.2), without an empty
/// fragment.
pub(super) fn id(node: &Node) -> Option<&str> {
    schema_id(node).or_else(|| text(node.get("$self").filter(|_| node.get("openapi").is_some())?))
}

fn schema_id(node: &Node) -> Option<&str> {
    text(node.get("$id")?)
}

fn text(id: &Node) -> Option<&str> {
    id.as_str().map(|id| id.trim_end_matches('#')).filter(|id| !id.is_empty())
}

/// Returns the URL that a relative reference means in the document with the URL `base` (RFC 3986 section 5.2), if it
/// contains no `..`.
pub(super) fn beside(base: &str, reference: &str) -> Option<String> {
    let (scheme, rest) = base.split_once("://")?;
    let folder = match reference.strip_prefix('/') {
        Some(_) => rest.split('/').next()?,
        None => rest.rsplit_once('/')?.0,
    };
    Some(format!("{scheme}://{folder}/{}", reference.trim_start_matches('/').trim_start_matches("./")))
}

/// Returns the schemas of a tree that have an `$id`.
pub(super) fn identified(document: DocumentId, root: &Node) -> Vec<(String, Pointer)> {
    let mut found: Vec<(&str, Vec<String>)> = Vec::new();
    find_ids(root, &mut found);
    if schema_id(root).is_none() {
        found.extend(id(root).map(|id| (id, Vec::new())));
    }
    let place = |tokens: &[String]| {
        tokens.iter().rev().fold(Pointer::root(document), |place, token| place.child(token))
    };
    found.into_iter().map(|(id, tokens)| (id.to_owned(), place(&tokens))).collect()
}

/// Collects each `$id` in a tree with the tokens of its path, innermost first.
fn find_ids<'n>(node: &'n Node, found: &mut Vec<(&'n str, Vec<String>)>) {
    found.extend(schema_id(node).map(|id| (id, Vec::new())));
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
