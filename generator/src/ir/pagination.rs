//! Pages: how those of a list follow one another.

use super::types::TypeRef;

/// How pages follow one another. Members go by their wire names, from the response or the item down.
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// By what the next page is found.
    pub kind: PaginationKind,
    /// What takes the size of a page.
    pub limit: Option<PageParameter>,
    /// The members that lead to the items; none where the response is the list itself.
    pub items: Vec<String>,
    /// The type of an item.
    pub item: TypeRef,
    /// The size of a page as the server took it.
    pub size: Option<Vec<String>>,
    /// The number of all items.
    pub total: Option<Vec<String>>,
    /// Whether there is another page.
    pub more: Option<Vec<String>>,
}

/// By what the next page is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaginationKind {
    /// By the number of items to skip.
    Offset {
        /// What takes it.
        offset: PageParameter,
        /// The offset of the first item.
        first: i64,
        /// The offset as the server took it.
        place: Option<Vec<String>>,
        /// How a caller makes the server go by markers instead.
        switched: Option<Switched>,
    },
    /// By the number of the page.
    Number {
        /// What takes it.
        number: PageParameter,
        /// The number of the first page.
        first: i64,
        /// The number as the server took it.
        place: Option<Vec<String>>,
        /// The number of all pages.
        pages: Option<Vec<String>>,
    },
    /// By a marker that a page gives for the next one.
    Marker {
        /// What takes it.
        marker: PageParameter,
        /// The next one.
        next: Vec<String>,
        /// True when a URL can stand there as well.
        may_be_url: bool,
    },
    /// By the identity of the last item of a page.
    LastItem {
        /// What takes it.
        marker: PageParameter,
        /// The identity, in the item.
        id: Vec<String>,
    },
    /// By a URL that a page gives for the next one.
    Url {
        /// The next one.
        next: Vec<String>,
    },
    /// By the header `Link` (RFC 8288).
    Link,
}

/// What takes a place in a list or the size of a page, by its wire name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageParameter {
    /// A query parameter.
    Query(String),
    /// A member of a JSON body.
    Member(String),
}

/// How a caller makes a server go by markers that goes by offset else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switched {
    /// The query parameter that is true then.
    pub switch: String,
    /// The query parameter that takes the marker.
    pub marker: String,
    /// The members that lead to the next one.
    pub next: Vec<String>,
}
