//! The URLs that requests go to: servers of operations, replaced servers, URLs that the API returned.

use sdk_runtime as rt;

use rt::testing::{ManualClock, MockTransport, Reply};
use rt::{ClientBuilder, Error, ErrorKind, Method};

static API: rt::Api = rt::Api {
    servers: &[rt::Server { url: "https://api.example.com/2.0", variables: &[] }],
    operation_servers: &[PARTS],
    security: &[rt::Scheme { name: "Token", kind: rt::SchemeKind::Bearer }],
    ..rt::Api::NONE
};
const PARTS: rt::Server =
    rt::Server { url: "https://{host}/up/2.0", variables: &[("host", "upload.example.com", &[])] };

static LIST: rt::Operation = rt::Operation::new("list", Method::GET, "/things").security(&[&["Token"]]);
static PART: rt::Operation =
    rt::Operation::new("part", Method::PUT, "/parts/{id}").servers(&[PARTS]).security(&[&["Token"]]);
static TOKEN: rt::Operation = rt::Operation::new("token", Method::POST, "/token#refresh")
    .servers(&[rt::Server { url: "https://login.example.com", variables: &[] }]);

type Builder = ClientBuilder<rt::Client>;

struct Sdk {
    client: rt::Client,
    api: MockTransport,
    clock: ManualClock,
}

fn with(change: impl FnOnce(Builder) -> Builder) -> Sdk {
    let clock = ManualClock::new();
    let api = MockTransport::with_clock(&clock);
    for operation in ["list", "part", "token"] {
        api.on(operation).always(Reply::new(200));
    }
    let builder = Builder::new(&API).auth(rt::BearerToken::new("t0ken")).default_header("as-user", "1");
    let client = change(builder).transport(api.clone()).platform(clock.clone()).build().expect("a client");
    Sdk { client, api, clock }
}

impl Sdk {
    fn request(&self, operation: &'static rt::Operation) -> rt::Request {
        let mut request = self.client.operation(operation);
        request.path("id", rt::Encoding::SIMPLE, &"7".to_owned());
        request.query("limit", rt::Encoding::FORM, &5_i64);
        request
    }

    /// Sends a call; returns the URL of its request, and whether the request had the credential.
    async fn sent(&self, call: rt::Call<rt::Bytes>) -> Result<(String, bool), Error> {
        self.clock.run(call).await?;
        let request = self.api.requests().pop().expect("a request");
        Ok((request.url().to_owned(), request.header("authorization").is_some()))
    }

    async fn all(&self) -> [String; 3] {
        let mut urls = Vec::new();
        for operation in [&LIST, &PART, &TOKEN] {
            urls.push(self.sent(self.request(operation).send(rt::bytes)).await.expect("a response").0);
        }
        urls.try_into().expect("three URLs")
    }
}

#[tokio::test]
async fn each_operation_goes_to_its_own_server() {
    let urls = with(|builder| builder.server_variable("host", "eu.example.com")).all().await;
    assert_eq!(urls[0], "https://api.example.com/2.0/things?limit=5");
    assert_eq!(urls[1], "https://eu.example.com/up/2.0/parts/7?limit=5");
    assert_eq!(urls[2], "https://login.example.com/token?limit=5");
}

/// An unknown name or value is a mistake of the caller, and a URL with a variable left in it leads nowhere.
#[tokio::test]
async fn server_variables_are_checked() {
    static VARIED: rt::Api = rt::Api {
        servers: &[rt::Server {
            url: "https://{region}.example.com/{shop}",
            variables: &[("region", "eu", &["eu", "us"])],
        }],
        open_servers: &[rt::Server { url: "https://{login}.example.com", variables: &[("login", "a", &[])] }],
        ..rt::Api::NONE
    };
    let fault = |set: &[(&str, &str)]| {
        let builder = Builder::new(&VARIED).transport(MockTransport::new()).platform(ManualClock::new());
        let builder =
            set.iter().fold(builder, |builder, (name, value)| builder.server_variable(*name, *value));
        builder.build().err().map(|error| error.to_string()).unwrap_or_default()
    };
    for (set, expected) in [
        (&[("shop", "7")][..], ""),
        (&[("shop", "7"), ("region", "us"), ("login", "b")], ""),
        (&[], "set the server variable `shop`: `https://{region}.example.com/{shop}` has no default for it"),
        (
            &[("shop", "7"), ("region", "asia")],
            "the server variable `region` cannot be `asia`: the API allows `eu`, `us`",
        ),
        (
            &[("shop", "7"), ("zone", "eu")],
            "unknown server variable `zone`: the servers have `login`, `region`, `shop`",
        ),
    ] {
        let found = fault(set);
        assert!(found.contains(expected) && found.is_empty() == expected.is_empty(), "{set:?}: {found}");
    }
}

#[tokio::test]
async fn all_servers_can_be_replaced_by_one_origin() {
    let sdk = with(|builder| builder.all_servers("http://127.0.0.1:80/"));
    assert_eq!(
        sdk.all().await,
        [
            "http://127.0.0.1/2.0/things?limit=5",
            "http://127.0.0.1/up/2.0/parts/7?limit=5",
            "http://127.0.0.1/token?limit=5",
        ]
    );
    // A replacement of one server wins.
    let sdk = with(|builder| {
        builder
            .all_servers("http://127.0.0.1")
            .base_url("https://one.example.com/api/")
            .replace_server(PARTS.url, "https://two.example.com")
    });
    assert_eq!(
        sdk.all().await,
        [
            "https://one.example.com/api/things?limit=5",
            "https://two.example.com/parts/7?limit=5",
            "http://127.0.0.1/token?limit=5",
        ]
    );
    let error = Builder::new(&API).all_servers("http://127.0.0.1/2.0").build().expect_err("a path");
    assert!(error.to_string().contains("is not an origin"), "{error}");
}

/// Servers of single operations belong to the API if the operations take a credential. That of the token operation does
/// not.
#[tokio::test]
async fn the_credential_goes_to_every_server_of_the_api() {
    let sdk = with(|builder| builder);
    sdk.api.on("GET /file").always(Reply::new(200));
    for (host, trusted) in [
        ("api.example.com", true),
        ("upload.example.com", true),
        ("login.example.com", false),
        ("upload.example.com.attacker.example", false),
    ] {
        let call = sdk.client.request(Method::GET, format!("https://{host}/file")).send();
        assert_eq!(sdk.sent(call).await.expect("a response").1, trusted, "{host}");
    }
}

/// For example, an upload session returns the URL for its parts.
#[tokio::test]
async fn a_call_can_go_to_a_url_that_the_api_returned() {
    let sdk = with(|builder| builder);
    let url = "https://upload-7.example.net/up/2.0/parts/7?key=1#top";
    let call = sdk.request(&PART).send(rt::bytes).url(url);
    let sent = sdk.sent(call).await.expect("a response");
    assert_eq!(sent, ("https://upload-7.example.net/up/2.0/parts/7?key=1&limit=5".to_owned(), true));
    assert_eq!(sdk.api.requests()[0].header("as-user"), Some("1"));

    sdk.api.on("GET /file").always(Reply::new(200));
    let url = "https://files.example.net/file";
    let call = sdk.client.request(Method::GET, "/anything").send().url(url);
    assert_eq!(sdk.sent(call).await.expect("a response"), (url.to_owned(), true));
}

#[tokio::test]
async fn a_url_must_be_https_if_the_server_is() {
    let sdk = with(|builder| builder);
    for url in
        ["http://upload-7.example.net/parts", "ftp://example.net", "/parts", "https://me:pw@example.net"]
    {
        let error = sdk.sent(sdk.request(&PART).send(rt::bytes).url(url)).await.expect_err(url);
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(!error.to_string().contains("pw"), "{error}");
    }
    assert!(sdk.api.requests().is_empty());
    // A server without https, such as one on this machine, allows URLs without https.
    let sdk = with(|builder| builder.all_servers("http://127.0.0.1:8080"));
    let sent = sdk.sent(sdk.request(&PART).send(rt::bytes).url("http://127.0.0.1:8081/parts")).await;
    assert!(sent.expect("a response").1);
}
