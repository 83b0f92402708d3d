//! Finds the types that a part of the model refers to.

use crate::ir::{BodyKind, Operation, Payload, Shape, TypeDef, TypeId, TypeRef};

/// Calls `found` with each type definition that a type refers to.
pub(super) fn type_ref(ty: &TypeRef, found: &mut impl FnMut(TypeId)) {
    match ty {
        TypeRef::Def(id) => found(*id),
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => type_ref(inner, found),
        TypeRef::Tuple(items) => items.iter().for_each(|item| type_ref(item, found)),
        TypeRef::Scalar(_) | TypeRef::Any => {}
    }
}

/// Returns the types that a type definition holds.
pub(super) fn held(ty: &TypeDef) -> Vec<&TypeRef> {
    match &ty.shape {
        Shape::Struct { fields, additional } => {
            let additional = additional.iter().map(|additional| &additional.ty);
            fields.iter().map(|field| &field.ty).chain(additional).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Alias(inner) => vec![inner],
        Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::ValueEnum(_) => Vec::new(),
    }
}

/// Returns the types that callers of an operation send.
pub(super) fn sent(operation: &Operation) -> Vec<&TypeRef> {
    let mut types: Vec<&TypeRef> = operation.parameters.iter().map(|parameter| &parameter.ty).collect();
    match operation.body.as_ref().map(|body| &body.kind) {
        Some(BodyKind::JsonFields(fields)) => types.extend(fields.iter().map(|field| &field.ty)),
        Some(BodyKind::FormFields(fields)) => types.extend(fields.iter().map(|field| &field.field.ty)),
        Some(BodyKind::Multipart(parts)) => {
            for part in parts {
                types.push(&part.field.ty);
                types.extend(part.headers.iter().map(|header| &header.ty));
            }
        }
        Some(BodyKind::Json(ty) | BodyKind::JsonLines(ty)) => types.push(ty),
        Some(BodyKind::Binary | BodyKind::Text) | None => {}
    }
    types
}

/// Returns the types that an operation returns, including those of failures.
pub(super) fn returned(operation: &Operation) -> Vec<&TypeRef> {
    let payloads = operation.responses.iter().map(|response| &response.payload);
    let others = operation.responses.iter().flat_map(|response| &response.alternatives);
    let payloads = payloads.chain(others.map(|alternative| &alternative.payload));
    let payloads = payloads.chain(operation.errors.iter().map(|error| &error.payload));
    let headers = operation.responses.iter().flat_map(|response| &response.headers);
    let headers = headers.chain(operation.errors.iter().flat_map(|error| &error.headers));
    let paged = operation.pagination.iter().map(|pagination| &pagination.item);
    payloads
        .filter_map(|payload| match payload {
            Payload::Json(ty) | Payload::Events(ty) | Payload::JsonLines(ty) | Payload::Results(ty) => {
                Some(ty)
            }
            Payload::Empty | Payload::Text | Payload::Binary | Payload::Location => None,
        })
        .chain(headers.map(|header| &header.ty))
        .chain(paged)
        .collect()
}

/// Returns every type that an operation mentions, for modification.
pub(super) fn mentioned_mut(operation: &mut Operation) -> Vec<&mut TypeRef> {
    let mut types: Vec<&mut TypeRef> =
        operation.parameters.iter_mut().map(|parameter| &mut parameter.ty).collect();
    match operation.body.as_mut().map(|body| &mut body.kind) {
        Some(BodyKind::JsonFields(fields)) => types.extend(fields.iter_mut().map(|field| &mut field.ty)),
        Some(BodyKind::FormFields(fields)) => {
            types.extend(fields.iter_mut().map(|field| &mut field.field.ty));
        }
        Some(BodyKind::Multipart(parts)) => {
            for part in parts {
                types.push(&mut part.field.ty);
                types.extend(part.headers.iter_mut().map(|header| &mut header.ty));
            }
        }
        Some(BodyKind::Json(ty) | BodyKind::JsonLines(ty)) => types.push(ty),
        Some(BodyKind::Binary | BodyKind::Text) | None => {}
    }
    let mut payloads = Vec::new();
    for response in &mut operation.responses {
        payloads.push(&mut response.payload);
        payloads.extend(response.alternatives.iter_mut().map(|alternative| &mut alternative.payload));
        types.extend(response.headers.iter_mut().map(|header| &mut header.ty));
    }
    for error in &mut operation.errors {
        payloads.push(&mut error.payload);
        types.extend(error.headers.iter_mut().map(|header| &mut header.ty));
    }
    types.extend(payloads.into_iter().filter_map(|payload| match payload {
        Payload::Json(ty) | Payload::Events(ty) | Payload::JsonLines(ty) | Payload::Results(ty) => Some(ty),
        Payload::Empty | Payload::Text | Payload::Binary | Payload::Location => None,
    }));
    types.extend(operation.pagination.iter_mut().map(|pagination| &mut pagination.item));
    types
}

/// Returns every type that a type definition holds, for modification.
pub(super) fn held_mut(ty: &mut TypeDef) -> Vec<&mut TypeRef> {
    match &mut ty.shape {
        Shape::Struct { fields, additional } => {
            let additional = additional.iter_mut().map(|additional| &mut additional.ty);
            fields.iter_mut().map(|field| &mut field.ty).chain(additional).collect()
        }
        Shape::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        Shape::Alias(inner) => vec![inner],
        Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::ValueEnum(_) => Vec::new(),
    }
}
