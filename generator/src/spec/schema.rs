//! A schema to one flat view of its keywords.

use indexmap::IndexMap;
use serde_json::Value;

use super::Spec;
use super::keywords::KeywordReader;
use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;
use crate::tree::{Node, Number};

/// What one schema says, all in one place. Schemas inside it are named by their places.
#[derive(Clone, Debug)]
pub struct Keywords {
    /// Where the schema stands.
    pub pointer: Pointer,
    /// The schema that its `$ref` means: the canonical place. Keywords beside `$ref` fill the rest.
    pub reference: Option<Pointer>,
    /// A short title.
    pub title: Option<String>,
    /// A description in CommonMark.
    pub description: Option<String>,
    /// What values are.
    pub ty: Option<Type>,
    /// What values are, more closely, such as `date-time`.
    pub format: Option<String>,
    /// `null` is a value too.
    pub nullable: bool,
    /// Only responses hold it.
    pub read_only: bool,
    /// Only requests hold it.
    pub write_only: bool,
    /// Callers should use something else.
    pub deprecated: bool,
    /// The value where none is given.
    pub default: Option<Value>,
    /// A value as it could be.
    pub example: Option<Value>,
    /// The values that are allowed; an empty list where the document has one.
    pub enum_: Option<Vec<Value>>,
    /// Names of these values from `x-enum-varnames` or `x-enumNames`, in their order; else empty.
    pub enum_names: Vec<Option<String>>,
    /// Descriptions of these values from `x-enum-descriptions` or `x-enumDescriptions`, in their order;
    /// else empty.
    pub enum_descriptions: Vec<Option<String>>,
    /// The least number.
    pub minimum: Option<Number>,
    /// The least number itself is not allowed.
    pub exclusive_minimum: bool,
    /// The greatest number.
    pub maximum: Option<Number>,
    /// The greatest number itself is not allowed.
    pub exclusive_maximum: bool,
    /// Numbers are a multiple of this.
    pub multiple_of: Option<Number>,
    /// The least length of a text in characters.
    pub min_length: Option<u64>,
    /// The greatest length of a text in characters.
    pub max_length: Option<u64>,
    /// A regular expression (ECMA-262) that texts match.
    pub pattern: Option<String>,
    /// The least number of items.
    pub min_items: Option<u64>,
    /// The greatest number of items.
    pub max_items: Option<u64>,
    /// No item stands twice.
    pub unique_items: bool,
    /// The schema of items.
    pub items: Option<Pointer>,
    /// The schemas of the first items, one for each place; empty where there are none.
    pub tuple: Vec<Pointer>,
    /// There are no items beyond those of the tuple.
    pub closed_tuple: bool,
    /// The least number of members.
    pub min_properties: Option<u64>,
    /// The greatest number of members.
    pub max_properties: Option<u64>,
    /// The members that have a schema, in document order.
    pub properties: Vec<(String, Pointer)>,
    /// The members that are always there.
    pub required: Vec<String>,
    /// Members beyond `properties`.
    pub additional: AdditionalProperties,
    /// Schemas that all apply.
    pub all_of: Vec<Pointer>,
    /// Schemas of which exactly one applies; empty where there are none.
    pub one_of: Vec<Pointer>,
    /// Schemas of which at least one applies; empty where there are none.
    pub any_of: Vec<Pointer>,
    /// The schema excludes something.
    pub not: bool,
    /// What tells the schemas of `one_of` or `any_of` apart.
    pub discriminator: Option<Discriminator>,
    /// Members whose name starts with `x-`.
    pub extensions: IndexMap<String, Value>,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A text.
    String,
    /// A number without fraction.
    Integer,
    /// A number.
    Number,
    /// A truth value.
    Boolean,
    /// Named members.
    Object,
    /// Items.
    Array,
}

/// What a schema says of the members that it does not name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdditionalProperties {
    /// Nothing, so there can be some.
    Unspecified,
    /// There are none.
    Denied,
    /// There can be any.
    Any,
    /// They have this schema.
    Schema(Pointer),
}

/// The member that tells which of several schemas applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discriminator {
    /// The member's name.
    pub property: String,
    /// Its values with the schemas that they mean, in document order; what is not in it is the name of a
    /// schema.
    pub mapping: Vec<(String, Pointer)>,
}

impl Spec {
    /// The schema at this place. Its `$ref` is not followed, but its target named. None where there is no
    /// schema; a wrong keyword is reported and left out.
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

    /// The named schemas of a document: name and place, as they stand.
    #[must_use]
    pub fn named_schemas(&self, document: crate::pointer::DocumentId) -> Vec<(String, Pointer)> {
        let place = Pointer::root(document).child("components").child("schemas");
        let names = self.node(&place).and_then(Node::as_mapping).into_iter().flat_map(|all| all.keys());
        names.map(|name| (name.clone(), place.child(name))).collect()
    }
}
