//! The shape of an operation and its response to how pages follow one another.

use crate::ir::{
    Api, Field, Location, Operation, Pagination, PaginationKind, Parameter, Payload, Scalar, Shape,
    StatusRange, TypeId, TypeRef,
};

/// Query parameters that say how many items to skip.
const OFFSETS: &[&str] = &["offset", "skip", "start index", "start at"];
/// Query parameters that say how many items to return.
const LIMITS: &[&str] = &["limit", "page size", "per page", "max results", "count", "take", "top"];
/// Members with the number of all items.
const TOTALS: &[&str] = &["total count", "total", "total results", "total items", "count", "total size"];
/// Query parameters that take a marker.
const MARKERS: &[&str] =
    &["marker", "cursor", "page token", "token", "continuation token", "next token", "page cursor"];
/// Members that hold the items, where several members are lists.
const ITEMS: &[&str] = &["entries", "items", "data", "results", "values", "records", "list", "elements"];

/// Finds how each operation that returns a list in pages goes on to the next page.
pub(super) fn find(api: &mut Api) {
    let found: Vec<Option<Pagination>> =
        api.operations.iter().map(|(_, operation)| pagination(api, operation)).collect();
    for (operation, pagination) in api.operations.values_mut().zip(found) {
        operation.pagination = pagination;
    }
}

fn pagination(api: &Api, operation: &Operation) -> Option<Pagination> {
    let fields = page_fields(api, operation)?;
    let (items, item) = items(fields)?;
    let kind = offset(operation, fields).or_else(|| marker(operation, fields))?;
    Some(Pagination { kind, items: vec![items.name.wire.clone()], item: item.clone() })
}

/// The members of the one page that an operation returns.
fn page_fields<'a>(api: &'a Api, operation: &Operation) -> Option<&'a [Field]> {
    let mut payloads = operation
        .responses
        .iter()
        .filter(|response| !matches!(response.status, StatusRange::Exact(300..) | StatusRange::Class(3)))
        .map(|response| &response.payload);
    let (Some(Payload::Json(TypeRef::Def(page))), None) = (payloads.next(), payloads.next()) else {
        return None;
    };
    struct_fields(api, *page)
}

fn struct_fields(api: &Api, id: TypeId) -> Option<&[Field]> {
    match &api.types[id].shape {
        Shape::Struct { fields, .. } => Some(fields),
        Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::Union(_) | Shape::Alias(_) => None,
    }
}

/// The member with the items: the only list, or the one with a usual name.
fn items(fields: &[Field]) -> Option<(&Field, &TypeRef)> {
    let lists: Vec<(&Field, &TypeRef)> =
        fields.iter().filter_map(|field| Some((field, list_item(&field.ty)?))).collect();
    if let [only] = lists.as_slice() {
        return Some(*only);
    }
    ITEMS.iter().find_map(|name| lists.iter().find(|(field, _)| spaced(&field.name.words) == *name)).copied()
}

fn list_item(ty: &TypeRef) -> Option<&TypeRef> {
    match ty {
        TypeRef::List(item) => Some(item),
        TypeRef::Nullable(inner) => list_item(inner),
        TypeRef::Scalar(_) | TypeRef::Map(_) | TypeRef::Def(_) | TypeRef::Any => None,
    }
}

/// Pages by the number of items to skip. The offset or a total has to come back, so that the end shows.
fn offset(operation: &Operation, fields: &[Field]) -> Option<PaginationKind> {
    let offset = query(operation, OFFSETS, is_integer)?;
    let limit = query(operation, LIMITS, is_integer);
    let total = TOTALS.iter().find_map(|name| {
        fields.iter().find(|field| spaced(&field.name.words) == *name && is_integer(&field.ty))
    });
    let comes_back = fields.iter().any(|field| field.name.wire == offset.name.wire);
    (total.is_some() || comes_back || limit.is_some()).then(|| PaginationKind::Offset {
        offset: offset.name.wire.clone(),
        limit: limit.map(|limit| limit.name.wire.clone()),
        total: total.map(|total| total.name.wire.clone()),
    })
}

/// Pages by a marker: the response has the next one under the parameter's name, `next` before it.
fn marker(operation: &Operation, fields: &[Field]) -> Option<PaginationKind> {
    let marker = query(operation, MARKERS, is_text)?;
    let words = &marker.name.words;
    let next: Vec<String> = std::iter::once("next".to_owned()).chain(words.iter().cloned()).collect();
    let begins = words.first().is_some_and(|word| word == "next");
    let found = fields
        .iter()
        .filter(|field| is_text(&field.ty) || is_integer(&field.ty))
        .find(|field| field.name.words == next || (begins && field.name.words == *words))?;
    Some(PaginationKind::Marker { marker: marker.name.wire.clone(), next: found.name.wire.clone() })
}

fn query<'a>(operation: &'a Operation, names: &[&str], is: fn(&TypeRef) -> bool) -> Option<&'a Parameter> {
    let candidates = || {
        operation
            .parameters
            .iter()
            .filter(|parameter| parameter.location == Location::Query && parameter.constant.is_none())
    };
    names.iter().find_map(|name| {
        candidates().find(|parameter| spaced(&parameter.name.words) == *name && is(&parameter.ty))
    })
}

fn spaced(words: &[String]) -> String {
    words.join(" ")
}

fn is_integer(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Scalar(scalar) => matches!(
            scalar,
            Scalar::Int32 | Scalar::Int64 | Scalar::UInt64 | Scalar::Float32 | Scalar::Float64
        ),
        TypeRef::Nullable(inner) => is_integer(inner),
        TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Def(_) | TypeRef::Any => false,
    }
}

fn is_text(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Scalar(scalar) => *scalar == Scalar::String,
        TypeRef::Nullable(inner) => is_text(inner),
        TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Def(_) | TypeRef::Any => false,
    }
}
