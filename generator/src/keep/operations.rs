//! Keeps the required arguments of released operations and their order.

mod constants;
mod empty_body;
mod forms;
pub(super) mod pages;
pub(super) mod results;

use std::collections::BTreeSet;

use super::given_up::GivenUp;
use super::{Kept, order};
use crate::ir::{Api, Argument, ArgumentSource, Body, BodyKind, Operation, OperationId, TypeRef};
use crate::listing::identity::{argument_key, operation_keys};
use crate::listing::{ArgumentPlace, Listing, OperationEntry, OperationKey};

pub use forms::released_forms;

/// Matches released operations whose body form changed, if exactly one such operation exists on both sides.
pub(super) fn moved(api: &Api, lock: &Listing, kept: &mut Kept) {
    let same = |one: &OperationKey, other: &OperationKey| {
        (&one.path, &one.method, &one.fragment, &one.variant)
            == (&other.path, &other.method, &other.fragment, &other.variant)
    };
    let keys = operation_keys(api);
    let known: BTreeSet<OperationKey> = kept.operations.values().map(|known| known.key.clone()).collect();
    for entry in &lock.operations {
        if known.contains(&entry.key) {
            continue;
        }
        let released = lock.operations.iter().filter(|other| same(&other.key, &entry.key)).count();
        let mut current = keys.iter().filter(|(_, key)| same(key, &entry.key));
        if let (1, Some((id, _)), None) = (released, current.next(), current.next()) {
            kept.operations.insert(*id, entry.clone());
        }
    }
}

/// Keeps required arguments required, and positional arguments in order.
pub(super) fn shape(api: &mut Api, tightened: &GivenUp<'_>, kept: &mut Kept) {
    let ids: Vec<OperationId> = kept.operations.keys().copied().collect();
    for id in ids {
        let entry = kept.operations[&id].clone();
        constants::keep(api, id, tightened, kept);
        empty_body::keep(&mut api.operations[id], &entry, tightened, kept);
        loosen(&mut api.operations[id], &entry, tightened, kept);
        keep_clone(&mut api.operations[id], &entry, tightened, kept);
        let operation = &api.operations[id];
        let arguments = operation.arguments();
        let keys: Vec<(ArgumentPlace, String)> =
            arguments.iter().map(|argument| argument_key(operation, argument)).collect();
        let rank = |key: &(ArgumentPlace, String)| {
            entry.arguments.iter().position(|known| (known.place, &known.wire) == (key.0, &key.1))
        };
        let merged = order::merge(&keys, rank);
        let was_required =
            |index: usize| rank(&keys[index]).is_some_and(|place| entry.arguments[place].required);
        let order = order::newcomers_last(&merged, |index| arguments[index].required, was_required);
        if !order.is_sorted() {
            api.operations[id].argument_order = order;
        }
    }
}

/// Keeps the builder `Clone` if it can hold a body that is sent once only since this release.
fn keep_clone(operation: &mut Operation, entry: &OperationEntry, tightened: &GivenUp<'_>, kept: &mut Kept) {
    let at = format!("{} clone", entry.key);
    if !entry.is_clone || operation.is_clone() || tightened.covers(&at) {
        return;
    }
    operation.keeps_clone = true;
    let text = format!("`{}` is still `Clone`, although it can hold an upload now", entry.builder);
    kept.note(&at, text, &operation.origin);
}

/// Keeps arguments required that have become optional, since callers still pass them to the method.
fn loosen(operation: &mut Operation, entry: &OperationEntry, tightened: &GivenUp<'_>, kept: &mut Kept) {
    let was_required = |place: ArgumentPlace, wire: &str| {
        let mut known = entry.arguments.iter();
        known.find(|known| known.place == place && known.wire == wire).is_some_and(|known| known.required)
    };
    let at = |place: ArgumentPlace, wire: &str| format!("{} {}:{wire}", entry.key, place.as_str());
    let name = |place: ArgumentPlace, wire: &str| {
        let mut known = entry.arguments.iter();
        known.find(|known| known.place == place && known.wire == wire).map(|known| known.name.clone())
    };
    let loosened: Vec<(ArgumentPlace, String)> = operation
        .arguments()
        .iter()
        .filter(|argument| !argument.required)
        .map(|argument| argument_key(operation, argument))
        .filter(|(place, wire)| was_required(*place, wire) && !tightened.covers(&at(*place, wire)))
        .collect();
    let origin = operation.origin.clone();
    for (place, wire) in &loosened {
        let at = at(*place, wire);
        let name = name(*place, wire).unwrap_or_default();
        let text =
            format!("`{}().{}` still requires `{name}`, which is optional now", entry.manager, entry.method);
        kept.note(&at, text, &origin);
    }
    let is_loosened = |place: ArgumentPlace, wire: &str| {
        loosened.iter().any(|(known, name)| *known == place && name == wire)
    };
    let keys: Vec<_> = operation
        .parameters
        .iter()
        .map(|parameter| {
            let source = ArgumentSource::Parameter(parameter);
            argument_key(operation, &Argument { name: &parameter.name, source, required: false })
        })
        .collect();
    for (parameter, key) in operation.parameters.iter_mut().zip(keys) {
        if is_loosened(key.0, &key.1) {
            parameter.required = true;
            parameter.constant = None;
        }
    }
    if let Some(body) = &mut operation.body {
        let was_not_null = |wire: &str| {
            let mut known = entry.arguments.iter();
            let known = known.find(|known| known.place == ArgumentPlace::Body && known.wire == wire);
            known.is_some_and(|known| known.required && known.ty.argument_of("Option").is_none())
        };
        loosen_body(body, &is_loosened, &was_not_null);
    }
}

fn loosen_body(
    body: &mut Body,
    is_loosened: &dyn Fn(ArgumentPlace, &str) -> bool,
    was_not_null: &dyn Fn(&str) -> bool,
) {
    match &body.kind {
        BodyKind::Json(_) | BodyKind::JsonLines(_) | BodyKind::Binary | BodyKind::Text => {
            body.required |= is_loosened(ArgumentPlace::WholeBody, "");
        }
        BodyKind::JsonFields(_) | BodyKind::FormFields(_) | BodyKind::Multipart(_) => {
            for field in body.fields_mut() {
                let wire = field.name.wire.clone();
                field.required |= is_loosened(ArgumentPlace::Body, &wire);
                // A value that became nullable keeps its type, since callers do not pass an option.
                if was_not_null(&wire)
                    && let TypeRef::Nullable(inner) = &field.ty
                {
                    field.ty = (**inner).clone();
                }
            }
        }
    }
}
