//! Finds one value in a JSON type by its JSON Pointer (RFC 6901), without writing the rest.

use serde_json::Value;
use serde_json::value::RawValue;

use crate::json::{Fault, Json, WriteObject, Writer, Written, sealed};

/// The value at a JSON Pointer.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum FoundValue {
    /// No value, null, or an object.
    Nothing,
    Bool(bool),
    Integer(i128),
    Text(String),
    /// A list of this many items.
    List(usize),
}

/// Returns the value at a JSON Pointer. In a list, `-` stands for the last item; the empty pointer is the value itself.
pub(super) fn find(value: &dyn Json, pointer: &str) -> FoundValue {
    let mut probe = Probe { pointer, found: FoundValue::Nothing };
    // Writing fails only for a number that is not finite, which counts as no value.
    match value.write(&mut probe) {
        Ok(()) => probe.found,
        Err(_) => FoundValue::Nothing,
    }
}

struct Probe<'a> {
    pointer: &'a str,
    found: FoundValue,
}

impl Probe<'_> {
    /// Splits off the first name of the pointer.
    fn step(&self) -> Option<(String, &str)> {
        let rest = self.pointer.strip_prefix('/')?;
        let end = rest.find('/').unwrap_or(rest.len());
        let (name, rest) = rest.split_at(end);
        Some((name.replace("~1", "/").replace("~0", "~"), rest))
    }

    fn set(&mut self, found: FoundValue) -> Written {
        if self.pointer.is_empty() {
            self.found = found;
        }
        Ok(())
    }
}

fn of_value(value: &Value, pointer: &str) -> FoundValue {
    match value.pointer(pointer) {
        Some(Value::Bool(value)) => FoundValue::Bool(*value),
        Some(Value::Number(number)) => match (number.as_i128(), number.as_f64()) {
            (Some(integer), _) => FoundValue::Integer(integer),
            (None, Some(float)) => of_float(float),
            (None, None) => FoundValue::Nothing,
        },
        Some(Value::String(text)) => FoundValue::Text(text.clone()),
        Some(Value::Array(items)) => FoundValue::List(items.len()),
        Some(Value::Object(_) | Value::Null) | None => FoundValue::Nothing,
    }
}

fn of_float(value: f64) -> FoundValue {
    crate::json::integral(value).map_or(FoundValue::Nothing, FoundValue::Integer)
}

impl sealed::Sealed for Probe<'_> {}

impl Writer for Probe<'_> {
    fn object(&mut self, object: &WriteObject<'_>) -> Written {
        let Some((wanted, rest)) = self.step() else { return Ok(()) };
        let mut found =
            object.slots.iter().find(|(name, ..)| *name == wanted).map(|(.., value)| find(*value, rest));
        if let (None, Some(additional)) = (&found, object.additional) {
            additional.each_entry(&mut |name, value| {
                if name == wanted {
                    found = Some(find(value, rest));
                }
                Ok(())
            })?;
        }
        let kept = || object.extra.get(&wanted).map_or(FoundValue::Nothing, |value| of_value(&value, rest));
        self.found = found.unwrap_or_else(kept);
        Ok(())
    }

    fn items(&mut self, items: &mut dyn Iterator<Item = &dyn Json>) -> Written {
        match self.step() {
            None => self.found = FoundValue::List(items.count()),
            Some((name, rest)) if name == "-" => {
                self.found = items.last().map_or(FoundValue::Nothing, |item| find(item, rest));
            }
            Some(_) => {}
        }
        Ok(())
    }

    fn entries(&mut self, entries: &mut dyn Iterator<Item = (&str, &dyn Json)>) -> Written {
        let Some((wanted, rest)) = self.step() else { return Ok(()) };
        for (name, value) in entries {
            if name == wanted {
                self.found = find(value, rest);
                return Ok(());
            }
        }
        Ok(())
    }

    fn null(&mut self) -> Written {
        Ok(())
    }

    fn bool(&mut self, value: bool) -> Written {
        self.set(FoundValue::Bool(value))
    }

    fn integer(&mut self, value: i128) -> Written {
        self.set(FoundValue::Integer(value))
    }

    fn float(&mut self, value: f64) -> Written {
        self.set(of_float(value))
    }

    fn text(&mut self, value: &str) -> Written {
        if self.pointer.is_empty() {
            self.found = FoundValue::Text(value.to_owned());
        }
        Ok(())
    }

    fn value(&mut self, value: &Value) -> Written {
        self.found = of_value(value, self.pointer);
        Ok(())
    }

    fn raw(&mut self, json: &RawValue) -> Written {
        let value: Value =
            serde_json::from_str(json.get()).map_err(|error| Fault::new(format_args!("{error}")))?;
        self.value(&value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_is_found_in_maps_lists_and_free_json() {
        let map = std::collections::BTreeMap::from([("a/b".to_owned(), 1_i64), ("c".to_owned(), 2)]);
        assert_eq!(find(&map, "/c"), FoundValue::Integer(2));
        assert_eq!(find(&map, "/a~1b"), FoundValue::Integer(1));
        assert_eq!(find(&map, "/d"), FoundValue::Nothing);
        assert_eq!(find(&map, ""), FoundValue::Nothing);
        assert_eq!(find(&vec![5_i64, 6], ""), FoundValue::List(2));
        assert_eq!(find(&vec![5_i64, 6], "/-"), FoundValue::Integer(6));
        assert_eq!(find(&vec![5_i64, 6], "/0"), FoundValue::Nothing);
        let free = json!({ "more": true, "next": { "cursor": "x" }, "none": null, "half": 0.5 });
        assert_eq!(find(&free, "/more"), FoundValue::Bool(true));
        assert_eq!(find(&free, "/next/cursor"), FoundValue::Text("x".to_owned()));
        for nothing in ["/none", "/half", "/next", "/other"] {
            assert_eq!(find(&free, nothing), FoundValue::Nothing, "{nothing}");
        }
    }
}
