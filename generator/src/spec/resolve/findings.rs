//! Creates the findings about references that cannot be followed.

use super::Substitute;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::{DocumentId, Pointer};

/// The number of places of a cycle that a message shows.
const LONGEST_WAY: usize = 8;

/// Creates the diagnostic of a reference cycle, which starts at the same place wherever the cycle was entered.
pub(super) fn cycle(places: &mut [Pointer], substitute: Substitute) -> Diagnostic {
    let first = places.iter().enumerate().min_by_key(|(_, place)| *place).map_or(0, |(index, _)| index);
    places.rotate_left(first);
    let shown = places.iter().take(LONGEST_WAY).map(|place| format!("`{place}`"));
    let more = (places.len() > LONGEST_WAY).then(|| format!("{} more", places.len() - LONGEST_WAY));
    let back = places.first().map(|place| format!("`{place}`"));
    let way: Vec<String> = shown.chain(more).chain(back).collect();
    let at = places.first().map_or_else(|| Pointer::root(DocumentId(0)), |place| place.child("$ref"));
    let problem = format!("references form a cycle: {}", way.join(" → "));
    let help = "replace one of the references by a definition";
    substitute.warning(Code::ReferenceCycle, &at, &problem, help)
}

pub(super) fn endless(at: &Pointer, substitute: Substitute) -> Diagnostic {
    let problem = "too many references follow one another";
    substitute.warning(Code::ReferenceCycle, at, problem, "refer to the last target directly")
}

pub(super) fn remote(at: &Pointer, reference: &str, substitute: Substitute) -> Diagnostic {
    substitute.warning(
        Code::RemoteReference,
        at,
        &format!("`{reference}` is a remote reference, which is not fetched, so that runs are reproducible"),
        "save the document next to this one and refer to it by a relative path",
    )
}
