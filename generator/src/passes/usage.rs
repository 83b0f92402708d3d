//! Marks types by whether requests, responses or both hold them.

use super::walk::{held, returned, sent, type_ref};
use crate::ir::{Api, Operation, Shape, TypeDef, TypeId, TypeRef, Usage};

/// Fills [`TypeDef::usage`] of every type.
pub fn mark(api: &mut Api) {
    let requests = reached(api, sent, |field| !field.read_only);
    let responses = reached(api, returned, |field| !field.write_only);
    for ((ty, request), response) in api.types.values_mut().zip(requests).zip(responses) {
        ty.usage = Usage { request, response };
    }
}

fn reached(
    api: &Api,
    roots: fn(&Operation) -> Vec<&TypeRef>,
    passes: fn(&crate::ir::Field) -> bool,
) -> Vec<bool> {
    let mut reached = vec![false; api.types.len()];
    let mut pending: Vec<TypeId> = Vec::new();
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
            fields.iter().filter(|field| passes(field)).map(|field| &field.ty).chain(additional).collect()
        }
        Shape::Union(_) | Shape::Alias(_) | Shape::StringEnum(_) | Shape::IntegerEnum(_) => held(ty),
    }
}
