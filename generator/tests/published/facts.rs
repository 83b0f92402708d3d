//! Compares `spec/memberships.yaml` with the published document: it states the same facts in other words.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use crate::corpus;

const TAG: &str = "Group memberships";

#[test]
fn facts_are_those_of_the_published_document() {
    let Some((ours, published)) = documents() else { return };
    for (place, node) in slice(&ours) {
        let theirs = published.pointer(&place).unwrap_or(&Value::Null);
        let (ours, theirs) = (pretty(&facts(node)), pretty(&facts(theirs)));
        let diff = similar::TextDiff::from_lines(&theirs, &ours);
        assert!(ours == theirs, "{place}\n{}", diff.unified_diff().header("published", "ours"));
    }
}

#[test]
fn nothing_of_the_slice_is_missing() {
    let Some((ours, published)) = documents() else { return };
    let ours: Vec<_> = operations(&ours).map(|(place, _)| place).collect();
    let theirs: Vec<_> = operations(&published).map(|(place, _)| place).collect();
    assert_eq!(ours, theirs);
}

#[test]
fn words_are_our_own() {
    let Some((ours, published)) = documents() else { return };
    let (mut our_words, mut their_words) = (BTreeMap::new(), BTreeMap::new());
    words("", &ours, &mut our_words);
    words("", &published, &mut their_words);
    let theirs: Vec<_> = their_words.values().flat_map(|text| sentences(text)).collect();
    for (place, text) in our_words {
        for sentence in sentences(&text) {
            assert!(!theirs.contains(&sentence), "{place} repeats a published sentence: {sentence}");
        }
    }
}

/// Returns our document and the published one, if there is a corpus.
fn documents() -> Option<(Value, Value)> {
    let corpus = corpus::folder()?;
    let read = |path: &Path| std::fs::read_to_string(path).expect("the document is readable");
    let ours = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/memberships.yaml"));
    let published = read(&corpus.join("box-2024.0.json"));
    let ours: serde_yaml::Value = serde_yaml::from_str(&ours).expect("the document is YAML");
    let published: serde_yaml::Value = serde_yaml::from_str(&published).expect("JSON is YAML");
    Some((ordered(&ours), ordered(&published)))
}

/// Returns the places whose facts must agree: operations, components, and the members of the root.
fn slice(document: &Value) -> Vec<(String, &Value)> {
    let mut slice: Vec<_> = operations(document).collect();
    for section in ["schemas", "securitySchemes"] {
        let members = document["components"][section].as_object().expect("a section is an object");
        for (name, node) in members {
            slice.push((format!("/components/{section}/{name}"), node));
        }
    }
    for key in ["openapi", "servers", "security", "externalDocs"] {
        slice.push((format!("/{key}"), &document[key]));
    }
    for key in ["title", "version", "termsOfService", "contact", "license"] {
        slice.push((format!("/info/{key}"), &document["info"][key]));
    }
    slice
}

/// Returns the operations that both documents describe, with their places.
fn operations(document: &Value) -> impl Iterator<Item = (String, &Value)> {
    let paths = document["paths"].as_object().expect("paths are an object");
    paths.iter().flat_map(|(path, item)| {
        let operations = item.as_object().expect("a path item is an object").iter();
        operations.filter(|(_, operation)| operation["tags"][0] == TAG).map(move |(method, operation)| {
            (format!("/paths/{}/{method}", path.replace('~', "~0").replace('/', "~1")), operation)
        })
    })
}

/// Returns the node without descriptions.
fn facts(node: &Value) -> Value {
    match node {
        Value::Object(members) => members
            .iter()
            .filter(|(key, value)| !(key.as_str() == "description" && value.is_string()))
            .map(|(key, value)| match key.as_str() {
                // What each scope is for, is a description without the keyword.
                "scopes" => (
                    key.clone(),
                    value.as_object().into_iter().flatten().map(|(key, _)| json!(key)).collect(),
                ),
                _ => (key.clone(), facts(value)),
            })
            .collect(),
        Value::Array(items) => items.iter().map(facts).collect(),
        _ => node.clone(),
    }
}

/// Converts a document to JSON with sorted keywords, and adds a list of names where the order of members matters.
fn ordered(node: &serde_yaml::Value) -> Value {
    match node {
        serde_yaml::Value::Mapping(members) => {
            let name = |key: &serde_yaml::Value| key.as_str().expect("keys are texts").to_owned();
            let mut object: serde_json::Map<_, _> =
                members.iter().map(|(key, value)| (name(key), ordered(value))).collect();
            let properties = members.get("properties").and_then(serde_yaml::Value::as_mapping);
            if let Some(properties) = properties {
                object.insert("order of properties".to_owned(), properties.keys().map(name).collect());
            }
            Value::Object(object)
        }
        serde_yaml::Value::Sequence(items) => items.iter().map(ordered).collect(),
        _ => serde_json::to_value(node).expect("a scalar has a JSON form"),
    }
}

fn pretty(node: &Value) -> String {
    serde_json::to_string_pretty(node).expect("a JSON value has a text")
}

/// Collects every description with its place.
fn words(place: &str, node: &Value, found: &mut BTreeMap<String, String>) {
    match node {
        Value::Object(members) => {
            for (key, value) in members {
                let place = format!("{place}/{key}");
                match value.as_str() {
                    Some(text) if key == "description" || place.contains("/scopes/") => {
                        found.insert(place, text.to_owned());
                    }
                    _ => words(&place, value, found),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                words(&format!("{place}/{index}"), item, found);
            }
        }
        _ => {}
    }
}

/// Splits a text into sentences, in lower case and with normalised white space.
fn sentences(text: &str) -> Vec<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    text.split(". ").map(|sentence| sentence.trim_end_matches('.').to_owned()).collect()
}
