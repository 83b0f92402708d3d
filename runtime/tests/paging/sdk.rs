//! Lists of numbers like emitted ones, one for each kind of pagination.

use sdk_runtime as rt;

use rt::testing::{ManualClock, MockTransport};

static API: rt::Api =
    rt::Api { security: &[rt::Scheme { name: "Token", kind: rt::SchemeKind::Bearer }], ..rt::Api::NONE };

/// A page, with every member that some kind of pagination needs.
#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) total_count: Option<i64>,
    pub(crate) page_count: Option<f64>,
    pub(crate) limit: Option<String>,
    pub(crate) number: Option<i64>,
    pub(crate) next_marker: Option<String>,
    pub(crate) has_more: Option<bool>,
    pub(crate) entries: Option<Vec<i64>>,
    extra: rt::Extra,
}

rt::object! {
    Page;
    "total_count" => total_count: OPTIONAL,
    "page_count" => page_count: OPTIONAL,
    "limit" => limit: OPTIONAL,
    "number" => number: OPTIONAL,
    "next_marker" => next_marker: OPTIONAL_NULLABLE,
    "has_more" => has_more: OPTIONAL,
    "entries" => entries: OPTIONAL_NULLABLE,
}

const fn list(paging: &'static rt::Paging) -> rt::Operation {
    rt::Operation::new("list", rt::Method::GET, "/things").security(&[&["Token"]]).pages(paging)
}

const fn search(paging: &'static rt::Paging) -> rt::Operation {
    rt::Operation::new("search", rt::Method::POST, "/search")
        .body(rt::BodyKind::Json("application/json"))
        .pages(paging)
}

macro_rules! lists {
    ($($name:ident, $constant:ident: $operation:ident, $paging:expr;)*) => {$(
        #[must_use = "a request is sent when it is awaited"]
        #[derive(Clone, Debug)]
        pub(crate) struct $name {
            pub(crate) request: rt::Request,
        }

        static $constant: rt::Operation = $operation(&$paging);

        impl $name {
            pub(crate) fn of(client: &rt::Client) -> Self {
                Self { request: client.operation(&$constant) }
            }

            /// Sets a query parameter.
            #[allow(dead_code, reason = "not every list is asked for a part of it")]
            pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
                self.request.query(name, rt::Encoding::FORM, &value.to_owned());
                self
            }
        }

        rt::builder!($name => Page, rt::json);
        rt::pages!($name => Page, rt::json, $constant, i64, page => page.entries.unwrap_or_default());
    )*};
}

lists! {
    Offset, OFFSET: list, rt::Paging::offset("offset").items("/entries").limit("limit").size("/limit")
        .total("/total_count").or_marker("usemarker", "marker", "/next_marker");
    Indexed, INDEXED: list, rt::Paging::offset("start").items("/entries").first(1).place("/number")
        .total("/total_count");
    Number, NUMBER: list, rt::Paging::number("page").items("/entries").place("/number").pages("/page_count")
        .total("/total_count");
    Counted, COUNTED: list, rt::Paging::offset("offset").items("/entries").size("/limit").more("/has_more");
    CountedPages, COUNTED_PAGES: list, rt::Paging::number("page").items("/entries").more("/has_more");
    Marker, MARKER: list, rt::Paging::marker("marker", "/next_marker").items("/entries").more("/has_more");
    Either, EITHER: list, rt::Paging::marker("marker", "/next_marker").or_url().items("/entries");
    Scroll, SCROLL: list, rt::Paging::marker("marker", "/next_marker").scrolls().items("/entries");
    LastItem, LAST_ITEM: list, rt::Paging::marker("after", "/entries/-").items("/entries").more("/has_more");
    Nested, NESTED: list, rt::Paging::marker("after", "/paging/cursors~1all/after").items("/entries");
    Link, LINK: list, rt::Paging::link().items("/entries");
    Url, URL: list, rt::Paging::url("/next_marker").items("/entries");
    Search, SEARCH: search, rt::Paging::marker("marker", "/next_marker").in_body().items("/entries");
}

/// Returns a client and its scripted server.
pub(crate) fn set_up() -> (rt::Client, MockTransport) {
    let (client, api, _) = set_up_with_clock();
    (client, api)
}

/// Returns a client, its scripted server, and the clock of both.
pub(crate) fn set_up_with_clock() -> (rt::Client, MockTransport, ManualClock) {
    let clock = ManualClock::new();
    let api = MockTransport::with_clock(&clock);
    let client = rt::ClientBuilder::<rt::Client>::new(&API)
        .base_url("https://api.example.com/2.0")
        .auth(rt::BearerToken::new("secret"))
        .transport(api.clone())
        .platform(clock.clone())
        .build()
        .expect("a client");
    (client, api, clock)
}

/// Returns the queries that were sent, in order.
pub(crate) fn queries(api: &MockTransport) -> Vec<String> {
    let requests = api.requests();
    let query = |url: &str| url.split_once('?').map_or(String::new(), |(_, query)| query.to_owned());
    requests.iter().map(|request| query(request.url())).collect()
}
