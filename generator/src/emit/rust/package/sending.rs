//! Describes how requests send values, where that is not the usual way.

use crate::ir::print::{encoding_text, usual_style};
use crate::ir::{
    Api, Argument, ArgumentSource, Location, Operation, ParameterEncoding, Shape, Style, TypeRef,
};
use crate::listing::ArgumentPlace;
use crate::listing::identity::argument_key;

/// Media types that follow from the form of a body.
const USUAL: &[&str] = &[
    "application/json",
    "application/octet-stream",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
];

/// Returns the media type of the body, unless it is the usual one of its form.
pub(super) fn media_type(operation: &Operation) -> Option<String> {
    let media_type = &operation.body.as_ref()?.media_type;
    (!USUAL.contains(&media_type.as_str())).then(|| media_type.clone())
}

/// Returns `true` if a call that sets no member of the body sends an empty one. A required member is always set.
pub(super) fn empty_body(operation: &Operation) -> bool {
    let Some(body) = &operation.body else { return false };
    let is_required = |argument: &Argument<'_>| {
        let (place, _) = argument_key(operation, argument);
        place == ArgumentPlace::Body && argument.required
    };
    body.has_members() && !body.may_be_empty && !operation.arguments().iter().any(is_required)
}

/// Returns the form in which the value of an argument is sent, unless it is the usual one: the style of OpenAPI, or the
/// content type of a part.
pub(super) fn form(api: &Api, argument: &Argument<'_>) -> Option<String> {
    let text = match argument.source {
        ArgumentSource::Parameter(parameter) => {
            let encoding = for_type(api, parameter.encoding, &parameter.ty);
            encoding_text(&encoding, usual_style(parameter.location))
        }
        ArgumentSource::PartHeader(_, header) => {
            let encoding = for_type(api, header.encoding, &header.ty);
            encoding_text(&encoding, usual_style(Location::Header))
        }
        ArgumentSource::FormField(field) => match for_type(api, field.encoding, &field.field.ty) {
            ParameterEncoding::Plain => String::new(),
            // Plain text has this form unless it holds an object.
            ParameterEncoding::Style { style: Style::Form, explode: true, allow_reserved: false }
                if !is_object(api, &field.field.ty) =>
            {
                String::new()
            }
            encoding @ (ParameterEncoding::Json
            | ParameterEncoding::JsonQuery
            | ParameterEncoding::Style { .. }) => encoding_text(&encoding, Style::Matrix),
        },
        ArgumentSource::Part(part) => return part.content_type.clone(),
        ArgumentSource::Field(_)
        | ArgumentSource::FileName(..)
        | ArgumentSource::ContentType(..)
        | ArgumentSource::Body(_) => return None,
    };
    let text = text.trim();
    let mut letters = text.chars();
    let first = letters.next()?;
    Some(first.to_lowercase().chain(letters).collect())
}

/// Returns the encoding with the usual `explode` if that makes no difference to the type: a scalar has no parts.
fn for_type(api: &Api, encoding: ParameterEncoding, ty: &TypeRef) -> ParameterEncoding {
    match encoding {
        ParameterEncoding::Style { style, allow_reserved, .. } if is_scalar(api, ty) => {
            let explode = matches!(style, Style::Form | Style::DeepObject);
            ParameterEncoding::Style { style, explode, allow_reserved }
        }
        ParameterEncoding::Style { .. }
        | ParameterEncoding::Json
        | ParameterEncoding::JsonQuery
        | ParameterEncoding::Plain => encoding,
    }
}

fn is_scalar(api: &Api, ty: &TypeRef) -> bool {
    match api.without_alias(ty.non_null()) {
        TypeRef::Scalar(_) => true,
        TypeRef::Def(id) => match &api.types[*id].shape {
            Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::ValueEnum(_) => true,
            Shape::Struct { .. } | Shape::Union(_) | Shape::Alias(_) => false,
        },
        TypeRef::List(_) | TypeRef::Tuple(_) | TypeRef::Map(_) | TypeRef::Nullable(_) | TypeRef::Any => false,
    }
}

fn is_object(api: &Api, ty: &TypeRef) -> bool {
    match api.without_alias(ty.non_null()) {
        TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Tuple(_) => false,
        TypeRef::Def(_) => !is_scalar(api, ty),
        TypeRef::Map(_) | TypeRef::Nullable(_) | TypeRef::Any => true,
    }
}
