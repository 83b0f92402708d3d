//! Drops types that no operation and no webhook reaches.

use std::collections::BTreeMap;

use super::walk::{held, held_mut, mentioned_mut, returned, sent, type_ref};
use crate::ir::{Api, Arena, TypeDef, TypeId, TypeRef};

/// Drops types that no operation and no webhook reaches. The others keep their order.
pub fn prune(api: &mut Api) {
    let mut reached = vec![false; api.types.len()];
    let mut pending: Vec<TypeId> = Vec::new();
    let mut reach = |ty: &TypeRef, pending: &mut Vec<TypeId>| {
        type_ref(ty, &mut |id| {
            if !std::mem::replace(&mut reached[id.index()], true) {
                pending.push(id);
            }
        });
    };
    for (_, operation) in api.operations.iter() {
        for ty in sent(operation).into_iter().chain(returned(operation)) {
            reach(ty, &mut pending);
        }
    }
    for id in &api.webhooks {
        reach(&TypeRef::Def(*id), &mut pending);
    }
    while let Some(id) = pending.pop() {
        for ty in held(&api.types[id]) {
            reach(ty, &mut pending);
        }
    }
    let kept: Vec<TypeId> = api.types.ids().filter(|id| reached[id.index()]).collect();
    keep_types(api, &kept);
}

/// Replaces each type by the one that it is mapped to, and drops it.
pub fn merge(api: &mut Api, merged: &BTreeMap<TypeId, TypeId>) {
    for ty in api.types.values_mut() {
        held_mut(ty).into_iter().for_each(|held| relocate(held, merged));
    }
    for operation in api.operations.values_mut() {
        mentioned_mut(operation).into_iter().for_each(|mentioned| relocate(mentioned, merged));
    }
    for id in &mut api.webhooks {
        *id = merged.get(id).copied().unwrap_or(*id);
    }
    prune(api);
}

/// Makes these the types of the model, in this order. They must include every type that one of them or an operation
/// refers to.
pub(crate) fn keep_types(api: &mut Api, kept: &[TypeId]) {
    let mut all: Vec<Option<TypeDef>> =
        std::mem::take(&mut api.types).into_values().into_iter().map(Some).collect();
    let mut types = Arena::default();
    let mut moved: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    for id in kept {
        if let Some(ty) = all.get_mut(id.index()).and_then(Option::take) {
            moved.insert(*id, types.add(ty));
        }
    }
    for ty in types.values_mut() {
        for held in held_mut(ty) {
            relocate(held, &moved);
        }
    }
    for operation in api.operations.values_mut() {
        for mentioned in mentioned_mut(operation) {
            relocate(mentioned, &moved);
        }
    }
    for id in &mut api.webhooks {
        *id = moved.get(id).copied().unwrap_or(*id);
    }
    api.types = types;
}

fn relocate(ty: &mut TypeRef, moved: &BTreeMap<TypeId, TypeId>) {
    match ty {
        TypeRef::Def(id) => {
            if let Some(new) = moved.get(id) {
                *id = *new;
            }
        }
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => relocate(inner, moved),
        TypeRef::Tuple(items) => items.iter_mut().for_each(|item| relocate(item, moved)),
        TypeRef::Scalar(_) | TypeRef::Any => {}
    }
}
