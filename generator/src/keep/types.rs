//! Keeps the shape of released types: their fields, constructors and conversions.

use super::given_up::GivenUp;
use super::walk::shares_tag;
use super::{Kept, order, variants};
use crate::ir::{Api, Field, Shape, TypeDef, TypeId, TypeRef, Union, Usage, Variant};
use crate::listing::{MemberEntry, TypeEntry};

/// Keeps the shape of released types as far as the wire format allows.
pub(super) fn shape(api: &mut Api, tightened: &GivenUp<'_>, kept: &mut Kept) {
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
                    notes.extend(keep_field(field, &entry, usage, tightened));
                }
                arrange(fields, &entry);
                let origin = def.origin.clone();
                for (at, text) in notes {
                    kept.note(&at, text, &origin);
                }
            }
            Shape::Union(union) => {
                let pairs = variants::pair(kept, union, &entry);
                keep_union(union, &entry, &pairs);
                // Variants that only their shapes distinguish are tried in their order.
                let order = order::merge(&pairs, |pair| *pair);
                union.variants = order::reordered(std::mem::take(&mut union.variants), &order);
                kept.variants.insert(id, order::reordered(pairs, &order));
            }
            Shape::StringEnum(values) => arrange_values(values, &entry),
            Shape::IntegerEnum(values) => arrange_values(values, &entry),
            Shape::ValueEnum(values) => arrange_values(values, &entry),
            Shape::Alias(_) => {}
        }
    }
    let ids: Vec<TypeId> = api.types.ids().collect();
    for id in ids {
        if let Some(entry) = kept.types.get(&id) {
            keep_pointers(&mut api.types[id], entry);
        }
    }
}

/// Restores the released order of fields. New fields that `new` takes come after the others.
fn arrange(fields: &mut Vec<Field>, entry: &TypeEntry) {
    let rank = |field: &Field| entry.members.iter().position(|member| member.wire == field.name.wire);
    let constructed = |field: &Field| match &entry.constructor {
        Some(wires) => wires.contains(&field.name.wire),
        None => rank(field).is_some(),
    };
    let merged = order::merge(fields, rank);
    let order = order::newcomers_last(
        &merged,
        |index| fields[index].is_asked_for(),
        |index| constructed(&fields[index]),
    );
    *fields = order::reordered(std::mem::take(fields), &order);
}

/// Restores the released order of enum values.
fn arrange_values<T: ToString>(values: &mut Vec<Variant<T>>, entry: &TypeEntry) {
    let rank = |value: &Variant<T>| {
        let wire = value.value.to_string();
        entry.members.iter().position(|member| member.wire == wire)
    };
    let order = order::merge(values, rank);
    *values = order::reordered(std::mem::take(values), &order);
}

/// Keeps a field's presence and nullability, unless it is tightened. Returns the place of the field and a
/// description if that changes the field.
fn keep_field(
    field: &mut Field,
    entry: &TypeEntry,
    usage: Usage,
    tightened: &GivenUp<'_>,
) -> Option<(String, String)> {
    let wire = field.name.wire.clone();
    let at = format!("{}.{wire}", entry.name);
    // Released code passes the value.
    if entry.constructor.as_ref().is_some_and(|wires| wires.contains(&wire)) {
        field.preset = None;
    }
    let Some(member) = entry.members.iter().find(|member| member.wire == wire) else {
        return keep_newcomer(field, &at, entry, usage, tightened);
    };
    let was_option = member.ty.as_ref().is_some_and(|ty| ty.argument_of("Option").is_some());
    let is_nullable = matches!(field.ty, TypeRef::Nullable(_));
    let is_option = !field.required || is_nullable;
    // Released code does not leave the member out of requests, or could before the document required it.
    let may_be_absent = !usage.request || !entry.in_request || member.was_optional;
    let is_left_out = field.is_left_out && !is_nullable && !(field.write_only && usage.response);
    match (was_option, is_option) {
        // The response became stricter. Callers that handle an absent value still compile.
        (true, false) if may_be_absent && !tightened.covers(&at) => {
            if member.required {
                field.ty = TypeRef::Nullable(Box::new(field.ty.clone()));
            } else {
                field.required = false;
            }
            field.was_optional = true;
            let text = format!("`{at}` is still an `Option`, though always there now");
            Some((at, text))
        }
        // Requests may leave it out, but the server always returns it.
        (false, true) if is_left_out && !tightened.covers(&at) => {
            field.required = true;
            let text = format!("`{at}` is still always there, though requests can leave it out");
            Some((at, text))
        }
        // The request became laxer. Callers that always pass a value still compile.
        (false, true) if !usage.response && !tightened.covers(&at) => {
            field.required = true;
            if let TypeRef::Nullable(inner) = &field.ty {
                field.ty = (**inner).clone();
            }
            let text = format!("`{at}` is still required, though optional now");
            Some((at, text))
        }
        (true | false, true | false) => None,
    }
}

/// Makes a new required member optional if the type would lose `Default` or its constructor by it.
fn keep_newcomer(
    field: &mut Field,
    at: &str,
    entry: &TypeEntry,
    usage: Usage,
    tightened: &GivenUp<'_>,
) -> Option<(String, String)> {
    // Requests that no longer send the type do not need the member either.
    let was_sent = entry.in_request && !usage.request;
    let was_default = entry.is_default && !entry.in_request;
    if !field.required || !(was_sent || was_default) || tightened.covers(at) {
        return None;
    }
    field.required = false;
    field.was_optional = true;
    let reason = if entry.is_default { "implements `Default`" } else { "has a constructor without it" };
    Some((at.to_owned(), format!("`{at}` is an `Option`, since the type {reason}")))
}

/// Keeps conversions that a new variant of the same type would make ambiguous, and the union's `Display`.
fn keep_union(union: &mut Union, entry: &TypeEntry, pairs: &[Option<usize>]) {
    union.is_text |= entry.is_display;
    for (variant, place) in union.variants.iter_mut().zip(pairs) {
        // The first tag is the one that is sent.
        let released: Vec<&str> = place.map(|place| tags(&entry.members[place])).unwrap_or_default();
        let rank = |tag: &String| released.iter().position(|known| known == tag).unwrap_or(released.len());
        variant.tags.sort_by_key(rank);
        variant.keeps_from = place.is_some_and(|place| entry.members[place].has_from);
    }
}

fn tags(member: &MemberEntry) -> Vec<&str> {
    member.wire.split('|').filter(|tag| !tag.is_empty()).collect()
}

/// Keeps members boxed that the released type boxes, and others in place.
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
                field.was_in_place =
                    !field.indirect && entry.members.iter().any(|member| member.wire == field.name.wire);
            }
        }
        Shape::Union(union) => {
            for variant in &mut union.variants {
                let tags = &variant.keys();
                variant.indirect |=
                    boxed.iter().any(|member| !tags.is_empty() && shares_tag(&member.wire, tags));
            }
        }
        Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::ValueEnum(_) | Shape::Alias(_) => {}
    }
}
