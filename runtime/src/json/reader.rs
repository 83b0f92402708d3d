//! Defines [`Reader`], from which types read themselves, and the readers over serde formats.

mod blank;
mod deserialize;
mod lenient;
mod members;

pub use deserialize::deserialize;
pub use lenient::Loss;

pub(super) use deserialize::{KeySeed, SerdeReader};
pub(super) use lenient::Leniency;
pub(crate) use lenient::read_leniently;
pub(crate) use members::Members;

use super::presence::{MUST_BE_THERE, WAS_READ};
use super::{Additional, Extra, Fault, Json, Presence, Raw, Read, sealed};

/// A member to read: wire name, presence, destination.
pub type ReadSlot<'a> = (&'static str, Presence, &'a mut dyn Json);

/// An object to read.
#[doc(hidden)]
pub struct ReadObject<'a, 's> {
    pub(crate) slots: &'a mut [ReadSlot<'s>],
    /// Takes the members without a slot.
    pub(crate) additional: Option<&'a mut dyn Additional>,
    pub(crate) extra: &'a mut Extra,
}

impl ReadObject<'_, '_> {
    /// Returns an error if a required member was not read.
    pub(crate) fn check_required(&self) -> Read {
        let missing = |slot: &&ReadSlot<'_>| slot.1.has(MUST_BE_THERE) && !slot.1.has(WAS_READ);
        match self.slots.iter().find(missing) {
            Some(slot) => Err(Fault::new("the required member is missing").within_member(slot.0)),
            None => Ok(()),
        }
    }
}

/// The next JSON value to read. Sealed: only this crate implements it.
pub trait Reader: sealed::Sealed {
    /// Reads an object into its members. Members without a slot go to `extra`.
    ///
    /// # Errors
    /// Like every method here, returns an error if the value has another type, or if part of it cannot be read.
    fn members(&mut self, slots: &mut [ReadSlot<'_>], extra: &mut Extra) -> Read {
        self.object(ReadObject { slots, additional: None, extra })
    }

    /// Reads an object into its members. Members without a slot go to `additional`, explicit nulls to `extra`.
    ///
    /// # Errors
    /// See [`Reader::members`].
    fn members_and(
        &mut self,
        slots: &mut [ReadSlot<'_>],
        additional: &mut dyn Additional,
        extra: &mut Extra,
    ) -> Read {
        self.object(ReadObject { slots, additional: Some(additional), extra })
    }

    /// Reads an object into its members, with or without a map for additional members.
    ///
    /// # Errors
    /// See [`Reader::members`].
    #[doc(hidden)]
    fn object(&mut self, object: ReadObject<'_, '_>) -> Read;

    /// Reads a list, item by item.
    ///
    /// # Errors
    /// See [`Reader::members`].
    fn items(&mut self, each: &mut dyn FnMut(&mut dyn Reader) -> Read) -> Read;

    /// Reads an object as a map, entry by entry.
    ///
    /// # Errors
    /// See [`Reader::members`].
    fn entries(&mut self, each: &mut dyn FnMut(&str, &mut dyn Reader) -> Read) -> Read;

    /// Reads null, or passes the value to `some`. Returns `true` if there was a value.
    ///
    /// # Errors
    /// See [`Reader::members`].
    fn option(&mut self, some: &mut dyn FnMut(&mut dyn Reader) -> Read) -> Result<bool, Fault>;

    /// Reads a string and passes it to `take`, which can reject it with a message.
    ///
    /// # Errors
    /// See [`Reader::members`].
    fn text(&mut self, take: &mut dyn FnMut(&str) -> Result<(), String>) -> Read;

    /// Reads a string and passes it to `take`, as [`Reader::text`] does. Where a member can be absent, it is if `take`
    /// rejects a text that servers write in place of null: an empty one, or `0000-00-00`.
    ///
    /// # Errors
    /// See [`Reader::members`].
    #[doc(hidden)]
    fn time(&mut self, take: &mut dyn FnMut(&str) -> Result<(), String>) -> Read {
        self.text(take)
    }

    /// Reads a string and returns it.
    ///
    /// # Errors
    /// See [`Reader::members`].
    fn string(&mut self) -> Result<String, Fault>;

    /// Reads a boolean.
    ///
    /// # Errors
    /// See [`Reader::members`].
    fn bool(&mut self) -> Result<bool, Fault>;

    /// Reads an integer. `1.0` and `1e3` are integers too.
    ///
    /// # Errors
    /// See [`Reader::members`].
    fn integer(&mut self) -> Result<i128, Fault>;

    /// Reads a number.
    ///
    /// # Errors
    /// See [`Reader::members`].
    fn float(&mut self) -> Result<f64, Fault>;

    /// Reads any value.
    ///
    /// # Errors
    /// See [`Reader::members`].
    fn value(&mut self) -> Result<serde_json::Value, Fault>;

    /// Buffers the text of any value, so that it can be inspected before it is read.
    ///
    /// # Errors
    /// See [`Reader::members`].
    fn raw(&mut self) -> Result<Raw, Fault>;
}
