//! The reader over any serde `Deserializer`: one visitor that drives a table of members.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::raw::{self, Raw};
use super::{
    Additional, Blank, Extra, Fault, Json, MAY_BE_NULL, MUST_BE_THERE, Read, ReadSlot, Reader, WAS_READ,
    sealed,
};

/// How deep values may nest. `serde_json` has the same limit, but a buffered value starts its count anew.
const MAX_DEPTH: u16 = 128;

/// Reads a whole value, for the `Deserialize` of emitted types.
///
/// # Errors
/// What the deserializer says, or the fault with its path as text.
#[doc(hidden)]
pub fn deserialize<'de, T: Json + Blank, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::blank();
    value.read(&mut Source::new(deserializer, 0)).map_err(D::Error::custom)?;
    Ok(value)
}

/// One value of a serde `Deserializer`, read at most once.
pub(super) struct Source<D> {
    deserializer: Option<D>,
    depth: u16,
    /// Whether the value was null, which only the object around it can judge.
    was_null: bool,
}

impl<D> Source<D> {
    pub(super) fn new(deserializer: D, depth: u16) -> Self {
        Self { deserializer: Some(deserializer), depth, was_null: false }
    }

    fn take(&mut self) -> Result<D, Fault> {
        self.deserializer.take().ok_or_else(|| Fault::new("a value was read twice"))
    }

    fn deeper(&self) -> Result<u16, Fault> {
        if self.depth < MAX_DEPTH { Ok(self.depth + 1) } else { Err(Fault::new("nested too deeply")) }
    }
}

impl<'de, D: Deserializer<'de>> Source<D> {
    fn object(
        &mut self,
        slots: &mut [ReadSlot<'_>],
        additional: Option<&mut dyn Additional>,
        extra: &mut Extra,
    ) -> Read {
        let depth = self.deeper()?;
        let mut fault = None;
        let object = Object { slots, additional, extra, next: 0, depth, fault: &mut fault };
        let outcome = self.take()?.deserialize_map(object);
        outcome.map_err(|error| fault.unwrap_or_else(|| Fault::new(error)))
    }
}

impl<D> sealed::Sealed for Source<D> {}

impl<'de, D: Deserializer<'de>> Reader for Source<D> {
    fn members(&mut self, slots: &mut [ReadSlot<'_>], extra: &mut Extra) -> Read {
        self.object(slots, None, extra)
    }

    fn members_and(
        &mut self,
        slots: &mut [ReadSlot<'_>],
        additional: &mut dyn Additional,
        extra: &mut Extra,
    ) -> Read {
        self.object(slots, Some(additional), extra)
    }

    fn items(&mut self, each: &mut dyn FnMut(&mut dyn Reader) -> Read) -> Read {
        let depth = self.deeper()?;
        let mut fault = None;
        let outcome = self.take()?.deserialize_seq(Items { each, depth, fault: &mut fault });
        outcome.map_err(|error| fault.unwrap_or_else(|| Fault::new(error)))
    }

    fn entries(&mut self, each: &mut dyn FnMut(&str, &mut dyn Reader) -> Read) -> Read {
        let depth = self.deeper()?;
        let mut fault = None;
        let outcome = self.take()?.deserialize_map(Entries { each, depth, fault: &mut fault });
        outcome.map_err(|error| fault.unwrap_or_else(|| Fault::new(error)))
    }

    fn option(&mut self, some: &mut dyn FnMut(&mut dyn Reader) -> Read) -> Read {
        let depth = self.depth;
        let mut fault = None;
        let outcome = self.take()?.deserialize_option(Maybe { some, depth, fault: &mut fault });
        self.was_null = !outcome.map_err(|error| fault.unwrap_or_else(|| Fault::new(error)))?;
        Ok(())
    }

    fn text(&mut self, take: &mut dyn FnMut(&str) -> Result<(), String>) -> Read {
        self.take()?.deserialize_str(Text(take)).map_err(Fault::new)
    }

    fn string(&mut self) -> Result<String, Fault> {
        serde::Deserialize::deserialize(self.take()?).map_err(|error: D::Error| Fault::new(error))
    }

    fn bool(&mut self) -> Result<bool, Fault> {
        serde::Deserialize::deserialize(self.take()?).map_err(|error: D::Error| Fault::new(error))
    }

    fn integer(&mut self) -> Result<i128, Fault> {
        // Not `deserialize_i128`, which formats other than JSON need not have.
        self.take()?.deserialize_i64(Integer).map_err(Fault::new)
    }

    fn float(&mut self) -> Result<f64, Fault> {
        serde::Deserialize::deserialize(self.take()?).map_err(|error: D::Error| Fault::new(error))
    }

    fn value(&mut self) -> Result<serde_json::Value, Fault> {
        serde::Deserialize::deserialize(self.take()?).map_err(|error: D::Error| Fault::new(error))
    }

    fn raw(&mut self) -> Result<Raw, Fault> {
        let text = raw::RawSeed.deserialize(self.take()?).map_err(Fault::new)?;
        Ok(Raw::new(text, self.depth))
    }
}

/// Where the fault of an inner read waits while serde's error type, which cannot carry it, unwinds.
type Waiting<'a> = &'a mut Option<Fault>;

/// Reads one value through a closure and leaves its fault in the waiting place.
struct Seed<'a, F> {
    depth: u16,
    fault: Waiting<'a>,
    read: F,
}

impl<'de, F: FnOnce(&mut dyn Reader) -> Read> DeserializeSeed<'de> for Seed<'_, F> {
    /// Whether the value was null.
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        let mut source = Source::new(deserializer, self.depth);
        match (self.read)(&mut source) {
            Ok(()) => Ok(source.was_null),
            Err(fault) => Err(leave(self.fault, fault)),
        }
    }
}

fn leave<E: serde::de::Error>(waiting: Waiting<'_>, fault: Fault) -> E {
    let error = E::custom(fault.message());
    *waiting = Some(fault);
    error
}

/// The fault that waits, or the error of the format itself, with the step that leads there.
fn step<E: fmt::Display>(waiting: Waiting<'_>, error: &E, within: impl FnOnce(Fault) -> Fault) {
    let fault = waiting.take().unwrap_or_else(|| Fault::new(error));
    *waiting = Some(within(fault));
}

struct Object<'a, 's, 'x> {
    slots: &'a mut [ReadSlot<'s>],
    additional: Option<&'a mut (dyn Additional + 'x)>,
    extra: &'a mut Extra,
    /// The slot that follows the one read last: servers send members in one order.
    next: usize,
    depth: u16,
    fault: Waiting<'a>,
}

impl<'de> Visitor<'de> for Object<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(Key { slots: self.slots, next: self.next })? {
            match key {
                Found::Slot(index) => {
                    self.next = index + 1;
                    let slot = &mut self.slots[index];
                    if let Err(error) = read_slot(slot, self.extra, &mut map, self.depth, self.fault) {
                        step(self.fault, &error, |fault| fault.within_member(slot.0));
                        return Err(error);
                    }
                }
                Found::Unknown(name) => {
                    if let Err(error) = self.read_unknown(&name, &mut map) {
                        step(self.fault, &error, |fault| fault.within_member(&name));
                        return Err(error);
                    }
                }
            }
        }
        let missing = |slot: &&ReadSlot<'_>| slot.1.has(MUST_BE_THERE) && !slot.1.has(WAS_READ);
        match self.slots.iter().find(missing) {
            Some(slot) => {
                let fault = Fault::new("the required member is missing").within_member(slot.0);
                Err(leave(self.fault, fault))
            }
            None => Ok(()),
        }
    }
}

fn read_slot<'de, A: MapAccess<'de>>(
    (name, presence, place): &mut ReadSlot<'_>,
    extra: &mut Extra,
    map: &mut A,
    depth: u16,
    fault: Waiting<'_>,
) -> Result<(), A::Error> {
    if presence.has(WAS_READ) {
        // The last of several equal members counts, and nothing of the earlier ones may shine through.
        super::blanking::blank(*place);
        extra.remove(name);
    }
    presence.mark_read();
    let seed = Seed { depth, fault: &mut *fault, read: |json: &mut dyn Reader| place.read(json) };
    let was_null = map.next_value_seed(seed)?;
    if was_null && !presence.has(MAY_BE_NULL) {
        return Err(leave(fault, Fault::new("null where a value is needed")));
    }
    if was_null && presence.may_be_left_out() {
        extra.set_null(name);
    }
    Ok(())
}

impl Object<'_, '_, '_> {
    fn read_unknown<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match &mut self.additional {
            Some(additional) => {
                let read = |json: &mut dyn Reader| additional.read_entry(name, json);
                map.next_value_seed(Seed { depth: self.depth, fault: &mut *self.fault, read })?;
            }
            None => {
                let text = map.next_value_seed(raw::RawSeed)?;
                self.extra.put(name, text);
            }
        }
        Ok(())
    }
}

enum Found {
    Slot(usize),
    Unknown(String),
}

/// Finds the slot of a key, starting from the one that usually comes next.
struct Key<'a, 's> {
    slots: &'a [ReadSlot<'s>],
    next: usize,
}

impl<'de> DeserializeSeed<'de> for Key<'_, '_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key<'_, '_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Found, E> {
        let (before, after) = self.slots.split_at(self.next.min(self.slots.len()));
        let is_it = |slot: &ReadSlot<'_>| slot.0 == name;
        let found = after.iter().position(is_it).map(|index| index + before.len());
        let found = found.or_else(|| before.iter().position(is_it));
        Ok(found.map_or_else(|| Found::Unknown(name.to_owned()), Found::Slot))
    }
}

struct Items<'a> {
    each: &'a mut dyn FnMut(&mut dyn Reader) -> Read,
    depth: u16,
    fault: Waiting<'a>,
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut index = 0;
        loop {
            let seed = Seed { depth: self.depth, fault: &mut *self.fault, read: &mut *self.each };
            match items.next_element_seed(seed) {
                Ok(Some(_)) => index += 1,
                Ok(None) => return Ok(()),
                Err(error) => {
                    step(self.fault, &error, |fault| fault.within_index(index));
                    return Err(error);
                }
            }
        }
    }
}

struct Entries<'a> {
    each: &'a mut dyn FnMut(&str, &mut dyn Reader) -> Read,
    depth: u16,
    fault: Waiting<'a>,
}

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key_seed(Name)? {
            let read = |json: &mut dyn Reader| (self.each)(&name, json);
            if let Err(error) = map.next_value_seed(Seed { depth: self.depth, fault: &mut *self.fault, read })
            {
                step(self.fault, &error, |fault| fault.within_member(&name));
                return Err(error);
            }
        }
        Ok(())
    }
}

/// A key of a map, borrowed where the format can lend it.
pub(super) struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
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

struct Maybe<'a> {
    some: &'a mut dyn FnMut(&mut dyn Reader) -> Read,
    depth: u16,
    fault: Waiting<'a>,
}

impl<'de> Visitor<'de> for Maybe<'_> {
    /// Whether there was a value.
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        let mut source = Source::new(deserializer, self.depth);
        (self.some)(&mut source).map(|()| true).map_err(|fault| leave(self.fault, fault))
    }
}

struct Text<'a>(&'a mut dyn FnMut(&str) -> Result<(), String>);

impl Visitor<'_> for Text<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        (self.0)(text).map_err(E::custom)
    }
}

struct Integer;

impl Visitor<'_> for Integer {
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
        super::scalar::integral(value)
            .ok_or_else(|| E::invalid_value(serde::de::Unexpected::Float(value), &"an integer"))
    }
}
