//! One keyword of a schema to its value; a wrong one costs only itself.

use indexmap::IndexMap;
use serde_json::Value;

use super::object_reader::unexpected;
use super::{AdditionalProperties, Discriminator, Spec, Type};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::tree::{Mapping, Node, Number};

/// Reads the keywords of one schema.
///
/// They are read from the tree and not through `openapiv3::Schema`, which fails a whole schema for one
/// wrong keyword, rounds bounds to 64 bits, and copies every schema below.
pub(super) struct KeywordReader<'a, 'd> {
    spec: &'a Spec,
    pointer: &'a Pointer,
    members: &'a Mapping,
    diagnostics: &'d mut Diagnostics,
}

impl<'a, 'd> KeywordReader<'a, 'd> {
    /// A reader of the schema at a place; reports what is no schema.
    pub(super) fn new(
        spec: &'a Spec,
        pointer: &'a Pointer,
        diagnostics: &'d mut Diagnostics,
    ) -> Option<Self> {
        match spec.node(pointer)? {
            Node::Mapping(members) => Some(Self { spec, pointer, members, diagnostics }),
            other => {
                diagnostics.push(unexpected(pointer, "a schema", other));
                None
            }
        }
    }

    /// The member of this name, unless it is null.
    pub(super) fn node(&self, key: &str) -> Option<&'a Node> {
        self.members.get(key).filter(|node| **node != Node::Null)
    }

    fn unexpected(&mut self, place: &Pointer, expected: &str, found: &Node) {
        self.diagnostics.push(unexpected(place, expected, found));
    }

    /// A member of one kind; any other kind is reported.
    fn read<T>(&mut self, key: &str, expected: &str, convert: impl Fn(&'a Node) -> Option<T>) -> Option<T> {
        let node = self.node(key)?;
        let value = convert(node);
        if value.is_none() {
            self.unexpected(&self.pointer.child(key), expected, node);
        }
        value
    }

    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        self.read(key, "a string", Node::scalar_text)
    }

    pub(super) fn flag(&mut self, key: &str) -> bool {
        self.read(key, "`true` or `false`", flag).unwrap_or_default()
    }

    pub(super) fn number(&mut self, key: &str) -> Option<Number> {
        self.read(key, "a number", |node| node.as_number().cloned())
    }

    pub(super) fn count(&mut self, key: &str) -> Option<u64> {
        self.read(key, "an integer from 0", |node| node.as_number()?.as_u64())
    }

    /// A value of any kind, `null` too.
    pub(super) fn value(&self, key: &str) -> Option<Value> {
        self.members.get(key).map(Node::to_json)
    }

    pub(super) fn values(&mut self, key: &str) -> Option<Vec<Value>> {
        self.read(key, "an array", |node| Some(node.as_sequence()?.iter().map(Node::to_json).collect()))
    }

    pub(super) fn texts(&mut self, key: &str) -> Vec<String> {
        self.read(key, "an array of strings", |node| {
            node.as_sequence()?.iter().map(Node::scalar_text).collect()
        })
        .unwrap_or_default()
    }

    /// The place of a schema below this one.
    pub(super) fn schema(&mut self, key: &str) -> Option<Pointer> {
        let place = self.pointer.child(key);
        self.read(key, "a schema", Node::as_mapping).map(|_| place)
    }

    /// The places of an array of schemas below this one.
    pub(super) fn schemas(&mut self, key: &str) -> Vec<Pointer> {
        self.indices(key, |_| true)
    }

    /// The same without those that only `null` fits, which make the whole nullable.
    pub(super) fn alternatives(&mut self, key: &str) -> Vec<Pointer> {
        self.indices(key, |schema| !only_null(schema))
    }

    fn indices(&mut self, key: &str, keep: fn(&Node) -> bool) -> Vec<Pointer> {
        let place = self.pointer.child(key);
        let schemas = self.read(key, "an array of schemas", Node::as_sequence).unwrap_or_default();
        let kept = schemas.iter().enumerate().filter(|(_, schema)| keep(schema));
        kept.map(|(index, _)| place.child(index)).collect()
    }

    /// `null` is a value: by `nullable`, or as one of several schemas.
    pub(super) fn nullable(&mut self) -> bool {
        let alternatives = ["anyOf", "oneOf"].iter().filter_map(|key| self.node(key)?.as_sequence());
        let null = alternatives.flatten().any(only_null);
        self.flag("nullable") || null
    }

    /// The schema of items; where the first ones have schemas of their own, that of those behind them.
    pub(super) fn items(&mut self) -> Option<Pointer> {
        let key = if self.tuple_key() == Some("items") { "additionalItems" } else { "items" };
        self.schema(key).filter(|_| !self.closed_tuple())
    }

    /// The schemas of the first items, one for each place.
    pub(super) fn tuple(&mut self) -> Vec<Pointer> {
        self.tuple_key().map(|key| self.schemas(key)).unwrap_or_default()
    }

    /// True where there are no items behind the first ones.
    pub(super) fn closed_tuple(&self) -> bool {
        let rest = match self.tuple_key() {
            None => return false,
            Some("items") => &["additionalItems"][..],
            Some(_) => &["items", "unevaluatedItems"],
        };
        rest.iter().filter_map(|key| self.node(key)).any(fits_nothing)
    }

    /// Where the schemas of the first items stand: `items` holds them in drafts before 2020-12.
    fn tuple_key(&self) -> Option<&'static str> {
        let has_schemas =
            |key: &&str| self.node(key).and_then(Node::as_sequence).is_some_and(|all| !all.is_empty());
        ["prefixItems", "items"].into_iter().find(has_schemas)
    }

    pub(super) fn properties(&mut self) -> Vec<(String, Pointer)> {
        let place = self.pointer.child("properties");
        let properties = self.read("properties", "an object", Node::as_mapping);
        // A member that no value fits is one that is never there.
        let some = properties.into_iter().flatten().filter(|(_, schema)| !fits_nothing(schema));
        some.map(|(name, _)| (name.clone(), place.child(name))).collect()
    }

    pub(super) fn ty(&mut self) -> Option<Type> {
        let name = self.read("type", "the name of a type", Node::as_str)?;
        let ty = match name {
            "string" => Some(Type::String),
            "integer" => Some(Type::Integer),
            "number" => Some(Type::Number),
            "boolean" => Some(Type::Boolean),
            "object" => Some(Type::Object),
            "array" => Some(Type::Array),
            _ => None,
        };
        if ty.is_none() {
            let types = ["string", "integer", "number", "boolean", "object", "array"];
            let help = nearest(name, types).map_or_else(
                || format!("the types are {}", types.map(|ty| format!("`{ty}`")).join(", ")),
                |ty| format!("did you mean `{ty}`?"),
            );
            self.diagnostics.push(Diagnostic::warning(
                Code::Malformed,
                &self.pointer.child("type"),
                format!("there is no type `{name}`; it is left out, so that any value fits"),
                help,
            ));
        }
        ty
    }

    /// The schema that `$ref` means: the first on the way that says more than where to go on.
    pub(super) fn reference(&mut self) -> Option<Pointer> {
        self.members.get("$ref")?.as_str()?;
        let places = self.spec.follow(self.pointer, self.diagnostics)?;
        self.meant(&places[1..])
    }

    /// Of places that refer one to the next, the first that says more than where to go on.
    fn meant(&self, places: &[Pointer]) -> Option<Pointer> {
        let says_more = |place: &&Pointer| {
            let members = self.spec.node(place).and_then(Node::as_mapping);
            members.is_some_and(|members| members.len() > 1 || !members.contains_key("$ref"))
        };
        places.iter().find(says_more).or(places.last()).cloned()
    }

    pub(super) fn additional(&mut self) -> AdditionalProperties {
        if let Some(place) = self.pattern() {
            return AdditionalProperties::Schema(place);
        }
        let place = self.pointer.child("additionalProperties");
        match self.node("additionalProperties") {
            None => AdditionalProperties::Unspecified,
            Some(Node::Bool(false)) => AdditionalProperties::Denied,
            Some(Node::Bool(true)) => AdditionalProperties::Any,
            Some(Node::Mapping(members)) if members.is_empty() => AdditionalProperties::Any,
            Some(Node::Mapping(_)) => AdditionalProperties::Schema(place),
            Some(other) => {
                self.unexpected(&place, "a schema, `true` or `false`", other);
                AdditionalProperties::Unspecified
            }
        }
    }

    /// The one schema of members by a pattern of their names, where no other members have one.
    fn pattern(&self) -> Option<Pointer> {
        if self.node("additionalProperties").is_some_and(|node| node.as_mapping().is_some()) {
            return None;
        }
        let patterns = self.node("patternProperties")?.as_mapping()?;
        let (pattern, _) = patterns.first().filter(|_| patterns.len() == 1)?;
        Some(self.pointer.child("patternProperties").child(pattern))
    }

    pub(super) fn discriminator(&mut self) -> Option<Discriminator> {
        let place = self.pointer.child("discriminator");
        let discriminator = self.read("discriminator", "an object", Node::as_mapping)?;
        let Some(property) = discriminator.get("propertyName").and_then(Node::as_str) else {
            self.diagnostics.push(Diagnostic::warning(
                Code::Malformed,
                &place,
                "a discriminator needs the name of a property; it is left out",
                "add `propertyName`",
            ));
            return None;
        };
        let place = place.child("mapping");
        let mapping = discriminator.get("mapping").and_then(Node::as_mapping);
        let mapping = mapping.into_iter().flatten().filter_map(|(value, target)| {
            let target = self.mapped(&place.child(value), target.as_str()?)?;
            Some((value.clone(), target))
        });
        Some(Discriminator { mapping: mapping.collect(), property: property.to_owned() })
    }

    /// The schema that a value of the discriminator means: by its name or by a reference.
    fn mapped(&mut self, at: &Pointer, target: &str) -> Option<Pointer> {
        let schemas = Pointer::root(at.document).child("components").child("schemas");
        let named = |name: &str| Some(schemas.child(name)).filter(|place| self.spec.node(place).is_some());
        let mut findings = Diagnostics::default();
        // By its name, by a reference, or by a URL that ends in its name.
        let place = named(target)
            .or_else(|| self.spec.target(at, target, &mut findings))
            .or_else(|| named(last_segment(target)));
        let Some(place) = place else {
            findings.iter().for_each(|finding| self.diagnostics.push(finding.clone()));
            return None;
        };
        let places = self.spec.follow(&place, self.diagnostics)?;
        self.meant(&places)
    }

    /// Names and descriptions of enum values, in the order of the values.
    pub(super) fn enum_docs(&self, values: Option<&[Value]>) -> (Vec<Option<String>>, Vec<Option<String>>) {
        let values = values.unwrap_or_default();
        let of = |keys: [&str; 2]| {
            let found = keys.iter().find_map(|key| self.node(key));
            found.map(|node| enum_texts(node, values)).unwrap_or_default()
        };
        (of(["x-enum-varnames", "x-enumNames"]), of(["x-enum-descriptions", "x-enumDescriptions"]))
    }

    pub(super) fn extensions(&self) -> IndexMap<String, Value> {
        let extensions = self.members.iter().filter(|(key, _)| key.starts_with("x-"));
        extensions.map(|(key, value)| (key.clone(), value.to_json())).collect()
    }
}

/// A schema that says, after normalisation, that a value is `null`.
fn only_null(schema: &Node) -> bool {
    schema.get("enum").and_then(Node::as_sequence) == Some(&[Node::Null])
}

/// A schema that says, after normalisation, that no value fits: `false`.
fn fits_nothing(schema: &Node) -> bool {
    let nothing = |members: &Mapping| members.len() == 1 && members.get("not").is_some_and(is_empty);
    schema.as_mapping().is_some_and(nothing)
}

fn is_empty(node: &Node) -> bool {
    node.as_mapping().is_some_and(Mapping::is_empty)
}

/// What a URL or path ends in, without an extension.
fn last_segment(target: &str) -> &str {
    let segment = target.rsplit(['/', '#', ':']).find(|part| !part.is_empty()).unwrap_or_default();
    segment.strip_suffix(".json").or_else(|| segment.strip_suffix(".yaml")).unwrap_or(segment)
}

/// Texts for enum values, listed in their order or keyed by them.
fn enum_texts(node: &Node, values: &[Value]) -> Vec<Option<String>> {
    match node {
        Node::Sequence(texts) => {
            (0..values.len()).map(|index| texts.get(index).and_then(Node::scalar_text)).collect()
        }
        Node::Mapping(texts) => {
            let key = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            values.iter().map(|value| texts.get(&key(value)).and_then(Node::scalar_text)).collect()
        }
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => Vec::new(),
    }
}

/// A truth value, also one in quotes, as many documents have it.
fn flag(node: &Node) -> Option<bool> {
    match node {
        Node::Bool(value) => Some(*value),
        Node::String(text) => text.parse().ok(),
        Node::Null | Node::Number(_) | Node::Sequence(_) | Node::Mapping(_) => None,
    }
}
