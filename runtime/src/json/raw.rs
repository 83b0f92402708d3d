//! Holds a value as JSON text, to inspect it before it is read, or to keep it if no type fits.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::reader::{KeySeed, Leniency, SerdeReader};
use super::writer::has_unknown;
use super::{Fault, Json, Read, Reader, Writer, Written, integral};

/// One JSON value as text, which can be inspected before it is read.
pub struct Raw {
    text: Box<RawValue>,
    /// The nesting depth, from which values decoded from here count on.
    depth: u16,
    /// A tag that was written with escapes: its member and its text.
    escaped_tag: OnceCell<(String, String)>,
    round: Cell<Round>,
    /// Set if a tag was looked for and not found.
    is_untagged: Cell<bool>,
    reading: Reading,
}

/// The way in which variants are read.
enum Reading {
    Strict,
    /// Parts of a variant may be left out.
    Lenient(Box<Leniency>),
    /// The variant that the tag names could not be read.
    WithoutTag,
}

/// The condition on which a variant is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Round {
    /// The variant knows every part of the value. `missed` is set if a variant fits apart from that.
    Whole { missed: bool },
    /// The value fits the variant.
    Any,
}

/// Wraps a JSON text as a raw value.
pub(crate) fn of_text(json: &str) -> Result<Raw, Fault> {
    RawValue::from_string(json.to_owned()).map(|text| Raw::new(text, 0)).map_err(Fault::new)
}

/// Returns the JSON text of a string.
pub(super) fn of_string(text: &str) -> Option<Box<RawValue>> {
    serde_json::value::to_raw_value(text).ok()
}

impl Raw {
    pub(super) fn new(text: Box<RawValue>, depth: u16) -> Self {
        let round = Cell::new(Round::Whole { missed: false });
        Self {
            text,
            depth,
            escaped_tag: OnceCell::new(),
            round,
            is_untagged: Cell::new(false),
            reading: Reading::Strict,
        }
    }

    /// Lets parts of the variant that the tag names be left out.
    pub(super) fn leniently(self, leniency: Leniency) -> Self {
        Self { reading: Reading::Lenient(Box::new(leniency)), ..self }
    }

    /// Hides the tag, so that the union takes the value as a variant that it does not know.
    pub(super) fn without_tag(self) -> Self {
        Self { reading: Reading::WithoutTag, ..self }
    }

    /// Returns the string that a member of this object holds, or the text of its number or boolean; `None` if this is
    /// not an object, or the member is missing or something else. `1.0` and `1e0` are `1`, and `1.50` is `1.5`.
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<&str> {
        self.find_tag(FindTag { name, has_null: false })
    }

    /// Like [`Raw::tag`], but a null has the text `null`.
    #[must_use]
    pub fn tag_or_null(&self, name: &str) -> Option<&str> {
        self.find_tag(FindTag { name, has_null: true })
    }

    fn find_tag(&self, find: FindTag<'_>) -> Option<&str> {
        let name = find.name;
        if matches!(self.reading, Reading::WithoutTag) {
            return None;
        }
        let mut json = serde_json::Deserializer::from_str(self.text.get());
        let found = find.deserialize(&mut json).ok().flatten();
        self.is_untagged.set(found.is_none());
        match found? {
            Cow::Borrowed(tag) => Some(tag),
            Cow::Owned(tag) => {
                let (kept, tag) = self.escaped_tag.get_or_init(|| (name.to_owned(), tag));
                (kept == name).then_some(tag.as_str())
            }
        }
    }

    /// Returns the value of a member of this object; null if it is missing.
    ///
    /// # Errors
    /// Returns an error if this is not an object.
    pub fn member(&self, name: &str) -> Result<Self, Fault> {
        let members: BTreeMap<Cow<'_, str>, Box<RawValue>> =
            serde_json::from_str(self.text.get()).map_err(Fault::new)?;
        let member = members.into_iter().find(|(key, _)| key == name).map(|(_, value)| value);
        Ok(Self::new(member.unwrap_or_else(|| RawValue::NULL.to_owned()), self.depth))
    }

    /// Reads the value as a `T`.
    ///
    /// # Errors
    /// Returns an error if the text is not a `T`.
    pub fn decode<T: Json>(&self) -> Result<T, Fault> {
        let mut value = T::blank();
        self.decode_into(&mut value)?;
        Ok(value)
    }

    /// Reads the value, if it is a `T`.
    #[must_use]
    pub fn fits<T: Json>(&self) -> Option<T> {
        let mut value = T::blank();
        self.decode_strictly(&mut value).ok()?;
        Some(value)
    }

    /// Reads the value, if it is a `T`; in the first round only if the type knows every part of it.
    ///
    /// A type that knows the whole value is thus preferred to one that only fits, whatever their order.
    #[must_use]
    pub fn suits<T: Json>(&self) -> Option<T> {
        let value: T = self.fits()?;
        if self.round.get() != Round::Any && has_unknown(&value) {
            self.round.set(Round::Whole { missed: true });
            return None;
        }
        Some(value)
    }

    /// Starts the second round of [`Raw::suits`]. Returns `false` if that round would find nothing more.
    #[must_use]
    pub fn again(&self) -> bool {
        let missed = self.round.get() == Round::Whole { missed: true };
        self.round.set(Round::Any);
        missed
    }

    /// Parses the value.
    #[must_use]
    pub fn to_value(&self) -> Value {
        serde_json::from_str(self.text()).unwrap_or_default()
    }

    /// Keeps the value as it is, if no type fits.
    #[must_use]
    pub fn keep(self) -> UnknownJson {
        UnknownJson(self.text)
    }

    /// Returns the JSON text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.get()
    }

    fn decode_into(&self, value: &mut dyn Json) -> Read {
        match &self.reading {
            Reading::Lenient(leniency) => leniency.read_variant(&self.text, value),
            Reading::Strict | Reading::WithoutTag => self.decode_strictly(value),
        }
    }

    fn decode_strictly(&self, value: &mut dyn Json) -> Read {
        let mut json = serde_json::Deserializer::from_str(self.text.get());
        value.read(&mut SerdeReader::variant(&mut json, self.depth, self.is_untagged.get()))
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

/// A JSON value that fits no variant known to this version. It is written back as received.
#[derive(Clone)]
pub struct UnknownJson(Box<RawValue>);

impl UnknownJson {
    /// Returns the JSON text as received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Parses the value.
    #[must_use]
    pub fn to_value(&self) -> Value {
        serde_json::from_str(self.as_str()).unwrap_or_default()
    }
}

impl Json for UnknownJson {
    fn blank() -> Self {
        Self(RawValue::NULL.to_owned())
    }

    fn read(&mut self, json: &mut dyn Reader) -> Read {
        *self = json.raw()?.keep();
        Ok(())
    }

    fn write(&self, json: &mut dyn Writer) -> Written {
        json.unknown();
        json.raw(&self.0)
    }
}

impl From<Value> for UnknownJson {
    /// Converts a JSON value. A number without a fraction becomes an integer.
    fn from(value: Value) -> Self {
        let integer = value.as_f64().filter(|_| value.is_f64()).and_then(integral);
        let text = match integer {
            Some(integer) => RawValue::from_string(integer.to_string()),
            None => serde_json::value::to_raw_value(&value),
        };
        // An integer is valid JSON, and serializing a `Value` never fails.
        Self(text.unwrap_or_else(|_| RawValue::NULL.to_owned()))
    }
}

/// Writes a value that an emitted enum holds as JSON text.
///
/// # Errors
/// Returns an error if the underlying serializer fails.
#[doc(hidden)]
pub fn constant(text: &str, json: &mut dyn Writer) -> Written {
    json.value(&serde_json::from_str(text).unwrap_or_default())
}

impl PartialEq for UnknownJson {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for UnknownJson {}

impl Hash for UnknownJson {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for UnknownJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The name under which `serde_json` hands out raw text. If a format does not know it, or a later version changes it,
/// the value is parsed and written again, which loses only the spelling of numbers and the whitespace.
pub(super) const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Reads any value as JSON text, from any format.
pub(super) struct RawSeed;

impl<'de> DeserializeSeed<'de> for RawSeed {
    type Value = Box<RawValue>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Box<RawValue>, D::Error> {
        deserializer.deserialize_newtype_struct(RAW_VALUE, self)
    }
}

impl<'de> Visitor<'de> for RawSeed {
    type Value = Box<RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Box<RawValue>, A::Error> {
        Deserialize::deserialize(MapAccessDeserializer::new(map))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Box<RawValue>, D::Error> {
        let value = Value::deserialize(deserializer)?;
        serde_json::value::to_raw_value(&value).map_err(D::Error::custom)
    }
}

/// Finds the tag in one member. The last of several duplicate members counts.
struct FindTag<'a> {
    name: &'a str,
    /// Set if a null is a tag.
    has_null: bool,
}

impl<'de> DeserializeSeed<'de> for FindTag<'_> {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FindTag<'_> {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut tag = None;
        while let Some(name) = map.next_key_seed(KeySeed)? {
            if name == self.name {
                let value: &RawValue = map.next_value()?;
                let is_null = self.has_null && value.get() == "null";
                tag = if is_null { Some("null".into()) } else { tag_text(value) };
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(tag)
    }
}

/// Returns the text of a string, number or boolean, borrowed if it is as in the JSON text.
fn tag_text(json: &RawValue) -> Option<Cow<'_, str>> {
    let written = json.get();
    match written.bytes().next()? {
        b'"' if written.contains('\\') => serde_json::from_str(written).ok().map(Cow::Owned),
        b'"' => written.strip_prefix('"')?.strip_suffix('"').map(Cow::Borrowed),
        b'[' | b'{' | b'n' => None,
        b't' | b'f' => Some(written.into()),
        _ if written.contains(['.', 'e', 'E']) => {
            let number: f64 = written.parse().ok()?;
            Some(integral(number).map_or_else(|| number.to_string(), |integer| integer.to_string()).into())
        }
        _ => Some(written.into()),
    }
}
