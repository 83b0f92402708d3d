//! Slices a document into small ones, each with one path item and the components it refers to.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// Members of the root that every slice keeps.
const SHARED: &[&str] = &[
    "openapi",
    "swagger",
    "$self",
    "info",
    "servers",
    "host",
    "basePath",
    "schemes",
    "consumes",
    "produces",
    "security",
    "securityDefinitions",
];

/// Returns a document for each path item, or the whole document if it has no paths.
#[must_use]
pub fn slices(document: &Value) -> Vec<Value> {
    let Some(paths) = document["paths"].as_object().filter(|paths| !paths.is_empty()) else {
        return vec![document.clone()];
    };
    paths.iter().map(|(template, item)| slice(document, template, item)).collect()
}

fn slice(document: &Value, template: &str, item: &Value) -> Value {
    let mut slice = Map::new();
    for key in SHARED {
        if let Some(member) = document.get(*key) {
            slice.insert((*key).to_owned(), member.clone());
        }
    }
    slice.insert("paths".to_owned(), json!({ template: item }));
    let mut slice = Value::Object(slice);
    if let Some(schemes) = document.pointer("/components/securitySchemes") {
        slice["components"] = json!({ "securitySchemes": schemes });
    }
    let mut pending = Vec::new();
    let mut seen = BTreeSet::new();
    references(item, &mut pending);
    while let Some(reference) = pending.pop() {
        let Some(place) = component(&reference).filter(|place| seen.insert(place.clone())) else { continue };
        let Some(component) = document.pointer(&place) else { continue };
        references(component, &mut pending);
        let tokens = place.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~"));
        *tokens.fold(&mut slice, |node, token| &mut node[token]) = component.clone();
    }
    slice
}

/// Returns the JSON Pointer of the component that a reference points into.
fn component(reference: &str) -> Option<String> {
    let path = reference.strip_prefix('#')?;
    let depth = if path.starts_with("/components/") { 3 } else { 2 };
    let tokens: Vec<&str> = path.split('/').skip(1).take(depth).collect();
    let is_component =
        matches!(tokens[..], ["components", _, _] | ["definitions" | "parameters" | "responses", _]);
    is_component.then(|| format!("/{}", tokens.join("/")))
}

fn references(node: &Value, found: &mut Vec<String>) {
    match node {
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
