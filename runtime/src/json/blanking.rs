//! A reader that gives every value its blank form, for a member that a text has twice.

use serde_json::value::RawValue;

use super::{Additional, Extra, Fault, Json, Raw, Read, ReadSlot, Reader, sealed};

/// Takes away what an earlier read left. Scalars need nothing: the next read replaces them whole.
pub(super) fn blank(place: &mut dyn Json) {
    // A type that refuses the blank form, such as a date, is a scalar.
    let _ = place.read(&mut Blanking);
}

struct Blanking;

impl sealed::Sealed for Blanking {}

impl Reader for Blanking {
    fn members(&mut self, slots: &mut [ReadSlot<'_>], extra: &mut Extra) -> Read {
        for (_, _, place) in slots {
            blank(*place);
        }
        extra.clear();
        Ok(())
    }

    fn members_and(
        &mut self,
        slots: &mut [ReadSlot<'_>],
        additional: &mut dyn Additional,
        extra: &mut Extra,
    ) -> Read {
        additional.clear_entries();
        self.members(slots, extra)
    }

    fn items(&mut self, _: &mut dyn FnMut(&mut dyn Reader) -> Read) -> Read {
        Ok(())
    }

    fn entries(&mut self, _: &mut dyn FnMut(&str, &mut dyn Reader) -> Read) -> Read {
        Ok(())
    }

    fn option(&mut self, _: &mut dyn FnMut(&mut dyn Reader) -> Read) -> Read {
        Ok(())
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
