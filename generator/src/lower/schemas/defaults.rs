//! Checks that the default of a schema is one of its values.

use super::value_kinds::{Surface, ValueKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Scalar, Value};
use crate::lower::Lowering;
use crate::pointer::Pointer;

/// The result of the comparison of a default with the schema.
enum Fit {
    /// It is a value of the schema.
    Exact,
    /// Another value with the same text is.
    Meant(Value),
    /// It is not a value of the schema, which describes something else.
    Wrong(String),
}

impl Lowering<'_> {
    /// Returns the default of a schema as a value of the schema. Reports one that is not.
    pub(in crate::lower) fn fitting_default(
        &mut self,
        schema: &Pointer,
        place: &Pointer,
        default: Value,
    ) -> Option<Value> {
        let fit = self.fit(schema, &default);
        let mut report = |message: String, help: &str| {
            let finding = Diagnostic::warning(Code::Malformed, place, message, help);
            // A default is only documented: the server applies it.
            self.diagnostics.push(finding.with_loss(None));
        };
        match fit {
            Fit::Exact => Some(default),
            Fit::Meant(value) => {
                report(
                    format!(
                        "the default `{default}` has another type than the schema; it is read as `{value}`"
                    ),
                    "write the default with the type of the schema",
                );
                Some(value)
            }
            Fit::Wrong(expected) => {
                report(
                    format!("the default `{default}` is not {expected}; it is left out"),
                    "fix the default, or the schema",
                );
                None
            }
        }
    }

    fn fit(&mut self, schema: &Pointer, default: &Value) -> Fit {
        // Tools write null for a member without a default.
        if default.is_null() {
            return Fit::Exact;
        }
        let Surface { kind, meant, .. } = self.surface(schema);
        let wrong = |expected: &str| Fit::Wrong(expected.to_owned());
        match kind {
            ValueKind::Scalar(scalar) => fit_scalar(scalar, default),
            ValueKind::StringEnum | ValueKind::IntegerEnum | ValueKind::ValueEnum => {
                let naming = self.unnamed();
                let flat = self.flat(&meant, &naming);
                let values = flat.iter().flat_map(|flat| flat.values.iter().flatten());
                let values: Vec<Value> = values.map(|value| value.value.clone()).collect();
                let is_same = |value: &&Value| text(value).is_some() && text(value) == text(default);
                match values.iter().find(is_same) {
                    _ if values.contains(default) => Fit::Exact,
                    Some(value) => Fit::Meant(value.clone()),
                    None => wrong("one of the values of the enum"),
                }
            }
            ValueKind::List if !default.is_array() => wrong("a list"),
            ValueKind::Object | ValueKind::Map if !default.is_object() => wrong("an object"),
            ValueKind::List
            | ValueKind::Object
            | ValueKind::Map
            | ValueKind::Null
            | ValueKind::Any
            | ValueKind::Union => Fit::Exact,
        }
    }
}

fn fit_scalar(scalar: Scalar, default: &Value) -> Fit {
    let is_integer = |value: &Value| {
        value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
    };
    let (fits, expected): (&dyn Fn(&Value) -> bool, &str) = match scalar {
        Scalar::String | Scalar::DateTime | Scalar::Date | Scalar::Base64 | Scalar::Base64Url => {
            (&Value::is_string, "a string")
        }
        Scalar::Boolean => (&Value::is_boolean, "a boolean"),
        Scalar::Int32 | Scalar::Int64 | Scalar::UInt32 | Scalar::UInt64 => (&is_integer, "an integer"),
        Scalar::Float | Scalar::Number => (&Value::is_number, "a number"),
    };
    if fits(default) {
        return fit_time(scalar, default);
    }
    let text = text(default).unwrap_or_default();
    let meant = match default {
        Value::String(_) => serde_json::from_str(text.trim()).ok(),
        Value::Bool(_) | Value::Number(_) => Some(Value::String(text)),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    match meant.filter(fits) {
        Some(value) => Fit::Meant(value),
        None => Fit::Wrong(expected.to_owned()),
    }
}

/// Returns the fit of a default that is a text, which has to be a time if the schema describes one.
fn fit_time(scalar: Scalar, default: &Value) -> Fit {
    let text = default.as_str().unwrap_or_default();
    match scalar {
        Scalar::Date if !is_date(text) => Fit::Wrong("a date, such as `2026-01-31`".to_owned()),
        Scalar::DateTime if !is_date_time(text) => {
            Fit::Wrong("a time, such as `2026-01-31T12:00:00Z`".to_owned())
        }
        _ => Fit::Exact,
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    year.len() == 4
        && [(year, 9999, 4), (month, 12, 2), (day, 31, 2)].iter().all(|(part, most, length)| {
            let number = part.parse::<u16>().ok().filter(|_| part.len() == *length);
            number.is_some_and(|number| number <= *most && (number > 0 || *length == 4))
        })
}

fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't', ' ']) else { return false };
    let clock = time.get(..5).and_then(|clock| clock.split_once(':'));
    is_date(date)
        && clock.is_some_and(|(hours, minutes)| {
            let below = |text: &str, limit: u8| text.parse::<u8>().is_ok_and(|number| number < limit);
            below(hours, 24) && below(minutes, 60)
        })
}

/// Returns the text of a scalar.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
