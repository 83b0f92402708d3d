//! Reads and writes types as JSON from their member tables, over any serde format.
//!
//! An emitted type only lists its members, and nothing in it is generic: [`Reader`] and [`Writer`] are object-safe, so
//! the code that drives serde is compiled here, once per format instead of once per type.

mod blanking;
mod container;
mod deserialize;
mod extra;
mod fault;
mod locate;
mod raw;
mod same;
mod scalar;
mod serialize;
mod show;
mod text;
mod tree;
mod tuple;
mod unknown;
mod unknown_members;

#[cfg(test)]
mod tests;

pub use container::Additional;
pub use deserialize::deserialize;
pub use extra::{Extra, ExtraIter};
pub use fault::Fault;
pub use raw::{Raw, UnknownJson, constant};
pub use same::same;
pub use serialize::serialize;
pub use show::{plain, show};
pub use unknown::{UnknownInteger, UnknownText};

pub(crate) use fault::DecodeFault;
pub(crate) use locate::of_serde;
pub(crate) use raw::of_text as raw_of_text;
pub(crate) use scalar::integral;
pub(crate) use text::{from_slice, to_bytes};
pub(crate) use tree::Tree;

/// The outcome of reading one value: the value is in place, or a fault says where and why reading failed.
pub type Read = Result<(), Fault>;

/// The outcome of writing one value.
pub type Written = Result<(), Fault>;

/// A type that has a JSON form.
///
/// Reading fills a blank `self`; members that the JSON text omits keep their blank value.
pub trait Json: Send + Sync {
    /// Returns the value that reading starts from, which holds nothing yet. It is not a meaningful value of the type,
    /// so it is not `Default`.
    #[doc(hidden)]
    fn blank() -> Self
    where
        Self: Sized;

    /// Reads the next value into `self`.
    ///
    /// # Errors
    /// Returns an error if the value has the wrong type, lacks a required member, or is not valid JSON.
    fn read(&mut self, json: &mut dyn Reader) -> Read;

    /// Writes `self` as the next value.
    ///
    /// # Errors
    /// Returns an error if JSON cannot represent a number, or if the writer fails.
    fn write(&self, json: &mut dyn Writer) -> Written;

    /// Returns `true` if there is nothing to write. Only an empty `Option` is absent.
    #[doc(hidden)]
    fn is_absent(&self) -> bool {
        false
    }
}

/// Reads a string into an open string enum.
///
/// # Errors
/// Returns an error if the next value is not a string.
#[doc(hidden)]
pub fn read_text<T: for<'a> From<&'a str>>(place: &mut T, json: &mut dyn Reader) -> Read {
    json.text(&mut |text| {
        *place = T::from(text);
        Ok(())
    })
}

/// The presence of a member: required or optional, nullable or not.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presence(u8);

const MUST_BE_THERE: u8 = 1;
const MAY_BE_NULL: u8 = 2;
const WAS_READ: u8 = 4;

/// The member is required and not nullable.
#[doc(hidden)]
pub const REQUIRED: Presence = Presence(MUST_BE_THERE);
/// The member is optional; null is an error.
#[doc(hidden)]
pub const OPTIONAL: Presence = Presence(0);
/// The member is required and nullable.
#[doc(hidden)]
pub const NULLABLE: Presence = Presence(MUST_BE_THERE | MAY_BE_NULL);
/// The member is optional and nullable, and null differs from absence.
#[doc(hidden)]
pub const OPTIONAL_NULLABLE: Presence = Presence(MAY_BE_NULL);

impl Presence {
    const fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }

    pub(crate) const fn mark_read(&mut self) {
        self.0 |= WAS_READ;
    }

    /// Returns `true` if a member without a value is omitted rather than written as null.
    const fn may_be_left_out(self) -> bool {
        !self.has(MUST_BE_THERE)
    }
}

/// A member to read: wire name, presence, destination.
pub type ReadSlot<'a> = (&'static str, Presence, &'a mut dyn Json);
/// A member to write: wire name, presence, value.
pub type WriteSlot<'a> = (&'static str, Presence, &'a dyn Json);

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
    /// Calls `take` with each additional member.
    fn each_additional(&self, take: &mut dyn FnMut(&str, &dyn Json) -> Written) -> Written {
        self.additional.map_or(Ok(()), |additional| additional.each_entry(take))
    }
}

pub(crate) mod sealed {
    pub trait Sealed {}
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

    /// Reads null, or passes the value to `some`.
    ///
    /// # Errors
    /// See [`Reader::members`].
    fn option(&mut self, some: &mut dyn FnMut(&mut dyn Reader) -> Read) -> Read;

    /// Reads a string and passes it to `take`, which can reject it with a message.
    ///
    /// # Errors
    /// See [`Reader::members`].
    fn text(&mut self, take: &mut dyn FnMut(&str) -> Result<(), String>) -> Read;

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
