//! Responses: values, errors, and everything that they hold.

use std::collections::BTreeMap;
use std::time::Duration;

use sdk_runtime as rt;

use super::sdk::{self, client};
use super::server::{Server, Step, answer, with_headers};

async fn error(step: Step) -> rt::Error {
    let server = Server::start([step]).await;
    client(&server).things(&sdk::GET).await.expect_err("an error")
}

#[tokio::test]
async fn a_response_has_status_and_headers() {
    let server =
        Server::start([with_headers("201 Created", &[("X-Id", "r1"), ("etag", "e")], r#"{"a":1}"#)]).await;
    let reply = client(&server).things(&sdk::GET).send().with_response().await.expect("a response");
    assert_eq!(reply.status(), 201);
    assert_eq!(reply.header("ETag"), Some("e"));
    assert_eq!(reply.request_id(), Some("r1"));
    assert_eq!(reply.attempts(), 1);
    assert_eq!(reply.into_value(), BTreeMap::from([("a".to_owned(), 1)]));
}

#[tokio::test]
async fn an_error_keeps_all_fields_and_the_raw_body() {
    let body = r#"{"code":"not_found","message":"No such\nthing","request_id":"r2","help_url":"https://h","context_info":{"a":[1]}}"#;
    let error =
        error(with_headers("404 Not Found", &[("retry-after", "1.5"), ("x-id", "header")], body)).await;
    assert!(error.is_not_found() && !error.is_retryable() && !error.is_timeout());
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert_eq!(error.code(), Some("not_found"));
    assert_eq!(error.message(), Some("No such\nthing"));
    assert_eq!(error.request_id(), Some("r2"));
    assert_eq!(error.help_url(), Some("https://h"));
    assert_eq!(error.context().and_then(|context| context.pointer("/a/0")), Some(&1.into()));
    assert_eq!(error.retry_after(), Some(Duration::from_millis(1500)));
    assert_eq!(error.raw_body().map(|body| &body[..]), Some(body.as_bytes()));
    assert_eq!(error.header("x-id"), Some("header"));
    assert_eq!(error.operation(), Some("things"));
    assert_eq!(error.attempts(), 1);
    let typed: BTreeMap<String, serde_json::Value> = error.body_as().expect("an object");
    assert_eq!(typed["code"], "not_found");
    assert!(error.body_as::<Vec<i64>>().is_err_and(|error| error.is_decoding()));
    let url = error.url().expect("a URL").to_owned();
    assert!(url.ends_with("/v2/things/1"));
    let shown = format!("GET {url}: 404 Not Found: No such thing [code not_found, request id r2]");
    assert_eq!(error.to_string(), shown);
    assert_eq!(std::mem::size_of::<rt::Error>(), std::mem::size_of::<usize>());
}

#[tokio::test]
async fn an_error_body_may_be_anything() {
    for body in [
        "",
        "no way",
        "<html></html>",
        "7",
        "null",
        "[1,{}]",
        "\"text\"",
        r#"{"code":"a"#,
        r#"{"code":{},"message":[]}"#,
    ] {
        let error = error(answer("500 Internal Server Error", body)).await;
        assert_eq!(error.kind(), rt::ErrorKind::Api, "{body}");
        assert!(error.is_server_error() && error.is_retryable());
        assert_eq!((error.code(), error.message()), (None, None), "{body}");
        assert_eq!(error.raw_body().map(|body| &body[..]), Some(body.as_bytes()));
    }
    let cut = Step::Cut(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 50\r\n\r\n{\"code\":".to_vec());
    let cut = error(cut).await;
    assert_eq!((cut.kind(), cut.status().map(|status| status.as_u16())), (rt::ErrorKind::Api, Some(503)));
    assert_eq!(cut.raw_body().map(|body| &body[..]), Some(&b"{\"code\":"[..]));
    assert!(std::error::Error::source(&cut).is_some());
}

#[tokio::test]
async fn an_oauth_error_body_is_recognized() {
    let error =
        error(answer("400 Bad Request", r#"{"error":"invalid_grant","error_description":"too old"}"#)).await;
    assert_eq!((error.code(), error.message()), (Some("invalid_grant"), Some("too old")));
}

#[tokio::test]
async fn other_statuses_are_errors_with_predicates_and_headers() {
    assert!(error(with_headers("304 Not Modified", &[], "")).await.is_not_modified());
    let redirect = error(with_headers("302 Found", &[("location", "/elsewhere")], "")).await;
    assert_eq!(redirect.header("location"), Some("/elsewhere"));
    assert!(error(answer("403 Forbidden", "")).await.is_forbidden());
    assert!(error(answer("409 Conflict", "")).await.is_conflict());
    assert!(error(answer("412 Precondition Failed", "")).await.is_precondition_failed());
    assert!(error(answer("429 Too Many Requests", "")).await.is_rate_limited());
}

#[tokio::test]
async fn a_decoding_error_names_path_and_offset() {
    let wrong = error(answer("200 OK", r#"{"a":1,"b":"x"}"#)).await;
    assert_eq!(
        (wrong.kind(), wrong.json_path(), wrong.byte_offset()),
        (rt::ErrorKind::Decoding, Some("b"), Some(11))
    );
    assert_eq!(wrong.raw_body().map(|body| &body[..]), Some(&br#"{"a":1,"b":"x"}"#[..]));
    assert_eq!(wrong.status().map(|status| status.as_u16()), Some(200));
    let shown = wrong.to_string();
    assert!(
        shown.ends_with(
            "the response could not be decoded at `b` (byte 11): invalid type: string, expected an integer"
        ),
        "{shown}"
    );
    for body in ["", "<html>", "{\"a\":1"] {
        assert!(error(answer("200 OK", body)).await.is_decoding(), "{body}");
    }
    let server = Server::start([answer("200 OK", "\u{feff}{}")]).await;
    assert!(client(&server).things(&sdk::GET).await.expect("a response").is_empty());
}

#[tokio::test]
async fn retry_after_may_be_a_date() {
    let past =
        error(with_headers("429 Too Many Requests", &[("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")], ""))
            .await;
    assert_eq!(past.retry_after(), Some(Duration::ZERO));
    let future =
        error(with_headers("429 Too Many Requests", &[("Retry-After", "Fri, 01 Jan 9999 00:00:00 GMT")], ""))
            .await;
    assert!(future.retry_after() > Some(Duration::from_secs(86_400)));
    let never = error(with_headers("429 Too Many Requests", &[("Retry-After", "soon")], "")).await;
    assert_eq!(never.retry_after(), None);
}

#[test]
fn calls_and_errors_are_send() {
    fn is_send<T: Send + 'static>() {}
    is_send::<rt::Call<()>>();
    is_send::<rt::ResponseCall<()>>();
    is_send::<sdk::Things>();
    is_send::<rt::Error>();
    fn is_sync<T: Sync>() {}
    is_sync::<sdk::Client>();
    is_sync::<rt::Error>();
}
