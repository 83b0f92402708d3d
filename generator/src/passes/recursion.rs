//! Puts members that close a cycle, and variants that hold structs, behind pointers.

use std::collections::BTreeSet;

use crate::ir::{Api, Shape, TypeDef, TypeId, TypeRef};

/// Fills `indirect` of fields and variants.
///
/// A value that contains itself in place has no finite size, so the member that closes a cycle becomes indirect; lists
/// and maps are indirect anyway. A struct in a union is always indirect. No pointer depends on the size of a type, so
/// that a type can grow without a change for callers.
pub fn break_cycles(api: &mut Api) {
    for ty in api.types.ids() {
        if let Shape::Union(_) = api.types[ty].shape {
            box_structs(api, ty);
        }
    }
    close_cycles(api);
}

/// A member or variant that a type holds in place.
#[derive(Clone, Copy)]
struct Edge {
    from: TypeId,
    /// The index of the field or variant.
    slot: usize,
    to: TypeId,
}

fn set_indirect(ty: &mut TypeDef, slot: usize) {
    match &mut ty.shape {
        Shape::Struct { fields, .. } => fields[slot].indirect = true,
        Shape::Union(union) => union.variants[slot].indirect = true,
        Shape::Alias(_) | Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::ValueEnum(_) => {}
    }
}

fn box_structs(api: &mut Api, id: TypeId) {
    let Shape::Union(union) = &api.types[id].shape else { return };
    let structs: Vec<usize> = union
        .variants
        .iter()
        .enumerate()
        .filter(|(_, variant)| {
            in_place(&variant.ty).is_some_and(|id| matches!(api.types[id].shape, Shape::Struct { .. }))
        })
        .map(|(slot, _)| slot)
        .collect();
    for slot in structs {
        set_indirect(&mut api.types[id], slot);
    }
}

/// Returns the type definition that is held in place, not behind a list or map.
fn in_place(ty: &TypeRef) -> Option<TypeId> {
    all_in_place(ty).first().copied()
}

/// Returns the type definitions that are held in place. A tuple holds several.
fn all_in_place(ty: &TypeRef) -> Vec<TypeId> {
    match ty {
        TypeRef::Def(id) => vec![*id],
        TypeRef::Nullable(inner) => all_in_place(inner),
        TypeRef::Tuple(items) => items.iter().flat_map(all_in_place).collect(),
        TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Scalar(_) | TypeRef::Any => Vec::new(),
    }
}

/// Returns the members and variants that a type holds in place.
fn edges(ty: &TypeDef, from: TypeId) -> Vec<Edge> {
    let held: Vec<(usize, &TypeRef)> = match &ty.shape {
        Shape::Struct { fields, .. } => fields
            .iter()
            .enumerate()
            .filter(|(_, field)| !field.indirect)
            .map(|(slot, field)| (slot, &field.ty))
            .collect(),
        Shape::Union(union) => union
            .variants
            .iter()
            .enumerate()
            .filter(|(_, variant)| !variant.indirect)
            .map(|(slot, variant)| (slot, &variant.ty))
            .collect(),
        Shape::Alias(inner) => vec![(0, inner)],
        Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::ValueEnum(_) => Vec::new(),
    };
    let edges = |(slot, ty)| all_in_place(ty).into_iter().map(move |to| Edge { from, slot, to });
    held.into_iter().flat_map(edges).collect()
}

/// Makes each edge indirect that closes a cycle with the edges before it. Aliases, which cannot be indirect, come
/// first, then members that were released in place, so that others give way to them.
fn close_cycles(api: &mut Api) {
    let mut all: Vec<Edge> = api.types.iter().flat_map(|(id, ty)| edges(ty, id)).collect();
    all.sort_by_key(|edge| match &api.types[edge.from].shape {
        Shape::Alias(_) => 0,
        Shape::Struct { fields, .. } if fields[edge.slot].was_in_place => 1,
        Shape::Struct { .. }
        | Shape::Union(_)
        | Shape::StringEnum(_)
        | Shape::IntegerEnum(_)
        | Shape::ValueEnum(_) => 2,
    });
    let mut held: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
    for edge in all {
        if reaches(&held, edge.to, edge.from) {
            set_indirect(&mut api.types[edge.from], edge.slot);
        } else {
            held[edge.from.index()].push(edge.to);
        }
    }
}

/// Returns `true` if a type holds another one in place, directly or indirectly, or is that type.
fn reaches(held: &[Vec<TypeId>], from: TypeId, to: TypeId) -> bool {
    let mut seen = BTreeSet::new();
    let mut pending = vec![from];
    while let Some(id) = pending.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id) {
            pending.extend(&held[id.index()]);
        }
    }
    false
}
