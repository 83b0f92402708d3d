//! Writes the discriminator of a union for variants that do not declare or set it.

use serde_json::Value;
use serde_json::value::RawValue;

use super::WriteSlot;
use crate::json::{Extra, Json, REQUIRED, WriteObject, Writer, Written, sealed};

/// Writes a variant of a union with the tag that selects it, unless the variant sets that member itself, or was read
/// without it.
///
/// # Errors
/// Returns an error if the value cannot be written.
#[doc(hidden)]
pub fn tagged(tag: &'static str, text: &'static str, value: &dyn Json, json: &mut dyn Writer) -> Written {
    value.write(&mut TagWriter { tag, text, json })
}

/// Writes an object that holds a value beside the tag that selects its type: the names of both members, with the text
/// of the tag between them.
///
/// # Errors
/// Returns an error if the value cannot be written.
#[doc(hidden)]
pub fn beside_tag(names: [&'static str; 3], value: &dyn Json, json: &mut dyn Writer) -> Written {
    let [tag, text, content] = names;
    let text = text.to_owned();
    let slots: [WriteSlot<'_>; 2] = [(tag, REQUIRED, &text), (content, REQUIRED, value)];
    json.object(&WriteObject { slots: &slots, additional: None, extra: &Extra::default() })
}

struct TagWriter<'a> {
    tag: &'static str,
    text: &'static str,
    json: &'a mut dyn Writer,
}

impl sealed::Sealed for TagWriter<'_> {}

impl Writer for TagWriter<'_> {
    fn object(&mut self, object: &WriteObject<'_>) -> Written {
        let is_there = object.has_value(self.tag) || object.extra.get_raw(self.tag).is_some();
        if is_there || object.extra.is_untagged() {
            return self.json.object(object);
        }
        let text = self.text.to_owned();
        let tag: WriteSlot<'_> = (self.tag, REQUIRED, &text);
        let mut slots = object.slots.to_vec();
        match slots.iter_mut().find(|(name, ..)| *name == self.tag) {
            Some(unset) => *unset = tag,
            None => slots.insert(0, tag),
        }
        self.json.object(&WriteObject { slots: &slots, ..*object })
    }

    fn items(&mut self, items: &mut dyn Iterator<Item = &dyn Json>) -> Written {
        self.json.items(items)
    }

    fn entries(&mut self, entries: &mut dyn Iterator<Item = (&str, &dyn Json)>) -> Written {
        self.json.entries(entries)
    }

    fn null(&mut self) -> Written {
        self.json.null()
    }

    fn bool(&mut self, value: bool) -> Written {
        self.json.bool(value)
    }

    fn integer(&mut self, value: i128) -> Written {
        self.json.integer(value)
    }

    fn float(&mut self, value: f64) -> Written {
        self.json.float(value)
    }

    fn text(&mut self, value: &str) -> Written {
        self.json.text(value)
    }

    fn value(&mut self, value: &Value) -> Written {
        self.json.value(value)
    }

    fn unknown(&mut self) {
        self.json.unknown();
    }

    fn raw(&mut self, json: &RawValue) -> Written {
        self.json.raw(json)
    }
}
