//! A document as a tree of our own: JSON's data model with members in document order and numbers as text.

use std::fmt;

use indexmap::IndexMap;

/// The members of an object, in document order.
pub type Mapping = IndexMap<String, Node>;

/// One value of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    String(String),
    /// An array.
    Sequence(Vec<Node>),
    /// An object.
    Mapping(Mapping),
}

/// A number as it was written, as far as the parser tells: no range and no precision is lost.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Box<str>);

impl Node {
    /// The member of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_mapping()?.get(key)
    }

    /// The member of an object, or the item of an array, that a token of a JSON Pointer means.
    #[must_use]
    pub fn child(&self, token: &str) -> Option<&Self> {
        match self {
            Self::Mapping(members) => members.get(token),
            Self::Sequence(items) => items.get(index(token)?),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => None,
        }
    }

    /// The text of a `$ref` member.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.get("$ref")?.as_str()
    }

    /// The text, when it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The truth value, when it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The number, when it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// The items, when it is an array.
    #[must_use]
    pub fn as_sequence(&self) -> Option<&[Self]> {
        if let Self::Sequence(items) = self { Some(items) } else { None }
    }

    /// The members, when it is an object.
    #[must_use]
    pub fn as_mapping(&self) -> Option<&Mapping> {
        if let Self::Mapping(members) = self { Some(members) } else { None }
    }

    /// The text of a scalar: a text, or what a number or truth value looks like when written.
    #[must_use]
    pub fn scalar_text(&self) -> Option<String> {
        match self {
            Self::String(text) => Some(text.clone()),
            Self::Number(number) => Some(number.as_str().to_owned()),
            Self::Bool(value) => Some(value.to_string()),
            Self::Null | Self::Sequence(_) | Self::Mapping(_) => None,
        }
    }

    /// What it is, in words for a message.
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

    /// The value as JSON. Numbers beyond 64 bits become the nearest double.
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

/// An index as RFC 6901 writes it: digits without leading zeros.
fn index(token: &str) -> Option<usize> {
    let plain = token == "0" || (!token.starts_with('0') && token.bytes().all(|byte| byte.is_ascii_digit()));
    if plain { token.parse().ok() } else { None }
}

impl Number {
    /// A number from its text, which has to be JSON's form of one.
    pub(crate) fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value, when it is an integer of 64 bits; `5.0` is the integer 5.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.integer_text().parse().ok()
    }

    /// The value, when it is an integer of 128 bits.
    #[must_use]
    pub fn as_i128(&self) -> Option<i128> {
        self.integer_text().parse().ok()
    }

    /// The value, when it is an integer of 64 bits that is not negative.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.integer_text().parse().ok()
    }

    /// The nearest double.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// The number as JSON. Beyond 64 bits it becomes the nearest double.
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
