//! Defines [`Node`], a tree with JSON's data model that keeps the order of members and the text of numbers.

use std::fmt;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

/// The members of an object, in document order.
pub type Mapping = IndexMap<String, Node, RandomState>;

/// A value of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Sequence(Vec<Node>),
    /// An object.
    Mapping(Mapping),
}

/// A number as it is written, as far as the parser reports it, so that it loses neither range nor precision.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Box<str>);

impl Node {
    /// Returns a member of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_mapping()?.get(key)
    }

    /// Returns the member of an object, or the item of an array, for a token of a JSON Pointer (RFC 6901).
    #[must_use]
    pub fn child(&self, token: &str) -> Option<&Self> {
        match self {
            Self::Mapping(members) => members.get(token),
            Self::Sequence(items) => items.get(index(token)?),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => None,
        }
    }

    /// Returns the member of an object, or the item of an array, for a token of a JSON Pointer (RFC 6901).
    pub(crate) fn child_mut(&mut self, token: &str) -> Option<&mut Self> {
        match self {
            Self::Mapping(members) => members.get_mut(token),
            Self::Sequence(items) => items.get_mut(index(token)?),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => None,
        }
    }

    /// Returns the value of the member `$ref`.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.get("$ref")?.as_str()
    }

    /// Returns the text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// Returns the value of a boolean.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// Returns the value of a number.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// Returns the items of an array.
    #[must_use]
    pub fn as_sequence(&self) -> Option<&[Self]> {
        if let Self::Sequence(items) = self { Some(items) } else { None }
    }

    /// Returns the members of an object.
    #[must_use]
    pub fn as_mapping(&self) -> Option<&Mapping> {
        if let Self::Mapping(members) = self { Some(members) } else { None }
    }

    /// Returns the text of a string, number or boolean.
    #[must_use]
    pub fn scalar_text(&self) -> Option<String> {
        match self {
            Self::String(text) => Some(text.clone()),
            Self::Number(number) => Some(number.as_str().to_owned()),
            Self::Bool(value) => Some(value.to_string()),
            Self::Null | Self::Sequence(_) | Self::Mapping(_) => None,
        }
    }

    /// Returns the type of the node, with its article, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Sequence(_) => "an array",
            Self::Mapping(_) => "an object",
        }
    }

    /// Converts the node to JSON. Numbers that do not fit into 64 bits become the nearest double.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Bool(value) => (*value).into(),
            Self::Number(number) => number.to_json(),
            Self::String(text) => text.as_str().into(),
            Self::Sequence(items) => items.iter().map(Self::to_json).collect(),
            Self::Mapping(members) => {
                members.iter().map(|(key, member)| (key.clone(), member.to_json())).collect()
            }
        }
    }
}

/// Parses an array index of a JSON Pointer: digits without leading zeros (RFC 6901 section 4).
fn index(token: &str) -> Option<usize> {
    let plain = token == "0" || (!token.starts_with('0') && token.bytes().all(|byte| byte.is_ascii_digit()));
    if plain { token.parse().ok() } else { None }
}

impl Number {
    /// Creates a number from its text, which must be a JSON number.
    pub(crate) fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// Returns the text of the number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the value of an integer that fits into 64 bits; `5.0` is the integer 5.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.integer_text().parse().ok()
    }

    /// Returns the value of an integer that fits into 128 bits.
    #[must_use]
    pub fn as_i128(&self) -> Option<i128> {
        self.integer_text().parse().ok()
    }

    /// Returns the value of a non-negative integer that fits into 64 bits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.integer_text().parse().ok()
    }

    /// Returns the nearest double.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// Converts the number to JSON. If it does not fit into 64 bits, it becomes the nearest double.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        if let Ok(number) = self.0.parse::<u64>() {
            return number.into();
        }
        if let Ok(number) = self.0.parse::<i64>() {
            return number.into();
        }
        self.as_f64().into()
    }

    fn integer_text(&self) -> &str {
        self.0.split_once('.').map_or(&*self.0, |(whole, fraction)| {
            if fraction.bytes().all(|byte| byte == b'0') { whole } else { &*self.0 }
        })
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
