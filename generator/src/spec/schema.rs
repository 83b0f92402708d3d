//! Defines [`Keywords`], a flat view of the keywords of a schema.

use indexmap::IndexMap;
use serde_json::Value;

use crate::pointer::Pointer;
use crate::tree::Number;

/// The keywords of a schema in one flat view. Nested schemas are given by their places.
#[derive(Clone, Debug)]
pub struct Keywords {
    /// The place of the schema.
    pub pointer: Pointer,
    /// The schema that `$ref` refers to. Keywords next to `$ref` are in the other fields.
    pub reference: Option<Pointer>,
    /// If `true`, `$ref` leads nowhere.
    pub dangling: bool,
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
    /// If `true`, values that match no variant of `oneOf` and `anyOf` are allowed, which no document can say by itself.
    pub open_union: bool,
    /// If `true`, callers should no longer use it.
    pub deprecated: bool,
    /// The default value.
    pub default: Option<Value>,
    /// An example value.
    pub example: Option<Value>,
    /// The allowed values.
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
    /// The keywords that describe members for some values only.
    pub conditional: Vec<&'static str>,
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
    /// Members that match this schema are allowed.
    Schema(Pointer),
}

/// The member whose value selects one of several schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discriminator {
    /// The schema for values that select no other one, and for values without the property (OpenAPI 3.2.0 section
    /// 4.25).
    pub default: Option<Pointer>,
    /// Its place.
    pub pointer: Pointer,
    /// The name of the member.
    pub property: String,
    /// Values with the schemas that they select, in document order. Any other value is the name of a schema.
    pub mapping: Vec<(String, Pointer)>,
}
