//! Writes member tables to any serde `Serializer`.

use std::any::type_name;
use std::cell::Cell;
use std::sync::OnceLock;

use serde::ser::{Error as _, Serialize, SerializeMap, SerializeStruct, Serializer};
use serde_json::value::RawValue;

use super::text::to_parts;
use crate::json::raw::RAW_VALUE;
use crate::json::{Fault, Json, WriteObject, Writer, Written, sealed};

/// Writes a whole value, for the `Serialize` implementation of emitted types.
///
/// # Errors
/// Returns an error if the serializer fails or the value cannot be written; the message contains the path.
#[doc(hidden)]
pub fn serialize<S: Serializer>(value: &dyn Json, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = SerdeWriter { serializer: Some(serializer), written: None };
    match value.write(&mut writer) {
        Ok(()) => writer.written.ok_or_else(|| S::Error::custom("nothing was written")),
        Err(fault) => Err(S::Error::custom(fault)),
    }
}

/// The destination of one value in a serde `Serializer`, written exactly once.
struct SerdeWriter<S: Serializer> {
    serializer: Option<S>,
    written: Option<S::Ok>,
}

impl<S: Serializer> SerdeWriter<S> {
    fn put(&mut self, write: impl FnOnce(S) -> Result<S::Ok, S::Error>) -> Written {
        let serializer = self.serializer.take().ok_or_else(|| Fault::new("a value was written twice"))?;
        self.written = Some(write(serializer).map_err(Fault::new)?);
        Ok(())
    }

    /// Writes a value as text, and passes that to the serializer.
    fn put_text(&mut self, write: impl FnOnce(&mut dyn Writer) -> Written) -> Written {
        let mut waiting = None;
        let outcome = self.put(|serializer| {
            let mut raw = serializer.serialize_struct(RAW_VALUE, 1)?;
            let written =
                to_parts(write, &mut |part| raw.serialize_field(RAW_VALUE, part).map_err(Fault::new));
            written.map_err(|fault| leave(&mut waiting, fault))?;
            raw.end()
        });
        outcome.map_err(|fault| waiting.unwrap_or(fault))
    }
}

fn entry<S: Serializer>(
    map: &mut S::SerializeMap,
    name: &str,
    value: &dyn Json,
    waiting: &Cell<Option<Fault>>,
) -> Result<(), S::Error> {
    map.serialize_entry(name, &NestedValue { value, waiting }).inspect_err(|_| {
        waiting.set(waiting.take().map(|fault| fault.within_member(name)));
    })
}

impl<S: Serializer> sealed::Sealed for SerdeWriter<S> {}

impl<S: Serializer> Writer for SerdeWriter<S> {
    fn object(&mut self, object: &WriteObject<'_>) -> Written {
        if takes_text::<S>() {
            return self.put_text(|json| json.object(object));
        }
        let waiting = Cell::new(None);
        let outcome = self.put(|serializer| {
            let mut map = serializer.serialize_map(None)?;
            for &slot in object.slots {
                if !object.leaves_out(slot) {
                    let (name, _, value) = slot;
                    entry::<S>(&mut map, name, value, &waiting)?;
                }
            }
            object
                .each_additional(&mut |name, value| {
                    entry::<S>(&mut map, name, value, &waiting).map_err(Fault::new)
                })
                .map_err(S::Error::custom)?;
            for (name, text) in object.extra.entries() {
                if !object.has_value(name) {
                    map.serialize_entry(&**name, &RawText(text))?;
                }
            }
            map.end()
        });
        outcome.map_err(|fault| waiting.take().unwrap_or(fault))
    }

    fn items(&mut self, items: &mut dyn Iterator<Item = &dyn Json>) -> Written {
        if takes_text::<S>() {
            return self.put_text(|json| json.items(items));
        }
        let waiting = Cell::new(None);
        let outcome = self.put(|serializer| {
            serializer.collect_seq(items.enumerate().map(|(index, value)| NestedItem {
                index,
                value,
                waiting: &waiting,
            }))
        });
        outcome.map_err(|fault| waiting.take().unwrap_or(fault))
    }

    fn entries(&mut self, entries: &mut dyn Iterator<Item = (&str, &dyn Json)>) -> Written {
        if takes_text::<S>() {
            return self.put_text(|json| json.entries(entries));
        }
        let waiting = Cell::new(None);
        let outcome = self.put(|serializer| {
            let mut map = serializer.serialize_map(entries.size_hint().1)?;
            for (name, value) in entries {
                entry::<S>(&mut map, name, value, &waiting)?;
            }
            map.end()
        });
        outcome.map_err(|fault| waiting.take().unwrap_or(fault))
    }

    fn null(&mut self) -> Written {
        self.put(S::serialize_unit)
    }

    fn bool(&mut self, value: bool) -> Written {
        self.put(|serializer| serializer.serialize_bool(value))
    }

    fn integer(&mut self, value: i128) -> Written {
        self.put(|serializer| match (i64::try_from(value), u64::try_from(value)) {
            (Ok(value), _) => serializer.serialize_i64(value),
            (_, Ok(value)) => serializer.serialize_u64(value),
            _ => serializer.serialize_i128(value),
        })
    }

    fn float(&mut self, value: f64) -> Written {
        if !value.is_finite() {
            return Err(Fault::new(format_args!("{value} is not a valid JSON number")));
        }
        self.put(|serializer| serializer.serialize_f64(value))
    }

    fn text(&mut self, value: &str) -> Written {
        self.put(|serializer| serializer.serialize_str(value))
    }

    fn value(&mut self, value: &serde_json::Value) -> Written {
        self.put(|serializer| value.serialize(serializer))
    }

    fn raw(&mut self, json: &RawValue) -> Written {
        self.put(|serializer| RawText(json).serialize(serializer))
    }
}

/// Stores a fault while serde's error type, which cannot carry it, unwinds.
fn leave<E: serde::ser::Error>(waiting: &mut Option<Fault>, fault: Fault) -> E {
    let error = E::custom(fault.message());
    *waiting = Some(fault);
    error
}

/// A nested value. Its fault is stored in `waiting` while serde's error type, which cannot carry it, unwinds.
struct NestedValue<'a> {
    value: &'a dyn Json,
    waiting: &'a Cell<Option<Fault>>,
}

impl Serialize for NestedValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut writer = SerdeWriter { serializer: Some(serializer), written: None };
        match self.value.write(&mut writer) {
            Ok(()) => writer.written.ok_or_else(|| S::Error::custom("nothing was written")),
            Err(fault) => {
                let mut waiting = None;
                let error = leave(&mut waiting, fault);
                self.waiting.set(waiting);
                Err(error)
            }
        }
    }
}

struct NestedItem<'a> {
    index: usize,
    value: &'a dyn Json,
    waiting: &'a Cell<Option<Fault>>,
}

impl Serialize for NestedItem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        NestedValue { value: self.value, waiting: self.waiting }.serialize(serializer).inspect_err(|_| {
            self.waiting.set(self.waiting.take().map(|fault| fault.within_index(self.index)));
        })
    }
}

/// Returns `true` for the serializer of `serde_json::to_vec` and `serde_json::to_string`, which takes JSON text as it is.
fn takes_text<S>() -> bool {
    type Compact<'a, 'b> = &'a mut serde_json::Serializer<&'b mut Vec<u8>>;
    static TAKES_PARTS: OnceLock<bool> = OnceLock::new();
    // The name is constant, and a `TypeId` would ask for a serializer that is `'static`.
    type_name::<S>() == type_name::<Compact<'_, '_>>()
        && *TAKES_PARTS.get_or_init(|| serde_json::to_string(&Parts).is_ok_and(|text| text == "[1, \"\"]"))
}

/// Shows that `serde_json` takes a text in parts, as a `RawValue`, which could not be made of them without parsing it.
struct Parts;

impl Serialize for Parts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut raw = serializer.serialize_struct(RAW_VALUE, 1)?;
        raw.serialize_field(RAW_VALUE, "[1, \"")?;
        raw.serialize_field(RAW_VALUE, "\"]")?;
        raw.end()
    }
}

/// JSON text for any format: written as it is if the format is JSON, else parsed first.
struct RawText<'a>(&'a RawValue);

impl Serialize for RawText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Only `serde_json` knows what a `RawValue` is; another format would write its inner name.
        if type_name::<S>().contains("serde_json::") {
            return self.0.serialize(serializer);
        }
        let value: serde_json::Value = serde_json::from_str(self.0.get()).map_err(S::Error::custom)?;
        value.serialize(serializer)
    }
}
