//! Keeps values that released methods send unless the caller sets others.

use crate::ir::{Api, Argument, ArgumentSource, OperationId, Scalar, Shape, TypeRef, Value, value_text};
use crate::keep::Kept;
use crate::keep::given_up::GivenUp;
use crate::listing::identity::argument_key;

/// Keeps the constant parameters of an operation constant as long as the document allows the value.
pub(super) fn keep(api: &mut Api, id: OperationId, tightened: &GivenUp<'_>, kept: &mut Kept) {
    let entry = kept.operations[&id].clone();
    let operation = &api.operations[id];
    let mut restored: Vec<(usize, Value)> = Vec::new();
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let source = ArgumentSource::Parameter(parameter);
        let (place, wire) =
            argument_key(operation, &Argument { name: &parameter.name, source, required: false });
        let Some(sent) = kept.argument(id, place, &wire).and_then(|known| known.sent.clone()) else {
            continue;
        };
        let at = format!("{} {}:{wire}", entry.key, place.as_str());
        if parameter.constant.is_some() || tightened.covers(&at) {
            continue;
        }
        let Some(value) = allowed(api, &parameter.ty, &sent) else { continue };
        let origin = parameter.origin.clone();
        let text = format!(
            "`{}().{}` still sends `{sent}` as `{wire}` if the caller sets nothing else",
            entry.manager, entry.method
        );
        kept.note(&at, text, &origin);
        restored.push((index, value));
    }
    for (index, value) in restored {
        let parameter = &mut api.operations[id].parameters[index];
        parameter.required = true;
        parameter.constant = Some(value);
    }
}

/// Returns the value with this text, if the type has it.
fn allowed(api: &Api, ty: &TypeRef, text: &str) -> Option<Value> {
    let named =
        |mut values: Box<dyn Iterator<Item = Value> + '_>| values.find(|value| value_text(value) == text);
    match api.without_alias(ty.non_null()) {
        TypeRef::Def(id) => match &api.types[*id].shape {
            Shape::StringEnum(variants) => {
                named(Box::new(variants.iter().map(|variant| Value::from(variant.value.as_str()))))
            }
            Shape::IntegerEnum(variants) => {
                named(Box::new(variants.iter().map(|variant| Value::from(variant.value))))
            }
            Shape::ValueEnum(variants) => {
                named(Box::new(variants.iter().map(|variant| variant.value.clone())))
            }
            Shape::Struct { .. } | Shape::Union(_) | Shape::Alias(_) => None,
        },
        TypeRef::Scalar(
            Scalar::String | Scalar::DateTime | Scalar::Date | Scalar::Base64 | Scalar::Base64Url,
        ) => Some(Value::from(text)),
        TypeRef::Scalar(
            Scalar::Boolean
            | Scalar::Int32
            | Scalar::Int64
            | Scalar::UInt32
            | Scalar::UInt64
            | Scalar::Float
            | Scalar::Number,
        ) => text.parse().ok(),
        TypeRef::List(_) | TypeRef::Tuple(_) | TypeRef::Map(_) | TypeRef::Nullable(_) | TypeRef::Any => None,
    }
}
