//! Defines values that JSON and parameters carry as text: date-times, dates, bytes, exact numbers.

mod base64;
mod calendar;
mod convert;
mod date;
mod date_time;
pub(crate) mod http_date;
mod layout;
mod number;

pub use base64::{Base64, Base64Url};
pub use date::Date;
pub use date_time::DateTime;
pub use number::Number;

use std::fmt;

/// The error of parsing a text that is not a value of its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError(&'static str);

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not {}", self.0)
    }
}

impl std::error::Error for ParseError {}

/// Implements JSON and serde for a type that is a string on the wire, with `FromStr` and its method `spell`. It is read
/// by a method of `Reader`: `text`, or `time` if texts such as `0000-00-00` stand for no value. Unions try other
/// variants first for a value whose spelling is not usual.
macro_rules! text_value {
    ($ty:ident, $read:ident, $blank:expr, |$value:pat_param| $is_usual:expr) => {
        impl crate::json::Json for $ty {
            fn blank() -> Self {
                $blank
            }

            fn read(&mut self, json: &mut dyn crate::json::Reader) -> crate::json::Read {
                json.$read(&mut |text| {
                    *self = text.parse().map_err(|error| format!("{text:?} is {error}"))?;
                    Ok(())
                })
            }

            fn write(&self, json: &mut dyn crate::json::Writer) -> crate::json::Written {
                let $value = self;
                if !$is_usual {
                    json.unknown();
                }
                json.text(self.spell().as_str())
            }
        }

        crate::serde_of!($ty);
    };
}
use text_value;

/// Implements `Display` and `Debug` for a type that shows its value on the wire.
macro_rules! shown_as_spelled {
    ($ty:ident) => {
        impl std::fmt::Display for $ty {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.spell().as_str())
            }
        }

        impl std::fmt::Debug for $ty {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.spell().as_str())
            }
        }
    };
}
use shown_as_spelled;

/// A short ASCII text, assembled without the heap, since pages hold thousands of them.
struct Spelling {
    bytes: [u8; Self::LONGEST],
    length: usize,
}

impl Spelling {
    /// `9999-12-31T23:59:60.123456789 +00:00[Etc/UTC]` has 45 bytes.
    const LONGEST: usize = 45;

    const fn new() -> Self {
        Self { bytes: [0; Self::LONGEST], length: 0 }
    }

    fn push(&mut self, byte: u8) {
        self.bytes[self.length] = byte;
        self.length += 1;
    }

    /// Appends a number, padded with zeros to this many digits.
    fn number(&mut self, mut number: u32, digits: usize) {
        for place in (self.length..self.length + digits).rev() {
            self.bytes[place] = b'0' + (number % 10) as u8;
            number /= 10;
        }
        self.length += digits;
    }

    fn as_str(&self) -> &str {
        // Only ASCII is pushed.
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

/// Reads decimal digits from the front of a text.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    /// Reads exactly `count` digits.
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

    /// Skips the next byte if it equals `byte`.
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
