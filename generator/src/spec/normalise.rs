//! Rewrites the forms of OpenAPI 3.1 and 3.2 in a tree to those of 3.0.
//!
//! The version of a document does not matter: many 3.0 documents use what only 3.1 allows, and referenced files have no
//! version. Existing nodes keep their places, so that pointers match the author's text. New nodes, such as the `anyOf`
//! of a list of types, are shown at the place of their schema.

mod parameter;
pub(super) mod schema;

use crate::tree::{Mapping, Node};

/// Objects whose keys are names chosen by the author.
const NAMED: &[&str] = &[
    "additionalOperations",
    "callbacks",
    "content",
    "encoding",
    "headers",
    "links",
    "parameters",
    "pathItems",
    "paths",
    "requestBodies",
    "responses",
    "securitySchemes",
    "webhooks",
    "x-webhooks",
];

/// Members that contain values of the API, which are left as they are.
const VALUES: &[&str] =
    &["dataValue", "default", "enum", "example", "examples", "mapping", "serializedValue", "value"];

/// Keywords that only schemas have.
const SCHEMA_KEYWORDS: &[&str] = &[
    "$defs",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "enum",
    "items",
    "not",
    "oneOf",
    "prefixItems",
    "properties",
];

/// The kind of an object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ObjectKind {
    /// An OpenAPI object other than a schema.
    Object,
    /// An object of unknown kind, in a file that is not an OpenAPI document itself.
    Unknown,
}

/// Rewrites the forms that only OpenAPI 3.1 has.
pub(super) fn normalise(root: &mut Node) {
    let kind = if root.get("openapi").is_some() { ObjectKind::Object } else { ObjectKind::Unknown };
    object(root, kind);
}

fn object(node: &mut Node, kind: ObjectKind) {
    if kind == ObjectKind::Unknown && looks_like_schema(node) {
        schema::normalise(node);
        return;
    }
    match node {
        Node::Mapping(members) => {
            parameter::normalise(members);
            for (key, member) in members {
                member_of_object(key, member, kind);
            }
        }
        Node::Sequence(items) => items.iter_mut().for_each(|item| object(item, kind)),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
    }
}

fn member_of_object(key: &str, member: &mut Node, kind: ObjectKind) {
    match (key, member) {
        ("schema" | "itemSchema", member) => schema::normalise(member),
        ("schemas" | "$defs" | "definitions", Node::Mapping(schemas)) => {
            schemas.values_mut().for_each(schema::normalise);
        }
        (key, Node::Mapping(named)) if NAMED.contains(&key) => {
            named.values_mut().for_each(|member| object(member, kind));
        }
        (key, _) if key.starts_with("x-") || VALUES.contains(&key) => {}
        (_, member) => object(member, kind),
    }
}

fn looks_like_schema(node: &Node) -> bool {
    let Some(members) = node.as_mapping() else { return false };
    !members.contains_key("in")
        && (SCHEMA_KEYWORDS.iter().any(|key| members.contains_key(*key)) || has_json_type(members))
}

fn has_json_type(members: &Mapping) -> bool {
    match members.get("type") {
        Some(Node::String(ty)) => schema::TYPES.contains(&ty.as_str()),
        Some(Node::Sequence(_)) => true,
        Some(Node::Null | Node::Bool(_) | Node::Number(_) | Node::Mapping(_)) | None => false,
    }
}
