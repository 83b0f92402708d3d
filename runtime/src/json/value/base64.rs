//! Represents bytes that are Base64 text on the wire.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

use base64::Engine;
use base64::alphabet::{Alphabet, STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{ParseError, text_value};

/// Defines a type for bytes whose text has this form, unless it was read in another one.
macro_rules! base64_value {
    ($(#[$docs:meta])* $ty:ident, $form:expr) => {
        $(#[$docs])*
        #[derive(Clone)]
        pub struct $ty {
            bytes: Vec<u8>,
            form: Base64Form,
        }

        impl $ty {
            /// Creates a value from the bytes to encode.
            #[must_use]
            pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
                Self { bytes: bytes.into(), form: $form }
            }

            /// Returns the decoded bytes.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8] {
                &self.bytes
            }

            /// Converts to the decoded bytes.
            #[must_use]
            pub fn into_bytes(self) -> Vec<u8> {
                self.bytes
            }

            fn spell(&self) -> String {
                self.form.encode(&self.bytes)
            }
        }

        impl Default for $ty {
            fn default() -> Self {
                Self::new(Vec::new())
            }
        }

        impl PartialEq for $ty {
            fn eq(&self, other: &Self) -> bool {
                self.bytes == other.bytes
            }
        }

        impl Eq for $ty {}

        impl PartialOrd for $ty {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $ty {
            fn cmp(&self, other: &Self) -> Ordering {
                self.bytes.cmp(&other.bytes)
            }
        }

        impl Hash for $ty {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.bytes.hash(state);
            }
        }

        impl Deref for $ty {
            type Target = [u8];

            fn deref(&self) -> &[u8] {
                &self.bytes
            }
        }

        impl From<Vec<u8>> for $ty {
            fn from(bytes: Vec<u8>) -> Self {
                Self::new(bytes)
            }
        }

        impl From<&[u8]> for $ty {
            fn from(bytes: &[u8]) -> Self {
                Self::new(bytes)
            }
        }

        impl FromStr for $ty {
            type Err = ParseError;

            fn from_str(text: &str) -> Result<Self, ParseError> {
                let bytes = decode(text).ok_or(ParseError("Base64"))?;
                Ok(Self { bytes, form: $form.of_text(text) })
            }
        }

        impl fmt::Display for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.spell())
            }
        }

        impl fmt::Debug for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($ty), "({} bytes)"), self.bytes.len())
            }
        }

        text_value!($ty, text, Self::default(), |_| true);
    };
}

base64_value! {
    /// Bytes that are Base64 text on the wire (RFC 4648 section 4, with padding).
    ///
    /// Parsing also accepts the URL-safe alphabet (section 5), text without padding, and whitespace. A parsed value is
    /// written in the alphabet that it was read in, and without padding if it had none. Values are equal if their bytes
    /// are.
    ///
    /// ```
    /// use sdk_runtime::{Base64, ParseError};
    ///
    /// # fn main() -> Result<(), ParseError> {
    /// let content = Base64::new("hello");
    /// assert_eq!(content.to_string(), "aGVsbG8=");
    ///
    /// let content: Base64 = "aGVsbG8".parse()?;
    /// assert_eq!(content.as_bytes(), b"hello");
    /// # Ok(())
    /// # }
    /// ```
    Base64, Base64Form { is_url_safe: false, is_padded: true }
}

base64_value! {
    /// Bytes that are Base64 text in the URL-safe alphabet on the wire (RFC 4648 section 5, with padding).
    ///
    /// Parsing also accepts the standard alphabet (section 4), text without padding, and whitespace. A parsed value is
    /// written in the alphabet that it was read in, and without padding if it had none. Values are equal if their bytes
    /// are.
    ///
    /// ```
    /// use sdk_runtime::{Base64Url, ParseError};
    ///
    /// # fn main() -> Result<(), ParseError> {
    /// let key = Base64Url::new([0xfb, 0xff]);
    /// assert_eq!(key.to_string(), "-_8=");
    ///
    /// let key: Base64Url = "-_8".parse()?;
    /// assert_eq!(key.to_string(), "-_8");
    /// # Ok(())
    /// # }
    /// ```
    Base64Url, Base64Form { is_url_safe: true, is_padded: true }
}

/// The alphabet and padding of a text.
#[derive(Clone, Copy)]
struct Base64Form {
    is_url_safe: bool,
    is_padded: bool,
}

impl Base64Form {
    /// Returns the form of a text, or this one where the text does not show it.
    fn of_text(self, text: &str) -> Self {
        let is_url_safe = match text.bytes().find(|byte| b"+/-_".contains(byte)) {
            Some(byte) => b"-_".contains(&byte),
            None => self.is_url_safe,
        };
        // Without padding a text may also be one that needs none, which any form writes alike.
        Self { is_url_safe, is_padded: text.contains('=') }
    }

    fn encode(self, bytes: &[u8]) -> String {
        let engine = match (self.is_url_safe, self.is_padded) {
            (false, true) => &const { writer(&STANDARD, true) },
            (false, false) => &const { writer(&STANDARD, false) },
            (true, true) => &const { writer(&URL_SAFE, true) },
            (true, false) => &const { writer(&URL_SAFE, false) },
        };
        engine.encode(bytes)
    }
}

const fn writer(alphabet: &Alphabet, is_padded: bool) -> GeneralPurpose {
    GeneralPurpose::new(alphabet, GeneralPurposeConfig::new().with_encode_padding(is_padded))
}

/// Accepts text without padding, and trailing bits that are not zero.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let standard = text.map(|byte| match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    });
    LENIENT.decode(standard.collect::<Vec<u8>>()).ok()
}
