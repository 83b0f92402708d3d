//! Resets a value to its blank form, before a duplicate member is read into it.

use serde_json::value::RawValue;

use crate::json::{Fault, Json, Raw, Read, ReadObject, Reader, sealed};

/// Removes what an earlier read left. Scalars need no reset: the next read replaces them entirely.
pub(in crate::json) fn blank(place: &mut dyn Json) {
    // A type that rejects the blank form, such as a date, is a scalar.
    let _ = place.read(&mut BlankReader);
}

struct BlankReader;

impl sealed::Sealed for BlankReader {}

impl Reader for BlankReader {
    fn object(&mut self, object: ReadObject<'_, '_>) -> Read {
        for (_, _, place) in object.slots {
            blank(*place);
        }
        if let Some(additional) = object.additional {
            additional.clear_entries();
        }
        object.extra.clear();
        Ok(())
    }

    fn items(&mut self, _: &mut dyn FnMut(&mut dyn Reader) -> Read) -> Read {
        Ok(())
    }

    fn entries(&mut self, _: &mut dyn FnMut(&str, &mut dyn Reader) -> Read) -> Read {
        Ok(())
    }

    fn option(&mut self, _: &mut dyn FnMut(&mut dyn Reader) -> Read) -> Result<bool, Fault> {
        Ok(false)
    }

    fn text(&mut self, take: &mut dyn FnMut(&str) -> Result<(), String>) -> Read {
        take("").map_err(Fault::new)
    }

    fn string(&mut self) -> Result<String, Fault> {
        Ok(String::new())
    }

    fn bool(&mut self) -> Result<bool, Fault> {
        Ok(false)
    }

    fn integer(&mut self) -> Result<i128, Fault> {
        Ok(0)
    }

    fn float(&mut self) -> Result<f64, Fault> {
        Ok(0.0)
    }

    fn value(&mut self) -> Result<serde_json::Value, Fault> {
        Ok(serde_json::Value::Null)
    }

    fn raw(&mut self) -> Result<Raw, Fault> {
        Ok(Raw::new(RawValue::NULL.to_owned(), 0))
    }
}
