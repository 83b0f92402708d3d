//! Keeps the result of a released method if a newer media type of the response is preferred to the released one.

use crate::ir::{Alternative, Api, OperationId, Payload, Response, Scalar, TypeRef};
use crate::keep::Kept;
use crate::keep::given_up::GivenUp;
use crate::listing::{OperationEntry, RustType};
use crate::name::Name;

/// Makes the released media type the result of each method again. The newer one becomes an alternative.
pub(in crate::keep) fn keep(api: &mut Api, tightened: &GivenUp<'_>, kept: &mut Kept) {
    let ids: Vec<OperationId> = kept.operations.keys().copied().collect();
    for id in ids {
        let entry = kept.operations[&id].clone();
        let at = format!("{} result", entry.key);
        let operation = &mut api.operations[id];
        let [response] = operation.responses.as_mut_slice() else { continue };
        let Some(place) = displaced(response, &entry) else { continue };
        if !entry.statuses.is_empty() || tightened.covers(&at) {
            continue;
        }
        swap(response, place);
        let (released, newer) = (&response.media_type, &response.alternatives[place].name.wire);
        let text = format!(
            "`{}().{}` still asks for `{released}` first, not `{newer}`",
            entry.manager, entry.method
        );
        operation.pagination = None;
        let origin = response.origin.clone();
        kept.note(&at, text, &origin);
    }
}

/// Returns the index of the alternative that was the result of the released method.
fn displaced(response: &Response, entry: &OperationEntry) -> Option<usize> {
    if is_result(&entry.returns, &response.payload) {
        return None;
    }
    response.alternatives.iter().position(|alternative| {
        let mut known = entry.alternatives.iter();
        is_result(&entry.returns, &alternative.payload)
            && !known.any(|known| known.media_type == alternative.name.wire)
    })
}

/// Returns `true` if a method with this result type can return the payload.
fn is_result(released: &RustType, payload: &Payload) -> bool {
    let is = |name: &str| *released == RustType::name(name);
    let is_events = released.argument_of("Events").is_some();
    match payload {
        Payload::Empty => *released == RustType::Tuple(Vec::new()),
        Payload::Text | Payload::Location | Payload::Json(TypeRef::Scalar(Scalar::String)) => is("String"),
        Payload::Binary => is("Download"),
        Payload::Events(_) => is_events,
        Payload::Json(_) => !is("String") && !is("Download") && !is_events,
    }
}

/// Exchanges the default form of a response and an alternative.
fn swap(response: &mut Response, place: usize) {
    let alternative = &mut response.alternatives[place];
    let origin = response.origin.child("content").child(&response.media_type);
    let media_type = std::mem::replace(&mut response.media_type, alternative.name.wire.clone());
    let form = std::mem::replace(&mut response.form, alternative.name.words.clone());
    let payload = std::mem::replace(&mut response.payload, alternative.payload.clone());
    *alternative = Alternative { name: Name { words: form, ..Name::new(media_type) }, payload, origin };
}
