//! Writes how pages follow one another as words of a listing, and reads them back.

use crate::ir::{PageParameter, Pagination, PaginationKind, Switched, TypeRef};

/// The words with a value, such as `offset=skip`.
const VALUED: &[&str] = &[
    "offset", "page", "marker", "last", "switch", "limit", "first", "next", "id", "items", "size", "place",
    "total", "pages", "more", "done",
];

/// The words without one.
const BARE: &[&str] = &["url", "link"];

/// The words for parameters.
const PARAMETERS: &[&str] = &["offset", "page", "marker", "last", "switch", "limit"];

/// Returns `true` if a flag belongs to the description of pages.
pub(super) fn is_word(flag: &str) -> bool {
    match flag.split_once('=') {
        Some((what, _)) => VALUED.contains(&what),
        None => BARE.contains(&flag),
    }
}

/// Returns the wire name of the parameter that a word names.
pub(crate) fn parameter_of(word: &str) -> Option<&str> {
    let (what, wire) = word.split_once('=')?;
    PARAMETERS.contains(&what).then(|| wire.strip_prefix("body.").unwrap_or(wire))
}

/// Returns the parameters that iteration over pages sets, and the members of a page that it reads.
pub(crate) fn words(pagination: &Pagination) -> Vec<String> {
    let parameter = |what: &str, parameter: &PageParameter| match parameter {
        PageParameter::Query(name) => format!("{what}={name}"),
        PageParameter::Member(name) => format!("{what}=body.{name}"),
    };
    let first = |first: i64, usual: i64| (first != usual).then(|| format!("first={first}"));
    let mut words: Vec<String> = Vec::new();
    let (mut place, mut pages) = (&None, &None);
    match &pagination.kind {
        PaginationKind::Offset { offset, first: number, place: known, switched } => {
            words.push(parameter("offset", offset));
            words.extend(first(*number, 0));
            if let Some(Switched { switch, marker, next }) = switched {
                words.extend([
                    format!("switch={switch}"),
                    format!("marker={marker}"),
                    format!("next={}", text_of(next)),
                ]);
            }
            place = known;
        }
        PaginationKind::Number { number, first: from, place: known, pages: count } => {
            words.push(parameter("page", number));
            words.extend(first(*from, 1));
            (place, pages) = (known, count);
        }
        PaginationKind::Marker { marker, next, may_be_url: _, scrolls: _ } => {
            words.extend([parameter("marker", marker), format!("next={}", text_of(next))]);
        }
        PaginationKind::LastItem { marker, id } => {
            words.extend([parameter("last", marker), format!("id={}", text_of(id))]);
        }
        PaginationKind::Url { next } => {
            words.extend(["url".to_owned(), format!("next={}", text_of(next))]);
        }
        PaginationKind::Link => words.push("link".to_owned()),
    }
    words.extend(pagination.limit.iter().map(|limit| parameter("limit", limit)));
    words.push(format!("items={}", text_of(&pagination.items)));
    let members = [
        ("size", &pagination.size),
        ("place", place),
        ("total", &pagination.total),
        ("pages", pages),
        ("more", &pagination.more),
        ("done", &pagination.done),
    ];
    let members = members.into_iter().filter_map(|(what, path)| Some((what, path.as_ref()?)));
    words.extend(members.map(|(what, path)| format!("{what}={}", text_of(path))));
    words
}

/// Returns the pagination that the words describe. Its items have any type.
pub(crate) fn read(words: &[String]) -> Option<Pagination> {
    let value = |what: &str| words.iter().find_map(|word| word.strip_prefix(what)?.strip_prefix('='));
    let parameter = |what: &str| {
        value(what).map(|wire| match wire.strip_prefix("body.") {
            Some(wire) => PageParameter::Member(wire.to_owned()),
            None => PageParameter::Query(wire.to_owned()),
        })
    };
    let path = |what: &str| value(what).map(path_of);
    let first = |usual: i64| value("first").map_or(Some(usual), |first| first.parse().ok());
    let is = |bare: &str| words.iter().any(|word| word == bare);
    let kind = if let Some(offset) = parameter("offset") {
        let switched = match (value("switch"), value("marker"), path("next")) {
            (Some(switch), Some(marker), Some(next)) => {
                Some(Switched { switch: switch.to_owned(), marker: marker.to_owned(), next })
            }
            (Some(_), _, _) | (None, _, _) => None,
        };
        PaginationKind::Offset { offset, first: first(0)?, place: path("place"), switched }
    } else if let Some(number) = parameter("page") {
        PaginationKind::Number { number, first: first(1)?, place: path("place"), pages: path("pages") }
    } else if let Some(marker) = parameter("last") {
        PaginationKind::LastItem { marker, id: path("id")? }
    } else if let Some(marker) = parameter("marker") {
        let next = path("next")?;
        PaginationKind::marker(marker, next)
    } else if is("url") {
        PaginationKind::Url { next: path("next")? }
    } else {
        is("link").then_some(PaginationKind::Link)?
    };
    Some(Pagination {
        kind,
        limit: parameter("limit"),
        items: path("items")?,
        item: TypeRef::Any,
        size: path("size"),
        total: path("total"),
        more: path("more"),
        done: path("done"),
    })
}

/// Joins wire names by slashes, with the escapes of JSON Pointer.
fn text_of(path: &[String]) -> String {
    let names = path.iter().map(|name| name.replace('~', "~0").replace('/', "~1"));
    names.collect::<Vec<_>>().join("/")
}

fn path_of(text: &str) -> Vec<String> {
    let names = text.split('/').filter(|name| !name.is_empty());
    names.map(|name| name.replace("~1", "/").replace("~0", "~")).collect()
}
