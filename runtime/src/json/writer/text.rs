//! Writes member tables as compact JSON text, without a serde format in between.

use std::{io, mem};

use serde::Serialize;
use serde_json::value::RawValue;

use crate::json::escapes::is_plain;
use crate::json::{Fault, Json, WriteObject, Writer, Written, sealed};

/// Writes values as text. Strings with escapes, and numbers, are left to `serde_json`.
pub(in crate::json) struct TextWriter<'a> {
    text: String,
    /// Takes the text whenever it is long.
    drain: Option<Drain<'a>>,
    /// Set once the current value is written.
    is_written: bool,
}

/// Takes a part of a text.
type Drain<'a> = &'a mut dyn FnMut(&str) -> Written;

/// The length from which a text is passed on: short enough for the processor's cache.
const LONG: usize = 8 * 1024;

/// Writes one value with a function.
pub(in crate::json) fn to_text(write: impl FnOnce(&mut dyn Writer) -> Written) -> Result<String, Fault> {
    let mut writer = TextWriter { text: String::with_capacity(128), drain: None, is_written: false };
    writer.one(|json| write(json))?;
    Ok(writer.text)
}

/// Writes one value with a function, and passes its text on in parts.
pub(super) fn to_parts(write: impl FnOnce(&mut dyn Writer) -> Written, take: Drain<'_>) -> Written {
    let mut writer =
        TextWriter { text: String::with_capacity(128), drain: Some(&mut *take), is_written: false };
    writer.one(|json| write(json))?;
    let rest = writer.text;
    take(&rest)
}

impl TextWriter<'_> {
    /// Writes one value, exactly once.
    fn one(&mut self, write: impl FnOnce(&mut Self) -> Written) -> Written {
        self.is_written = false;
        write(self)?;
        if self.text.len() >= LONG {
            self.drain()?;
        }
        if self.is_written { Ok(()) } else { Err(Fault::new("nothing was written")) }
    }

    fn drain(&mut self) -> Written {
        if let Some(take) = &mut self.drain {
            take(&self.text)?;
            self.text.clear();
        }
        Ok(())
    }

    /// Begins a value.
    fn start(&mut self) -> Written {
        if self.is_written {
            return Err(Fault::new("a value was written twice"));
        }
        self.is_written = true;
        Ok(())
    }

    fn scalar(&mut self, json: &str) -> Written {
        self.start()?;
        self.text.push_str(json);
        Ok(())
    }

    fn by_serde(&mut self, value: &(impl Serialize + ?Sized)) -> Written {
        self.start()?;
        serde_json::to_writer(Fragments(&mut self.text), value).map_err(Fault::new)
    }

    fn quoted(&mut self, text: &str) -> Written {
        if is_plain(text.as_bytes()) {
            self.text.push('"');
            self.text.push_str(text);
            self.text.push('"');
            return Ok(());
        }
        serde_json::to_writer(Fragments(&mut self.text), text).map_err(Fault::new)
    }

    /// Writes the name of a member and what stands before it.
    fn name(&mut self, name: &str, is_first: bool) -> Written {
        self.text.push_str(if is_first { "{\"" } else { ",\"" });
        if is_plain(name.as_bytes()) {
            self.text.push_str(name);
            self.text.push_str("\":");
            return Ok(());
        }
        self.text.pop();
        self.quoted(name)?;
        self.text.push(':');
        Ok(())
    }

    fn member(&mut self, name: &str, value: &dyn Json, is_first: &mut bool) -> Written {
        self.name(name, mem::take(is_first))?;
        self.one(|json| value.write(json)).map_err(|fault| fault.within_member(name))
    }

    /// Ends an object.
    fn end(&mut self, is_empty: bool) -> Written {
        self.text.push_str(if is_empty { "{}" } else { "}" });
        self.is_written = true;
        Ok(())
    }
}

impl sealed::Sealed for TextWriter<'_> {}

impl Writer for TextWriter<'_> {
    fn object(&mut self, object: &WriteObject<'_>) -> Written {
        self.start()?;
        let mut is_first = true;
        for &slot in object.slots {
            if !object.leaves_out(slot) {
                self.member(slot.0, slot.2, &mut is_first)?;
            }
        }
        object.each_additional(&mut |name, value| self.member(name, value, &mut is_first))?;
        for (name, text) in object.extra.entries() {
            if !object.has_value(name) {
                self.name(name, mem::take(&mut is_first))?;
                self.text.push_str(text.get());
            }
        }
        self.end(is_first)
    }

    fn items(&mut self, items: &mut dyn Iterator<Item = &dyn Json>) -> Written {
        self.scalar("[")?;
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            self.one(|json| item.write(json)).map_err(|fault| fault.within_index(index))?;
        }
        self.text.push(']');
        self.is_written = true;
        Ok(())
    }

    fn entries(&mut self, entries: &mut dyn Iterator<Item = (&str, &dyn Json)>) -> Written {
        self.start()?;
        let mut is_first = true;
        for (name, value) in entries {
            self.member(name, value, &mut is_first)?;
        }
        self.end(is_first)
    }

    fn null(&mut self) -> Written {
        self.scalar("null")
    }

    fn bool(&mut self, value: bool) -> Written {
        self.scalar(if value { "true" } else { "false" })
    }

    fn integer(&mut self, value: i128) -> Written {
        match i64::try_from(value) {
            Ok(value) => self.by_serde(&value),
            Err(_) => self.by_serde(&value),
        }
    }

    fn float(&mut self, value: f64) -> Written {
        if !value.is_finite() {
            return Err(Fault::new(format_args!("{value} is not a valid JSON number")));
        }
        self.by_serde(&value)
    }

    fn text(&mut self, value: &str) -> Written {
        self.start()?;
        self.quoted(value)
    }

    fn value(&mut self, value: &serde_json::Value) -> Written {
        self.by_serde(value)
    }

    fn raw(&mut self, json: &RawValue) -> Written {
        self.scalar(json.get())
    }
}

/// Takes the text that `serde_json` writes, each fragment of which is valid UTF-8.
struct Fragments<'a>(&'a mut String);

impl io::Write for Fragments<'_> {
    fn write(&mut self, fragment: &[u8]) -> io::Result<usize> {
        self.0.push_str(std::str::from_utf8(fragment).map_err(io::Error::other)?);
        Ok(fragment.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
