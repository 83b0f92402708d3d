//! Rewrites a JSON Schema 2020-12 as a schema of OpenAPI 3.0.

use crate::tree::{Mapping, Node};

/// The types of JSON Schema.
pub(super) const TYPES: &[&str] = &["string", "integer", "number", "boolean", "object", "array", "null"];

/// Keywords whose value is a schema.
const SCHEMA: &[&str] = &[
    "additionalItems",
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];
/// Keywords whose value is a list of schemas. `items` may have one in drafts before 2020-12.
const SCHEMAS: &[&str] = &["allOf", "anyOf", "items", "oneOf", "prefixItems"];
/// Keywords whose value is an object of schemas.
const NAMED_SCHEMAS: &[&str] =
    &["$defs", "definitions", "dependentSchemas", "patternProperties", "properties"];

/// Keywords that apply to values of one type only.
const OF_TYPE: &[(&str, &[&str])] = &[
    ("string", &["contentEncoding", "contentMediaType", "format", "maxLength", "minLength", "pattern"]),
    ("integer", NUMERIC),
    ("number", NUMERIC),
    (
        "array",
        &[
            "additionalItems",
            "items",
            "maxItems",
            "minItems",
            "prefixItems",
            "unevaluatedItems",
            "uniqueItems",
        ],
    ),
    (
        "object",
        &[
            "additionalProperties",
            "maxProperties",
            "minProperties",
            "patternProperties",
            "properties",
            "required",
            "unevaluatedProperties",
        ],
    ),
];
const NUMERIC: &[&str] =
    &["exclusiveMaximum", "exclusiveMinimum", "format", "maximum", "minimum", "multipleOf"];

/// Rewrites a schema and all nested schemas.
pub(super) fn normalise(node: &mut Node) {
    match node {
        Node::Bool(true) => *node = Node::Mapping(Mapping::default()),
        Node::Bool(false) => *node = object([("not", Node::Mapping(Mapping::default()))]),
        Node::Mapping(members) => {
            types(members);
            integer_or_string(members);
            constant(members);
            example(members);
            bound(members, "minimum", "exclusiveMinimum", f64::ge);
            bound(members, "maximum", "exclusiveMaximum", f64::le);
            content(members);
            spellings(members);
            patterns(members);
            below(members);
        }
        Node::Null | Node::Number(_) | Node::String(_) | Node::Sequence(_) => {}
    }
}

fn below(members: &mut Mapping) {
    for (key, member) in members {
        match member {
            // OpenAPI 3.0 allows `true` and `false` here.
            Node::Bool(_) if key == "additionalProperties" => {}
            Node::Sequence(items) if SCHEMAS.contains(&key.as_str()) => items.iter_mut().for_each(normalise),
            Node::Mapping(named) if NAMED_SCHEMAS.contains(&key.as_str()) => {
                named.values_mut().for_each(normalise);
            }
            member if SCHEMA.contains(&key.as_str()) => normalise(member),
            Node::Null
            | Node::Bool(_)
            | Node::Number(_)
            | Node::String(_)
            | Node::Sequence(_)
            | Node::Mapping(_) => {}
        }
    }
}

/// Rewrites `type: null` and lists of types.
fn types(members: &mut Mapping) {
    let mut types = match members.get("type") {
        // Without types, it stays to be reported.
        Some(Node::Sequence(items)) if items.is_empty() => return,
        Some(Node::Sequence(items)) => items.clone(),
        Some(Node::String(ty)) if ty == "null" => vec![Node::String(ty.clone())],
        Some(Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) | Node::Mapping(_)) | None => {
            return;
        }
    };
    let all = types.len();
    types.retain(|ty| ty.as_str() != Some("null"));
    if types.len() < all {
        members.insert("nullable".to_owned(), Node::Bool(true));
    }
    // `number` includes `integer`.
    if types.iter().any(|ty| ty.as_str() == Some("number")) {
        types.retain(|ty| ty.as_str() != Some("integer"));
    }
    match <[Node; 1]>::try_from(types) {
        Ok([ty]) => {
            members.insert("type".to_owned(), ty);
        }
        Err(types) => {
            members.shift_remove("type");
            if types.is_empty() {
                members.entry("enum".to_owned()).or_insert_with(|| Node::Sequence(vec![Node::Null]));
            } else if !members.contains_key("enum") && !members.contains_key("const") {
                several_types(members, types);
            }
        }
    }
}

/// Replaces several types by an `anyOf` with a schema for each, which takes the keywords that apply to its type.
fn several_types(members: &mut Mapping, types: Vec<Node>) {
    let mut variants = Vec::new();
    for ty in types {
        let own = ty.as_str().and_then(|name| OF_TYPE.iter().find(|(ty, _)| *ty == name));
        let keywords = own.map_or(&[] as &[&str], |(_, keywords)| keywords);
        let mut variant = Mapping::default();
        variant.insert("type".to_owned(), ty);
        for key in keywords {
            if let Some(member) = members.get(*key) {
                variant.insert((*key).to_owned(), member.clone());
            }
        }
        variants.push(Node::Mapping(variant));
    }
    for (_, keywords) in OF_TYPE {
        for key in *keywords {
            members.shift_remove(*key);
        }
    }
    let any_of = Node::Sequence(variants);
    if !members.contains_key("anyOf") {
        members.insert("anyOf".to_owned(), any_of);
    } else if let Node::Sequence(all) =
        members.entry("allOf".to_owned()).or_insert_with(|| Node::Sequence(Vec::new()))
    {
        all.push(object([("anyOf", any_of)]));
    }
}

/// Replaces the ways in which Kubernetes says that a value is an integer or a string. A union that says so stays.
fn integer_or_string(members: &mut Mapping) {
    let by_format = members.get("format").and_then(Node::as_str) == Some("int-or-string");
    let by_flag = members.get("x-kubernetes-int-or-string").and_then(Node::as_bool) == Some(true);
    if by_format {
        members.shift_remove("format");
    }
    let is_union = ["$ref", "allOf", "anyOf", "oneOf", "enum"].iter().any(|key| members.contains_key(*key));
    if (by_format || by_flag) && !is_union {
        members.shift_remove("type");
        several_types(members, ["integer", "string"].map(|ty| Node::String(ty.to_owned())).to_vec());
    }
}

/// Replaces `const` by an enum of one value.
fn constant(members: &mut Mapping) {
    if let Some(value) = members.shift_remove("const") {
        members.entry("enum".to_owned()).or_insert_with(|| Node::Sequence(vec![value]));
    }
}

/// Copies the first of `examples` to `example`.
fn example(members: &mut Mapping) {
    if let Some(Node::Sequence(examples)) = members.get("examples")
        && !members.contains_key("example")
        && let Some(first) = examples.first().cloned()
    {
        members.insert("example".to_owned(), first);
    }
}

/// Replaces an inclusive bound by a tighter exclusive one, which OpenAPI 3.0 marks by a flag.
fn bound(members: &mut Mapping, key: &str, exclusive_key: &str, tighter: fn(&f64, &f64) -> bool) {
    let Some(Node::Number(exclusive)) = members.get(exclusive_key).cloned() else { return };
    let inclusive = members.get(key).and_then(Node::as_number);
    if inclusive.is_none_or(|inclusive| tighter(&exclusive.as_f64(), &inclusive.as_f64())) {
        members.insert(key.to_owned(), Node::Number(exclusive));
        members.insert(exclusive_key.to_owned(), Node::Bool(true));
    } else {
        members.shift_remove(exclusive_key);
    }
}

/// Replaces the keywords for binary data by a format.
fn content(members: &mut Mapping) {
    if members.contains_key("format") {
        return;
    }
    let encoding = members.get("contentEncoding").and_then(Node::as_str);
    let media_type = members.get("contentMediaType").and_then(Node::as_str);
    let format = match (encoding, media_type) {
        (Some("base64"), _) => "byte",
        (Some("base64url"), _) => "base64url",
        (None, Some(media_type)) if is_binary(media_type) => "binary",
        (Some(_) | None, _) => return,
    };
    members.insert("format".to_owned(), Node::String(format.to_owned()));
}

/// Returns `true` for a media type whose values are never text.
fn is_binary(media_type: &str) -> bool {
    match media_type.split_once('/') {
        Some(("audio" | "font" | "video", _)) => true,
        Some(("image", kind)) => !kind.ends_with("+xml"),
        Some(("application", kind)) => matches!(kind, "gzip" | "octet-stream" | "pdf" | "zip"),
        Some(_) | None => false,
    }
}

/// Marks a union whose values need not match a variant.
pub(in crate::spec) const OPEN_UNION: &str = "x-open-union";

/// Combines the schemas of several `patternProperties`, and of `additionalProperties`, in an `anyOf`. Unless
/// `additionalProperties` describes or denies the members that match no pattern, they can have any value.
fn patterns(members: &mut Mapping) {
    let Some(Node::Mapping(patterns)) = members.get("patternProperties") else { return };
    let others = members.get("additionalProperties");
    let (others, open) = match others {
        Some(Node::Bool(false)) => (None, false),
        Some(Node::Mapping(schema)) if !schema.is_empty() => (others, false),
        _ => (None, true),
    };
    let schemas: Vec<Node> = patterns.values().chain(others).cloned().collect();
    if schemas.len() > 1 || (open && !schemas.is_empty()) {
        let schemas = ("anyOf", Node::Sequence(schemas));
        let values = if open { object([schemas, (OPEN_UNION, Node::Bool(true))]) } else { object([schemas]) };
        members.insert("additionalProperties".to_owned(), values);
    }
}

/// Copies keywords with another name to their OpenAPI 3.0 equivalents.
fn spellings(members: &mut Mapping) {
    const SPELLINGS: &[(&str, &str)] = &[
        ("x-nullable", "nullable"),
        ("unevaluatedProperties", "additionalProperties"),
        ("$dynamicRef", "$ref"),
    ];
    for (spelling, key) in SPELLINGS {
        // A wrong type is reported where it is written.
        let fits = |member: &&Node| *key != "nullable" || matches!(member, Node::Bool(_) | Node::String(_));
        if let Some(member) = members.get(*spelling).filter(fits).filter(|_| !members.contains_key(*key)) {
            members.insert((*key).to_owned(), member.clone());
        }
    }
}

fn object<const N: usize>(members: [(&str, Node); N]) -> Node {
    Node::Mapping(members.into_iter().map(|(key, member)| (key.to_owned(), member)).collect())
}
