//! Reads objects: known members into the slots of a table, unknown members beside them.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::{Seed, Unread, Waiting, leave, step};
use crate::json::presence::WAS_READ;
use crate::json::raw::RawSeed;
use crate::json::reader::blank::blank;
use crate::json::{Extra, ReadObject, ReadSlot, Reader};

/// Reads an object into its slots.
pub(super) struct ObjectVisitor<'a, 's, 'f> {
    pub(super) object: ReadObject<'a, 's>,
    /// The slot after the one read last: servers send members in a stable order.
    pub(super) next: usize,
    pub(super) depth: u16,
    pub(super) fault: Waiting<'f>,
}

impl<'de> Visitor<'de> for ObjectVisitor<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) =
            map.next_key_seed(MemberKeySeed { slots: self.object.slots, next: self.next })?
        {
            match key {
                MemberKey::Slot(index) => {
                    self.next = index + 1;
                    let slot = &mut self.object.slots[index];
                    if let Err(error) = read_slot(slot, self.object.extra, &mut map, self.depth, self.fault) {
                        step(self.fault, &error, |fault| fault.within_member(slot.0));
                        return Err(error);
                    }
                }
                MemberKey::Unknown(name) => {
                    if let Err(error) = self.read_unknown(&name, &mut map) {
                        step(self.fault, &error, |fault| fault.within_member(&name));
                        return Err(error);
                    }
                }
            }
        }
        self.object.check_required().map_err(|fault| leave(self.fault, fault))
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
        // The last of several duplicate members counts, and nothing of the earlier ones may remain.
        blank(*place);
        extra.remove(name);
    }
    presence.mark_read();
    let is_strict = presence.is_strict();
    let read = |json: &mut dyn Reader| place.read(json);
    match map.next_value_seed(Seed { depth, is_strict, is_member: true, fault, read })? {
        Unread::Nothing => {}
        Unread::Null if is_strict || presence.may_be_left_out() => extra.set_null(name),
        Unread::Null => {}
        Unread::Text(text) => extra.put(name, text),
    }
    Ok(())
}

impl ObjectVisitor<'_, '_, '_> {
    fn read_unknown<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        if let Some(additional) = &mut self.object.additional {
            let read = |json: &mut dyn Reader| additional.read_entry(name, json);
            map.next_value_seed(Seed {
                depth: self.depth,
                is_strict: false,
                is_member: false,
                fault: &mut *self.fault,
                read,
            })?;
        } else {
            let text = map.next_value_seed(RawSeed)?;
            self.object.extra.put(name, text);
        }
        Ok(())
    }
}

enum MemberKey {
    Slot(usize),
    Unknown(String),
}

/// Finds the slot of a key, starting with the one that usually comes next.
struct MemberKeySeed<'a, 's> {
    slots: &'a [ReadSlot<'s>],
    next: usize,
}

impl<'de> DeserializeSeed<'de> for MemberKeySeed<'_, '_> {
    type Value = MemberKey;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<MemberKey, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for MemberKeySeed<'_, '_> {
    type Value = MemberKey;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<MemberKey, E> {
        if self.slots.get(self.next).is_some_and(|slot| slot.0 == name) {
            return Ok(MemberKey::Slot(self.next));
        }
        let found = self.slots.iter().position(|slot| slot.0 == name);
        Ok(found.map_or_else(|| MemberKey::Unknown(name.to_owned()), MemberKey::Slot))
    }
}
