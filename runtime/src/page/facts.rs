//! Reads the paging information of a response: item counts, and where the next page is.

use super::link;
use std::hash::{DefaultHasher, Hasher};

use super::probe::{FoundValue, find};
use crate::api::{Operation, PagingStyle};
use crate::call::Head;
use crate::json::Json;

/// A page, or its items, with its paging information.
#[doc(hidden)]
#[derive(Debug)]
pub struct Page<T> {
    pub(super) value: T,
    pub(super) facts: PageFacts,
}

/// The paging information of one page.
#[doc(hidden)]
#[derive(Debug)]
pub struct PageFacts {
    /// The number of items on the page.
    pub(super) count: i128,
    pub(super) size: Option<i128>,
    pub(super) place: Option<i128>,
    pub(super) total: Option<i128>,
    pub(super) pages: Option<i128>,
    /// The marker or URL of the next page; `None` if it is missing, null or empty.
    pub(super) next: Option<String>,
    pub(super) more: Option<bool>,
    /// A hash of the body, if the page does not show where the list ends.
    pub(super) print: Option<u64>,
}

impl PageFacts {
    /// Reads the paging information from a page and the response that it came in.
    #[must_use]
    pub fn read(head: &Head, body: &[u8], page: &dyn Json, operation: &Operation) -> Self {
        let paging = operation.pages;
        let integer = |pointer| look(page, pointer).and_then(integer);
        let header = (paging.by == PagingStyle::Link).then(|| link::next(head.headers())).flatten();
        let mut facts = Self {
            count: match find(page, paging.items) {
                FoundValue::List(length) => i128::try_from(length).unwrap_or(i128::MAX),
                FoundValue::Nothing | FoundValue::Bool(_) | FoundValue::Integer(_) | FoundValue::Text(_) => 0,
            },
            size: integer(paging.size),
            place: integer(paging.place),
            // Some servers send -1 if they do not count.
            total: integer(paging.total).filter(|total| *total >= 0),
            pages: integer(paging.pages).filter(|pages| *pages >= 0),
            next: header.or_else(|| look(page, paging.next).and_then(marker)),
            more: look(page, paging.more)
                .and_then(truth)
                .or_else(|| look(page, paging.done).and_then(truth).map(|is_done| !is_done)),
            print: None,
        };
        // Items that a lenient call leaves out count: the server has sent them.
        facts.count += head.lost_items(paging.items);
        let is_counted = matches!(paging.by, PagingStyle::Offset | PagingStyle::Number) || paging.scrolls;
        let is_last = facts.more == Some(false) || (facts.count == 0 && facts.more.is_none());
        if is_counted && !is_last && (facts.total, facts.pages) == (None, None) {
            let mut hasher = DefaultHasher::new();
            hasher.write(body);
            facts.print = Some(hasher.finish());
        }
        facts
    }

    /// Attaches the paging information to the value that the caller gets.
    #[must_use]
    pub fn of<T>(self, value: T) -> Page<T> {
        Page { value, facts: self }
    }
}

fn look(page: &dyn Json, pointer: &str) -> Option<FoundValue> {
    (!pointer.is_empty()).then(|| find(page, pointer))
}

fn integer(found: FoundValue) -> Option<i128> {
    match found {
        FoundValue::Integer(value) => Some(value),
        FoundValue::Text(text) => text.trim().parse().ok(),
        FoundValue::Nothing | FoundValue::Bool(_) | FoundValue::List(_) => None,
    }
}

/// Reads a marker. A number of 0 or below means that there is no next page.
fn marker(found: FoundValue) -> Option<String> {
    match found {
        FoundValue::Text(text) => Some(text).filter(|text| !text.is_empty()),
        FoundValue::Integer(value) => (value > 0).then(|| value.to_string()),
        FoundValue::Nothing | FoundValue::Bool(_) | FoundValue::List(_) => None,
    }
}

fn truth(found: FoundValue) -> Option<bool> {
    match found {
        FoundValue::Bool(value) => Some(value),
        FoundValue::Nothing | FoundValue::Integer(_) | FoundValue::Text(_) | FoundValue::List(_) => None,
    }
}
