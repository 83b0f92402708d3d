//! Implements `Debug` for emitted types with a writer that shows the members that are present.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::json::presence::IS_SECRET;
use crate::json::{Fault, Json, WriteObject, Writer, Written, sealed};

/// Writes a value as JSON text, and a string without quotes. A value that is not JSON, since it holds a number that is
/// not finite, is shown as by `Debug`: `to_string` must not panic.
#[doc(hidden)]
pub fn plain(value: &dyn Json, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Ok(text) = crate::json::to_bytes(value) else { return show("", value, &[], f) };
    match serde_json::from_slice::<String>(&text) {
        Ok(text) => f.pad(&text),
        Err(_) => f.pad(&String::from_utf8_lossy(&text)),
    }
}

/// Shows a value as `Name { member: value }`, without absent members. The members named in `secret` are redacted.
///
/// # Errors
/// Returns an error if the formatter fails.
#[doc(hidden)]
pub fn show(
    name: &'static str,
    value: &dyn Json,
    secret: &'static [&'static str],
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    fmt::Debug::fmt(&ShownValue { name, value, secret }, f)
}

struct ShownValue<'a> {
    name: &'static str,
    value: &'a dyn Json,
    secret: &'static [&'static str],
}

impl fmt::Debug for ShownValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut show = DebugWriter { name: self.name, secret: self.secret, f };
        self.value.write(&mut show).map_err(|_| fmt::Error)
    }
}

struct DebugWriter<'a, 'f> {
    name: &'static str,
    secret: &'static [&'static str],
    f: &'a mut fmt::Formatter<'f>,
}

/// A text that is shown without quotes.
pub(in crate::json) struct Unquoted<'a>(pub(in crate::json) &'a str);

impl fmt::Debug for Unquoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

const REDACTED: Unquoted<'_> = Unquoted("***");

fn is_secret(secret: &[&str], name: &str) -> bool {
    secret.iter().any(|key| key.eq_ignore_ascii_case(name))
}

/// Redacts the values of secret members in JSON text, at any depth.
fn redacted<'a>(secret: &[&str], text: &'a str) -> Cow<'a, str> {
    if secret.is_empty() {
        return text.into();
    }
    let mut value: Value = serde_json::from_str(text).unwrap_or_default();
    redact(secret, &mut value);
    value.to_string().into()
}

fn redact(secret: &[&str], value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| redact(secret, item)),
        Value::Object(members) => {
            for (name, value) in members {
                if is_secret(secret, name) {
                    *value = REDACTED.0.into();
                } else {
                    redact(secret, value);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

impl DebugWriter<'_, '_> {
    fn inner<'v>(&self, value: &'v dyn Json) -> ShownValue<'v> {
        ShownValue { name: "", value, secret: self.secret }
    }
}

/// The members of an object. A nested object is shown as a map, since its type name is not known here.
enum DebugFields<'a, 'f> {
    Struct(fmt::DebugStruct<'a, 'f>),
    Map(fmt::DebugMap<'a, 'f>),
}

impl<'a, 'f> DebugFields<'a, 'f> {
    fn new(name: &str, f: &'a mut fmt::Formatter<'f>) -> Self {
        if name.is_empty() { Self::Map(f.debug_map()) } else { Self::Struct(f.debug_struct(name)) }
    }

    fn show(&mut self, name: &str, value: &dyn fmt::Debug) {
        match self {
            Self::Struct(shown) => {
                shown.field(name, value);
            }
            Self::Map(shown) => {
                shown.entry(&Unquoted(name), value);
            }
        }
    }

    fn finish(&mut self) -> fmt::Result {
        match self {
            Self::Struct(shown) => shown.finish(),
            Self::Map(shown) => shown.finish(),
        }
    }
}

impl sealed::Sealed for DebugWriter<'_, '_> {}

impl Writer for DebugWriter<'_, '_> {
    fn object(&mut self, object: &WriteObject<'_>) -> Written {
        let secret = self.secret;
        let mut fields = DebugFields::new(self.name, self.f);
        let mut field = |name: &str, value: &dyn Json, is_marked: bool| {
            if is_marked || is_secret(secret, name) {
                fields.show(name, &REDACTED);
            } else {
                fields.show(name, &ShownValue { name: "", value, secret });
            }
            Ok(())
        };
        for &(name, presence, value) in object.slots {
            if !value.is_absent() && !object.keeps(name, value) {
                field(name, value, presence.has(IS_SECRET))?;
            }
        }
        object.each_additional(&mut |name, value| field(name, value, false))?;
        for (name, text) in object.extra {
            // The same member can be set after it was read as null.
            if object.has_value(name) {
                continue;
            }
            if is_secret(secret, name) {
                fields.show(name, &REDACTED);
            } else {
                fields.show(name, &Unquoted(&redacted(secret, text)));
            }
        }
        fields.finish().map_err(Fault::new)
    }

    fn items(&mut self, items: &mut dyn Iterator<Item = &dyn Json>) -> Written {
        let items: Vec<_> = items.map(|item| self.inner(item)).collect();
        self.f.debug_list().entries(items).finish().map_err(Fault::new)
    }

    fn entries(&mut self, entries: &mut dyn Iterator<Item = (&str, &dyn Json)>) -> Written {
        let entries: Vec<_> = entries.map(|(name, value)| (name, self.inner(value))).collect();
        let mut map = self.f.debug_map();
        for (name, value) in entries {
            if is_secret(self.secret, name) {
                map.entry(&name, &REDACTED);
            } else {
                map.entry(&name, &value);
            }
        }
        map.finish().map_err(Fault::new)
    }

    fn null(&mut self) -> Written {
        self.f.write_str("null").map_err(Fault::new)
    }

    fn bool(&mut self, value: bool) -> Written {
        fmt::Debug::fmt(&value, self.f).map_err(Fault::new)
    }

    fn integer(&mut self, value: i128) -> Written {
        fmt::Debug::fmt(&value, self.f).map_err(Fault::new)
    }

    fn float(&mut self, value: f64) -> Written {
        fmt::Debug::fmt(&value, self.f).map_err(Fault::new)
    }

    fn text(&mut self, value: &str) -> Written {
        fmt::Debug::fmt(value, self.f).map_err(Fault::new)
    }

    fn value(&mut self, value: &Value) -> Written {
        self.f.write_str(&redacted(self.secret, &value.to_string())).map_err(Fault::new)
    }

    fn raw(&mut self, json: &RawValue) -> Written {
        self.f.write_str(&redacted(self.secret, json.get())).map_err(Fault::new)
    }
}
