//! Models how the pages of a list follow one another.

use super::types::TypeRef;
use crate::name::words;

/// The pagination of an operation. Members are given by the path of their wire names, from the response or the item.
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// The kind of reference to the next page.
    pub kind: PaginationKind,
    /// The parameter for the page size.
    pub limit: Option<PageParameter>,
    /// The path to the items; empty if the response is the list itself.
    pub items: Vec<String>,
    /// The type of an item.
    pub item: TypeRef,
    /// The page size that the server applied.
    pub size: Option<Vec<String>>,
    /// The total number of items.
    pub total: Option<Vec<String>>,
    /// The boolean that is `true` if there is another page.
    pub more: Option<Vec<String>>,
    /// The boolean that is `true` if there is no other page.
    pub done: Option<Vec<String>>,
}

/// The kind of reference to the next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaginationKind {
    /// The number of items to skip.
    Offset {
        /// The parameter for the offset.
        offset: PageParameter,
        /// The offset of the first item.
        first: i64,
        /// The offset that the server applied.
        place: Option<Vec<String>>,
        /// The switch to markers, if there is one.
        switched: Option<Switched>,
    },
    /// The number of the page.
    Number {
        /// The parameter for the number.
        number: PageParameter,
        /// The number of the first page.
        first: i64,
        /// The number that the server applied.
        place: Option<Vec<String>>,
        /// The total number of pages.
        pages: Option<Vec<String>>,
    },
    /// A marker that each page gives for the next one.
    Marker {
        /// The parameter for the marker.
        marker: PageParameter,
        /// The marker of the next page.
        next: Vec<String>,
        /// `true` if the marker can also be a URL.
        may_be_url: bool,
        /// `true` if the marker is the id of a scroll, which stays the same while the server moves on. An empty page
        /// is the last one.
        scrolls: bool,
    },
    /// The id of the last item of a page.
    LastItem {
        /// The parameter for the id.
        marker: PageParameter,
        /// The id in the item.
        id: Vec<String>,
    },
    /// A URL that each page gives for the next one.
    Url {
        /// The URL of the next page.
        next: Vec<String>,
    },
    /// The header `Link` (RFC 8288).
    Link,
}

impl PaginationKind {
    /// Returns the kind with a marker, whose traits show in the name of the member that gives it.
    pub(crate) fn marker(marker: PageParameter, next: Vec<String>) -> Self {
        let name = next.last().map(|name| words(name)).unwrap_or_default();
        Self::Marker { marker, next, may_be_url: name == ["next"], scrolls: is_scroll(&name) }
    }
}

/// Returns `true` for the id of a scroll. The word alone can be the time that a scroll may take.
pub(crate) fn is_scroll(name: &[String]) -> bool {
    name.len() > 1 && name[0] == "scroll"
}

/// A parameter for the position or the size of a page, by its wire name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageParameter {
    /// A query parameter.
    Query(String),
    /// A member of a JSON body.
    Member(String),
}

/// A switch from offsets to markers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switched {
    /// The query parameter that is set to `true`.
    pub switch: String,
    /// The query parameter that takes the marker.
    pub marker: String,
    /// The marker of the next page.
    pub next: Vec<String>,
}
