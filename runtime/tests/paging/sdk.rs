//! Lists of numbers as the generator emits them, one for each kind of pages.

use sdk_runtime as rt;

use rt::testing::{ManualClock, MockTransport};

static API: rt::Api =
    rt::Api { security: &[rt::Scheme { name: "Token", kind: rt::SchemeKind::Bearer }], ..rt::Api::NONE };

static LIST: rt::Operation =
    rt::Operation::new("list", rt::Method::GET, "/things").security(&[&["Token"]]).accept("application/json");
static SEARCH: rt::Operation =
    rt::Operation::new("search", rt::Method::POST, "/search").body(rt::BodyKind::Json("application/json"));

/// Every member that a page can have.
#[derive(Clone, PartialEq)]
pub struct Page {
    pub total_count: Option<i64>,
    pub page_count: Option<f64>,
    pub limit: Option<String>,
    pub number: Option<i64>,
    pub next_marker: Option<String>,
    pub has_more: Option<bool>,
    pub entries: Option<Vec<i64>>,
    extra: rt::Extra,
}

impl rt::Json for Page {
    fn read(&mut self, json: &mut dyn rt::Reader) -> rt::Read {
        json.members(
            &mut [
                ("total_count", rt::OPTIONAL, &mut self.total_count),
                ("page_count", rt::OPTIONAL, &mut self.page_count),
                ("limit", rt::OPTIONAL, &mut self.limit),
                ("number", rt::OPTIONAL, &mut self.number),
                ("next_marker", rt::OPTIONAL_NULLABLE, &mut self.next_marker),
                ("has_more", rt::OPTIONAL, &mut self.has_more),
                ("entries", rt::OPTIONAL_NULLABLE, &mut self.entries),
            ],
            &mut self.extra,
        )
    }
    fn write(&self, json: &mut dyn rt::Writer) -> rt::Written {
        json.members(
            &[
                ("total_count", rt::OPTIONAL, &self.total_count),
                ("page_count", rt::OPTIONAL, &self.page_count),
                ("limit", rt::OPTIONAL, &self.limit),
                ("number", rt::OPTIONAL, &self.number),
                ("next_marker", rt::OPTIONAL_NULLABLE, &self.next_marker),
                ("has_more", rt::OPTIONAL, &self.has_more),
                ("entries", rt::OPTIONAL_NULLABLE, &self.entries),
            ],
            &self.extra,
        )
    }
}

impl rt::Blank for Page {
    fn blank() -> Self {
        Self {
            total_count: None,
            page_count: None,
            limit: None,
            number: None,
            next_marker: None,
            has_more: None,
            entries: None,
            extra: rt::Extra::default(),
        }
    }
}

rt::object!(Page);

macro_rules! lists {
    ($($name:ident: $operation:ident, $paging:expr;)*) => {$(
        #[must_use = "a request is sent when it is awaited"]
        #[derive(Clone, Debug)]
        pub struct $name {
            pub request: rt::Request,
        }

        impl $name {
            pub fn of(client: &rt::Client) -> Self {
                Self { request: client.operation(&$operation) }
            }

            /// Sets a query parameter.
            pub fn with(mut self, name: &'static str, value: &str) -> Self {
                self.request.query(name, rt::Encoding::FORM, &value.to_owned());
                self
            }
        }

        rt::builder!($name => Page, rt::json);
        rt::pages!($name => Page, rt::json, $paging, i64, |page| page.entries.unwrap_or_default());
    )*};
}

lists! {
    Offset: LIST, rt::Paging::offset("offset").items("/entries").limit("limit").size("/limit").total("/total_count")
        .or_marker("usemarker", "marker", "/next_marker");
    Indexed: LIST, rt::Paging::offset("start").items("/entries").first(1).place("/number").total("/total_count");
    Number: LIST, rt::Paging::number("page").items("/entries").place("/number").pages("/page_count")
        .total("/total_count");
    Marker: LIST, rt::Paging::marker("marker", "/next_marker").items("/entries").more("/has_more");
    Either: LIST, rt::Paging::marker("marker", "/next_marker").or_url().items("/entries");
    LastItem: LIST, rt::Paging::marker("after", "/entries/-").items("/entries").more("/has_more");
    Nested: LIST, rt::Paging::marker("after", "/paging/cursors~1all/after").items("/entries");
    Link: LIST, rt::Paging::link().items("/entries");
    Url: LIST, rt::Paging::url("/next_marker").items("/entries");
    Search: SEARCH, rt::Paging::marker("marker", "/next_marker").in_body().items("/entries");
}

/// A client whose server is a script.
pub fn set_up() -> (rt::Client, MockTransport) {
    let api = MockTransport::new();
    let client = rt::ClientBuilder::<rt::Client>::new(&API)
        .base_url("https://api.example.com/2.0")
        .auth(rt::BearerToken::new("secret"))
        .transport(api.clone())
        .platform(ManualClock::new())
        .build()
        .expect("a client");
    (client, api)
}

/// The queries that were sent, in order.
pub fn queries(api: &MockTransport) -> Vec<String> {
    let requests = api.requests();
    let query = |url: &str| url.split_once('?').map_or(String::new(), |(_, query)| query.to_owned());
    requests.iter().map(|request| query(request.url())).collect()
}
