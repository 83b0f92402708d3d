//! A JSON value to one that differs in a few places, as a careless author would change it.

use serde_json::{Map, Value, json};

/// Texts that something may trip over, as names and as values.
const TEXTS: &[&str] = &[
    "",
    " ",
    "-",
    "_",
    "__",
    "..",
    ".",
    "/",
    "//",
    "~",
    "#",
    "?",
    "{",
    "}",
    "{}",
    "{id}",
    "{{id}}",
    "\0",
    "\n",
    "\"",
    "\\",
    "'",
    "*/",
    "/*",
    "//!",
    "`",
    "```",
    "<!-- -->",
    "</a>",
    "&amp;",
    "é",
    "Ü",
    "ß",
    "ﬁ",
    "漢字",
    "🦀",
    "\u{202e}",
    "\u{feff}",
    "\u{301}",
    "İ",
    "1",
    "1a",
    "007",
    "-1",
    "1e400",
    "a-b",
    "a_b",
    "aB",
    "AB",
    "A",
    "a",
    "self",
    "Self",
    "super",
    "crate",
    "async",
    "type",
    "gen",
    "fn",
    "_1",
    "r#type",
    "Option",
    "Vec",
    "String",
    "Box",
    "Any",
    "Error",
    "Result",
    "None",
    "Some",
    "Ok",
    "Default",
    "send",
    "items",
    "pages",
    "new",
    "extra",
    "additional",
    "builder",
    "request_body",
    "unknown",
    "Unknown",
    "mod",
    "lib",
    "main",
    "aux",
    "CON",
    "nul",
    "com1",
    "types",
    "client",
    "managers",
    "ext",
    "core",
    "std",
    "alloc",
    "sdk_runtime",
    "rt",
    "all",
    "default",
    "x-",
    "$ref",
    "null",
    "true",
    "date-time",
    "date",
    "byte",
    "binary",
    "uuid",
    "int32",
    "int64",
    "uint64",
    "float",
    "double",
    "object",
    "array",
    "string",
    "integer",
    "number",
    "boolean",
    "form",
    "deepObject",
    "matrix",
    "label",
    "path",
    "query",
    "header",
    "cookie",
    "application/json",
    "application/xml",
    "multipart/form-data",
    "application/octet-stream",
    "text/plain",
    "text/event-stream",
    "application/x-www-form-urlencoded",
    "*/*",
    "image/*",
    "application/problem+json",
    "default",
    "200",
    "2XX",
    "204",
    "302",
    "404",
    "999",
    "3.1.0",
    "https://{host}/v1",
    "//host",
    "http://[::1]/",
];

/// Keywords with values that mean something, whether or not where they land.
const KEYWORDS: &[(&str, &str)] = &[
    ("type", "\"object\""),
    ("type", "[\"string\", \"null\"]"),
    ("type", "[\"object\", \"array\", \"integer\"]"),
    ("format", "\"date-time\""),
    ("format", "\"binary\""),
    ("nullable", "true"),
    ("enum", "[]"),
    ("enum", "[null]"),
    ("enum", "[\"a\", \"A\", \"\", 1, true, null, {\"a\": 1}]"),
    ("enum", "[1, 2, 18446744073709551615]"),
    ("const", "\"only\""),
    ("default", "{\"a\": [1, null]}"),
    ("default", "\"text\""),
    ("example", "[[[{}]]]"),
    ("example", "\"*/ \\\" `\\u0000\""),
    ("examples", "{\"one\": {\"value\": 1}}"),
    ("required", "[\"id\", \"id\", \"missing\"]"),
    ("properties", "{\"id\": {\"type\": \"string\"}, \"Id\": {}, \"i_d\": {\"type\": \"integer\"}}"),
    ("additionalProperties", "false"),
    ("additionalProperties", "{\"type\": \"integer\"}"),
    ("patternProperties", "{\"^a\": {\"type\": \"string\"}}"),
    ("items", "{}"),
    ("prefixItems", "[{\"type\": \"string\"}, {\"type\": \"integer\"}]"),
    ("allOf", "[{\"type\": \"object\", \"properties\": {\"all\": {}}}]"),
    ("oneOf", "[{\"type\": \"string\"}, {\"type\": \"object\", \"properties\": {\"one\": {}}}]"),
    ("anyOf", "[{\"type\": \"integer\"}, {\"type\": \"null\"}, {\"enum\": [\"x\"]}]"),
    ("not", "{}"),
    ("discriminator", "{\"propertyName\": \"kind\", \"mapping\": {\"a\": \"nowhere\"}}"),
    ("minimum", "0"),
    ("maximum", "1e300"),
    ("readOnly", "true"),
    ("writeOnly", "true"),
    ("deprecated", "true"),
    ("description", "\"a\\n\\n```\\n<b>*[x](y)* |\\n- [ ] \\u2028\""),
    ("title", "\"Some title\""),
    ("style", "\"deepObject\""),
    ("explode", "true"),
    ("allowReserved", "true"),
    ("content", "{\"application/json\": {\"schema\": {}}, \"text/event-stream\": {}}"),
    ("headers", "{\"Link\": {\"schema\": {\"type\": \"string\"}}, \"\": {}}"),
    ("encoding", "{\"file\": {\"contentType\": \"image/png, image/*\"}}"),
    ("security", "[{}, {\"nobody\": [\"scope\"]}]"),
    ("servers", "[{\"url\": \"https://{a}.example.com/{b}\", \"variables\": {\"a\": {\"default\": \"x\"}}}]"),
    (
        "parameters",
        "[{\"name\": \"send\", \"in\": \"query\", \"schema\": {\"type\": \"array\", \"items\": {}}}]",
    ),
    ("requestBody", "{\"content\": {\"multipart/form-data\": {\"schema\": {\"type\": \"object\"}}}}"),
    ("responses", "{\"200\": {\"description\": \"\"}, \"default\": {\"description\": \"\"}, \"2XX\": {}}"),
    ("tags", "[\"mod\", \"\"]"),
    ("operationId", "\"a b/c\""),
    ("callbacks", "{\"called\": {\"{$request.body#/url}\": {\"post\": {}}}}"),
    ("webhooks", "{\"called\": {\"post\": {}}}"),
    ("x-nullable", "true"),
];

/// The most nodes that a document grows to.
const LIMIT: usize = 6_000;

/// Numbers that look random and are the same each time.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The numbers of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        // Mixed, so that seeds in a row have nothing in common; a state of zero would stay there.
        let mut state = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self((state ^ (state >> 31)) | 1)
    }

    /// A number below this one, or 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit.max(1)
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    fn text(&mut self) -> String {
        let mut text = (*self.pick(TEXTS)).to_owned();
        if self.below(4) == 0 {
            text.push_str(self.pick::<&str>(TEXTS));
        }
        text
    }
}

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
    match random.below(16) {
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
        _ => deepen(nth(document, at), random),
    }
}

/// How many nodes there are, the root among them.
fn count(node: &Value) -> usize {
    1 + match node {
        Value::Object(members) => members.values().map(count).sum(),
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// The node of this number, from the root down; the root where there are fewer.
fn nth(node: &mut Value, number: usize) -> &mut Value {
    let path = path_of(node, number);
    let mut node = node;
    for token in &path {
        node = match node {
            Value::Object(members) => &mut members[token.as_str()],
            Value::Array(items) => &mut items[token.parse::<usize>().unwrap_or_default()],
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return node,
        };
    }
    node
}

fn path_of(root: &Value, number: usize) -> Vec<String> {
    let mut path = Vec::new();
    let mut node = root;
    let mut left = number;
    'down: while left > 0 {
        left -= 1;
        let children: Vec<(String, &Value)> = match node {
            Value::Object(members) => members.iter().map(|(key, child)| (key.clone(), child)).collect(),
            Value::Array(items) => {
                items.iter().enumerate().map(|(index, child)| (index.to_string(), child)).collect()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
        };
        for (token, child) in children {
            let size = count(child);
            if left < size {
                path.push(token);
                node = child;
                continue 'down;
            }
            left -= size;
        }
        break;
    }
    path
}

/// Takes a member or item out of its place.
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

/// Puts each of two nodes in the place of the other, as far as that goes where one holds the other.
fn swap(document: &mut Value, one: usize, other: usize) {
    let (first, second) = (nth(document, one).clone(), nth(document, other).clone());
    let (low, high) =
        if one < other { ((one, second), (other, first)) } else { ((other, first), (one, second)) };
    // The later first: what follows a node does not move it.
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

/// Gives a member another name, or a text another value.
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

/// A reference to some node, or to nowhere.
fn reference(document: &Value, random: &mut Random) -> String {
    match random.below(12) {
        0 => random.text(),
        1 => format!("#/{}", random.text()),
        2 => "#".to_owned(),
        3 => "other.yaml#/components/schemas/A".to_owned(),
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

/// Puts a schema into another.
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

/// Puts a copy of a member beside it, under a name of its own.
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

/// Changes one text, wherever there is one.
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

/// Nests a node in itself over and over.
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
