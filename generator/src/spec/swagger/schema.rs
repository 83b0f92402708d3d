//! Rewrites schemas.

use super::{Kind, Rewriting};
use crate::pointer::DocumentId;
use crate::tree::{Mapping, Node};

/// Members whose value is a schema.
const SCHEMA: &[&str] = &["additionalProperties", "items", "not"];
/// Members whose value is a list of schemas.
const SCHEMAS: &[&str] = &["allOf", "anyOf", "items", "oneOf"];
/// Members whose value is an object of schemas.
const NAMED_SCHEMAS: &[&str] = &["definitions", "patternProperties", "properties"];

/// The value by which the base type of a schema tells it from others, in extensions that are around.
const DISCRIMINATOR_VALUES: &[&str] = &["x-discriminator-value", "x-ms-discriminator-value"];

impl Rewriting<'_, '_> {
    /// Rewrites a schema and all schemas in it. Nothing in it is moved.
    pub(super) fn schema(&mut self, id: DocumentId, node: &mut Node) {
        let mut stack = vec![node];
        while let Some(node) = stack.pop() {
            let Node::Mapping(members) = node else { continue };
            if let Some(Node::String(reference)) = members.get_mut("$ref") {
                *reference = self.reference(id, reference, Kind::Schema);
            }
            file(members);
            discriminator(members);
            for (key, member) in members {
                let key = key.as_str();
                if SCHEMAS.contains(&key) && member.as_sequence().is_some() {
                    if let Node::Sequence(items) = member {
                        stack.extend(items);
                    }
                } else if NAMED_SCHEMAS.contains(&key) {
                    if let Node::Mapping(named) = member {
                        stack.extend(named.values_mut());
                    }
                } else if SCHEMA.contains(&key) {
                    stack.push(member);
                }
            }
        }
    }
}

/// Rewrites `type: file`.
fn file(members: &mut Mapping) {
    if members.get("type").and_then(Node::as_str) == Some("file") {
        members.insert("type".to_owned(), "string".into());
        members.insert("format".to_owned(), "binary".into());
    }
}

/// Rewrites a discriminator, which is the name of a member in Swagger 2.0.
fn discriminator(members: &mut Mapping) {
    if let Some(discriminator) = members.get_mut("discriminator")
        && let Node::String(name) = discriminator
    {
        let name = std::mem::take(name);
        *discriminator = Node::Mapping(Mapping::from_iter([("propertyName".to_owned(), Node::String(name))]));
    }
}

/// Adds the values of extensions to the mappings of the discriminators that they are for.
pub(super) fn map_discriminators(schemas: &mut Mapping) {
    let mut found = Vec::new();
    for (name, schema) in &*schemas {
        let value = DISCRIMINATOR_VALUES.iter().find_map(|key| schema.get(key)).and_then(Node::scalar_text);
        if let Some(value) = value
            && let Some(base) = base(schemas, name)
        {
            found.push((base, value, reference_to(name)));
        }
    }
    for (base, value, reference) in found {
        if let Some(Node::Mapping(members)) = schemas.get_mut(&base)
            && let Some(Node::Mapping(discriminator)) = members.get_mut("discriminator")
            && let Node::Mapping(mapping) =
                discriminator.entry("mapping".to_owned()).or_insert_with(|| Node::Mapping(Mapping::default()))
        {
            mapping.entry(value).or_insert(Node::String(reference));
        }
    }
}

fn reference_to(name: &str) -> String {
    format!("#/components/schemas/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Returns the schema with a discriminator that a schema consists of, which may be itself.
fn base(schemas: &Mapping, name: &str) -> Option<String> {
    let mut queue = vec![name.to_owned()];
    let mut next = 0;
    while let Some(name) = queue.get(next).cloned() {
        next += 1;
        let Some(schema) = schemas.get(&name) else { continue };
        if schema.get("discriminator").is_some() {
            return Some(name);
        }
        let parts = schema.get("allOf").and_then(Node::as_sequence).unwrap_or_default();
        for reference in parts.iter().filter_map(Node::reference) {
            let part = reference.strip_prefix("#/components/schemas/").unwrap_or_default();
            let part = part.replace("~1", "/").replace("~0", "~");
            if !part.is_empty() && !queue.contains(&part) {
                queue.push(part);
            }
        }
    }
    None
}
