//! Models the types of the values that operations take and return.

use super::TypeId;
use crate::name::Name;
use crate::pointer::Pointer;

/// A JSON value of the document: a default, an example, a constant.
pub type Value = serde_json::Value;

/// Text from the author of a document. It can contain anything, including code and HTML, so it does not convert into
/// text to emit: only `emit::inert` makes it safe to emit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForeignText(String);

impl ForeignText {
    /// Returns the text as it is in the document, to inspect it but never to write it into a file.
    #[must_use]
    pub fn as_written(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for ForeignText {
    fn from(text: T) -> Self {
        Self(flat(text.into()))
    }
}

/// Removes the markers of list items and quotes at the start of lines that have too many.
pub(crate) fn flat(text: String) -> String {
    if text.lines().all(|line| outer_markers(line).1 <= MARKERS) { text } else { flatter(&text) }
}

/// The maximum number of list items and quotes around a line. A parser of CommonMark takes quadratic time for more.
const MARKERS: usize = 32;

/// Returns the length of the start of a line that consists of markers of list items and quotes, and their number.
fn outer_markers(line: &str) -> (usize, usize) {
    let is_marker = |char: char| matches!(char, '>' | '-' | '*' | '+' | '.' | ')');
    let end = line.find(|char: char| !is_marker(char) && !char.is_ascii_digit() && !char.is_whitespace());
    let start = &line[..end.unwrap_or(line.len())];
    // A rule or a run of emphasis is a single marker.
    let markers = start.split_whitespace().map(|part| part.matches('>').count().max(1)).sum();
    (start.len(), markers)
}

/// Removes the markers at the start of lines that have too many.
fn flatter(text: &str) -> String {
    let lines = text.lines().map(|line| match outer_markers(line) {
        (start, markers) if markers > MARKERS => &line[start..],
        (_, _) => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::ForeignText;

    #[test]
    fn text_does_not_nest_without_end() {
        let read = |text: String| ForeignText::from(text).as_written().to_owned();
        for marker in ["> ", ">", "- ", "* ", "1. ", "+ > "] {
            assert_eq!(read(format!("a\n{}b\nc", marker.repeat(100_000))), "a\nb\nc", "{marker}");
            let some = format!("a\n\n{}b", marker.repeat(8));
            assert_eq!(read(some.clone()), some);
        }
        let rule = format!("a\n\n{}\n\nb", "-".repeat(200));
        assert_eq!(read(rule.clone()), rule);
    }
}

/// The documentation of something, from the document.
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
    /// Its name; for an inline schema, made of operation or parent and property.
    pub name: Name,
    /// `true` if the document gives the name, which takes precedence over derived names.
    pub is_named: bool,
    /// The name of the group of types that it belongs to: the schema name before `--`, or the manager of the operation
    /// that contains it.
    pub family: Name,
    /// The place in the document.
    pub origin: Pointer,
    /// Title and description.
    pub docs: Docs,
    /// Its use in requests and responses (filled by a pass).
    pub usage: Usage,
    /// `true` if callers should use something else.
    pub deprecated: bool,
    /// Its shape.
    pub shape: Shape,
}

/// The use of a type in requests and responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// `true` if callers send it.
    pub request: bool,
    /// `true` if the server returns it.
    pub response: bool,
}

/// The shape of a type.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Named members.
    Struct {
        /// The named members, in document order.
        fields: Vec<Field>,
        /// The additional members, if the document allows them.
        additional: Option<Additional>,
    },
    /// Named strings. Other values are possible.
    StringEnum(Vec<Variant<String>>),
    /// Named integers. Other values are possible.
    IntegerEnum(Vec<Variant<i64>>),
    /// Named values of several types, or numbers with a fraction. Other values are possible.
    ValueEnum(Vec<Variant<Value>>),
    /// One of several types.
    Union(Union),
    /// Another name of a type.
    Alias(TypeRef),
}

/// The additional members of an object, those that the document does not name.
#[derive(Clone, Debug)]
pub struct Additional {
    /// The type of their values.
    pub ty: TypeRef,
    /// A description in CommonMark.
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
    /// The wire name of the member that selects the variant.
    pub tag: Option<String>,
    /// The wire name of the member that holds the value of the variant, if that is not the whole value: the data of a
    /// server-sent event, whose name is the tag.
    pub content: Option<String>,
    /// `true` if the document declares the tag as the discriminator.
    pub has_discriminator: bool,
    /// The variants. Those without tags, and those that share one, are in the order in which they are tried: the one
    /// with the most specific requirements first.
    pub variants: Vec<UnionVariant>,
    /// `true` if the union has a text form although a variant holds more than text, numbers and booleans.
    pub is_text: bool,
    /// Set if the values are bodies of webhooks.
    pub webhooks: Option<Webhooks>,
}

impl Union {
    /// Creates a union that is no more than its variants.
    pub(crate) fn new(tag: Option<String>, variants: Vec<UnionVariant>) -> Self {
        Self { tag, content: None, has_discriminator: false, variants, is_text: false, webhooks: None }
    }
}

/// The webhooks and callbacks of a document, calls that the server makes (OpenAPI 3.1.1 sections 4.8.1 and 4.8.18). Their
/// bodies are the variants of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhooks {
    /// The header whose value distinguishes the webhooks, in lower case, if the document describes one.
    pub header: Option<String>,
}

/// One type of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct UnionVariant {
    /// Its name.
    pub name: Name,
    /// The values of the tag that select it; empty if only its shape does. Variants with the same value are
    /// distinguished by their shapes.
    pub tags: Vec<String>,
    /// `true` if it is selected by all values of the tag that select no other variant, and without the tag.
    pub is_default: bool,
    /// The type that it holds.
    pub ty: TypeRef,
    /// `true` if it is held behind a pointer.
    pub indirect: bool,
    /// `true` if values of its type convert into it although another variant has the same type.
    pub keeps_from: bool,
    /// The webhooks whose bodies it holds; empty unless the union is that of a document's webhooks.
    pub webhooks: Vec<Webhook>,
}

impl UnionVariant {
    /// Creates a variant that is held in place.
    pub(crate) fn new(name: Name, tags: Vec<String>, ty: TypeRef) -> Self {
        Self { name, tags, is_default: false, ty, indirect: false, keeps_from: false, webhooks: Vec::new() }
    }

    /// Returns what identifies the variant beside its type: the names of its webhooks, else its tags.
    pub(crate) fn keys(&self) -> Vec<String> {
        if self.webhooks.is_empty() {
            return self.tags.clone();
        }
        self.webhooks.iter().map(|webhook| webhook.name.clone()).collect()
    }
}

/// A call that the server makes: a webhook or a callback.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook {
    /// Its name in the document.
    pub name: String,
    /// Title and description.
    pub docs: Docs,
    /// The values of the union's [`header`](Webhooks::header) that select it; empty if there is no such header.
    pub header_values: Vec<String>,
}

/// A member of a struct, or of a body whose members are arguments.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// The place in the document.
    pub origin: Pointer,
    /// The type of its value; `Nullable` if null is allowed.
    pub ty: TypeRef,
    /// `true` if the member must be present.
    pub required: bool,
    /// `true` if it is held behind a pointer, because it closes a cycle (filled by a pass).
    pub indirect: bool,
    /// `true` if the last release holds it in place, so that newer members close its cycles.
    pub was_in_place: bool,
    /// `true` if it is optional although the document requires it, since callers or the server leave it out (filled by
    /// a pass).
    pub is_left_out: bool,
    /// `true` if it can be absent although the document requires it, since it can in the last release.
    pub was_optional: bool,
    /// The value that the constructor sets: that of the discriminator that selects the type (filled by a pass).
    pub preset: Option<String>,
    /// `true` if callers do not send it.
    pub read_only: bool,
    /// `true` if the server does not return it.
    pub write_only: bool,
    /// `true` if callers should use something else.
    pub deprecated: bool,
    /// `true` if `Debug` does not show its value, since its format is `password`.
    pub secret: bool,
    /// The value that the server assumes by default.
    pub default: Option<Value>,
    /// An example value.
    pub example: Option<Value>,
    /// A description in CommonMark.
    pub docs: Docs,
}

/// A reference to a type.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeRef {
    /// A type without parts.
    Scalar(Scalar),
    /// A list of values.
    List(Box<TypeRef>),
    /// A fixed number of values, at least one, each of its own type.
    Tuple(Vec<TypeRef>),
    /// Values with string keys.
    Map(Box<TypeRef>),
    /// The type or null. Never directly inside another `Nullable`.
    Nullable(Box<TypeRef>),
    /// A named type.
    Def(TypeId),
    /// Any JSON value.
    Any,
}

impl Field {
    /// Returns `true` if the constructor takes a value for it.
    #[must_use]
    pub fn is_asked_for(&self) -> bool {
        self.required && self.preset.is_none()
    }
}

impl TypeRef {
    /// Returns the type without null.
    #[must_use]
    pub fn non_null(&self) -> &Self {
        match self {
            Self::Nullable(inner) => inner,
            Self::Scalar(_) | Self::List(_) | Self::Tuple(_) | Self::Map(_) | Self::Def(_) | Self::Any => {
                self
            }
        }
    }

    /// Returns the type with null.
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
    /// A string.
    String,
    /// `true` or `false`.
    Boolean,
    /// A 32-bit integer.
    Int32,
    /// A 64-bit integer; also an integer without a format.
    Int64,
    /// An unsigned 32-bit integer.
    UInt32,
    /// An unsigned integer that can exceed the range of `Int64`.
    UInt64,
    /// A number in double precision, whatever its format: JSON does not distinguish precisions, and nothing is lost.
    Float,
    /// A number with all its digits: a decimal, or an integer beyond 64 bits.
    Number,
    /// An instant with its offset (RFC 3339 section 5.6).
    DateTime,
    /// A calendar date (RFC 3339 `full-date`).
    Date,
    /// Bytes in Base64 (RFC 4648 section 4).
    Base64,
    /// Bytes in Base64 with the URL-safe alphabet (RFC 4648 section 5).
    Base64Url,
}

impl Scalar {
    /// Returns the JSON type of its values.
    #[must_use]
    pub fn json_type(self) -> JsonType {
        match self {
            Self::String | Self::DateTime | Self::Date | Self::Base64 | Self::Base64Url => JsonType::String,
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
