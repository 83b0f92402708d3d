//! Keeps the shape of released types: their fields, constructors and conversions.

use super::pairs::shares_tag;
use super::{Kept, order, variants};
use crate::ir::{Api, Field, Shape, TypeDef, TypeId, TypeRef, Union, Usage};
use crate::listing::{MemberEntry, TypeEntry};

/// Keeps what users of the released types rely on, as far as the wire allows.
pub(super) fn shape(api: &mut Api, kept: &mut Kept) {
    let ids: Vec<TypeId> = kept.types.keys().copied().collect();
    for id in ids {
        let entry = kept.types[&id].clone();
        let def = &mut api.types[id];
        let usage = def.usage;
        def.usage.request |= entry.in_request;
        match &mut def.shape {
            Shape::Struct { fields, .. } => {
                let mut notes = Vec::new();
                for field in fields.iter_mut() {
                    notes.extend(keep_field(field, &entry, usage));
                }
                arrange(fields, &entry);
                let origin = def.origin.clone();
                for (wire, text) in notes {
                    kept.note(&format!("{}.{wire}", entry.name), text, &origin);
                }
            }
            Shape::Union(union) => {
                let pairs = variants::pair(kept, union, &entry);
                keep_union(union, &entry, &pairs);
                kept.variants.insert(id, pairs);
            }
            Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::ValueEnum(_) | Shape::Alias(_) => {}
        }
    }
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        if let Some(entry) = kept.types.get(&id) {
            keep_pointers(&mut api.types[id], entry);
        }
    }
}

/// Puts the fields into their released order, those that `new` takes and that are new behind the others.
fn arrange(fields: &mut Vec<Field>, entry: &TypeEntry) {
    let rank = |field: &Field| entry.members.iter().position(|member| member.wire == field.name.wire);
    let constructed = |field: &Field| match &entry.constructor {
        Some(wires) => wires.contains(&field.name.wire),
        None => rank(field).is_some(),
    };
    let merged = order::merge(fields, rank);
    let order =
        order::newcomers_last(&merged, |index| fields[index].required, |index| constructed(&fields[index]));
    *fields = order::reordered(std::mem::take(fields), &order);
}

/// Keeps what the type of a field says of presence and null. Gives the wire name and what is kept.
fn keep_field(field: &mut Field, entry: &TypeEntry, usage: Usage) -> Option<(String, String)> {
    let wire = field.name.wire.clone();
    let Some(member) = entry.members.iter().find(|member| member.wire == wire) else {
        // A response type that could be made without anything still can.
        let stays_default = entry.is_default && field.required && !entry.in_request;
        field.required &= !stays_default;
        return stays_default.then(|| {
            let text = format!("`{}.{wire}` is an `Option`, since the type implements `Default`", entry.name);
            (wire, text)
        });
    };
    let was_option = member.ty.as_ref().is_some_and(|ty| ty.argument_of("Option").is_some());
    let is_nullable = matches!(field.ty, TypeRef::Nullable(_));
    let is_option = !field.required || is_nullable;
    match (was_option, is_option) {
        // Responses only became stricter: whoever handles an absent value goes on doing so.
        (true, false) if !usage.request => {
            if member.required {
                field.ty = TypeRef::Nullable(Box::new(field.ty.clone()));
            } else {
                field.required = false;
            }
            Some((
                wire.clone(),
                format!("`{}.{wire}` is still an `Option`, though always there now", entry.name),
            ))
        }
        // Requests only became laxer: whoever gives a value goes on doing so.
        (false, true) if !usage.response => {
            field.required = true;
            if let TypeRef::Nullable(inner) = &field.ty {
                field.ty = (**inner).clone();
            }
            Some((wire.clone(), format!("`{}.{wire}` is still required, though optional now", entry.name)))
        }
        (true | false, true | false) => None,
    }
}

/// Keeps conversions of variants, which a newcomer of the same type would make ambiguous, and the text of the union.
fn keep_union(union: &mut Union, entry: &TypeEntry, pairs: &[Option<usize>]) {
    union.is_text |= entry.is_display;
    for (variant, place) in union.variants.iter_mut().zip(pairs) {
        variant.keeps_from = place.is_some_and(|place| entry.members[place].has_from);
    }
}

/// Keeps the pointers that a released type holds its members by.
fn keep_pointers(def: &mut TypeDef, entry: &TypeEntry) {
    let is_boxed = |member: &MemberEntry| {
        let ty = member.ty.as_ref();
        let ty = ty.map(|ty| ty.argument_of("Option").unwrap_or(ty));
        ty.is_some_and(|ty| ty.argument_of("Box").is_some())
    };
    let boxed: Vec<&MemberEntry> = entry.members.iter().filter(|member| is_boxed(member)).collect();
    match &mut def.shape {
        Shape::Struct { fields, .. } => {
            for field in fields {
                field.indirect |= boxed.iter().any(|member| member.wire == field.name.wire);
            }
        }
        Shape::Union(union) => {
            for variant in &mut union.variants {
                let tags = &variant.tags;
                variant.indirect |=
                    boxed.iter().any(|member| !tags.is_empty() && shares_tag(&member.wire, tags));
            }
        }
        Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::ValueEnum(_) | Shape::Alias(_) => {}
    }
}
