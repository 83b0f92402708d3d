//! Prints pagination as a line of text.

use super::type_ref;
use crate::ir::{Api, PageParameter, Pagination, PaginationKind, Switched};

/// Prints the pagination of an operation on one line.
pub(super) fn text(api: &Api, pagination: &Pagination) -> String {
    let mut text = match &pagination.kind {
        PaginationKind::Offset { offset, first, place, switched } => {
            let switched = switched.as_ref().map(|switched| {
                let Switched { switch, marker, next } = switched;
                format!(", with `{switch}` by marker `{marker}`, next `{}`", next.join("."))
            });
            let place = members("place", place.as_ref());
            format!(
                "by offset {} from {first}{place}{}",
                page_parameter(offset),
                switched.unwrap_or_default()
            )
        }
        PaginationKind::Number { number, first, place, pages } => {
            let (place, pages) = (members("place", place.as_ref()), members("pages", pages.as_ref()));
            format!("by number {} from {first}{place}{pages}", page_parameter(number))
        }
        PaginationKind::Marker { marker, next, may_be_url, scrolls } => {
            let or_url = if *may_be_url { " or URL" } else { "" };
            let by = if *scrolls { "scroll" } else { "marker" };
            format!("by {by} {}, next `{}`{or_url}", page_parameter(marker), next.join("."))
        }
        PaginationKind::LastItem { marker, id } => {
            format!("by last item {}, its `{}`", page_parameter(marker), id.join("."))
        }
        PaginationKind::Url { next } => format!("by URL, next `{}`", next.join(".")),
        PaginationKind::Link => "by the header `Link`".to_owned(),
    };
    if let Some(limit) = &pagination.limit {
        text += &format!(", limit {}", page_parameter(limit));
    }
    for (what, path) in [
        ("size", &pagination.size),
        ("total", &pagination.total),
        ("more", &pagination.more),
        ("done", &pagination.done),
    ] {
        text += &members(what, path.as_ref());
    }
    format!("{text}: {} in `{}`", type_ref(api, &pagination.item), pagination.items.join("."))
}

fn page_parameter(parameter: &PageParameter) -> String {
    match parameter {
        PageParameter::Query(name) => format!("`{name}`"),
        PageParameter::Member(name) => format!("`{name}` of the body"),
    }
}

fn members(what: &str, path: Option<&Vec<String>>) -> String {
    path.map(|path| format!(", {what} `{}`", path.join("."))).unwrap_or_default()
}
