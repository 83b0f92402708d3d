//! Implements serde's `Deserializer` for nodes, so that the types of `openapiv3` can be read from them.

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::node::{Node, Number};

/// A deserializer that reads a node. A number or boolean in place of a string is read as its text, since YAML
/// authors write `version: 1.0`.
#[derive(Clone, Copy)]
pub(crate) struct NodeDeserializer<'de>(pub(crate) &'de Node);

impl<'de> IntoDeserializer<'de, Error> for NodeDeserializer<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for NodeDeserializer<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Node::Null => visitor.visit_unit(),
            Node::Bool(value) => visitor.visit_bool(*value),
            Node::Number(number) => visit_number(number, visitor),
            Node::String(text) => visitor.visit_borrowed_str(text),
            Node::Sequence(items) => {
                visitor.visit_seq(SeqDeserializer::new(items.iter().map(NodeDeserializer)))
            }
            Node::Mapping(members) => visitor.visit_map(MapDeserializer::new(
                members.iter().map(|(key, member)| (key.as_str(), NodeDeserializer(member))),
            )),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Node::Number(number) => visitor.visit_borrowed_str(number.as_str()),
            Node::Bool(value) => visitor.visit_str(if *value { "true" } else { "false" }),
            Node::Null | Node::String(_) | Node::Sequence(_) | Node::Mapping(_) => {
                self.deserialize_any(visitor)
            }
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if *self.0 == Node::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Node::String(text) => text.as_str().into_deserializer().deserialize_enum(name, variants, visitor),
            Node::Mapping(members) => {
                let members = members.iter().map(|(key, member)| (key.as_str(), NodeDeserializer(member)));
                let access = serde::de::value::MapAccessDeserializer::new(MapDeserializer::new(members));
                access.deserialize_enum(name, variants, visitor)
            }
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::Sequence(_) => {
                Err(Error::invalid_type(Unexpected::Other(self.0.kind()), &"a string or an object"))
            }
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq
        tuple tuple_struct map struct identifier ignored_any
    }
}

fn visit_number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, Error> {
    if let Ok(value) = number.as_str().parse() {
        return visitor.visit_u64(value);
    }
    if let Ok(value) = number.as_str().parse() {
        return visitor.visit_i64(value);
    }
    visitor.visit_f64(number.as_f64())
}
