//! Reports keywords that contradict other keywords of their schema, which count instead.

use std::rc::Rc;

use super::flat::{Flat, Others};
use super::unions::Listed;
use super::value_kinds::ValueKind;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{JsonType, Value};
use crate::lower::Lowering;
use crate::pointer::Pointer;
use crate::spec::{Keywords, Type};

impl Lowering<'_> {
    /// Reports required members that an object does not describe, in the part that requires them. Nothing is lost: such
    /// members are kept like others without a description.
    pub(super) fn report_undescribed(&mut self, flat: &Flat) {
        match flat.others {
            Others::Unspecified | Others::Denied => {}
            Others::Any | Others::Schema(_) => return,
        }
        let names = flat.required.iter().filter(|name| !flat.properties.contains_key(name.as_str()));
        let names: Vec<String> = names.cloned().collect();
        if names.is_empty() || !flat.has_members() {
            return;
        }
        let parts = self.own_parts(&flat.pointer);
        for name in names {
            let Some(part) = parts.iter().find(|part| part.required.contains(&name)) else { continue };
            let known = flat.properties.keys().map(|name| &**name);
            let help = nearest(&name, known).map_or_else(
                || "describe it in `properties`, or remove it from `required`".to_owned(),
                |known| format!("did you mean `{known}`?"),
            );
            let message =
                format!("the required member `{name}` is not in `properties`; it is not part of the type");
            let place = part.pointer.child("required");
            self.diagnostics
                .push(Diagnostic::warning(Code::Malformed, &place, message, help).with_loss(None));
        }
    }

    /// Returns the keywords of a schema and of the inline parts of its `allOf`.
    fn own_parts(&mut self, pointer: &Pointer) -> Vec<Rc<Keywords>> {
        let Some(own) = self.keywords(pointer) else { return Vec::new() };
        let parts: Vec<_> = own.all_of.iter().filter_map(|part| self.keywords(part)).collect();
        [own].into_iter().chain(parts.into_iter().filter(|part| part.reference.is_none())).collect()
    }

    /// Reports a type that no alternative of a union has.
    pub(super) fn report_foreign_type(&mut self, flat: &Flat, listed: &[Listed]) {
        let Some(ty) = flat.ty else { return };
        let is_other = |listed: &Listed| {
            let json = match listed.surface.kind {
                ValueKind::Scalar(scalar) => scalar.json_type(),
                ValueKind::StringEnum => JsonType::String,
                ValueKind::IntegerEnum => JsonType::Number,
                ValueKind::List => JsonType::Array,
                ValueKind::Map | ValueKind::Object => JsonType::Object,
                ValueKind::Null | ValueKind::Any | ValueKind::ValueEnum | ValueKind::Union => return false,
            };
            json != json_type(ty)
        };
        let place = flat.pointer.child("type");
        if listed.is_empty() || !listed.iter().all(is_other) || self.spec.node(&place).is_none() {
            return;
        }
        let message =
            format!("no alternative of this schema has the type `{}`; the type is ignored", type_name(ty));
        let finding =
            Diagnostic::warning(Code::Malformed, &place, message, "remove `type`, or fix the alternatives");
        self.diagnostics.push(finding.with_loss(None));
    }

    /// Reports the schema of the value in a text, which stays a text.
    pub(super) fn report_content_schema(&mut self, flat: &Flat) {
        for part in self.own_parts(&flat.pointer) {
            let place = part.pointer.child("contentSchema");
            if self.spec.node(&place).is_some() {
                let message = "the value in this text is not read; the type is that of the text";
                let help =
                    "no action is needed if callers write and parse the text, for example with `serde_json`";
                self.warn(Code::Approximated, &place, message, help);
            }
        }
    }

    /// Reports the first value of an enum that does not have the type of its schema.
    pub(super) fn report_foreign_values(&mut self, flat: &Flat) {
        let Some(ty) = flat.ty else { return };
        let is_other = |value: &Value| match ty {
            Type::Integer => {
                !(value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|f| f.fract() == 0.0))
            }
            Type::Number => !value.is_number(),
            Type::Boolean => !value.is_boolean(),
            // Values of other types are read as strings, which is reported.
            Type::String | Type::Object | Type::Array => false,
        };
        let values = || flat.values.iter().flatten().filter(|value| !value.value.is_null());
        let Some(other) = values().find(|value| is_other(&value.value)) else { return };
        let message = format!(
            "`{}` does not have the type `{}`; it counts as it is written",
            other.value,
            type_name(ty)
        );
        let finding =
            Diagnostic::warning(Code::Malformed, &other.pointer, message, "fix the value, or the type");
        self.diagnostics.push(finding.with_loss(None));
    }
}

fn json_type(ty: Type) -> JsonType {
    match ty {
        Type::String => JsonType::String,
        Type::Integer | Type::Number => JsonType::Number,
        Type::Boolean => JsonType::Boolean,
        Type::Object => JsonType::Object,
        Type::Array => JsonType::Array,
    }
}

fn type_name(ty: Type) -> &'static str {
    match ty {
        Type::String => "string",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::Boolean => "boolean",
        Type::Object => "object",
        Type::Array => "array",
    }
}
