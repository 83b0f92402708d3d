//! Defines [`Keywords`], a flat view of the keywords of a schema.

use indexmap::IndexMap;
use serde_json::Value;

use super::Spec;
use super::keywords::KeywordReader;
use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;
use crate::tree::{Node, Number};

/// The keywords of a schema in one flat view. Nested schemas are given by their places.
#[derive(Clone, Debug)]
pub struct Keywords {
    /// The place of the schema.
    pub pointer: Pointer,
    /// The schema that `$ref` refers to. Keywords next to `$ref` are in the other fields.
    pub reference: Option<Pointer>,
    /// A short title.
    pub title: Option<String>,
    /// A description in CommonMark.
    pub description: Option<String>,
    /// The type of values.
    pub ty: Option<Type>,
    /// The format of values, such as `date-time`.
    pub format: Option<String>,
    /// If `true`, `null` is allowed.
    pub nullable: bool,
    /// If `true`, only responses contain the member.
    pub read_only: bool,
    /// If `true`, only requests contain the member.
    pub write_only: bool,
    /// If `true`, callers should no longer use it.
    pub deprecated: bool,
    /// The default value.
    pub default: Option<Value>,
    /// An example value.
    pub example: Option<Value>,
    /// The allowed values. An empty list is kept as such.
    pub enum_: Option<Vec<Value>>,
    /// The names of the enum values, in their order, from `x-enum-varnames` or `x-enumNames`; empty without these.
    pub enum_names: Vec<Option<String>>,
    /// The descriptions of the enum values, in their order, from `x-enum-descriptions` or `x-enumDescriptions`; empty
    /// without these.
    pub enum_descriptions: Vec<Option<String>>,
    /// The minimum of numbers.
    pub minimum: Option<Number>,
    /// If `true`, the minimum itself is not allowed.
    pub exclusive_minimum: bool,
    /// The maximum of numbers.
    pub maximum: Option<Number>,
    /// If `true`, the maximum itself is not allowed.
    pub exclusive_maximum: bool,
    /// The divisor of all numbers.
    pub multiple_of: Option<Number>,
    /// The minimum length of strings, in characters.
    pub min_length: Option<u64>,
    /// The maximum length of strings, in characters.
    pub max_length: Option<u64>,
    /// A regular expression (ECMA-262) that strings match.
    pub pattern: Option<String>,
    /// The minimum number of items.
    pub min_items: Option<u64>,
    /// The maximum number of items.
    pub max_items: Option<u64>,
    /// If `true`, items must be unique.
    pub unique_items: bool,
    /// The schema of items.
    pub items: Option<Pointer>,
    /// The schemas of the first items of a tuple, one for each position; empty if it is not a tuple.
    pub tuple: Vec<Pointer>,
    /// If `true`, a tuple has no further items.
    pub closed_tuple: bool,
    /// The minimum number of members.
    pub min_properties: Option<u64>,
    /// The maximum number of members.
    pub max_properties: Option<u64>,
    /// The properties with their schemas, in document order.
    pub properties: Vec<(String, Pointer)>,
    /// The names of required members.
    pub required: Vec<String>,
    /// The members that are not in `properties`.
    pub additional: AdditionalProperties,
    /// Schemas that must all match.
    pub all_of: Vec<Pointer>,
    /// Schemas of which exactly one must match; empty without `oneOf`.
    pub one_of: Vec<Pointer>,
    /// Schemas of which at least one must match; empty without `anyOf`.
    pub any_of: Vec<Pointer>,
    /// If `true`, the schema has a `not`.
    pub not: bool,
    /// The discriminator of `one_of` or `any_of`.
    pub discriminator: Option<Discriminator>,
    /// Extensions: members whose name starts with `x-`.
    pub extensions: IndexMap<String, Value>,
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A string.
    String,
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// An object.
    Object,
    /// An array.
    Array,
}

/// The members of an object that are not in `properties`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdditionalProperties {
    /// Not specified, so any are allowed.
    Unspecified,
    /// None are allowed.
    Denied,
    /// Any are allowed.
    Any,
    /// Those that match this schema are allowed.
    Schema(Pointer),
}

/// The member whose value selects one of several schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discriminator {
    /// The name of the member.
    pub property: String,
    /// Values with the schemas that they select, in document order. Any other value is the name of a schema.
    pub mapping: Vec<(String, Pointer)>,
}

impl Spec {
    /// Returns the keywords of the schema at this place. A `$ref` is resolved, but its target is not read. Returns none
    /// if there is no schema. Invalid keywords are reported and left out.
    pub fn schema(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<Keywords> {
        let mut reader = KeywordReader::new(self, pointer, diagnostics)?;
        let enum_ = reader.values("enum");
        let (enum_names, enum_descriptions) = reader.enum_docs(enum_.as_deref());
        Some(Keywords {
            reference: reader.reference(),
            title: reader.text("title"),
            description: reader.text("description"),
            ty: reader.ty(),
            format: reader.text("format"),
            nullable: reader.nullable(),
            read_only: reader.flag("readOnly"),
            write_only: reader.flag("writeOnly"),
            deprecated: reader.flag("deprecated"),
            default: reader.value("default"),
            example: reader.value("example"),
            enum_,
            enum_names,
            enum_descriptions,
            minimum: reader.number("minimum"),
            exclusive_minimum: reader.flag("exclusiveMinimum"),
            maximum: reader.number("maximum"),
            exclusive_maximum: reader.flag("exclusiveMaximum"),
            multiple_of: reader.number("multipleOf"),
            min_length: reader.count("minLength"),
            max_length: reader.count("maxLength"),
            pattern: reader.text("pattern"),
            min_items: reader.count("minItems"),
            max_items: reader.count("maxItems"),
            unique_items: reader.flag("uniqueItems"),
            items: reader.items(),
            tuple: reader.tuple(),
            closed_tuple: reader.closed_tuple(),
            min_properties: reader.count("minProperties"),
            max_properties: reader.count("maxProperties"),
            properties: reader.properties(),
            required: reader.texts("required"),
            additional: reader.additional(),
            all_of: reader.schemas("allOf"),
            one_of: reader.alternatives("oneOf"),
            any_of: reader.alternatives("anyOf"),
            not: reader.node("not").is_some(),
            discriminator: reader.discriminator(),
            extensions: reader.extensions(),
            pointer: pointer.clone(),
        })
    }

    /// Returns the named schemas of a document, by name. References are not followed.
    #[must_use]
    pub fn named_schemas(&self, document: crate::pointer::DocumentId) -> Vec<(String, Pointer)> {
        let place = Pointer::root(document).child("components").child("schemas");
        let names = self.node(&place).and_then(Node::as_mapping).into_iter().flat_map(|all| all.keys());
        names.map(|name| (name.clone(), place.child(name))).collect()
    }
}
