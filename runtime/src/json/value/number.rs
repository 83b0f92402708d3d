//! Represents a number with all its digits.

use std::fmt;
use std::str::FromStr;

use serde_json::value::RawValue;

use super::ParseError;
use crate::json::{Fault, Json, Read, Reader, Writer, Written};

/// A JSON number (RFC 8259 section 6) with all its digits: a decimal, or an integer of any size.
///
/// Equality and hashing use the text: `1.50` differs from `1.5`.
///
/// ```
/// use sdk_runtime::{Number, ParseError};
///
/// # fn main() -> Result<(), ParseError> {
/// let price: Number = "12.50".parse()?;
/// assert_eq!(price.as_str(), "12.50");
/// assert_eq!(price.to_f64(), 12.5);
/// assert_eq!(Number::from(7_i64).to_i128(), Some(7));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Box<str>);

const NOT_A_NUMBER: ParseError = ParseError("a number such as -12.50");

impl Number {
    /// Returns the number as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the nearest `f64`.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// Returns the number as an `i128`, if it is written as an integer in that range.
    #[must_use]
    pub fn to_i128(&self) -> Option<i128> {
        self.0.parse().ok()
    }
}

impl FromStr for Number {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        // The grammar of RFC 8259 section 6.
        let is_number = text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
            && text.ends_with(|last: char| last.is_ascii_digit())
            && serde_json::from_str::<&RawValue>(text).is_ok();
        if is_number { Ok(Self(text.into())) } else { Err(NOT_A_NUMBER) }
    }
}

macro_rules! from_integer {
    ($($ty:ty)*) => {$(
        impl From<$ty> for Number {
            fn from(value: $ty) -> Self {
                Self(value.to_string().into())
            }
        }
    )*};
}

from_integer!(i32 i64 i128 u32 u64 u128);

impl TryFrom<f64> for Number {
    type Error = ParseError;

    /// Converts to the shortest decimal form of the same `f64`. Fails if the value is not finite.
    fn try_from(value: f64) -> Result<Self, ParseError> {
        value.to_string().parse()
    }
}

impl Json for Number {
    fn blank() -> Self {
        Self("0".into())
    }

    fn read(&mut self, json: &mut dyn Reader) -> Read {
        *self = json.raw()?.text().parse().map_err(|error| Fault::new(format_args!("this is {error}")))?;
        Ok(())
    }

    fn write(&self, json: &mut dyn Writer) -> Written {
        let text = RawValue::from_string(self.0.clone().into()).map_err(Fault::new)?;
        json.raw(&text)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

crate::serde_of!(Number);
