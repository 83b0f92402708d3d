//! `Debug` of emitted types: a writer that shows the members that are present.

use std::fmt;

use serde_json::value::RawValue;

use super::{Additional, Extra, Fault, Json, WriteSlot, Writer, Written, sealed};

/// Shows a value as `Name { member: value }`, without the members that are absent; what `secret` names is redacted.
///
/// # Errors
/// Whatever the formatter fails with.
#[doc(hidden)]
pub fn show(
    name: &'static str,
    value: &dyn Json,
    secret: &'static [&'static str],
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    fmt::Debug::fmt(&Shown { name, value, secret }, f)
}

struct Shown<'a> {
    name: &'static str,
    value: &'a dyn Json,
    secret: &'static [&'static str],
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut show = Show { name: self.name, secret: self.secret, f };
        self.value.write(&mut show).map_err(|_| fmt::Error)
    }
}

struct Show<'a, 'f> {
    name: &'static str,
    secret: &'static [&'static str],
    f: &'a mut fmt::Formatter<'f>,
}

impl Show<'_, '_> {
    fn inner<'v>(&self, value: &'v dyn Json) -> Shown<'v> {
        Shown { name: "", value, secret: self.secret }
    }

    fn object(
        &mut self,
        slots: &[WriteSlot<'_>],
        additional: Option<&dyn Additional>,
        extra: &Extra,
    ) -> Written {
        let (secret, name) = (self.secret, self.name);
        let mut shown = self.f.debug_struct(name);
        let mut field = |name: &str, value: &dyn Json| {
            if secret.contains(&name) {
                shown.field(name, &format_args!("***"));
            } else {
                shown.field(name, &Shown { name: "", value, secret });
            }
        };
        for &(name, _, value) in slots {
            if !value.is_absent() {
                field(name, value);
            }
        }
        if let Some(additional) = additional {
            additional.each_entry(&mut |name, value| {
                field(name, value);
                Ok(())
            })?;
        }
        for (name, text) in extra {
            if secret.contains(&name) {
                shown.field(name, &format_args!("***"));
            } else {
                shown.field(name, &format_args!("{text}"));
            }
        }
        shown.finish().map_err(Fault::new)
    }
}

impl sealed::Sealed for Show<'_, '_> {}

impl Writer for Show<'_, '_> {
    fn members(&mut self, slots: &[WriteSlot<'_>], extra: &Extra) -> Written {
        self.object(slots, None, extra)
    }

    fn members_and(
        &mut self,
        slots: &[WriteSlot<'_>],
        additional: &dyn Additional,
        extra: &Extra,
    ) -> Written {
        self.object(slots, Some(additional), extra)
    }

    fn items(&mut self, items: &mut dyn Iterator<Item = &dyn Json>) -> Written {
        let items: Vec<_> = items.map(|item| self.inner(item)).collect();
        self.f.debug_list().entries(items).finish().map_err(Fault::new)
    }

    fn entries(&mut self, entries: &mut dyn Iterator<Item = (&str, &dyn Json)>) -> Written {
        let entries: Vec<_> = entries.map(|(name, value)| (name, self.inner(value))).collect();
        let mut map = self.f.debug_map();
        for (name, value) in entries {
            if self.secret.contains(&name) {
                map.entry(&name, &format_args!("***"));
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

    fn value(&mut self, value: &serde_json::Value) -> Written {
        write!(self.f, "{value}").map_err(Fault::new)
    }

    fn raw(&mut self, json: &RawValue) -> Written {
        self.f.write_str(json.get()).map_err(Fault::new)
    }
}
