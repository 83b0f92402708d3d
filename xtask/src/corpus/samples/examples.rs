//! Collects the examples of a document as samples of their types.

use sdk_generator::ir::{BodyKind, Operation, Payload, TypeId, TypeRef, Value};
use sdk_generator::pointer::Pointer;
use sdk_generator::{Diagnostics, Spec};

use super::{Expected, Making};
use crate::corpus::json::Json;

/// Adds the examples of schemas, request bodies and responses.
pub(super) fn collect(making: &mut Making<'_>, spec: &Spec, diagnostics: &mut Diagnostics) {
    let api = making.sampler.api;
    for (id, def) in api.types.iter() {
        if let Some(example) = spec.node(&def.origin).and_then(|schema| schema.get("example")) {
            add(making, id, &def.origin, &example.to_json());
        }
    }
    for (_, operation) in api.operations.iter() {
        of_body(making, operation);
        for response in &operation.responses {
            let (Payload::Json(ty), Some(place)) =
                (&response.payload, spec.resolve(&response.origin, diagnostics))
            else {
                continue;
            };
            for (_, media_type) in spec.media_types(&place, diagnostics) {
                if let Some(example) = spec.example(&media_type, diagnostics) {
                    of_type(making, ty, &media_type, &example);
                }
            }
        }
    }
}

fn of_body(making: &mut Making<'_>, operation: &Operation) {
    let Some(body) = &operation.body else { return };
    if let (BodyKind::Json(ty), Some(example)) = (&body.kind, &body.example) {
        of_type(making, ty, &body.origin, &example.0);
    }
}

/// Adds an example to its type; for an unnamed type, adds its parts to the named types inside.
fn of_type(making: &mut Making<'_>, ty: &TypeRef, origin: &Pointer, example: &Value) {
    match (ty, example) {
        (TypeRef::Def(id), _) => add(making, *id, origin, example),
        (TypeRef::Nullable(inner), _) if !example.is_null() => of_type(making, inner, origin, example),
        (TypeRef::List(item), Value::Array(items)) => {
            items.iter().for_each(|example| of_type(making, item, origin, example));
        }
        (TypeRef::Map(value), Value::Object(members)) => {
            members.values().for_each(|example| of_type(making, value, origin, example));
        }
        _ => {}
    }
}

fn add(making: &mut Making<'_>, id: TypeId, origin: &Pointer, example: &Value) {
    let example = Json::of(example);
    making.push(id, format!("the example at `{origin}`"), &example, Expected::Example(example.clone()));
}
