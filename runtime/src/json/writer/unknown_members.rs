//! Detects parts of a value that its type does not know.

use serde_json::Value;
use serde_json::value::RawValue;

use crate::json::presence::MAY_BE_NULL;
use crate::json::{Json, WriteObject, Writer, Written, sealed};

/// Returns `true` if a part of the value is unknown to its type, at any depth: a member, an enum value, a variant. The
/// entries of a map count as unknown, since a type that names members fits better.
pub(crate) fn has_unknown(value: &dyn Json) -> bool {
    find(value, false)
}

/// Returns `true` if a value that is otherwise an object is unknown to its type as a whole.
pub(crate) fn is_unknown(value: &dyn Json) -> bool {
    find(value, true)
}

fn find(value: &dyn Json, whole: bool) -> bool {
    let mut finder = UnknownFinder { found: false, inside: false, whole };
    // A value that cannot be written cannot have been read.
    let _ = value.write(&mut finder);
    finder.found
}

struct UnknownFinder {
    found: bool,
    /// Set while a nested value is examined.
    inside: bool,
    /// Set if members are not examined.
    whole: bool,
}

impl UnknownFinder {
    fn look(&mut self, value: &dyn Json) -> Written {
        self.inside = true;
        if self.found { Ok(()) } else { value.write(self) }
    }
}

impl sealed::Sealed for UnknownFinder {}

impl Writer for UnknownFinder {
    fn object(&mut self, object: &WriteObject<'_>) -> Written {
        if self.whole {
            return Ok(());
        }
        // A type that names a member knows more about it than a type that takes any member.
        object.each_additional(&mut |_, _| {
            self.found = true;
            Ok(())
        })?;
        // The explicit null of a nullable member is not an unknown member.
        let knows =
            |name| object.slots.iter().any(|(slot, presence, _)| *slot == name && presence.has(MAY_BE_NULL));
        self.found |= object.extra.iter().any(|(name, _)| !knows(name));
        for (_, _, value) in object.slots.iter().filter(|(_, _, value)| !value.is_absent()) {
            self.look(*value)?;
        }
        Ok(())
    }

    fn items(&mut self, items: &mut dyn Iterator<Item = &dyn Json>) -> Written {
        for item in items {
            self.look(item)?;
        }
        Ok(())
    }

    fn entries(&mut self, entries: &mut dyn Iterator<Item = (&str, &dyn Json)>) -> Written {
        for (_, value) in entries {
            self.found |= !self.inside;
            self.look(value)?;
        }
        Ok(())
    }

    fn unknown(&mut self) {
        self.found = true;
    }

    fn null(&mut self) -> Written {
        Ok(())
    }

    fn bool(&mut self, _: bool) -> Written {
        Ok(())
    }

    fn integer(&mut self, _: i128) -> Written {
        Ok(())
    }

    fn float(&mut self, _: f64) -> Written {
        Ok(())
    }

    fn text(&mut self, _: &str) -> Written {
        Ok(())
    }

    fn value(&mut self, _: &Value) -> Written {
        Ok(())
    }

    fn raw(&mut self, _: &RawValue) -> Written {
        Ok(())
    }
}
