//! Types: the values that operations take and return.

use super::TypeId;
use crate::name::Name;
use crate::pointer::Pointer;

/// A JSON value of the document: a default, an example, a constant.
pub type Value = serde_json::Value;

/// Text that the author of a document wrote. It may hold anything, code and HTML among it, so it does not convert into
/// text to emit: only `emit::inert` makes something to emit of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForeignText(String);

impl ForeignText {
    /// The text as the document has it: to look at, never to write into a file.
    #[must_use]
    pub fn as_written(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for ForeignText {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

/// What the document says about something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// A short title.
    pub title: Option<ForeignText>,
    /// A description in CommonMark.
    pub description: Option<ForeignText>,
}

/// A named type.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Its name; made of operation or parent and property for an inline schema.
    pub name: Name,
    /// True when the name is the document's own, so that made-up ones give way to it.
    pub is_named: bool,
    /// The name of the group of types that it belongs to: the schema name before `--`, or the
    /// manager of the operation that it is inline in.
    pub family: Name,
    /// Where it stands.
    pub origin: Pointer,
    /// Title and description.
    pub docs: Docs,
    /// Whether requests, responses or both hold it (filled by a pass).
    pub usage: Usage,
    /// True when callers should use something else.
    pub deprecated: bool,
    /// What it is.
    pub shape: Shape,
}

/// Where values of a type go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Callers send it.
    pub request: bool,
    /// The server returns it.
    pub response: bool,
}

/// What a type is.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Named members.
    Struct {
        /// The members that the document names, in document order.
        fields: Vec<Field>,
        /// The members that it does not name, where it says that there are some.
        additional: Option<Additional>,
    },
    /// Named texts. Others may come.
    StringEnum(Vec<Variant<String>>),
    /// Named integers. Others may come.
    IntegerEnum(Vec<Variant<i64>>),
    /// Named values of several kinds, or numbers with a fraction. Others may come.
    ValueEnum(Vec<Variant<Value>>),
    /// One of several types.
    Union(Union),
    /// Another name of a type.
    Alias(TypeRef),
}

/// Members that a document does not name.
#[derive(Clone, Debug)]
pub struct Additional {
    /// The type of their values.
    pub ty: TypeRef,
    /// What the document says of them.
    pub docs: Docs,
}

/// A named value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant<T> {
    /// Its name.
    pub name: Name,
    /// The value.
    pub value: T,
    /// A description in CommonMark.
    pub docs: Docs,
}

/// One of several types.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The wire name of the member that tells which variant a value is.
    pub tag: Option<String>,
    /// The variants. Those without tags, and those that share one, in the order in which they are tried:
    /// the one with the most specific demands first.
    pub variants: Vec<UnionVariant>,
    /// True when the union has a text form although a variant holds more than text, numbers and booleans.
    pub is_text: bool,
}

/// One type of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct UnionVariant {
    /// Its name.
    pub name: Name,
    /// The values of the tag that stand for it; none where only its shape tells. Where others have the same
    /// value, the shape tells between them.
    pub tags: Vec<String>,
    /// The type that it holds.
    pub ty: TypeRef,
    /// True when it is held behind a pointer.
    pub indirect: bool,
    /// True when values of its type convert into it although another variant has the same type.
    pub keeps_from: bool,
}

/// A member of a struct, or of a body whose members are arguments.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Where it stands.
    pub origin: Pointer,
    /// The type of its value; `Nullable` when null is a value.
    pub ty: TypeRef,
    /// True when a value without it is wrong.
    pub required: bool,
    /// True when it is held behind a pointer, since it closes a cycle or is large (filled by a pass).
    pub indirect: bool,
    /// True when callers do not send it.
    pub read_only: bool,
    /// True when the server does not return it.
    pub write_only: bool,
    /// True when callers should use something else.
    pub deprecated: bool,
    /// The value that the server assumes.
    pub default: Option<Value>,
    /// A value to show.
    pub example: Option<Value>,
    /// A description in CommonMark.
    pub docs: Docs,
}

/// A type as something refers to it.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeRef {
    /// A type without parts.
    Scalar(Scalar),
    /// Values in order.
    List(Box<TypeRef>),
    /// So many values, each of its own type. At least one.
    Tuple(Vec<TypeRef>),
    /// Values by text keys.
    Map(Box<TypeRef>),
    /// The type, or null. Never directly inside another `Nullable`.
    Nullable(Box<TypeRef>),
    /// A named type.
    Def(TypeId),
    /// Any JSON value.
    Any,
}

impl TypeRef {
    /// Returns the type without the null that may stand for it.
    #[must_use]
    pub fn non_null(&self) -> &Self {
        match self {
            Self::Nullable(inner) => inner,
            Self::Scalar(_) | Self::List(_) | Self::Tuple(_) | Self::Map(_) | Self::Def(_) | Self::Any => {
                self
            }
        }
    }

    /// Returns the type that also takes null.
    #[must_use]
    pub fn or_null(self) -> Self {
        match self {
            Self::Nullable(_) => self,
            Self::Scalar(_) | Self::List(_) | Self::Tuple(_) | Self::Map(_) | Self::Def(_) | Self::Any => {
                Self::Nullable(Box::new(self))
            }
        }
    }
}

/// A type without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// Text.
    String,
    /// `true` or `false`.
    Boolean,
    /// A 32-bit integer.
    Int32,
    /// A 64-bit integer; also one without a format.
    Int64,
    /// A 32-bit integer that is never negative.
    UInt32,
    /// An integer that is never negative and needs the upper half of 64 bits.
    UInt64,
    /// A number in double precision, whatever format it has: JSON tells no precisions apart, and nothing is lost.
    Float,
    /// A number with all of its digits: a decimal, or an integer beyond 64 bits.
    Number,
    /// An instant with its offset (RFC 3339, section 5.6).
    DateTime,
    /// A calendar date (RFC 3339, `full-date`).
    Date,
    /// Bytes in base64 (RFC 4648, section 4).
    Base64,
}

impl Scalar {
    /// Returns the JSON type that its values have.
    #[must_use]
    pub fn json_type(self) -> JsonType {
        match self {
            Self::String | Self::DateTime | Self::Date | Self::Base64 => JsonType::String,
            Self::Boolean => JsonType::Boolean,
            Self::Int32 | Self::Int64 | Self::UInt32 | Self::UInt64 | Self::Float | Self::Number => {
                JsonType::Number
            }
        }
    }
}

/// A type of JSON values (RFC 8259, section 3), without `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonType {
    /// A string.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An array.
    Array,
    /// An object.
    Object,
}
