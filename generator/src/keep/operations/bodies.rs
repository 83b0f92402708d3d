//! Collects the request bodies of a release, which the lowering of the next one keeps.

use crate::listing::{ArgumentPlace, Listing, OperationEntry, RustType};
use crate::lower::{ReleasedBodies, ReleasedBody};

/// Returns the request bodies of the operations of a release.
#[must_use]
pub fn released_bodies(lock: &Listing) -> ReleasedBodies {
    let mut bodies = ReleasedBodies::default();
    for operation in &lock.operations {
        let key = &operation.key;
        let body = body(operation);
        // The form of JSON is not named, and neither is the lack of a body.
        let form = match key.form.as_str() {
            "" if body == ReleasedBody::Other => continue,
            "" => "json",
            form => form,
        };
        bodies.add([&key.method, &key.path, &key.fragment, form], body);
    }
    bodies
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
