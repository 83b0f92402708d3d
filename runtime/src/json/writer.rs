//! Defines [`Writer`], to which types write themselves, and the writers for serde formats, `Debug` and parameters.

mod debug;
mod same;
mod serialize;
mod tagged;
mod text;
mod tree;
mod unknown_members;

pub use debug::{plain, show};
pub use same::same;
pub use serialize::serialize;
pub use tagged::{beside_tag, tagged};

pub(super) use debug::Unquoted;
pub(super) use text::to_text;
pub(crate) use tree::Tree;
pub(crate) use unknown_members::{has_unknown, is_unknown};

use super::{Additional, Extra, Json, Presence, Written, sealed};

/// A member to write: wire name, presence, value.
pub type WriteSlot<'a> = (&'static str, Presence, &'a dyn Json);

/// An object to write.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct WriteObject<'a> {
    pub(crate) slots: &'a [WriteSlot<'a>],
    /// Holds the members without a slot.
    pub(crate) additional: Option<&'a dyn Additional>,
    pub(crate) extra: &'a Extra,
}

impl WriteObject<'_> {
    /// Returns `true` if a member has nothing to write, or if `extra` keeps what it was read from.
    #[inline]
    fn leaves_out(&self, (name, presence, value): WriteSlot<'_>) -> bool {
        if presence.may_be_left_out() { value.is_absent() } else { self.keeps(name, value) }
    }

    /// Returns `true` for a list or map that was read from null, or a time that was read from an empty text, if it is
    /// still empty.
    #[inline]
    fn keeps(&self, name: &str, value: &dyn Json) -> bool {
        if self.extra.is_empty() {
            return false;
        }
        (value.is_empty_container() && self.extra.is_null(name))
            || (value.is_absent() && self.extra.get_raw(name).is_some())
    }

    /// Returns `true` if a member overrides what `extra` has under its name.
    fn has_value(&self, name: &str) -> bool {
        self.slots.iter().any(|&slot| slot.0 == name && !self.leaves_out(slot))
            || self.additional.is_some_and(|additional| additional.has_entry(name))
    }

    /// Calls `take` with each additional member.
    fn each_additional(&self, take: &mut dyn FnMut(&str, &dyn Json) -> Written) -> Written {
        self.additional.map_or(Ok(()), |additional| additional.each_entry(take))
    }
}

/// The destination of the next JSON value. Sealed: only this crate implements it.
pub trait Writer: sealed::Sealed {
    /// Writes an object: its members, then those of `extra` that no member overrides.
    ///
    /// # Errors
    /// Like every method here, returns an error if the value has no JSON form, or if the underlying serializer fails.
    fn members(&mut self, slots: &[WriteSlot<'_>], extra: &Extra) -> Written {
        self.object(&WriteObject { slots, additional: None, extra })
    }

    /// Writes an object: its members, then `additional`, then `extra`.
    ///
    /// # Errors
    /// See [`Writer::members`].
    fn members_and(
        &mut self,
        slots: &[WriteSlot<'_>],
        additional: &dyn Additional,
        extra: &Extra,
    ) -> Written {
        self.object(&WriteObject { slots, additional: Some(additional), extra })
    }

    /// Writes an object: its members, then the additional members, then those of `extra` that no member overrides.
    ///
    /// # Errors
    /// See [`Writer::members`].
    #[doc(hidden)]
    fn object(&mut self, object: &WriteObject<'_>) -> Written;

    /// Writes a list.
    ///
    /// # Errors
    /// See [`Writer::members`].
    fn items(&mut self, items: &mut dyn Iterator<Item = &dyn Json>) -> Written;

    /// Writes a map as an object.
    ///
    /// # Errors
    /// See [`Writer::members`].
    fn entries(&mut self, entries: &mut dyn Iterator<Item = (&str, &dyn Json)>) -> Written;

    /// Writes null.
    ///
    /// # Errors
    /// See [`Writer::members`].
    fn null(&mut self) -> Written;

    /// Writes a boolean.
    ///
    /// # Errors
    /// See [`Writer::members`].
    fn bool(&mut self, value: bool) -> Written;

    /// Writes an integer.
    ///
    /// # Errors
    /// See [`Writer::members`].
    fn integer(&mut self, value: i128) -> Written;

    /// Writes a number. A number that is not finite is a fault.
    ///
    /// # Errors
    /// See [`Writer::members`].
    fn float(&mut self, value: f64) -> Written;

    /// Writes a string.
    ///
    /// # Errors
    /// See [`Writer::members`].
    fn text(&mut self, value: &str) -> Written;

    /// Writes any value.
    ///
    /// # Errors
    /// See [`Writer::members`].
    fn value(&mut self, value: &serde_json::Value) -> Written;

    /// Marks the next value as unknown to its type: a value of an enum, or a variant of a union.
    #[doc(hidden)]
    fn unknown(&mut self) {}

    /// Writes text that is already JSON.
    ///
    /// # Errors
    /// See [`Writer::members`].
    fn raw(&mut self, json: &serde_json::value::RawValue) -> Written;
}
