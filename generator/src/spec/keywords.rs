//! Reads the values of single schema keywords. An invalid keyword does not affect the others.

mod enums;

use indexmap::IndexMap;
use serde_json::Value;

use super::grammar::Kind;
use super::object_reader::member_types::{self, DISCRIMINATOR, check_members, read_as};
use super::object_reader::{unexpected, unknown_members};
use super::resolve::Substitute;
use super::{AdditionalProperties, Discriminator, Spec, Type};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::tree::{Mapping, Node, Number};

/// Keywords that describe members for some values only.
const CONDITIONAL: &[&str] = &["dependentSchemas", "else", "then"];

/// Reads the keywords of one schema.
///
/// They are read from the tree instead of through `openapiv3::Schema`, which rejects a whole schema for one invalid
/// keyword, rounds bounds to 64 bits, and copies all nested schemas.
pub(super) struct KeywordReader<'a, 'd> {
    spec: &'a Spec,
    pointer: &'a Pointer,
    members: &'a Mapping,
    diagnostics: &'d mut Diagnostics,
}

impl<'a, 'd> KeywordReader<'a, 'd> {
    /// Creates a reader of the schema at a place. Reports a node that is not a schema.
    pub(super) fn new(
        spec: &'a Spec,
        pointer: &'a Pointer,
        diagnostics: &'d mut Diagnostics,
    ) -> Option<Self> {
        match spec.node(pointer)? {
            Node::Mapping(members) => Some(Self { spec, pointer, members, diagnostics }),
            other => {
                let message = format!(
                    "expected a schema, found {}; it is ignored, so that any value is allowed",
                    other.kind()
                );
                diagnostics.push(Diagnostic::warning(Code::Malformed, pointer, message, "write a schema"));
                None
            }
        }
    }

    /// Returns the member of this name, unless it is null.
    pub(super) fn node(&self, key: &str) -> Option<&'a Node> {
        self.members.get(key).filter(|node| **node != Node::Null)
    }

    /// Reports misspelt keywords, and those with a wrong type that no method of the reader reports.
    pub(super) fn check(&mut self) {
        unknown_members::check(Kind::Schema, self.pointer, self.members, self.diagnostics);
        member_types::check(Kind::Schema, self.pointer, self.members, self.diagnostics);
    }

    fn unexpected(&mut self, place: &Pointer, expected: &str, found: &Node) {
        self.diagnostics.push(unexpected(place, expected, found));
    }

    /// Reads and converts a member. Reports one that cannot be converted.
    fn read<T>(&mut self, key: &str, expected: &str, convert: impl Fn(&'a Node) -> Option<T>) -> Option<T> {
        let node = self.node(key)?;
        let value = convert(node);
        if value.is_none() {
            self.unexpected(&self.pointer.child(key), expected, node);
        }
        value
    }

    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        let text = self.read(key, "a string", Node::scalar_text);
        self.report_text(key, "a string", text.is_some() && self.node(key)?.as_str().is_none());
        text
    }

    pub(super) fn flag(&mut self, key: &str) -> bool {
        let value = self.read(key, "`true` or `false`", flag);
        let is_text = self.node(key).is_some_and(|node| node.as_str().is_some());
        self.report_text(key, "`true` or `false`", value.is_some() && is_text);
        value.unwrap_or_default()
    }

    /// Reports a value that is read although it has another type.
    fn report_text(&mut self, key: &str, expected: &str, is_odd: bool) {
        if let Some(node) = self.node(key).filter(|_| is_odd) {
            self.diagnostics.push(read_as(&self.pointer.child(key), expected, node));
        }
    }

    pub(super) fn number(&mut self, key: &str) -> Option<Number> {
        self.read(key, "a number", |node| node.as_number().cloned())
    }

    pub(super) fn count(&mut self, key: &str) -> Option<u64> {
        self.read(key, "a non-negative integer", |node| node.as_number()?.as_u64())
    }

    /// Reads a value of any type, including `null`.
    pub(super) fn value(&self, key: &str) -> Option<Value> {
        self.members.get(key).map(Node::to_json)
    }

    pub(super) fn texts(&mut self, key: &str) -> Vec<String> {
        self.read(key, "an array of strings", |node| {
            node.as_sequence()?.iter().map(Node::scalar_text).collect()
        })
        .unwrap_or_default()
    }

    /// Returns the place of a subschema.
    pub(super) fn schema(&mut self, key: &str) -> Option<Pointer> {
        let place = self.pointer.child(key);
        self.read(key, "a schema", Node::as_mapping).map(|_| place)
    }

    /// Returns the places of an array of subschemas.
    pub(super) fn schemas(&mut self, key: &str) -> Vec<Pointer> {
        self.indices(key, |_| true)
    }

    /// Returns the places of an array of subschemas, without those that match only `null`. They make the whole schema
    /// nullable.
    pub(super) fn alternatives(&mut self, key: &str) -> Vec<Pointer> {
        self.indices(key, |schema| !only_null(schema))
    }

    fn indices(&mut self, key: &str, keep: fn(&Node) -> bool) -> Vec<Pointer> {
        let place = self.pointer.child(key);
        let schemas = self.read(key, "an array of schemas", Node::as_sequence);
        if schemas.is_some_and(<[Node]>::is_empty) {
            let message = format!("`{key}` has no schemas; it is ignored");
            let help = format!("list the schemas, or remove `{key}`");
            self.diagnostics.push(Diagnostic::warning(Code::Malformed, &place, message, help));
        }
        let schemas = schemas.unwrap_or_default();
        let kept = schemas.iter().enumerate().filter(|(_, schema)| keep(schema));
        kept.map(|(index, _)| place.child(index)).collect()
    }

    /// Returns `true` if the schema allows `null`, by `nullable` or by one of its alternatives.
    pub(super) fn nullable(&mut self) -> bool {
        let alternatives = ["anyOf", "oneOf"].iter().filter_map(|key| self.node(key)?.as_sequence());
        let null = alternatives.flatten().any(only_null);
        self.flag("nullable") || null
    }

    /// Returns the schema of the items. In a tuple, that is the schema of the items after the first ones.
    pub(super) fn items(&mut self) -> Option<Pointer> {
        let key = if self.tuple_key() == Some("items") { "additionalItems" } else { "items" };
        self.schema(key).filter(|_| !self.closed_tuple())
    }

    /// Returns the schemas of the first items of a tuple, one for each position.
    pub(super) fn tuple(&mut self) -> Vec<Pointer> {
        self.tuple_key().map(|key| self.schemas(key)).unwrap_or_default()
    }

    /// Returns `true` if a tuple allows no items after the first ones.
    pub(super) fn closed_tuple(&self) -> bool {
        let rest = match self.tuple_key() {
            None => return false,
            Some("items") => &["additionalItems"][..],
            Some(_) => &["items", "unevaluatedItems"],
        };
        rest.iter().filter_map(|key| self.node(key)).any(fits_nothing)
    }

    /// Returns the keyword that holds the schemas of a tuple: `prefixItems`, or `items` in drafts before 2020-12.
    fn tuple_key(&self) -> Option<&'static str> {
        let has_schemas =
            |key: &&str| self.node(key).and_then(Node::as_sequence).is_some_and(|all| !all.is_empty());
        ["prefixItems", "items"].into_iter().find(has_schemas)
    }

    pub(super) fn properties(&mut self) -> Vec<(String, Pointer)> {
        let place = self.pointer.child("properties");
        let properties = self.read("properties", "an object", Node::as_mapping);
        // A property whose schema matches no value is never present.
        let some = properties.into_iter().flatten().filter(|(_, schema)| !fits_nothing(schema));
        some.map(|(name, _)| (name.clone(), place.child(name))).collect()
    }

    pub(super) fn ty(&mut self) -> Option<Type> {
        if self.members.get("type") == Some(&Node::Null) {
            self.unexpected(&self.pointer.child("type"), "the name of a type", &Node::Null);
        }
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
                || format!("valid types are {}", types.map(|ty| format!("`{ty}`")).join(", ")),
                |ty| format!("did you mean `{ty}`?"),
            );
            self.diagnostics.push(Diagnostic::warning(
                Code::Malformed,
                &self.pointer.child("type"),
                format!("unknown type `{name}`; it is ignored, so that any value is allowed"),
                help,
            ));
        }
        ty
    }

    /// Returns the schema that `$ref` refers to. Schemas that contain nothing but another `$ref` are skipped.
    pub(super) fn reference(&mut self) -> Option<Pointer> {
        self.members.get("$ref")?;
        let places = self.spec.follow(self.pointer, Kind::Schema, Substitute::AnyValue, self.diagnostics)?;
        self.meant(places.get(1..)?)
    }

    /// Returns the first of a chain of references that contains more than a `$ref`, or else the last one.
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

    /// Returns the schema of the only pattern in `patternProperties`, unless `additionalProperties` has a schema too.
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
        check_members(DISCRIMINATOR, &place, discriminator, self.diagnostics);
        let (noun, known) = ("a discriminator", unknown_members::DISCRIMINATOR);
        unknown_members::check_known(noun, known, &place, discriminator, self.diagnostics);
        let Some(property) = discriminator.get("propertyName").and_then(Node::scalar_text) else {
            self.diagnostics.push(Diagnostic::warning(
                Code::Malformed,
                &place,
                "this discriminator has no `propertyName`; it is ignored",
                "add `propertyName`",
            ));
            return None;
        };
        let written = place.child("mapping");
        let mapping = discriminator.get("mapping").and_then(Node::as_mapping);
        let mapping = mapping.into_iter().flatten().filter_map(|(value, target)| {
            let target = self.mapped(&written.child(value), target.as_str()?)?;
            Some((value.clone(), target))
        });
        let mapping = mapping.collect();
        let default = discriminator.get("defaultMapping").and_then(Node::as_str);
        let default = default.and_then(|target| self.mapped(&place.child("defaultMapping"), target));
        Some(Discriminator { default, mapping, property, pointer: place })
    }

    /// Returns the schema that a discriminator value is mapped to.
    fn mapped(&mut self, at: &Pointer, target: &str) -> Option<Pointer> {
        let schemas = Pointer::root(at.document).child("components").child("schemas");
        let named = |name: &str| Some(schemas.child(name)).filter(|place| self.spec.node(place).is_some());
        let mut findings = Diagnostics::default();
        // The target is a schema name, a reference, or a URL that ends in a schema name.
        let place = named(target)
            .or_else(|| self.spec.target(at, target, Substitute::NoMapping, &mut findings))
            .or_else(|| named(last_segment(target)));
        let Some(place) = place else {
            let known = self.spec.node(&schemas).and_then(Node::as_mapping);
            let names = known.into_iter().flat_map(|known| known.keys()).map(String::as_str);
            let meant = nearest(last_segment(target), names).map(|name| schemas.child(name));
            for finding in findings.iter() {
                let help = meant.as_ref().map(|meant| format!("did you mean `#{meant}`?"));
                let help = help.unwrap_or_else(|| finding.help.clone());
                self.diagnostics.push(Diagnostic { help, ..finding.clone() });
            }
            return None;
        };
        let places = self.spec.follow(&place, Kind::Schema, Substitute::NoMapping, self.diagnostics)?;
        self.meant(&places)
    }

    /// Returns the keywords that describe members for some values only, in the order of the schema.
    pub(super) fn conditional(&self) -> Vec<&'static str> {
        let known = |key: &String| CONDITIONAL.iter().copied().find(|known| known == key);
        self.members.keys().filter_map(known).collect()
    }

    pub(super) fn extensions(&self) -> IndexMap<String, Value> {
        let extensions = self.members.iter().filter(|(key, _)| key.starts_with("x-"));
        extensions.map(|(key, value)| (key.clone(), value.to_json())).collect()
    }
}

/// Returns `true` if a normalised schema matches only `null`.
fn only_null(schema: &Node) -> bool {
    schema.get("enum").and_then(Node::as_sequence) == Some(&[Node::Null])
}

/// Returns `true` if a normalised schema matches no value, as the schema `false` does.
fn fits_nothing(schema: &Node) -> bool {
    let nothing = |members: &Mapping| members.len() == 1 && members.get("not").is_some_and(is_empty);
    schema.as_mapping().is_some_and(nothing)
}

fn is_empty(node: &Node) -> bool {
    node.as_mapping().is_some_and(Mapping::is_empty)
}

/// Returns the last segment of a URL or path, without its extension.
fn last_segment(target: &str) -> &str {
    let segment = target.rsplit(['/', '#', ':']).find(|part| !part.is_empty()).unwrap_or_default();
    segment.strip_suffix(".json").or_else(|| segment.strip_suffix(".yaml")).unwrap_or(segment)
}

/// Reads a boolean, which many documents write in quotes.
fn flag(node: &Node) -> Option<bool> {
    match node {
        Node::Bool(value) => Some(*value),
        Node::String(text) => text.parse().ok(),
        Node::Null | Node::Number(_) | Node::Sequence(_) | Node::Mapping(_) => None,
    }
}
