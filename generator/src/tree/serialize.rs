//! Writes a node through serde, with the digits of its numbers.

use serde::{Serialize, Serializer};

use super::{Node, Number};

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Sequence(items) => items.serialize(serializer),
            Self::Mapping(members) => members.serialize(serializer),
        }
    }
}

impl Serialize for Number {
    /// Integers go beyond 64 bits; any other number is the nearest double.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.as_str();
        if let Ok(number) = text.parse() {
            serializer.serialize_u64(number)
        } else if let Ok(number) = text.parse() {
            serializer.serialize_i64(number)
        } else if let Ok(number) = text.parse() {
            serializer.serialize_i128(number)
        } else {
            serializer.serialize_f64(self.as_f64())
        }
    }
}
