//! Reads member tables from any serde `Deserializer`.

mod object;
mod visitors;

pub(in crate::json) use visitors::KeySeed;

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _};
use serde_json::value::RawValue;

use object::ObjectVisitor;
use visitors::{EntriesVisitor, IntegerVisitor, ItemsVisitor, OptionVisitor, TextVisitor};

use crate::json::raw::{self, Raw};
use crate::json::{Fault, Json, Read, ReadObject, Reader, sealed};

/// The maximum nesting depth. `serde_json` has the same limit, but restarts its count for a buffered value.
pub(super) const MAX_DEPTH: u16 = 128;

/// Reads a whole value, for the `Deserialize` implementation of emitted types.
///
/// # Errors
/// Returns an error if the deserializer fails or the value cannot be read; the message contains the path.
#[doc(hidden)]
pub fn deserialize<'de, T: Json, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::blank();
    value.read(&mut SerdeReader::new(deserializer, 0)).map_err(D::Error::custom)?;
    Ok(value)
}

/// One value of a serde `Deserializer`, read at most once.
pub(in crate::json) struct SerdeReader<D> {
    deserializer: Option<D>,
    depth: u16,
    /// Set for a required member that is not nullable: null is an empty list or map, and an error for other types.
    is_strict: bool,
    /// Set for a member: a text that stands for no value is one, if the member can be absent.
    is_member: bool,
    /// Set for a variant of a union that is read without the tag that selects it.
    is_untagged: bool,
    /// The value that was read as absent or empty, which the enclosing object keeps.
    unread: Unread,
}

/// A value that was read as absent or empty.
#[derive(Debug)]
pub(super) enum Unread {
    Nothing,
    Null,
    Text(Box<RawValue>),
}

impl Unread {
    /// Returns the value if a visitor found none.
    fn unless(has_value: bool) -> Self {
        if has_value { Self::Nothing } else { Self::Null }
    }
}

impl<D> SerdeReader<D> {
    pub(in crate::json) fn new(deserializer: D, depth: u16) -> Self {
        Self {
            deserializer: Some(deserializer),
            depth,
            is_strict: false,
            is_member: false,
            is_untagged: false,
            unread: Unread::Nothing,
        }
    }

    /// Creates the reader of a variant, with or without the tag that selects it.
    pub(in crate::json) fn variant(deserializer: D, depth: u16, is_untagged: bool) -> Self {
        Self { is_untagged, ..Self::new(deserializer, depth) }
    }

    /// Creates the reader of a member.
    pub(super) fn member(deserializer: D, depth: u16, is_strict: bool, is_member: bool) -> Self {
        Self { is_strict, is_member, ..Self::new(deserializer, depth) }
    }

    /// Returns the value that was read as absent or empty.
    pub(super) fn unread(self) -> Unread {
        self.unread
    }

    fn take(&mut self) -> Result<D, Fault> {
        self.deserializer.take().ok_or_else(|| Fault::new("a value was read twice"))
    }

    fn deeper(&self) -> Result<u16, Fault> {
        if self.depth < MAX_DEPTH { Ok(self.depth + 1) } else { Err(Fault::new("nested too deeply")) }
    }
}

impl<D> sealed::Sealed for SerdeReader<D> {}

impl<'de, D: Deserializer<'de>> Reader for SerdeReader<D> {
    fn object(&mut self, object: ReadObject<'_, '_>) -> Read {
        let depth = self.deeper()?;
        if self.is_untagged {
            object.extra.mark_untagged();
        }
        let mut fault = None;
        let visitor = ObjectVisitor { object, next: 0, depth, fault: &mut fault };
        let outcome = self.take()?.deserialize_map(visitor);
        outcome.map_err(|error| fault.unwrap_or_else(|| Fault::new(error)))
    }

    fn items(&mut self, each: &mut dyn FnMut(&mut dyn Reader) -> Read) -> Read {
        let depth = self.deeper()?;
        let mut fault = None;
        let (is_strict, json) = (self.is_strict, self.take()?);
        let visitor = ItemsVisitor { each, depth, fault: &mut fault };
        let outcome =
            if is_strict { json.deserialize_option(visitor) } else { json.deserialize_seq(visitor) };
        self.unread = Unread::unless(outcome.map_err(|error| fault.unwrap_or_else(|| Fault::new(error)))?);
        Ok(())
    }

    fn entries(&mut self, each: &mut dyn FnMut(&str, &mut dyn Reader) -> Read) -> Read {
        let depth = self.deeper()?;
        let mut fault = None;
        let (is_strict, json) = (self.is_strict, self.take()?);
        let visitor = EntriesVisitor { each, depth, fault: &mut fault };
        let outcome =
            if is_strict { json.deserialize_option(visitor) } else { json.deserialize_map(visitor) };
        self.unread = Unread::unless(outcome.map_err(|error| fault.unwrap_or_else(|| Fault::new(error)))?);
        Ok(())
    }

    fn option(&mut self, some: &mut dyn FnMut(&mut dyn Reader) -> Read) -> Result<bool, Fault> {
        let (depth, is_member) = (self.depth, self.is_member);
        let mut fault = None;
        let visitor = OptionVisitor { some, depth, is_member, fault: &mut fault };
        let outcome = self.take()?.deserialize_option(visitor);
        self.unread = outcome.map_err(|error| fault.unwrap_or_else(|| Fault::new(error)))?;
        Ok(matches!(self.unread, Unread::Nothing))
    }

    fn text(&mut self, take: &mut dyn FnMut(&str) -> Result<(), String>) -> Read {
        self.take()?.deserialize_str(TextVisitor(take)).map_err(Fault::new)
    }

    fn time(&mut self, take: &mut dyn FnMut(&str) -> Result<(), String>) -> Read {
        let is_member = self.is_member;
        let mut unread = Unread::Nothing;
        let outcome = self.text(&mut |text| {
            let outcome = take(text);
            if is_member && outcome.is_err() && stands_for_none(text) {
                unread = raw::of_string(text).map_or(Unread::Nothing, Unread::Text);
            }
            outcome
        });
        self.unread = unread;
        outcome
    }

    fn string(&mut self) -> Result<String, Fault> {
        serde::Deserialize::deserialize(self.take()?).map_err(|error: D::Error| Fault::new(error))
    }

    fn bool(&mut self) -> Result<bool, Fault> {
        serde::Deserialize::deserialize(self.take()?).map_err(|error: D::Error| Fault::new(error))
    }

    fn integer(&mut self) -> Result<i128, Fault> {
        // Not `deserialize_i128`, which formats other than JSON need not support.
        self.take()?.deserialize_i64(IntegerVisitor).map_err(Fault::new)
    }

    fn float(&mut self) -> Result<f64, Fault> {
        serde::Deserialize::deserialize(self.take()?).map_err(|error: D::Error| Fault::new(error))
    }

    fn value(&mut self) -> Result<serde_json::Value, Fault> {
        serde::Deserialize::deserialize(self.take()?).map_err(|error: D::Error| Fault::new(error))
    }

    fn raw(&mut self) -> Result<Raw, Fault> {
        let text = raw::RawSeed.deserialize(self.take()?).map_err(Fault::new)?;
        if self.is_strict && text.get() == "null" {
            return Err(Fault::new("null is not allowed"));
        }
        Ok(Raw::new(text, self.depth))
    }
}

/// Returns `true` for texts that databases and forms write in place of a missing time.
fn stands_for_none(text: &str) -> bool {
    text.trim().is_empty() || text.starts_with("0000-00-00")
}

/// Holds the fault of an inner read while serde's error type, which cannot carry it, unwinds.
type Waiting<'a> = &'a mut Option<Fault>;

/// Reads one value through a closure and stores its fault.
struct Seed<'a, F> {
    depth: u16,
    is_strict: bool,
    is_member: bool,
    fault: Waiting<'a>,
    read: F,
}

impl<'de, F: FnOnce(&mut dyn Reader) -> Read> DeserializeSeed<'de> for Seed<'_, F> {
    type Value = Unread;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Unread, D::Error> {
        let mut source = SerdeReader::new(deserializer, self.depth);
        (source.is_strict, source.is_member) = (self.is_strict, self.is_member);
        match (self.read)(&mut source) {
            Ok(()) => Ok(source.unread),
            Err(fault) => Err(leave(self.fault, fault)),
        }
    }
}

fn leave<E: serde::de::Error>(waiting: Waiting<'_>, fault: Fault) -> E {
    let error = E::custom(fault.message());
    *waiting = Some(fault);
    error
}

/// Adds a path segment to the stored fault, or to the error of the format itself.
fn step<E: fmt::Display>(waiting: Waiting<'_>, error: &E, within: impl FnOnce(Fault) -> Fault) {
    let fault = waiting.take().unwrap_or_else(|| Fault::new(error));
    *waiting = Some(within(fault));
}
