//! Requests on the wire: paths, queries, headers, bodies.

use std::collections::BTreeMap;

use sdk_runtime as rt;

use super::sdk::{self, client};
use super::server::{Server, answer};

async fn server() -> Server {
    Server::start([answer("200 OK", r#"{"a":1}"#)]).await
}

#[tokio::test]
async fn a_get_carries_all_parameters() {
    let server = server().await;
    let mut things = client(&server).things(&sdk::GET);
    let list = rt::Encoding { explode: false, ..rt::Encoding::FORM };
    things.request.query("fields", list, &rt::list(["id"]));
    things.request.query("limit", rt::Encoding::FORM, &100_i64);
    things.request.query("fields", list, &rt::list(["id", "a,b"]));
    things.request.query("gone", rt::Encoding::FORM, &true);
    things.request.query("gone", rt::Encoding::FORM, &None::<bool>);
    things.request.header("X-List", rt::Encoding::SIMPLE, &vec![1_i64, 2]);
    things.request.cookie("c", rt::Encoding::FORM, &"a b".to_owned());
    let value = things.await.expect("a response");
    assert_eq!(value, BTreeMap::from([("a".to_owned(), 1)]));
    let got = server.only();
    assert_eq!(got.line, "GET /v2/things/1?fields=id,a%2Cb&limit=100 HTTP/1.1");
    assert_eq!(got.header("accept"), Some("application/json"));
    assert_eq!(got.header("authorization"), Some("Bearer t0ken"));
    assert_eq!(got.header("user-agent"), Some("test-sdk/1.2.3"));
    assert_eq!(got.header("x-list"), Some("1,2"));
    assert_eq!(got.header("cookie"), Some("c=a%20b"));
    assert_eq!(got.header("content-type"), None);
    assert_eq!(got.body, "");
}

#[tokio::test]
async fn a_path_parameter_is_one_escaped_segment() {
    let server = server().await;
    let client = client(&server);
    for (id, sent) in [
        ("../users/me?x=1#", "..%2Fusers%2Fme%3Fx%3D1%23"),
        ("a/b c?é", "a%2Fb%20c%3F%C3%A9"),
        ("%2e%2e", "%252e%252e"),
        ("...", "..."),
        ("a\\b", "a%5Cb"),
    ] {
        client.with_id(&sdk::GET, id).await.expect("a response");
        let got = server.got().pop().expect("a request");
        assert_eq!(got.line, format!("GET /v2/things/{sent} HTTP/1.1"));
    }
}

#[tokio::test]
async fn an_empty_or_dot_path_parameter_is_refused() {
    let server = server().await;
    let client = client(&server);
    for id in ["", ".", ".."] {
        let error = client.with_id(&sdk::GET, id).await.expect_err("an invalid request");
        assert_eq!(error.kind(), rt::ErrorKind::InvalidRequest);
        assert_eq!(error.attempts(), 0);
    }
    let unset = sdk::Things { request: client.0.operation(&sdk::GET) };
    let error = unset.await.expect_err("an invalid request");
    assert_eq!(error.to_string(), "GET /things/{id}#variant: path parameter `id` is not set");
    assert!(server.got().is_empty());
}

#[tokio::test]
async fn a_json_body_has_the_members_that_were_set() {
    let server = server().await;
    let mut things = client(&server).things(&sdk::CREATE);
    things.request.member("b", &"x".to_owned());
    things.request.member("a", &rt::map([("k", true)]));
    things.request.member_null("c");
    things.request.member("b", &"y\"".to_owned());
    things.await.expect("a response");
    let got = server.only();
    assert_eq!(got.line, "POST /v2/things/1 HTTP/1.1");
    assert_eq!(got.header("content-type"), Some("application/json"));
    assert_eq!(got.body, r#"{"b":"y\"","a":{"k":true},"c":null}"#);
}

#[tokio::test]
async fn an_empty_json_body_is_sent_as_an_empty_object() {
    let server = server().await;
    client(&server).things(&sdk::CREATE).await.expect("a response");
    assert_eq!(server.only().body, "{}");
}

#[tokio::test]
async fn form_and_json_value_bodies_have_their_media_types() {
    let server = server().await;
    let client = client(&server);
    let mut form = client.things(&sdk::FORM);
    form.request.field("grant_type", rt::Encoding::FORM, &"a b&c".to_owned());
    form.request.field("scope", rt::Encoding::FORM, &rt::list(["x", "y"]));
    form.await.expect("a response");
    let mut value = client.things(&sdk::VALUE);
    value.request.json(&vec![serde_json::json!({"op": "remove"})]);
    value.await.expect("a response");
    client.things(&sdk::VALUE).await.expect("a response");
    let got = server.got();
    assert_eq!(got[0].header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(got[0].body, "grant_type=a+b%26c&scope=x&scope=y");
    assert_eq!(got[1].header("content-type"), Some("application/json-patch+json"));
    assert_eq!(got[1].body, r#"[{"op":"remove"}]"#);
    assert_eq!((got[2].header("content-type"), got[2].body.as_str()), (None, ""));
}

#[tokio::test]
async fn call_headers_override_client_headers() {
    let server = server().await;
    let client: sdk::Client = sdk::builder()
        .base_url(&server.url)
        .default_header("x-a", "client")
        .default_header("x-b", "client")
        .default_header("x-c", "client")
        .default_header("user-agent", "mine")
        .default_header("authorization", "mine")
        .user_agent_suffix("app/1")
        .build()
        .expect("a client");
    let mut things = client.things(&sdk::GET);
    things.request.header("x-b", rt::Encoding::SIMPLE, &"parameter".to_owned());
    things
        .extra_headers([("X-B", "call"), ("x-d", "call")])
        .extra_header("x-c", None::<String>)
        .await
        .expect("a response");
    let got = server.only();
    assert_eq!(got.header("x-a"), Some("client"));
    assert_eq!(got.header("x-b"), Some("call"));
    assert_eq!(got.header("x-c"), None);
    assert_eq!(got.header("x-d"), Some("call"));
    assert_eq!(got.header("user-agent"), Some("mine"));
    assert_eq!(got.header("authorization"), Some("Bearer t0ken"));
}

#[tokio::test]
async fn invalid_headers_are_refused() {
    let server = server().await;
    let client = client(&server);
    for (name, value) in
        [("x\n", "a"), ("", "a"), ("x", "s3cret\r\nevil: 1"), ("content-length", "5"), ("Host", "evil")]
    {
        let error = client.things(&sdk::GET).extra_header(name, value).await.expect_err("an invalid request");
        assert_eq!(error.kind(), rt::ErrorKind::InvalidRequest);
        assert!(!format!("{error} {error:?}").contains("s3cret"));
    }
    assert!(server.got().is_empty());
    let error = sdk::builder().default_header("a b", "c").build().expect_err("an invalid header");
    assert_eq!(error.kind(), rt::ErrorKind::Configuration);
}

#[tokio::test]
async fn a_custom_request_reaches_any_path() {
    let server = server().await;
    let client = client(&server).0;
    let value: BTreeMap<String, i64> = client
        .request(rt::Method::POST, "users/me?a=b#fragment")
        .query("x y", "é")
        .query("x y", "2")
        .extra_header("x-a", "1")
        .json(&serde_json::json!({"b": [1]}))
        .send_json()
        .await
        .expect("a response");
    assert_eq!(value["a"], 1);
    let got = server.only();
    assert_eq!(got.line, "POST /v2/users/me?a=b&x%20y=%C3%A9&x%20y=2 HTTP/1.1");
    assert_eq!(got.header("authorization"), Some("Bearer t0ken"));
    assert_eq!(got.body, r#"{"b":[1]}"#);
    for path in ["/users/../x", "/users/.\t./x", "/a/%2E%2e/b", "/.", "https://user:pass@example.com/"] {
        let error = client.request(rt::Method::GET, path).await.expect_err("an invalid request");
        assert_eq!(error.kind(), rt::ErrorKind::InvalidRequest, "{path}");
        assert!(!error.to_string().contains("pass@"));
    }
}

#[tokio::test]
async fn base_urls_may_have_a_prefix_and_a_trailing_slash() {
    let server = server().await;
    for (base, sent) in
        [("", "/things/1"), ("/", "/things/1"), ("/a/b", "/a/b/things/1"), ("/a/b/", "/a/b/things/1")]
    {
        let client: sdk::Client =
            sdk::builder().base_url(format!("{}{base}", server.url)).build().expect("a client");
        client.things(&sdk::GET).await.expect("a response");
        assert_eq!(server.got().pop().expect("a request").line, format!("GET {sent} HTTP/1.1"));
    }
    for base in ["", "/v2", "ftp://example.com", "http://a:b@example.com", "http://example.com?x=1"] {
        let error = sdk::builder().base_url(base).build().expect_err("an invalid base URL");
        assert_eq!(error.kind(), rt::ErrorKind::Configuration, "{base}");
        let lazy: sdk::Client = sdk::builder().base_url(base).build_lazily();
        let error = lazy.things(&sdk::GET).await.expect_err("an invalid base URL");
        assert_eq!(error.kind(), rt::ErrorKind::Configuration, "{base}");
    }
}
