//! What APIs call the parameters and members that pages are made with, as words.

/// Parameters that say how many items to skip.
pub(super) const OFFSETS: &[&str] = &["offset", "skip", "start index", "start at"];
/// Parameters that say which page to return.
pub(super) const NUMBERS: &[&str] =
    &["page", "page number", "page no", "page num", "page index", "current page"];
/// Parameters that say how many items to return.
pub(super) const LIMITS: &[&str] = &[
    "limit",
    "page size",
    "per page",
    "max results",
    "count",
    "take",
    "top",
    "items per page",
    "results per page",
    "page limit",
    "max items",
    "size",
];
/// Parameters that take a marker.
pub(super) const MARKERS: &[&str] =
    &["marker", "cursor", "page token", "token", "continuation token", "next token", "page cursor"];
/// Parameters that take a marker or the identity of an item.
pub(super) const AFTERS: &[&str] = &["after", "starting after", "after id", "after cursor"];

/// Members that hold the items, where several members are lists.
pub(super) const ITEMS: &[&str] = &[
    "entries",
    "items",
    "data",
    "results",
    "values",
    "records",
    "list",
    "elements",
    "resources",
    "rows",
    "content",
];
/// Members that hold the member with the items.
pub(super) const ITEM_WRAPPERS: &[&str] = &["data", "result", "results", "response", "embedded"];
/// Members that hold what is known of a page.
pub(super) const WRAPPERS: &[&str] = &[
    "pagination",
    "paging",
    "pages",
    "page",
    "page info",
    "paging info",
    "page metadata",
    "meta",
    "metadata",
    "response metadata",
    "links",
];
/// Members that hold the marker or URL of the next page under a name that says nothing of `next`.
pub(super) const NEXT_WRAPPERS: &[&str] = &["next", "cursors"];

/// The number of all items. A mere `count` can be that of the page, so it is none.
pub(super) const TOTALS: &[&str] = &[
    "total count",
    "total",
    "total results",
    "total items",
    "total elements",
    "total records",
    "total entries",
    "total size",
    "items total",
];
/// The number of all pages.
pub(super) const PAGES: &[&str] = &[
    "total pages",
    "page count",
    "pages total",
    "num pages",
    "number of pages",
    "total page count",
    "last page",
    "pages",
];
/// The size of a page as the server took it.
pub(super) const SIZES: &[&str] = &["limit", "per page", "page size", "items per page", "page limit"];
/// The number of a page as the server took it.
pub(super) const PLACES: &[&str] = &["current page", "page", "page number", "page index"];
/// Whether there is another page.
pub(super) const MORES: &[&str] =
    &["has more", "has next", "has next page", "has more items", "more", "more available", "is truncated"];
/// The marker of the next page, for a parameter that only takes markers.
pub(super) const NEXT_MARKERS: &[&str] =
    &["next cursor", "next page token", "next token", "next marker", "next page", "end cursor", "next"];
/// The marker of a page's last item.
pub(super) const LASTS: &[&str] = &["last id"];
/// The URL of the next page.
pub(super) const NEXT_URLS: &[&str] =
    &["next page url", "next page uri", "next page link", "next url", "next uri", "next link", "next href"];
/// What stands beside a mere `next` that is a URL.
pub(super) const PREVIOUS: &[&str] = &["previous", "prev", "previous page", "first", "last"];
/// The URL in an object that is a link.
pub(super) const HREFS: &[&str] = &["href", "url", "uri"];
