//! Assigns types to files by the managers that use them.

use std::collections::{BTreeMap, BTreeSet};

use super::ident;
use crate::ir::{Api, BodyKind, Manager, Operation, Payload, Shape, TypeId, TypeRef};
use crate::name::Name;

/// The subject of a file of types.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TypeFileKey {
    pub(crate) name: Name,
    /// The index of the only manager that uses the types.
    pub(crate) manager: Option<usize>,
}

/// Groups the types into files. Types used by a single manager are separated, so that its feature gates whole
/// files. If a whole family belongs to one manager, it keeps its own file.
pub(crate) fn type_files(api: &Api) -> Vec<(TypeFileKey, Vec<TypeId>)> {
    let gates = gates(api);
    let mut families: BTreeMap<Name, BTreeSet<Option<usize>>> = BTreeMap::new();
    for (id, def) in api.types.iter() {
        families.entry(subject(&def.family)).or_default().insert(gates[&id]);
    }
    let mut managers: BTreeMap<Name, &Manager> = BTreeMap::new();
    for manager in &api.managers {
        managers.entry(subject(&manager.name)).or_insert(manager);
    }
    let mut files: BTreeMap<TypeFileKey, Vec<TypeId>> = BTreeMap::new();
    for (id, def) in api.types.iter() {
        let manager = gates[&id];
        let family = subject(&def.family);
        let name = match manager {
            Some(index) if families[&family].len() > 1 => subject(ident::file_name(&api.managers[index])),
            // The types of operations belong to the family of their manager.
            _ => match managers.get(&family) {
                Some(manager) => subject(ident::file_name(manager)),
                None => family,
            },
        };
        files.entry(TypeFileKey { name, manager }).or_default().push(id);
    }
    files.into_iter().collect()
}

/// Reduces a name to its words, so that a tag `legal_hold_policies` and a schema `LegalHoldPolicies` match.
fn subject(name: &Name) -> Name {
    if name.words.is_empty() { name.clone() } else { Name::from_words(name.words.clone()) }
}

/// Finds the only manager that uses each type, if there is exactly one. Webhooks belong to no manager.
fn gates(api: &Api) -> BTreeMap<TypeId, Option<usize>> {
    let mut gates: BTreeMap<TypeId, Option<usize>> = BTreeMap::new();
    for (index, manager) in api.managers.iter().enumerate() {
        for &id in &manager.operations {
            operation(&api.operations[id], &mut |ty| open_gates(api, ty, Some(index), &mut gates));
        }
    }
    for id in &api.webhooks {
        open_gates(api, &TypeRef::Def(*id), None, &mut gates);
    }
    for id in api.types.ids() {
        gates.entry(id).or_insert(None);
    }
    gates
}

/// Records that a manager, or something else, uses a type and all types inside it. A type that several use has no gate,
/// and neither has any type inside it, so that each type is visited twice at most.
fn open_gates(api: &Api, ty: &TypeRef, user: Option<usize>, gates: &mut BTreeMap<TypeId, Option<usize>>) {
    let mut open = Vec::new();
    named(ty, &mut open);
    while let Some(id) = open.pop() {
        let gate = match gates.get(&id) {
            None => user,
            Some(None) => continue,
            Some(gate) if *gate == user => continue,
            Some(Some(_)) => None,
        };
        gates.insert(id, gate);
        shape(&api.types[id].shape, &mut |ty| named(ty, &mut open));
    }
}

/// Visits the types that an operation refers to.
pub(crate) fn operation(operation: &Operation, visit: &mut dyn FnMut(&TypeRef)) {
    for parameter in &operation.parameters {
        visit(&parameter.ty);
    }
    if let Some(body) = &operation.body {
        match &body.kind {
            BodyKind::JsonFields(fields) => fields.iter().for_each(|field| visit(&field.ty)),
            BodyKind::FormFields(fields) => fields.iter().for_each(|field| visit(&field.field.ty)),
            BodyKind::Json(ty) | BodyKind::JsonLines(ty) => visit(ty),
            BodyKind::Multipart(parts) => {
                for part in parts {
                    visit(&part.field.ty);
                    part.headers.iter().for_each(|header| visit(&header.ty));
                }
            }
            BodyKind::Binary | BodyKind::Text => {}
        }
    }
    let payloads = operation.responses.iter().map(|response| &response.payload);
    let others = operation.alternatives().into_iter().map(|alternative| &alternative.payload);
    let payloads = payloads.chain(others);
    for payload in payloads.chain(operation.errors.iter().map(|error| &error.payload)) {
        match payload {
            Payload::Json(ty) | Payload::Events(ty) | Payload::JsonLines(ty) | Payload::Results(ty) => {
                visit(ty)
            }
            Payload::Empty | Payload::Text | Payload::Binary | Payload::Location => {}
        }
    }
    operation.headers().into_iter().for_each(|header| visit(&header.ty));
    if let Some(pagination) = &operation.pagination {
        visit(&pagination.item);
    }
}

/// Visits the types that a shape refers to.
pub(crate) fn shape(shape: &Shape, visit: &mut dyn FnMut(&TypeRef)) {
    match shape {
        Shape::Struct { fields, additional } => {
            fields.iter().for_each(|field| visit(&field.ty));
            additional.iter().for_each(|additional| visit(&additional.ty));
        }
        Shape::Union(union) => union.variants.iter().for_each(|variant| visit(&variant.ty)),
        Shape::Alias(ty) => visit(ty),
        Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::ValueEnum(_) => {}
    }
}

/// Collects the named types in a reference.
pub(crate) fn named(ty: &TypeRef, into: &mut Vec<TypeId>) {
    match ty {
        TypeRef::Scalar(_) | TypeRef::Any => {}
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => named(inner, into),
        TypeRef::Tuple(items) => items.iter().for_each(|item| named(item, into)),
        TypeRef::Def(id) => into.push(*id),
    }
}
