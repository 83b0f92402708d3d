//! Lists the members of a document with their kinds, which follow from the grammar of OpenAPI.

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// A member of an object, or an item of an array.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) tokens: Vec<String>,
    /// The object that has it and its name, such as `schema.maxLength`. Names chosen by the author are `*`, and
    /// positions `#`.
    pub(crate) kind: String,
    /// The kind with those of the objects around it.
    pub(crate) context: String,
}

impl Member {
    pub(crate) fn pointer(&self) -> String {
        self.tokens.iter().map(|token| format!("/{}", token.replace('~', "~0").replace('/', "~1"))).collect()
    }

    pub(crate) fn is_inside(&self, outer: &Self) -> bool {
        self.tokens.len() > outer.tokens.len() && self.tokens.starts_with(&outer.tokens)
    }

    pub(crate) fn is_directly_inside(&self, outer: &Self) -> bool {
        self.tokens.len() == outer.tokens.len() + 1 && self.is_inside(outer)
    }

    /// Returns the document without this member.
    pub(crate) fn removed_from(&self, root: &Value) -> Value {
        let mut root = root.clone();
        let (last, owner) = self.tokens.split_last().expect("a member has a name");
        match at(&mut root, owner) {
            Value::Object(members) => drop(members.remove(last)),
            Value::Array(items) => drop(items.remove(last.parse().expect("an item has a position"))),
            other => panic!("{other} has no members"),
        }
        root
    }

    /// Returns the document with another value for this member, unless the value is an object or array.
    pub(crate) fn changed_in(&self, root: &Value) -> Option<Value> {
        let mut root = root.clone();
        let value = at(&mut root, &self.tokens);
        *value = match &*value {
            Value::Bool(value) => json!(!value),
            Value::Number(number) => json!(number.as_f64().unwrap_or_default() + 1.0),
            Value::String(text) => json!(other_text(&self.kind, text)),
            Value::Null => json!("changed"),
            Value::Array(_) | Value::Object(_) => return None,
        };
        Some(root)
    }
}

pub(crate) fn at<'a>(root: &'a mut Value, tokens: &[String]) -> &'a mut Value {
    tokens.iter().fold(root, |node, token| match node {
        Value::Object(members) => members.get_mut(token).expect("the member is there"),
        Value::Array(items) => &mut items[token.parse::<usize>().expect("an item has a position")],
        other => panic!("{other} has no members"),
    })
}

/// Returns another text that is valid in its place.
fn other_text(kind: &str, text: &str) -> String {
    let pair = match kind {
        "schema.type" | "parameter.type" | "header.type" => ["string", "integer"],
        "parameter.style" => ["form", "spaceDelimited"],
        "parameter.in" => ["query", "header"],
        "parameter.collectionFormat" => ["csv", "pipes"],
        _ => return format!("{text}changed"),
    };
    pair.into_iter().find(|other| *other != text).unwrap_or_default().to_owned()
}

/// The value of a member.
#[derive(Clone, Copy)]
enum Holds {
    /// An object of this kind, or an array of them.
    Object(&'static str),
    /// An object with names chosen by the author, each with an object of this kind.
    Named(&'static str),
    /// An array of values, or an object with names chosen by the author, each with a value.
    Values,
    /// A value with no members that are looked at.
    Value,
}

/// Returns all members, each behind the one that contains it.
pub(crate) fn of(root: &Value) -> Vec<Member> {
    let mut walk = Walk { members: Vec::new(), tokens: Vec::new(), around: vec!["root"] };
    walk.object("root", root);
    walk.members
}

/// Returns one member of each kind in each context.
pub(crate) fn first_of_each_kind(members: Vec<Member>) -> Vec<Member> {
    let mut seen = BTreeSet::new();
    members.into_iter().filter(|member| seen.insert(member.context.clone())).collect()
}

struct Walk {
    members: Vec<Member>,
    tokens: Vec<String>,
    /// The kinds of the objects around a member.
    around: Vec<&'static str>,
}

impl Walk {
    fn object(&mut self, kind: &'static str, node: &Value) {
        let Some(members) = node.as_object() else { return };
        if members.contains_key("$ref") && kind != "schema" && kind != "path item" {
            self.member("$ref", format!("{kind}.$ref"), |_| {});
            return;
        }
        // An empty object or array says what is assumed without it.
        for (key, value) in members.iter().filter(|(_, value)| **value != json!({}) && **value != json!([])) {
            let holds = holds(kind, key);
            let name = if is_pattern(kind) { "*" } else { key };
            self.member(key, format!("{kind}.{name}"), |walk| walk.value(kind, key, holds, value));
        }
    }

    fn value(&mut self, owner: &'static str, key: &str, holds: Holds, value: &Value) {
        match (holds, value) {
            (Holds::Object(kind), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let inner = |walk: &mut Self| walk.inside(kind, item);
                    self.member(&index.to_string(), format!("{owner}.{key}.#"), inner);
                }
            }
            (Holds::Object(kind), _) => self.inside(kind, value),
            (Holds::Named(kind), Value::Object(members)) => {
                for (name, member) in members.iter().filter(|(name, _)| !is_extension(kind, name)) {
                    let inner = |walk: &mut Self| walk.inside(kind, member);
                    self.member(name, format!("{owner}.{key}.*"), inner);
                }
            }
            (Holds::Values, Value::Array(items)) => {
                for index in 0..items.len() {
                    self.member(&index.to_string(), format!("{owner}.{key}.#"), |_| {});
                }
            }
            (Holds::Values, Value::Object(members)) => {
                for name in members.keys() {
                    self.member(name, format!("{owner}.{key}.*"), |_| {});
                }
            }
            _ => {}
        }
    }

    fn inside(&mut self, kind: &'static str, node: &Value) {
        self.around.push(kind);
        self.object(kind, node);
        self.around.pop();
    }

    fn member(&mut self, token: &str, kind: String, inner: impl FnOnce(&mut Self)) {
        self.tokens.push(token.to_owned());
        let context = format!("{} {kind}", self.context());
        self.members.push(Member { tokens: self.tokens.clone(), kind, context });
        inner(self);
        self.tokens.pop();
    }

    /// Returns the kinds of the objects around, where schemas in schemas are two at most.
    fn context(&self) -> String {
        let mut kinds: Vec<&str> = Vec::new();
        for kind in &self.around {
            let schemas = kinds.iter().rev().take_while(|other| **other == *kind).count();
            if schemas < 2 {
                kinds.push(kind);
            }
        }
        kinds.join(" ")
    }
}

/// Returns `true` for objects whose members all have names chosen by the author.
fn is_pattern(kind: &str) -> bool {
    matches!(kind, "callback" | "requirement")
}

fn holds(owner: &str, key: &str) -> Holds {
    use Holds::{Named, Object, Value, Values};
    if owner == "callback" {
        return Object("path item");
    }
    match (owner, key) {
        ("root", "info") => Object("info"),
        ("root" | "path item" | "operation", "servers") => Object("server"),
        ("root", "tags") => Object("tag"),
        ("root", "paths" | "webhooks" | "x-webhooks") | ("components", "pathItems") => Named("path item"),
        ("root", "components") => Object("components"),
        ("root" | "operation", "security") => Object("requirement"),
        ("root" | "schema", "definitions") | ("components", "schemas") => Named("schema"),
        ("root" | "components", "parameters") => Named("parameter"),
        ("root" | "components" | "operation", "responses") => Named("response"),
        ("root", "securityDefinitions") | ("components", "securitySchemes") => Named("security scheme"),
        ("root", "consumes" | "produces" | "schemes")
        | ("operation", "consumes" | "produces" | "schemes" | "tags")
        | ("requirement", _)
        | ("schema", "enum" | "required" | "type" | "examples" | "dependentRequired")
        | ("server variable", "enum")
        | ("discriminator", "mapping")
        | ("flow", "scopes") => Values,
        ("components", "examples") => Named("example"),
        ("components", "requestBodies") => Named("request body"),
        ("components", "headers") => Named("header"),
        ("components" | "operation", "callbacks") => Named("callback"),
        ("path item", "parameters") | ("operation", "parameters") => Object("parameter"),
        ("path item", "additionalOperations") => Named("operation"),
        ("path item", key) if is_method(key) => Object("operation"),
        ("operation", "requestBody") => Object("request body"),
        ("parameter" | "header" | "request body" | "response", "content") => Named("media type"),
        ("parameter" | "header" | "media type", "examples") => Named("example"),
        ("parameter" | "header" | "media type" | "response", "schema" | "items" | "itemSchema") => {
            Object("schema")
        }
        ("media type" | "encoding", "encoding") => Named("encoding"),
        ("media type" | "encoding", "prefixEncoding" | "itemEncoding") => Object("encoding"),
        ("response" | "encoding", "headers") => Named("header"),
        ("server", "variables") => Named("server variable"),
        ("security scheme", "flows") => Named("flow"),
        ("security scheme", "scopes") => Values,
        ("schema", "properties" | "patternProperties" | "$defs" | "dependentSchemas") => Named("schema"),
        ("schema", key) if is_schema(key) => Object("schema"),
        ("schema", "discriminator") => Object("discriminator"),
        _ => Value,
    }
}

/// Returns `true` for extensions among objects with names. Schemas and the like can have any name.
fn is_extension(kind: &str, name: &str) -> bool {
    matches!(kind, "path item" | "response") && name.starts_with("x-")
}

fn is_method(key: &str) -> bool {
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"].contains(&key)
}

/// Returns `true` for keywords that hold a schema or an array of schemas.
fn is_schema(key: &str) -> bool {
    [
        "additionalItems",
        "additionalProperties",
        "allOf",
        "anyOf",
        "contains",
        "contentSchema",
        "else",
        "if",
        "items",
        "oneOf",
        "prefixItems",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    ]
    .contains(&key)
}
