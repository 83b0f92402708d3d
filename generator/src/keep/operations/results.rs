//! Keeps the result of a released method if a newer media type of the response is preferred to the released one.

use crate::config::PagingRule;
use crate::ir::{Alternative, Api, OperationId, Payload, Response, Scalar, TypeRef};
use crate::keep::Kept;
use crate::keep::given_up::GivenUp;
use crate::listing::identity::status_key;
use crate::listing::{OperationEntry, RustType};
use crate::lower;
use crate::name::Name;

/// Makes the released media type the result of each method again. The newer one becomes an alternative.
pub(in crate::keep) fn keep(api: &mut Api, paging: &[PagingRule], tightened: &GivenUp<'_>, kept: &mut Kept) {
    let ids: Vec<OperationId> = kept.operations.keys().copied().collect();
    for id in ids {
        let entry = kept.operations[&id].clone();
        let at = format!("{} result", entry.key);
        let operation = &mut api.operations[id];
        let mut is_kept = false;
        for response in &mut operation.responses {
            let Some(returns) = released(response, &entry) else { continue };
            let Some(place) = displaced(response, &returns, &entry) else { continue };
            if tightened.covers(&at) {
                continue;
            }
            swap(response, place);
            let (released, newer) = (&response.media_type, &response.alternatives[place].name.wire);
            let text = format!(
                "`{}().{}` still asks for `{released}` first, not `{newer}`",
                entry.manager, entry.method
            );
            kept.note(&at, text, &response.origin);
            is_kept = true;
        }
        if is_kept {
            let pagination = lower::pagination_again(api, &api.operations[id], paging);
            api.operations[id].pagination = pagination;
        }
    }
}

/// Returns the released type of a response: that of the variant for its status, or that of the result.
fn released(response: &Response, entry: &OperationEntry) -> Option<RustType> {
    if entry.statuses.is_empty() {
        return Some(entry.returns.clone());
    }
    let key = status_key(response.status);
    let found = entry.statuses.iter().find(|status| status.status == key)?;
    Some(found.ty.clone().unwrap_or_else(|| RustType::Tuple(Vec::new())))
}

/// Returns the index of the alternative that was the result of the released method.
fn displaced(response: &Response, returns: &RustType, entry: &OperationEntry) -> Option<usize> {
    let asks = |media_type: &str| entry.asks.iter().any(|asked| asked == media_type.trim());
    let mut alternatives = response.alternatives.iter();
    // Text and a JSON string have one type, so the media type decides first.
    let asked = match asks(&response.media_type) {
        true => None,
        false => alternatives.position(|form| asks(&form.name.wire) && is_result(returns, &form.payload)),
    };
    if asked.is_some() || is_result(returns, &response.payload) {
        return asked;
    }
    response.alternatives.iter().position(|alternative| {
        let mut known = entry.alternatives.iter();
        is_result(returns, &alternative.payload)
            && !known.any(|known| known.media_type == alternative.name.wire)
    })
}

/// Returns `true` if a method with this result type can return the payload.
fn is_result(released: &RustType, payload: &Payload) -> bool {
    let is = |name: &str| *released == RustType::name(name);
    let is_events = released.argument_of("Events").is_some();
    let is_lines = released.argument_of("JsonLines").is_some();
    match payload {
        Payload::Empty => *released == RustType::Tuple(Vec::new()),
        Payload::Text | Payload::Location | Payload::Json(TypeRef::Scalar(Scalar::String)) => is("String"),
        Payload::Binary => is("Download"),
        Payload::Events(_) => is_events,
        Payload::JsonLines(_) | Payload::Results(_) => is_lines,
        Payload::Json(_) => !is("String") && !is("Download") && !is_events && !is_lines,
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
