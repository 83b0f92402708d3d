//! Values that JSON and parameters carry as text: instants, days, bytes.

mod base64;
mod calendar;
mod convert;
mod date;
mod date_time;

pub use base64::Base64;
pub(crate) use base64::push_base64;
pub use date::Date;
pub use date_time::DateTime;

use std::fmt;

/// A text that is no value of the type it was parsed as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError(&'static str);

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not {}", self.0)
    }
}

impl std::error::Error for ParseError {}

/// JSON, serde and blank of a type that is a string on the wire, by `FromStr` and `Display`.
macro_rules! text_value {
    ($ty:ident, $blank:expr) => {
        impl crate::json::Json for $ty {
            fn read(&mut self, json: &mut dyn crate::json::Reader) -> crate::json::Read {
                json.text(&mut |text| {
                    *self = text.parse().map_err(|error| format!("{text:?} is {error}"))?;
                    Ok(())
                })
            }

            fn write(&self, json: &mut dyn crate::json::Writer) -> crate::json::Written {
                json.text(&self.to_string())
            }
        }

        impl crate::json::Blank for $ty {
            fn blank() -> Self {
                $blank
            }
        }

        crate::serde_of!($ty);
    };
}
use text_value;

/// Reads decimal digits off the front of a text.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    /// Exactly `count` digits.
    fn number(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let mut number = 0;
        for digit in digits {
            if !digit.is_ascii_digit() {
                return None;
            }
            number = number * 10 + u32::from(digit - b'0');
        }
        self.0 = rest;
        Some(number)
    }

    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// Takes the next byte if it is this one.
    fn skip(&mut self, byte: u8) -> bool {
        let found = self.0.first() == Some(&byte);
        if found {
            self.0 = &self.0[1..];
        }
        found
    }
}

#[cfg(test)]
mod tests;
