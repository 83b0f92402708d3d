//! Marks the use of types in requests and responses.

use super::walk::{held, returned, sent, type_ref};
use crate::ir::{Api, Operation, Shape, TypeDef, TypeId, TypeRef, Usage};

/// Fills [`TypeDef::usage`] of every type. Read-only members of requests and write-only members of responses count only
/// for types that are not used elsewhere.
pub fn mark(api: &mut Api) {
    let webhooks = api.webhooks.clone();
    let requests = reached(api, sent, Vec::new(), |field| !field.read_only);
    let responses = reached(api, returned, webhooks.clone(), |field| !field.write_only);
    let any_request = reached(api, sent, Vec::new(), |_| true);
    let any_response = reached(api, returned, webhooks, |_| true);
    for (index, ty) in api.types.values_mut().enumerate() {
        let usage = Usage { request: requests[index], response: responses[index] };
        let nowhere = usage == Usage::default();
        let otherwise = Usage { request: any_request[index], response: any_response[index] };
        ty.usage = if nowhere { otherwise } else { usage };
    }
}

fn reached(
    api: &Api,
    roots: fn(&Operation) -> Vec<&TypeRef>,
    mut pending: Vec<TypeId>,
    passes: fn(&crate::ir::Field) -> bool,
) -> Vec<bool> {
    let mut reached = vec![false; api.types.len()];
    for (_, operation) in api.operations.iter() {
        for ty in roots(operation) {
            type_ref(ty, &mut |id| pending.push(id));
        }
    }
    while let Some(id) = pending.pop() {
        if std::mem::replace(&mut reached[id.index()], true) {
            continue;
        }
        for ty in through(&api.types[id], passes) {
            type_ref(ty, &mut |id| pending.push(id));
        }
    }
    reached
}

fn through(ty: &TypeDef, passes: fn(&crate::ir::Field) -> bool) -> Vec<&TypeRef> {
    match &ty.shape {
        Shape::Struct { fields, additional } => {
            let additional = additional.iter().map(|additional| &additional.ty);
            fields.iter().filter(|field| passes(field)).map(|field| &field.ty).chain(additional).collect()
        }
        Shape::Union(_)
        | Shape::Alias(_)
        | Shape::StringEnum(_)
        | Shape::IntegerEnum(_)
        | Shape::ValueEnum(_) => held(ty),
    }
}
