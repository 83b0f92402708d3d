//! Finds the parts of a released pagination in an operation.

use super::shape::{Is, Paged, is_integer, is_text, is_text_or_integer, is_truth};
use crate::ir::{Api, Header, Operation, PageParameter, Pagination, PaginationKind, Switched};

/// Returns the released pagination with today's type of items, if the operation still has each part of it.
pub(super) fn find(api: &Api, operation: &Operation, released: &Pagination) -> Option<Pagination> {
    let paged = Paged::of(api, operation)?;
    let item = paged.item(&released.items)?;
    let takes = |parameter: &PageParameter, is: Is| {
        let candidates = paged.candidates();
        candidates.iter().any(|known| known.parameter == *parameter && is(api, known.ty))
    };
    let has =
        |path: &[String], is: Is| paged.at(paged.page(), path).is_some_and(|ty| is(api, api.value_type(ty)));
    let may_have = |path: &Option<Vec<String>>, is: Is| path.as_ref().is_none_or(|path| has(path, is));
    let has_kind = match &released.kind {
        PaginationKind::Offset { offset, first: _, place, switched } => {
            let switches = |Switched { switch, marker, next }: &Switched| {
                takes(&PageParameter::Query(switch.clone()), is_truth)
                    && takes(&PageParameter::Query(marker.clone()), is_text)
                    && has(next, is_text_or_integer)
            };
            takes(offset, is_integer) && may_have(place, is_integer) && switched.as_ref().is_none_or(switches)
        }
        PaginationKind::Number { number, first: _, place, pages } => {
            takes(number, is_integer) && may_have(place, is_integer) && may_have(pages, is_integer)
        }
        PaginationKind::Marker { marker, next, may_be_url: _, scrolls: _ } => {
            takes(marker, is_text_or_integer) && has(next, is_text_or_integer)
        }
        PaginationKind::LastItem { marker, id } => {
            takes(marker, is_text_or_integer)
                && paged.at(item, id).is_some_and(|ty| is_text_or_integer(api, ty))
        }
        PaginationKind::Url { next } => operation.method == "GET" && has(next, is_text),
        PaginationKind::Link => {
            let is_link = |header: &Header| header.name.wire.eq_ignore_ascii_case("link");
            operation.responses.iter().any(|response| response.headers.iter().any(is_link))
        }
    };
    let is_found = has_kind
        && released.limit.as_ref().is_none_or(|limit| takes(limit, is_integer))
        && may_have(&released.size, is_integer)
        && may_have(&released.total, is_integer)
        && may_have(&released.more, is_truth)
        && may_have(&released.done, is_truth);
    is_found.then(|| Pagination { item: item.clone(), ..released.clone() })
}
