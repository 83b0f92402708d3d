//! Reads everything but objects with members: lists, maps, optional values, strings, integers.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Seed, SerdeReader, Unread, Waiting, leave, step};
use crate::json::{Read, Reader, integral};

pub(super) struct ItemsVisitor<'a> {
    pub(super) each: &'a mut dyn FnMut(&mut dyn Reader) -> Read,
    pub(super) depth: u16,
    pub(super) fault: Waiting<'a>,
}

impl<'de> Visitor<'de> for ItemsVisitor<'_> {
    /// `true` if there was a value.
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<bool, A::Error> {
        let mut index = 0;
        loop {
            let seed = Seed {
                depth: self.depth,
                is_strict: false,
                is_member: false,
                fault: &mut *self.fault,
                read: &mut *self.each,
            };
            match items.next_element_seed(seed) {
                Ok(Some(_)) => index += 1,
                Ok(None) => return Ok(true),
                Err(error) => {
                    step(self.fault, &error, |fault| fault.within_index(index));
                    return Err(error);
                }
            }
        }
    }

    fn visit_none<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

pub(super) struct EntriesVisitor<'a> {
    pub(super) each: &'a mut dyn FnMut(&str, &mut dyn Reader) -> Read,
    pub(super) depth: u16,
    pub(super) fault: Waiting<'a>,
}

impl<'de> Visitor<'de> for EntriesVisitor<'_> {
    /// `true` if there was a value.
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        while let Some(name) = map.next_key_seed(KeySeed)? {
            let read = |json: &mut dyn Reader| (self.each)(&name, json);
            if let Err(error) = map.next_value_seed(Seed {
                depth: self.depth,
                is_strict: false,
                is_member: false,
                fault: &mut *self.fault,
                read,
            }) {
                step(self.fault, &error, |fault| fault.within_member(&name));
                return Err(error);
            }
        }
        Ok(true)
    }

    fn visit_none<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_map(self)
    }
}

/// Reads a map key, borrowed if the format allows it.
pub(in crate::json) struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, name: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name.to_owned()))
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(name))
    }
}

pub(super) struct OptionVisitor<'a> {
    pub(super) some: &'a mut dyn FnMut(&mut dyn Reader) -> Read,
    pub(super) depth: u16,
    pub(super) is_member: bool,
    pub(super) fault: Waiting<'a>,
}

impl<'de> Visitor<'de> for OptionVisitor<'_> {
    type Value = Unread;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<Unread, E> {
        Ok(Unread::Null)
    }

    fn visit_unit<E>(self) -> Result<Unread, E> {
        Ok(Unread::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Unread, D::Error> {
        let mut source = SerdeReader::new(deserializer, self.depth);
        source.is_member = self.is_member;
        match (self.some)(&mut source) {
            Ok(()) => Ok(Unread::Nothing),
            Err(_) if matches!(source.unread, Unread::Text(_)) => Ok(source.unread),
            Err(fault) => Err(leave(self.fault, fault)),
        }
    }
}

pub(super) struct TextVisitor<'a>(pub(super) &'a mut dyn FnMut(&str) -> Result<(), String>);

impl Visitor<'_> for TextVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        (self.0)(text).map_err(E::custom)
    }
}

pub(super) struct IntegerVisitor;

impl Visitor<'_> for IntegerVisitor {
    type Value = i128;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E>(self, value: i64) -> Result<i128, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<i128, E> {
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<i128, E> {
        integral(value).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Float(value), &"an integer"))
    }
}
