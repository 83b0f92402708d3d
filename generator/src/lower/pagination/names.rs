//! Lists the names that APIs give to pagination parameters and members, as words.

/// Parameters for the number of items to skip.
pub(super) const OFFSETS: &[&str] = &["offset", "skip", "start index", "start at"];
/// Parameters for the number of items to skip, if a page repeats the number or counts all items.
pub(super) const WEAK_OFFSETS: &[&str] = &["from", "start"];
/// Parameters for the page number.
pub(super) const NUMBERS: &[&str] =
    &["page", "page number", "page no", "page num", "page index", "current page"];
/// Parameters for the number of items to return.
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
    "rows",
];
/// Parameters that take a marker.
pub(super) const MARKERS: &[&str] = &[
    "marker",
    "cursor",
    "page token",
    "token",
    "continuation token",
    "next token",
    "page cursor",
    "pagination token",
    "pagination cursor",
    "iterator",
    "continuation",
    "continue",
    "continue token",
    "bookmark",
    "page bookmark",
];
/// Markers that always lead to the next page, so that a page with a member of that name has the marker of the next.
pub(super) const CONTINUATIONS: &[&str] = &[
    "continuation token",
    "continuation",
    "continue",
    "continue token",
    "next token",
    "bookmark",
    "pagination token",
];
/// Words in front of a marker that say that a list starts there.
pub(super) const STARTS: &[&str] = &["start", "starting", "from", "after"];
/// Words in front of the key of the last item that was read.
pub(super) const STRICT_STARTS: &[&str] = &["exclusive start", "start after"];
/// Words that a marker ends with.
pub(super) const MARKER_NOUNS: &[&str] =
    &["cursor", "token", "marker", "key", "id", "identifier", "name", "position", "bookmark"];
/// Words that only occur in the names of markers of pages.
pub(super) const PAGING_WORDS: &[&str] = &[
    "page",
    "pagination",
    "paging",
    "continuation",
    "continue",
    "scroll",
    "start",
    "starting",
    "after",
    "bookmark",
];
/// Words in the name of an operation that lists something.
pub(super) const LIST_VERBS: &[&str] = &["list", "search", "query", "find", "scan", "filter", "browse"];
/// Parameters that take a marker or the id of an item.
pub(super) const AFTERS: &[&str] = &["after", "starting after", "after id", "after cursor", "page after"];

/// Members that hold the items, if several members are lists.
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
    "value",
];
/// Lists that stand beside the items of a page.
pub(super) const ASIDES: &[&str] = &[
    "errors",
    "warnings",
    "messages",
    "notices",
    "unreachable",
    "included",
    "includes",
    "links",
    "facets",
    "aggregations",
    "filters",
    "sort",
    "sorts",
    "columns",
    "fields",
    "suggestions",
];
/// Members that hold the member with the items.
pub(super) const ITEM_WRAPPERS: &[&str] = &["data", "result", "results", "response", "embedded", "cursor"];
/// Members that hold the paging information.
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
    "result info",
    "links",
];
/// Words in the name of a member that holds the paging information.
pub(super) const WRAPPER_WORDS: &[&str] = &["pagination", "paging", "pager"];
/// Members that hold the marker or URL of the next page under a name without `next`.
pub(super) const NEXT_WRAPPERS: &[&str] = &["next", "cursors"];

/// Parameters that take the marker of the next page, if a page has one among its paging information.
pub(super) const NEXTS: &[&str] = &["next", "next page"];
/// Markers among the paging information, for a parameter with another name.
pub(super) const PAGED_MARKERS: &[&str] =
    &["cursor", "marker", "token", "page token", "page cursor", "continuation token", "after"];

/// The total number of items. A `count` is not listed, since it can be that of the page.
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
/// The total number of pages.
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
/// The page size that the server applied.
pub(super) const SIZES: &[&str] = &["limit", "per page", "page size", "items per page", "page limit"];
/// The page number that the server applied.
pub(super) const PLACES: &[&str] = &["current page", "page", "page number", "page index"];
/// The boolean that is `true` if there is another page.
pub(super) const MORES: &[&str] =
    &["has more", "has next", "has next page", "has more items", "more", "more available", "is truncated"];
/// The boolean that is `true` if there is no other page.
pub(super) const DONES: &[&str] = &["done", "is done", "is last", "last", "is last page"];
/// The marker of the next page, for a parameter that only takes markers.
pub(super) const NEXT_MARKERS: &[&str] =
    &["next cursor", "next page token", "next token", "next marker", "next page", "end cursor", "next"];
/// The marker of a page's last item.
pub(super) const LASTS: &[&str] = &["last id"];
/// The URL of the next page.
pub(super) const NEXT_URLS: &[&str] =
    &["next page url", "next page uri", "next page link", "next url", "next uri", "next link", "next href"];
/// The URL of the next page in OData, which servers give even if the caller counts.
pub(super) const COUNTED_NEXT_URLS: &[&str] = &["odata next link"];
/// Objects in which a member `next` is a URL.
pub(super) const LINKS: &[&str] = &["links", "link"];
/// Members beside which a member `next` is a URL.
pub(super) const PREVIOUS: &[&str] = &["previous", "prev", "previous page", "first", "last"];
/// The URL in a link object.
pub(super) const HREFS: &[&str] = &["href", "url", "uri"];
