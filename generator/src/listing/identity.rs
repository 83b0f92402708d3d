//! Computes the identities of operations, arguments and types of a model.

use std::collections::BTreeMap;

use super::{ArgumentPlace, OperationKey, TypeKind};
use crate::ir::{
    Api, Argument, ArgumentSource, BodyKind, Location, Operation, OperationId, PathSegment, Scalar, Shape,
    StatusRange, erased_path,
};
use crate::pointer::Pointer;

/// Returns the identities of all operations. Operations whose identities differ only in the names of path
/// variables keep these names.
pub(crate) fn operation_keys(api: &Api) -> Vec<(OperationId, OperationKey)> {
    let mut keys: Vec<(OperationId, OperationKey)> =
        api.operations.iter().map(|(id, operation)| (id, operation_key(operation))).collect();
    let variables = |id: OperationId| {
        let names = api.operations[id].path.iter().filter_map(|segment| match segment {
            PathSegment::Parameter(name) => Some(name.as_str()),
            PathSegment::Literal(_) => None,
        });
        names.collect::<Vec<_>>().join("_")
    };
    distinguish(&mut keys, &variables);
    // If a document contains one operation twice, only their order distinguishes the two.
    distinguish(&mut keys, &|id| id.index().to_string());
    keys
}

/// Adds a distinguishing text to keys that are equal.
fn distinguish(keys: &mut [(OperationId, OperationKey)], by: &dyn Fn(OperationId) -> String) {
    let mut counts: BTreeMap<OperationKey, usize> = BTreeMap::new();
    for (_, key) in keys.iter() {
        *counts.entry(key.clone()).or_default() += 1;
    }
    for (id, key) in keys.iter_mut().filter(|(_, key)| counts[key] > 1) {
        let parts = [std::mem::take(&mut key.variant), by(*id)];
        key.variant = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_");
    }
}

/// Returns the identity of an operation without regard to others.
fn operation_key(operation: &Operation) -> OperationKey {
    let is_json = operation.body.as_ref().is_none_or(|body| match body.kind {
        BodyKind::JsonFields(_) | BodyKind::Json(_) => true,
        BodyKind::FormFields(_) | BodyKind::Multipart(_) => false,
        BodyKind::JsonLines(_) | BodyKind::Binary | BodyKind::Text => false,
    });
    let form = operation.form.join("_");
    OperationKey {
        path: erased_path(&operation.path),
        fragment: operation.fragment.clone(),
        method: operation.method.clone(),
        form: if is_json && form == "json" { String::new() } else { form },
        variant: operation.variant.join("_"),
    }
}

/// Returns the identity of a type by the number of its document in listings and its place there.
pub(crate) fn type_key(number: usize, origin: &Pointer) -> String {
    let place = place_key(origin);
    if number == 0 { format!("#{place}") } else { format!("{number}#{place}") }
}

/// Returns the place of a type in its document: the name of a component, or the pointer.
pub(crate) fn place_key(origin: &Pointer) -> &str {
    let place = origin.as_str();
    if place.is_empty() { "/" } else { place.strip_prefix("/components/schemas/").unwrap_or(place) }
}

/// Returns the place of an argument and its wire name there. A variable of the path has its position instead of a
/// name, which is not sent.
pub(crate) fn argument_key(operation: &Operation, argument: &Argument<'_>) -> (ArgumentPlace, String) {
    let name = argument.name.wire.clone();
    match argument.source {
        ArgumentSource::Parameter(parameter) => match parameter.location {
            Location::Path => (ArgumentPlace::Path, path_position(&operation.path, &name)),
            Location::Query => (ArgumentPlace::Query, name),
            Location::Header => (ArgumentPlace::Header, name),
            Location::Cookie => (ArgumentPlace::Cookie, name),
        },
        ArgumentSource::Field(_) | ArgumentSource::FormField(_) | ArgumentSource::Part(_) => {
            (ArgumentPlace::Body, name)
        }
        ArgumentSource::Body(_) => (ArgumentPlace::WholeBody, String::new()),
        ArgumentSource::FileName(part, _) => (ArgumentPlace::FileName, part.field.name.wire.clone()),
        ArgumentSource::ContentType(part, _) => (ArgumentPlace::ContentType, part.field.name.wire.clone()),
        ArgumentSource::PartHeader(part, _) => {
            (ArgumentPlace::PartHeader, format!("{}/{name}", part.field.name.wire))
        }
    }
}

/// Returns the position of a variable among those of the path, starting at 1.
pub(crate) fn path_position(path: &[PathSegment], variable: &str) -> String {
    let mut names = path.iter().filter_map(|segment| match segment {
        PathSegment::Parameter(name) => Some(name),
        PathSegment::Literal(_) => None,
    });
    names
        .position(|name| name == variable)
        .map_or_else(|| variable.to_owned(), |index| (index + 1).to_string())
}

/// Formats a status: `200`, `2XX` or `default`.
pub(crate) fn status_key(status: StatusRange) -> String {
    match status {
        StatusRange::Exact(code) => code.to_string(),
        StatusRange::Class(class) => format!("{class}XX"),
        StatusRange::Default => "default".to_owned(),
    }
}

/// Returns `true` for the text form of a range of statuses.
pub(super) fn is_status(text: &str) -> bool {
    let Some((class, rest)) = text.split_at_checked(1) else { return false };
    let is_number = |text: &str| text.chars().all(|char| char.is_ascii_digit());
    text == "default" || is_number(class) && rest.len() == 2 && (rest == "XX" || is_number(rest))
}

/// Returns the kind of the Rust type.
pub(crate) fn kind(shape: &Shape) -> TypeKind {
    match shape {
        Shape::Struct { .. } => TypeKind::Struct,
        Shape::StringEnum(_) => TypeKind::Enum,
        Shape::IntegerEnum(_) => TypeKind::IntegerEnum,
        Shape::ValueEnum(_) => TypeKind::ValueEnum,
        Shape::Union(_) => TypeKind::Union,
        Shape::Alias(_) => TypeKind::Alias,
    }
}

/// Returns the name of the Rust type of a scalar.
pub(crate) fn scalar_name(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "String",
        Scalar::Boolean => "bool",
        Scalar::Int32 => "i32",
        Scalar::Int64 => "i64",
        Scalar::UInt32 => "u32",
        Scalar::UInt64 => "u64",
        Scalar::Float => "f64",
        Scalar::Number => "Number",
        Scalar::DateTime => "DateTime",
        Scalar::Date => "Date",
        Scalar::Base64 => "Base64",
        Scalar::Base64Url => "Base64Url",
    }
}
