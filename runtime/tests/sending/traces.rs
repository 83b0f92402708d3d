//! Spans and events of calls (feature `tracing`).

use sdk_runtime as rt;

use rt::testing::Reply;

use super::recorder;
use super::sdk::{CREATE, GET, KEYED, Key, set_up, with};

#[tokio::test]
async fn a_call_is_a_span_and_each_attempt_an_event_in_it() {
    recorder::start();
    let sdk = set_up();
    sdk.api.on("get").reply(Reply::new(503).header("retry-after", "7")).reply(Reply::new(200));
    sdk.value(&GET).await;
    let spans = recorder::spans();
    let [call] = &spans[..] else { panic!("one span: {}", recorder::text()) };
    assert_eq!(call.get("otel.name"), Some("GET /things"));
    assert_eq!(call.get("otel.kind"), Some("client"));
    assert_eq!(call.get("sdk.operation"), Some("get"));
    assert_eq!(call.get("sdk.name"), Some("test-sdk"));
    assert_eq!(call.get("http.request.method"), Some("GET"));
    assert_eq!(call.get("url.template"), Some("/things"));
    assert_eq!(call.get("url.full"), Some("https://api.example.com/2.0/things"));
    assert_eq!(call.get("server.address"), Some("api.example.com"));
    assert_eq!(call.get("server.port"), Some("443"));
    assert_eq!(call.get("http.response.status_code"), Some("200"));
    assert_eq!(call.get("http.request.resend_count"), Some("1"));
    assert_eq!((call.get("error.type"), call.get("otel.status_code")), (None, None));
    let [first, second] = &call.events[..] else { panic!("two events: {}", recorder::text()) };
    assert_eq!(first["message"], "attempt failed");
    assert_eq!((&*first["http.response.status_code"], &*first["error.type"]), ("503", "503"));
    assert_eq!((&*first["http.request.resend_count"], &*first["retry_in"]), ("0", "7.0"));
    assert_eq!(second["message"], "attempt succeeded");
    assert_eq!((&*second["http.response.status_code"], &*second["http.request.resend_count"]), ("200", "1"));
}

#[tokio::test]
async fn the_span_of_a_failed_call_says_why() {
    recorder::start();
    let sdk = set_up();
    sdk.api.on("create").reply(Reply::fails(rt::TransportErrorKind::Lost));
    sdk.error(&CREATE).await;
    sdk.api.on("get").reply(Reply::new(404));
    sdk.error(&GET).await;
    sdk.clock.run(sdk.client.request(rt::Method::GET, "/../x").send()).await.expect_err("an invalid request");
    let spans = recorder::spans();
    let kinds: Vec<_> = spans.iter().map(|call| call.get("error.type").unwrap_or_default()).collect();
    assert_eq!(kinds, ["Connection", "404", "InvalidRequest"]);
    assert!(spans.iter().all(|call| call.get("otel.status_code") == Some("ERROR")));
    let why = spans[1].get("otel.status_description").unwrap_or_default();
    assert!(why.contains("404 Not Found"), "{why}");
}

#[tokio::test]
async fn a_redirect_is_an_event() {
    recorder::start();
    let sdk = set_up();
    sdk.api.on("get").reply(Reply::new(307).header("location", "/moved?token=s3cret")).reply(Reply::new(200));
    sdk.value(&GET).await;
    let call = &recorder::spans()[0];
    assert_eq!(call.events.len(), 2);
    assert_eq!(call.events[0]["message"], "redirected");
    assert_eq!(call.events[0]["url.full"], "https://api.example.com/moved?token=***");
}

#[tokio::test]
async fn spans_and_events_contain_no_secret() {
    recorder::start();
    let sdk = with(|builder| builder.auth(Key).default_header("x-secret", "s3cret"));
    sdk.api.on("keyed").always(Reply::json(400, &serde_json::json!({"message": "the key s3cret is wrong"})));
    let mut request = sdk.client.operation(&KEYED);
    request.query("code", rt::Encoding::FORM, &"s3cret".to_owned());
    sdk.clock.run(request.send(rt::bytes)).await.expect_err("a failure");
    assert!(recorder::text().contains("is wrong"), "{}", recorder::text());
    assert!(!recorder::text().contains("s3cret"), "{}", recorder::text());
}
