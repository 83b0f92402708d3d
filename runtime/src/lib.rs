//! What every generated SDK stands on.
mod json;
mod macros;
mod value;

pub use json::{
    Additional, Blank, Extra, ExtraIter, Fault, Json, NULLABLE, OPTIONAL, OPTIONAL_NULLABLE, Presence,
    REQUIRED, Raw, Read, Reader, UnknownInteger, UnknownJson, UnknownText, Writer, Written, deserialize,
    serialize, show,
};
#[doc(hidden)]
pub use serde;
pub use value::{Base64, Date, DateTime, ParseError};
