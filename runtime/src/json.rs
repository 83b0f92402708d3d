//! Reads and writes types as JSON from their member tables, over any serde format.
//!
//! An emitted type only lists its members, and nothing in it is generic: [`Reader`] and [`Writer`] are object-safe, so
//! the code that drives serde is compiled here, once per format instead of once per type.

mod escapes;
mod extra;
mod fault;
mod macros;
mod presence;
mod raw;
mod reader;
mod text;
mod types;
pub(crate) mod value;
mod writer;

#[cfg(test)]
mod tests;

pub use extra::{Extra, ExtraIter};
pub use fault::Fault;
pub use presence::{
    NULLABLE, OPTIONAL, OPTIONAL_NULLABLE, Presence, REQUIRED, SECRET_NULLABLE, SECRET_OPTIONAL,
    SECRET_OPTIONAL_NULLABLE, SECRET_REQUIRED,
};
pub use raw::{Raw, UnknownJson, constant};
pub use reader::{Loss, ReadSlot, Reader, deserialize};
pub use types::{Additional, UnknownInteger, UnknownText};
pub use writer::{WriteSlot, Writer, beside_tag, plain, same, serialize, show, tagged};

pub(crate) use fault::{DecodeFault, of_serde};
pub(crate) use raw::of_text as raw_of_text;
pub(crate) use reader::{Members, ReadObject, read_leniently};
pub(crate) use text::{MARK, from_slice, read_raw, read_slice, to_bytes, without_mark};
pub(crate) use types::integral;
pub(crate) use writer::{Tree, WriteObject, has_unknown, is_unknown};

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

    /// Returns `true` for a union that is read from an object with the name and the data of an event.
    #[doc(hidden)]
    fn is_event() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Returns `true` if there is nothing to write. Only an empty `Option` is absent.
    #[doc(hidden)]
    fn is_absent(&self) -> bool {
        false
    }

    /// Returns `true` for an empty list or map, which is what a required member reads from null.
    #[doc(hidden)]
    fn is_empty_container(&self) -> bool {
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

pub(crate) mod sealed {
    pub trait Sealed {}
}
