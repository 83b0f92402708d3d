//! Fixed credentials: where they go, and which of several serves a scheme.

use sdk_runtime as rt;
use sdk_runtime::testing::{ManualClock, MockTransport, Reply, SentRequest};

static API: rt::Api = rt::Api {
    security: &[
        rt::Scheme { name: "Header", kind: rt::SchemeKind::Header("X-Api-Key") },
        rt::Scheme { name: "Query", kind: rt::SchemeKind::Query("api key") },
        rt::Scheme { name: "Cookie", kind: rt::SchemeKind::Cookie("sid") },
        rt::Scheme { name: "Basic", kind: rt::SchemeKind::Basic },
        rt::Scheme { name: "Bearer", kind: rt::SchemeKind::Bearer },
        rt::Scheme { name: "OtherBearer", kind: rt::SchemeKind::Bearer },
        rt::Scheme { name: "Digest", kind: rt::SchemeKind::Other("http digest") },
        rt::Scheme { name: "BadName", kind: rt::SchemeKind::Header("no header") },
    ],
    ..rt::Api::NONE
};

static HEADER: rt::Operation = get(&[&["Header"]]);
static QUERY: rt::Operation = get(&[&["Query"]]);
static COOKIE: rt::Operation = get(&[&["Cookie"]]);
static BASIC: rt::Operation = get(&[&["Basic"]]);
static OTHER: rt::Operation = get(&[&["OtherBearer"]]);
static BOTH: rt::Operation = get(&[&["Header", "Query"]]);
static DIGEST: rt::Operation = get(&[&["Digest"]]);
static DIGEST_AND_KEY: rt::Operation = get(&[&["Digest", "Header"], &["Cookie"]]);
static BAD: rt::Operation = get(&[&["BadName"]]);

const fn get(security: &'static [&'static [&'static str]]) -> rt::Operation {
    rt::Operation::new("get", rt::Method::GET, "/things").security(security)
}

#[derive(Clone)]
struct Client(rt::Client);

impl From<rt::Client> for Client {
    fn from(client: rt::Client) -> Self {
        Self(client)
    }
}

#[must_use = "a request is sent when it is awaited"]
#[derive(Clone, Debug)]
struct Get {
    request: rt::Request,
}

rt::builder!(Get => (), rt::empty);

type Set = fn(rt::ClientBuilder<Client>) -> rt::ClientBuilder<Client>;

async fn send(operation: &'static rt::Operation, set: Set) -> Result<SentRequest, rt::Error> {
    send_to(&API, operation, set).await
}

async fn send_to(
    description: &'static rt::Api,
    operation: &'static rt::Operation,
    set: Set,
) -> Result<SentRequest, rt::Error> {
    let api = MockTransport::new();
    api.on("get").reply(Reply::new(204));
    let builder = rt::ClientBuilder::<Client>::new(description).base_url("https://api.example.com");
    let builder = set(builder.transport(api.clone()).platform(ManualClock::new()));
    let client = builder.build().expect("the settings are valid");
    let outcome = Get { request: client.0.operation(operation) }.await;
    let sent = api.requests();
    assert_eq!(outcome.is_ok(), sent.len() == 1);
    outcome.map(|()| sent.into_iter().next().expect("it was sent"))
}

#[tokio::test]
async fn an_api_key_goes_where_its_scheme_says() {
    let sent = send(&HEADER, |set| set.auth(rt::ApiKey::new("k&y"))).await.expect("a response");
    assert_eq!(sent.header("x-api-key"), Some("k&y"));
    let sent = send(&QUERY, |set| set.auth(rt::ApiKey::new("k&y"))).await.expect("a response");
    assert_eq!(sent.url(), "https://api.example.com/things?api%20key=k%26y");
    let sent = send(&COOKIE, |set| set.auth(rt::ApiKey::new("k&y"))).await.expect("a response");
    assert_eq!(sent.header("cookie"), Some("sid=k%26y"));
}

#[tokio::test]
async fn a_credential_can_belong_to_one_scheme() {
    let keys: Set = |set| {
        set.auth(rt::ApiKey::for_scheme("Header", "first")).auth(rt::ApiKey::for_scheme("Query", "second"))
    };
    let sent = send(&BOTH, keys).await.expect("a response");
    assert_eq!(sent.header("x-api-key"), Some("first"));
    assert_eq!(sent.query("api key").as_deref(), Some("second"));

    let tokens: Set = |set| {
        set.auth(rt::BearerToken::for_scheme("Bearer", "first"))
            .auth(rt::BearerToken::for_scheme("OtherBearer", "second"))
    };
    let sent = send(&OTHER, tokens).await.expect("a response");
    assert_eq!(sent.header("authorization"), Some("Bearer second"));

    let users: Set =
        |set| set.auth(rt::BasicAuth::for_scheme("Elsewhere", "a", "b")).auth(rt::BasicAuth::new("c", "d"));
    let sent = send(&BASIC, users).await.expect("a response");
    assert_eq!(sent.header("authorization"), Some("Basic Yzpk"));
}

/// Mutual TLS, for example, is part of the connection.
#[tokio::test]
async fn a_scheme_of_another_kind_is_left_to_the_transport() {
    let sent = send(&DIGEST, |set| set).await.expect("a response");
    assert_eq!(sent.header("authorization"), None);
    let sent = send(&DIGEST_AND_KEY, |set| set.auth(rt::ApiKey::for_scheme("Header", "k"))).await;
    assert_eq!(sent.expect("a response").header("x-api-key"), Some("k"));
    let sent = send(&DIGEST_AND_KEY, |set| set.auth(rt::ApiKey::new("k"))).await.expect("a response");
    assert_eq!((sent.header("x-api-key"), sent.header("cookie")), (None, Some("sid=k")));
    let error = send(&DIGEST_AND_KEY, |set| set).await.expect_err("the key is missing");
    assert_eq!(error.kind(), rt::ErrorKind::Authentication);
}

#[tokio::test]
async fn a_missing_credential_is_named_and_nothing_is_sent() {
    let error = send(&BOTH, |set| set.auth(rt::ApiKey::for_scheme("Header", "k"))).await;
    let error = error.expect_err("one of two is missing");
    assert_eq!(error.kind(), rt::ErrorKind::Authentication);
    assert!(error.to_string().contains("Header together with Query"), "{error}");
    let error = send(&BASIC, |set| set.auth(rt::ApiKey::new("k"))).await.expect_err("a key is no password");
    assert!(error.to_string().contains("Basic"), "{error}");
}

/// Some documents describe no security scheme although the API needs a credential.
#[tokio::test]
async fn without_described_schemes_the_first_credential_is_used() {
    static SILENT: rt::Api = rt::Api::NONE;
    static OPEN: rt::Operation = get(&[]);
    let sent = send_to(&SILENT, &OPEN, |set| set.auth(rt::BearerToken::new("t"))).await.expect("a response");
    assert_eq!(sent.header("authorization"), Some("Bearer t"));
    let sent =
        send_to(&SILENT, &OPEN, |set| set.auth(rt::BasicAuth::new("c", "d"))).await.expect("a response");
    assert_eq!(sent.header("authorization"), Some("Basic Yzpk"));
    let sent = send_to(&SILENT, &OPEN, |set| set).await.expect("a response");
    assert_eq!(sent.header("authorization"), None);
    // An operation without security gets none if the document describes schemes.
    let sent = send(&OPEN, |set| set.auth(rt::BearerToken::new("t"))).await.expect("a response");
    assert_eq!(sent.header("authorization"), None);
}

/// The examples are from RFC 7617, sections 2 and 2.1.
#[tokio::test]
async fn basic_credentials_follow_rfc_7617() {
    let sent = send(&BASIC, |set| set.auth(rt::BasicAuth::new("Aladdin", "open sesame"))).await;
    let sent = sent.expect("a response");
    assert_eq!(sent.header("authorization"), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    let sent = send(&BASIC, |set| set.auth(rt::BasicAuth::new("test", "123\u{a3}"))).await;
    assert_eq!(sent.expect("a response").header("authorization"), Some("Basic dGVzdDoxMjPCow=="));
    for set in [(|set| set.auth(rt::BasicAuth::new("a:b", "hidden"))) as Set, |set| {
        set.auth(rt::BasicAuth::new("a", "hidden\n"))
    }] {
        let error = send(&BASIC, set).await.expect_err("it cannot be sent");
        assert_eq!(error.kind(), rt::ErrorKind::Authentication);
        assert!(!format!("{error} {error:?}").contains("hidden"));
    }
}

#[tokio::test]
async fn fixed_credentials_are_never_shown() {
    let shown = format!("{:?} {:?}", rt::ApiKey::new("hidden"), rt::BasicAuth::new("user", "hidden"));
    assert!(!shown.contains("hidden"), "{shown}");
    let error =
        send(&HEADER, |set| set.auth(rt::ApiKey::new("hidden\n"))).await.expect_err("an invalid header");
    assert!(!format!("{error} {error:?}").contains("hidden"));
    let error = send(&BAD, |set| set.auth(rt::ApiKey::new("hidden"))).await.expect_err("an invalid header");
    assert!(error.to_string().contains("no header"), "{error}");
    assert!(!format!("{error} {error:?}").contains("hidden"));
}
