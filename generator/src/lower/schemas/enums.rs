//! Lowers the values of enum schemas to named variants.

use super::flat::{EnumValue, Flat};
use crate::diagnostic::Code;
use crate::ir::{Docs, Shape, Value, Variant};
use crate::lower::Lowering;
use crate::name::Name;

impl Lowering<'_> {
    /// Lowers an enum of strings.
    pub(in crate::lower) fn string_enum(&mut self, flat: &Flat) -> Shape {
        let values = flat.values.as_deref().unwrap_or_default();
        let is_other = |value: &&EnumValue| {
            value.value.is_number() || value.value.is_boolean() || self.spec.is_unquoted(&value.pointer)
        };
        if let Some(other) = values.iter().find(is_other)
            && let Some(text) = text(&other.value)
        {
            self.warn(
                Code::Approximated,
                &other.pointer,
                format!("`{text}` is not a string, but the type is `string`; it is read as a string"),
                "put the value in quotes",
            );
        }
        let values: Vec<EnumValue> = values.to_vec();
        Shape::StringEnum(self.text_variants(&values))
    }

    /// Returns the variants of strings, each value once.
    pub(in crate::lower) fn text_variants(&mut self, values: &[EnumValue]) -> Vec<Variant<String>> {
        let mut variants: Vec<Variant<String>> = Vec::new();
        for value in values {
            let Some(text) = text(&value.value) else { continue };
            if variants.iter().all(|known| known.value != text) {
                let name = self.value_name(value, &text);
                variants.push(Variant { name, value: text, docs: docs(value) });
            }
        }
        variants
    }

    /// Lowers an enum of integers.
    pub(in crate::lower) fn integer_enum(&mut self, flat: &Flat) -> Shape {
        let mut variants: Vec<Variant<i64>> = Vec::new();
        for value in flat.values.iter().flatten() {
            let Some(integer) = value.value.as_i64() else { continue };
            if variants.iter().all(|known| known.value != integer) {
                let name = self.value_name(value, &integer.to_string());
                variants.push(Variant { name, value: integer, docs: docs(value) });
            }
        }
        Shape::IntegerEnum(variants)
    }

    /// Lowers an enum of values of several types.
    pub(in crate::lower) fn value_enum(&mut self, flat: &Flat) -> Shape {
        let mut variants: Vec<Variant<Value>> = Vec::new();
        for value in flat.values.iter().flatten() {
            let plain = without_fraction(&value.value);
            let Some(text) = text(&plain) else { continue };
            if variants.iter().all(|known| known.value != plain) {
                let mut name = self.value_name(value, &text);
                let looks_the_same = variants.iter().any(|known| known.name.words == name.words);
                if looks_the_same && plain.is_string() {
                    name.words.push("text".to_owned());
                }
                variants.push(Variant { name, value: plain, docs: docs(value) });
            }
        }
        Shape::ValueEnum(variants)
    }

    fn value_name(&mut self, value: &EnumValue, wire: &str) -> Name {
        let mut name = Name::new(wire);
        if let Value::Number(_) = value.value {
            name.words = Name::new(wire.replace('-', "minus ").replace('.', " point ")).words;
        }
        if let Some(given) = &value.name {
            name.words = Name::new(given).words;
        }
        if let Some(words) = self.overrides.member(&value.pointer) {
            name.give(words);
        }
        name
    }
}

fn docs(value: &EnumValue) -> Docs {
    Docs { title: None, description: value.description.clone().map(Into::into) }
}

/// Converts a number without a fraction to an integer. Other values stay as they are.
fn without_fraction(value: &Value) -> Value {
    let integer = value.as_f64().filter(|float| value.is_f64() && float.fract() == 0.0);
    integer
        .and_then(|float| format!("{float:.0}").parse::<i64>().ok())
        .map_or_else(|| value.clone(), Value::from)
}

/// Returns the text of a string, or the written form of another scalar.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
