//! Reads the values of enums, and their names and descriptions.

use serde_json::Value;

use super::KeywordReader;
use crate::diagnostic::{Code, Diagnostic};
use crate::tree::Node;

impl KeywordReader<'_, '_> {
    /// Returns the values of an enum. Reports one without values, which is ignored: its type would be useless.
    pub(in crate::spec) fn enum_values(&mut self) -> Option<Vec<Value>> {
        let values = self.read("enum", "an array", Node::as_sequence)?;
        if values.is_empty() {
            self.diagnostics.push(Diagnostic::warning(
                Code::EmptyEnum,
                &self.pointer.child("enum"),
                "this enum has no values; any value of its type is accepted",
                "list the values, or remove `enum`",
            ));
            return None;
        }
        let mut values: Vec<Value> = values.iter().map(Node::to_json).collect();
        self.unquote(&mut values);
        Some(values)
    }

    /// Reads quoted values of an enum of numbers or booleans as those: other values do not match its type.
    fn unquote(&mut self, values: &mut [Value]) {
        let fits: fn(&Value) -> bool = match self.members.get("type").and_then(Node::as_str) {
            Some("integer") => Value::is_i64,
            Some("number") => Value::is_number,
            Some("boolean") => Value::is_boolean,
            _ => return,
        };
        let mut quoted = None;
        for (index, value) in values.iter_mut().enumerate() {
            let meant = value.as_str().and_then(|text| serde_json::from_str(text).ok());
            if let Some(meant) = meant.filter(fits) {
                quoted.get_or_insert((index, value.to_string()));
                *value = meant;
            }
        }
        if let Some((index, text)) = quoted {
            let place = self.pointer.child("enum").child(index);
            let message =
                format!("{text} is a string, but the enum's type is not; it is read without quotes");
            let help = "remove the quotes, or make the type `string`";
            self.diagnostics.push(Diagnostic::warning(Code::Malformed, &place, message, help));
        }
    }

    /// Reads the names and descriptions of enum values, in the order of the values.
    pub(in crate::spec) fn enum_docs(
        &self,
        values: Option<&[Value]>,
    ) -> (Vec<Option<String>>, Vec<Option<String>>) {
        let values = values.unwrap_or_default();
        let of = |keys: [&str; 2]| {
            let found = keys.iter().find_map(|key| self.node(key));
            found.map(|node| enum_texts(node, values)).unwrap_or_default()
        };
        (of(["x-enum-varnames", "x-enumNames"]), of(["x-enum-descriptions", "x-enumDescriptions"]))
    }
}

/// Reads texts for enum values, either listed in their order or keyed by value.
fn enum_texts(node: &Node, values: &[Value]) -> Vec<Option<String>> {
    match node {
        Node::Sequence(texts) => {
            (0..values.len()).map(|index| texts.get(index).and_then(Node::scalar_text)).collect()
        }
        Node::Mapping(texts) => {
            let key = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            values.iter().map(|value| texts.get(&key(value)).and_then(Node::scalar_text)).collect()
        }
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => Vec::new(),
    }
}
