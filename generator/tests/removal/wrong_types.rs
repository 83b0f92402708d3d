//! Gives members values of another type: a finding is about each of them.

use serde_json::{Value, json};

use crate::documents::Document;
use crate::effect;
use crate::members::{self, Member};

/// Kinds of members whose value may have another type, each with the reason.
const ANY_TYPE: &[(&str, &str)] = &[
    ("schema.default", "a union has defaults of any type"),
    ("example.value", "an example is any value"),
    ("response.examples", "an example is any value"),
    ("schema.enum.#", "an enum has values of any type"),
    ("schema.additionalProperties", "it is a schema or a boolean"),
    ("schema.items", "it is a schema, or a list of them in older drafts"),
    ("schema.exclusiveMaximum", "it is a number in OpenAPI 3.1, and a boolean before"),
    ("schema.exclusiveMinimum", "it is a number in OpenAPI 3.1, and a boolean before"),
    ("schema.type", "it is a name or a list of names"),
    ("schema.x-enum-descriptions", "it is a list or an object"),
    ("schema.x-enum-varnames", "it is a list or an object"),
    ("root.consumes", "a single text is a list of one"),
    ("root.produces", "a single text is a list of one"),
    ("operation.consumes", "a single text is a list of one"),
    ("operation.produces", "a single text is a list of one"),
];

/// Kinds of members with a text, which YAML also reads from numbers and booleans without quotes.
const BARE_TEXTS: &[&str] = &["info", "operation.tags", "root.swagger", "schema.required", "server", "tag"];

/// Members whose contents only restrict values, or only describe a webhook's response, so that nothing reads them.
const NOT_READ: &[&str] = &["if", "then", "else", "dependentSchemas", "propertyNames", "callbacks"];

/// Returns the members of a document, with values of other types, about which no finding is.
pub(crate) fn silent(document: &Document) -> Vec<String> {
    let mut silent = Vec::new();
    let is_read = |member: &Member| {
        let (_, outer) = member.tokens.split_last().expect("a member has a name");
        !outer.iter().any(|token| NOT_READ.contains(&token.as_str()))
    };
    for member in members::of(&document.root).into_iter().filter(is_read) {
        let value = members::at(&mut document.root.clone(), &member.tokens).clone();
        for other in others(&value, &member) {
            let mut root = document.root.clone();
            *members::at(&mut root, &member.tokens) = other.clone();
            let changed = Document { root, ..document.clone() };
            if effect::places_of(&changed).is_some_and(|places| !effect::is_named(&places, &member)) {
                silent.push(format!("{} ({}): {other}", member.pointer(), member.kind));
            }
        }
    }
    silent
}

/// Returns a value of each type that the member must not have.
fn others(value: &Value, member: &Member) -> Vec<Value> {
    if ANY_TYPE.iter().any(|(kind, _)| *kind == member.kind) {
        return Vec::new();
    }
    let mut all = match value {
        Value::Array(_) => vec![json!(7), json!({ "a": 7 })],
        Value::Object(_) => vec![json!("odd"), json!([7])],
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            vec![json!(7), json!("odd"), json!([])]
        }
    };
    if value.is_string() {
        all.push(json!(true));
    }
    let bare_text = value.is_string() && BARE_TEXTS.iter().any(|kind| member.kind.starts_with(kind));
    all.retain(|other| std::mem::discriminant(other) != std::mem::discriminant(value));
    all.retain(|other| !bare_text || !(other.is_number() || other.is_boolean()));
    all
}
