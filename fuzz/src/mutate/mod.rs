//! Changes a JSON document in a few places, as a careless author would.

mod files;
mod nodes;
mod random;
mod words;

use serde_json::{Map, Value, json};

use files::{FILES, move_apart};
use nodes::{count, nth, path_of};
pub use random::Random;
use words::{KEYWORDS, VERSIONS};

/// A document with more nodes than these does not grow.
const LIMIT: usize = 6_000;

/// Changes a document in one to four places.
pub fn mutate(document: &mut Value, random: &mut Random) {
    for _ in 0..=random.below(4) {
        change(document, random);
    }
}

fn change(document: &mut Value, random: &mut Random) {
    let nodes = count(document);
    let at = random.below(nodes);
    let other = random.below(nodes);
    let small = nodes < LIMIT;
    match random.below(18) {
        0 | 1 => remove(document, random),
        2 | 3 if small => *nth(document, at) = nth(document, other).clone(),
        4 => swap(document, at, other),
        5 => *nth(document, at) = atom(random),
        6 | 7 => rename(nth(document, at), random),
        8 => {
            let reference = reference(document, random);
            *nth(document, at) = json!({ "$ref": reference });
        }
        9 => {
            let reference = reference(document, random);
            insert(nth(document, at), "$ref", Value::String(reference));
        }
        10 | 11 if small => {
            let (key, value) = random.pick(KEYWORDS);
            let value = serde_json::from_str(value).unwrap_or(Value::Null);
            insert(nth(document, at), key, value);
        }
        12 if small => wrap(nth(document, at), random),
        13 if small => twin(nth(document, at), random),
        14 => retext(document, random),
        15 => move_apart(document, random),
        16 if random.below(4) == 0 => change_version(document, random),
        _ => deepen(nth(document, at), random),
    }
}

/// Removes a member or item.
fn remove(document: &mut Value, random: &mut Random) {
    for _ in 0..8 {
        let at = random.below(count(document));
        match nth(document, at) {
            Value::Object(members) if !members.is_empty() => {
                let key = key_of(members, random);
                members.remove(&key);
                return;
            }
            Value::Array(items) if !items.is_empty() => {
                items.remove(random.below(items.len()));
                return;
            }
            _ => {}
        }
    }
}

fn key_of(members: &Map<String, Value>, random: &mut Random) -> String {
    members.keys().nth(random.below(members.len())).cloned().unwrap_or_default()
}

/// Exchanges two nodes; if one holds the other, a copy of the outer one ends up in the inner one's place.
fn swap(document: &mut Value, one: usize, other: usize) {
    let (first, second) = (nth(document, one).clone(), nth(document, other).clone());
    let (low, high) =
        if one < other { ((one, second), (other, first)) } else { ((other, first), (one, second)) };
    // Replaces the later node first, since that does not change the number of the earlier one.
    *nth(document, high.0) = high.1;
    *nth(document, low.0) = low.1;
}

fn atom(random: &mut Random) -> Value {
    match random.below(10) {
        0 => Value::Null,
        1 => Value::Bool(random.below(2) == 0),
        2 => json!(random.below(1_000_000)),
        3 => json!(-1.5e300),
        4 => json!(u64::MAX),
        5 => json!({}),
        6 => json!([]),
        7 => json!([{}, null]),
        _ => Value::String(random.text()),
    }
}

/// Renames a member, or replaces a string.
fn rename(node: &mut Value, random: &mut Random) {
    match node {
        Value::Object(members) if !members.is_empty() => {
            let key = key_of(members, random);
            let value = members.remove(&key).unwrap_or(Value::Null);
            members.insert(if random.below(3) == 0 { key.to_uppercase() } else { random.text() }, value);
        }
        Value::String(text) => *text = random.text(),
        other => *other = Value::String(random.text()),
    }
}

/// Makes a document of another version out of the same members.
fn change_version(document: &mut Value, random: &mut Random) {
    let Value::Object(members) = document else { return };
    members.retain(|key, _| key != "openapi" && key != "swagger");
    let (key, version) = *random.pick(VERSIONS);
    members.insert(key.to_owned(), Value::String(version.to_owned()));
}

/// Returns a reference to a node of the document, to another document, or to nowhere.
fn reference(document: &Value, random: &mut Random) -> String {
    match random.below(12) {
        0 => random.text(),
        1 => format!("#/{}", random.text()),
        2 => "#".to_owned(),
        3 => format!("{}#/{}", random.pick(FILES), random.text()),
        4 => "https://example.com/a.json".to_owned(),
        _ => {
            let path = path_of(document, random.below(count(document)));
            let tokens = path.iter().map(|token| token.replace('~', "~0").replace('/', "~1"));
            tokens.fold("#".to_owned(), |reference, token| reference + "/" + &token)
        }
    }
}

fn insert(node: &mut Value, key: &str, value: Value) {
    match node {
        Value::Object(members) => drop(members.insert(key.to_owned(), value)),
        Value::Array(items) => items.push(value),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            *node = json!({ key: value });
        }
    }
}

/// Wraps a node in a schema, such as `allOf` or an array.
fn wrap(node: &mut Value, random: &mut Random) {
    let inner = node.take();
    *node = match random.below(8) {
        0 => json!({ "allOf": [inner.clone(), inner] }),
        1 => json!({ "allOf": [inner, { "type": "object", "properties": { "own": { "type": "string" } } }] }),
        2 => json!({ "oneOf": [inner, { "type": "string" }, { "type": "array", "items": {} }] }),
        3 => json!({ "anyOf": [inner, { "nullable": true }] }),
        4 => json!({ "type": "array", "items": inner }),
        5 => json!({ "type": "object", "additionalProperties": inner }),
        6 => json!({ "type": "object", "properties": { random.text(): inner }, "required": [random.text()] }),
        _ => json!([inner]),
    };
}

/// Copies a member under another name, or an item.
fn twin(node: &mut Value, random: &mut Random) {
    match node {
        Value::Object(members) if !members.is_empty() => {
            let key = key_of(members, random);
            let value = members[key.as_str()].clone();
            let name = match random.below(5) {
                0 => key.to_uppercase(),
                1 => format!("{key}_"),
                2 => key.replace('_', "-"),
                3 => format!("{key} {}", random.text()),
                _ => random.text(),
            };
            members.insert(name, value);
        }
        Value::Array(items) if !items.is_empty() => {
            let item = random.pick(items).clone();
            items.push(item);
        }
        _ => {}
    }
}

/// Changes a string somewhere in the document.
fn retext(document: &mut Value, random: &mut Random) {
    for _ in 0..8 {
        let at = random.below(count(document));
        if let Value::String(text) = nth(document, at) {
            match random.below(3) {
                0 => text.insert_str(0, &random.text()),
                1 => text.push_str(&random.text()),
                _ => *text = random.text(),
            }
            return;
        }
    }
}

/// Nests a node in up to 90 levels of schemas.
fn deepen(node: &mut Value, random: &mut Random) {
    let levels = 1 + random.below(90);
    let kind = random.below(4);
    for _ in 0..levels {
        let inner = node.take();
        *node = match kind {
            0 => json!({ "type": "array", "items": inner }),
            1 => json!({ "type": "object", "properties": { "a": inner } }),
            2 => json!({ "allOf": [inner] }),
            _ => json!({ "oneOf": [inner, { "type": "integer" }] }),
        };
    }
}
