//! Puts members and variants behind pointers if they close a cycle or are large.

use crate::ir::{Api, Scalar, Shape, TypeDef, TypeId, TypeRef};

/// The size in bytes above which an optional member is worth its own allocation.
const LARGE: usize = 512;

/// Fills `indirect` of fields and variants.
///
/// A value that contains itself in place has no finite size, so the edge that closes a cycle becomes indirect; lists
/// and maps are indirect anyway. A struct in a union is always indirect, so that a new member of it does not affect
/// callers, and so is a large optional struct.
pub fn break_cycles(api: &mut Api) {
    for ty in api.types.ids() {
        if let Shape::Union(_) = api.types[ty].shape {
            box_structs(api, ty);
        }
    }
    for edge in closing_edges(api) {
        set_indirect(&mut api.types[edge.from], edge.slot);
    }
    box_large(api);
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    New,
    /// On the path from the start to the current position of the search.
    Open,
    Done,
}

/// Returns the edges that close a cycle, by an iterative depth-first search.
fn closing_edges(api: &Api) -> Vec<Edge> {
    let mut visits = vec![Visit::New; api.types.len()];
    let mut closing = Vec::new();
    for start in api.types.ids() {
        if visits[start.index()] != Visit::New {
            continue;
        }
        visits[start.index()] = Visit::Open;
        let mut path = vec![(start, edges(&api.types[start], start).into_iter())];
        while let Some((id, rest)) = path.last_mut() {
            let Some(edge) = rest.next() else {
                visits[id.index()] = Visit::Done;
                path.pop();
                continue;
            };
            match visits[edge.to.index()] {
                Visit::Open => closing.push(edge),
                Visit::Done => {}
                Visit::New => {
                    visits[edge.to.index()] = Visit::Open;
                    path.push((edge.to, edges(&api.types[edge.to], edge.to).into_iter()));
                }
            }
        }
    }
    closing
}

/// Puts large optional members behind pointers, inner types first.
fn box_large(api: &mut Api) {
    let mut sizes: Vec<Option<usize>> = vec![None; api.types.len()];
    for start in api.types.ids() {
        let mut pending = vec![start];
        while let Some(id) = pending.last().copied() {
            if sizes[id.index()].is_some() {
                pending.pop();
                continue;
            }
            let missing: Vec<TypeId> = edges(&api.types[id], id)
                .into_iter()
                .map(|edge| edge.to)
                .filter(|to| sizes[to.index()].is_none())
                .collect();
            if missing.is_empty() {
                sizes[id.index()] = Some(settle(&mut api.types[id], &sizes));
                pending.pop();
            } else {
                pending.extend(missing);
            }
        }
    }
}

/// Puts large members of a type behind pointers, and returns the size of the type in bytes. The sizes of its inner
/// types must be known.
fn settle(ty: &mut TypeDef, sizes: &[Option<usize>]) -> usize {
    match &mut ty.shape {
        Shape::Struct { fields, .. } => {
            let mut total = 8;
            for field in fields {
                let size = if field.indirect { 8 } else { size(&field.ty, sizes) };
                let optional = !field.required || matches!(field.ty, TypeRef::Nullable(_));
                if optional && size > LARGE && in_place(&field.ty).is_some() {
                    field.indirect = true;
                    total += 8;
                } else {
                    total += size;
                }
            }
            total
        }
        Shape::Union(union) => {
            let variants = &union.variants;
            let largest = variants
                .iter()
                .map(|variant| if variant.indirect { 8 } else { size(&variant.ty, sizes) })
                .max();
            largest.unwrap_or_default().max(24) + 8
        }
        Shape::Alias(inner) => size(inner, sizes),
        Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::ValueEnum(_) => 16,
    }
}

/// Returns the approximate size of a value in place, in bytes.
fn size(ty: &TypeRef, sizes: &[Option<usize>]) -> usize {
    match ty {
        TypeRef::Scalar(scalar) => match scalar {
            Scalar::String | Scalar::Base64 => 24,
            Scalar::Boolean => 1,
            Scalar::Int32 | Scalar::UInt32 | Scalar::Date => 8,
            Scalar::Int64 | Scalar::UInt64 | Scalar::Float | Scalar::Number => 16,
            Scalar::DateTime => 32,
        },
        TypeRef::List(_) | TypeRef::Map(_) => 24,
        TypeRef::Any => 32,
        TypeRef::Nullable(inner) => size(inner, sizes),
        TypeRef::Tuple(items) => items.iter().map(|item| size(item, sizes)).sum(),
        TypeRef::Def(id) => sizes[id.index()].unwrap_or(LARGE),
    }
}
