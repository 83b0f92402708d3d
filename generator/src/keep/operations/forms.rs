//! Collects the forms of bodies in a release, which the lowering of the next one keeps.

use crate::listing::{ArgumentPlace, Listing, OperationEntry, RustType};
use crate::lower::{ReleasedBody, ReleasedForm, ReleasedForms};

/// Returns the forms in which the operations of a release send and request bodies.
#[must_use]
pub fn released_forms(lock: &Listing) -> ReleasedForms {
    let mut forms = ReleasedForms::default();
    for operation in &lock.operations {
        let key = &operation.key;
        let responses = asked(operation).chain(operation.alternatives.iter().map(|form| &*form.media_type));
        forms.add_responses([&key.method, &key.path, &key.fragment], responses.map(str::to_owned));
        let body = body(operation);
        // The form of JSON is not named, and neither is the lack of a body.
        let form = match key.form.as_str() {
            "" if body == ReleasedBody::Other => continue,
            "" => "json",
            form => form,
        };
        let body = ReleasedForm { body, media_type: operation.media_type.clone() };
        forms.add_body([&key.method, &key.path, &key.fragment, form], body);
    }
    forms
}

/// Returns the media types that the method asks for.
fn asked(operation: &OperationEntry) -> impl Iterator<Item = &str> {
    let usual = operation.asks.is_empty().then_some("application/json");
    operation.asks.iter().map(String::as_str).chain(usual)
}

fn body(operation: &OperationEntry) -> ReleasedBody {
    let mut arguments = operation.arguments.iter();
    let found = arguments.find_map(|argument| match argument.place {
        ArgumentPlace::Body => Some(ReleasedBody::Members),
        ArgumentPlace::WholeBody if is_own_type(argument.ty.plain()) => Some(ReleasedBody::Whole),
        ArgumentPlace::WholeBody
        | ArgumentPlace::Path
        | ArgumentPlace::Query
        | ArgumentPlace::Header
        | ArgumentPlace::Cookie
        | ArgumentPlace::FileName
        | ArgumentPlace::ContentType
        | ArgumentPlace::PartHeader => None,
    });
    found.unwrap_or(ReleasedBody::Other)
}

/// Returns `true` for a type that the package defines.
fn is_own_type(ty: &RustType) -> bool {
    match ty {
        RustType::Name(name) => !matches!(name.as_str(), "serde_json::Value" | "String" | "Upload"),
        RustType::Generic(..) | RustType::Tuple(_) => false,
    }
}
