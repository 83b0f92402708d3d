//! Tests the kinds of actions and their edge cases.

mod edges;
mod examples;
mod origins;

use super::{actions, parse, tree::Tree};
use crate::diagnostic::{Diagnostics, Severity};
use crate::pointer::{DocumentId, Origin, Pointer};
use crate::tree::Node;
use crate::tree::load;

/// Applies an overlay. Returns the document, its origin, and the diagnostics as `error: …` and `warning: …`.
fn apply(document: &str, overlay: &str) -> (Node, Origin, Vec<String>) {
    let root = Pointer::root(super::document(0));
    let mut diagnostics = Diagnostics::default();
    let node = load(document).expect("the document can be read").root;
    let mut tree = Tree::new(node, Origin::new(Pointer::root(DocumentId(0))));
    if let Some(overlay) = parse::parse(&root, overlay, &mut diagnostics) {
        actions::apply(&overlay, &mut tree).into_iter().for_each(|finding| diagnostics.push(finding));
    }
    let word = |severity| if severity == Severity::Error { "error" } else { "warning" };
    let findings =
        diagnostics.iter().map(|finding| format!("{}: {}", word(finding.severity), finding.message));
    let findings = findings.collect();
    let (node, origin) = tree.into_parts();
    (node, origin, findings)
}

/// Checks the result of actions in an overlay of this version.
#[track_caller]
fn check_version(version: &str, document: &str, actions: &str, expected: &str) {
    let head = format!("overlay: {version}\ninfo: {{ title: Trial, version: 1.0.0 }}\nactions:\n");
    let (node, _, findings) = apply(document, &(head + actions));
    assert_eq!(findings, Vec::<String>::new());
    let expected = load(expected).expect("the result can be read").root;
    assert_eq!(node, expected);
    // Equality ignores the order of members.
    assert_eq!(serde_json::to_string(&ordered(&node)).ok(), serde_json::to_string(&ordered(&expected)).ok());
}

/// Checks the result of actions in an overlay of version 1.1.
#[track_caller]
fn check(document: &str, actions: &str, expected: &str) {
    check_version("1.1.0", document, actions, expected);
}

/// Checks the diagnostics of actions. Returns the document.
#[track_caller]
fn check_found(version: &str, document: &str, actions: &str, expected: &[&str]) -> Node {
    let head = format!("overlay: {version}\ninfo: {{ title: Trial, version: 1.0.0 }}\nactions:\n");
    let (node, _, findings) = apply(document, &(head + actions));
    assert_eq!(findings, expected);
    node
}

/// Returns a tree as lines in the order of its members.
fn ordered(node: &Node) -> Vec<String> {
    match node {
        Node::Mapping(members) => members
            .iter()
            .flat_map(|(key, member)| ordered(member).into_iter().map(move |line| format!("{key}/{line}")))
            .collect(),
        Node::Sequence(items) => items.iter().flat_map(ordered).map(|line| format!("-/{line}")).collect(),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => vec![format!("{node:?}")],
    }
}
