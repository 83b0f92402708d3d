//! Finds the schemas of a tree that have an `$id`, and the `$self` of a document.

use std::fmt;

use super::file_paths::{leads_away, normalise_path, referred_path};
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

/// Returns the URL that a reference means below a base (RFC 3986 section 5.2). A base without a scheme is the path of a
/// file.
pub(super) fn absolute(base: &str, reference: &str) -> String {
    if leads_away(reference) && !reference.starts_with('/') {
        return reference.to_owned();
    }
    let Some((scheme, rest)) = base.split_once("://") else { return referred_path(base, reference) };
    if let Some(rest) = reference.strip_prefix("//") {
        return format!("{scheme}://{rest}");
    }
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path =
        if reference.starts_with('/') { reference.to_owned() } else { format!("{folder}/{reference}") };
    format!("{scheme}://{host}/{}", normalise_path(path.trim_start_matches('/')))
}

/// Returns the schemas of a tree that have an `$id`, each by its text and by the URL that it means in the document with
/// this path.
pub(super) fn identified(document: DocumentId, path: &str, root: &Node) -> Vec<(String, Pointer)> {
    let mut found: Vec<FoundId> = Vec::new();
    find_ids(root, path, &mut found);
    let place = |tokens: &[String]| {
        tokens.iter().rev().fold(Pointer::root(document), |place, token| place.child(token))
    };
    let meant = found.iter().map(|found| (found.meant.clone(), place(&found.tokens)));
    let written = found.iter().map(|found| (found.written.to_owned(), place(&found.tokens)));
    meant.chain(written).collect()
}

/// An `$id` in a tree.
struct FoundId<'n> {
    written: &'n str,
    /// The URL that it means.
    meant: String,
    /// The tokens of its path, innermost first.
    tokens: Vec<String>,
}

/// Collects each `$id` in a tree. Those inside a schema with an `$id` are relative to it.
fn find_ids<'n>(node: &'n Node, base: &str, found: &mut Vec<FoundId<'n>>) {
    let own = id(node).map(|written| (written, absolute(base, written)));
    let base = own.as_ref().map_or(base, |(_, meant)| meant);
    let mut within = |token: &dyn fmt::Display, member| {
        let before = found.len();
        find_ids(member, base, found);
        found[before..].iter_mut().for_each(|found| found.tokens.push(token.to_string()));
    };
    match node {
        Node::Mapping(members) => members.iter().for_each(|(key, member)| within(key, member)),
        Node::Sequence(items) => items.iter().enumerate().for_each(|(index, item)| within(&index, item)),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
    }
    found.extend(own.map(|(written, meant)| FoundId { written, meant, tokens: Vec::new() }));
}
