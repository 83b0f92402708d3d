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
    for body in ["", "<html></html>", "7", "null", "[1,{}]", r#"{"code":"a"#, r#"{"code":{},"message":[]}"#] {
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
async fn the_message_of_an_error_body_is_found_by_its_shape() {
    for body in [
        "\"No way\"",
        r#"{"errors":[{"message":"No way"}]}"#,
        r#"{"errors":["No way"]}"#,
        r#"[{"message":"No way"}]"#,
        r#"{"msg":"No way"}"#,
        r#"{"detail":[{"msg":"No way"}]}"#,
        r#"{"Message":"No way"}"#,
        "\u{feff}{\"error\":{\"errorMessage\":\"No way\"}}",
        "No way\n",
    ] {
        let error = error(answer("400 Bad Request", body)).await;
        assert_eq!(error.message(), Some("No way"), "{body}");
        assert!(error.to_string().ends_with(": 400 Bad Request: No way"), "{error}");
    }
    let text = error(with_headers("400 Bad Request", &[("content-type", "text/plain")], "No way")).await;
    assert!(text.to_string().ends_with(": 400 Bad Request: No way"), "{text}");
    let page = error(answer("502 Bad Gateway", "<!doctype html><title>Oh no</title>")).await;
    assert!(page.to_string().ends_with("the body is an HTML page with the title `Oh no`"), "{page}");
}

#[tokio::test]
async fn an_error_body_of_json_that_is_cut_off_is_shown_from_its_start() {
    let body = r#"{"code":"bad","token":"a \" b","message":"No such thi"#;
    let cut =
        Step::Cut(format!("HTTP/1.1 400 Bad Request\r\ncontent-length: 500\r\n\r\n{body}").into_bytes());
    for step in [answer("400 Bad Request", body), cut] {
        let error = error(step).await;
        assert_eq!((error.code(), error.message()), (None, None));
        let shown =
            r#": 400 Bad Request: the body starts with `{"code":"bad","token":***","message":"No such thi`"#;
        assert!(error.to_string().ends_with(shown), "{error}");
    }
}

#[tokio::test]
async fn a_secret_that_an_error_body_repeats_is_hidden() {
    for body in
        ["wrong: t0ken!", r#"{"message":"`t0ken!` is wrong"}"#, "token=abcdef", r#"{"error":{"token":"a"}}"#]
    {
        let server = Server::start([answer("403 Forbidden", body)]).await;
        let client = sdk::builder().auth(rt::BearerToken::new("t0ken!")).base_url(server.url.clone());
        let client = client.build().expect("a client").0.with_credential(rt::BearerToken::new("t0ken!"));
        let error = sdk::Client(client).things(&sdk::GET).await.expect_err("a refusal");
        for shown in [format!("{error}"), format!("{error:?}"), format!("{:?}", error.message())] {
            assert!(
                !shown.contains("t0ken") && !shown.contains("abcdef") && !shown.contains("token:"),
                "{shown}"
            );
        }
    }
}

#[tokio::test]
async fn a_body_that_is_not_json_is_named_in_words() {
    let shown = |headers: &'static [(&str, &str)], status: &'static str, body: &'static str| async move {
        let error = error(with_headers(status, headers, body)).await;
        assert!(error.is_decoding(), "{error}");
        error.to_string().split_once("could not be decoded: ").expect("a reason").1.to_owned()
    };
    let page = "<!doctype html><title>Sign in</title>";
    let of_page = "the body is an HTML page with the title `Sign in`, but the document describes JSON";
    assert_eq!(shown(&[("content-type", "application/json")], "200 OK", page).await, of_page);
    assert_eq!(shown(&[("content-type", "text/html")], "200 OK", page).await, of_page);
    assert_eq!(shown(&[], "200 OK", "").await, "the body is empty, but the document describes JSON");
    assert_eq!(
        shown(&[("content-type", "text/plain; charset=utf-8")], "200 OK", "Hello").await,
        "the body is not JSON; its content type is `text/plain`"
    );
    assert_eq!(
        shown(&[], "204 No Content", "").await,
        "the server answered 204 No Content, but the document describes a response with a JSON body"
    );
}

#[tokio::test]
async fn the_text_of_an_error_does_not_repeat_its_sources() {
    let cut = Step::Cut(b"HTTP/1.1 201 Created\r\ncontent-length: 9\r\n\r\n{".to_vec());
    let closed = Step::Cut(Vec::new());
    let half =
        Step::Cut(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 50\r\n\r\n{\"code\":".to_vec());
    for step in [cut, closed, half] {
        let error = error(step).await;
        let mut texts = vec![error.to_string()];
        let mut next = std::error::Error::source(&error);
        while let Some(source) = next {
            texts.push(source.to_string());
            next = source.source();
        }
        assert!(texts.len() > 1, "{error}");
        for (index, text) in texts.iter().enumerate() {
            assert!(!texts[..index].iter().any(|outer| outer.contains(text.as_str())), "{texts:?}");
        }
        assert_eq!(format!("{error:#}"), texts.join(": "));
    }
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

#[tokio::test]
async fn a_byte_order_mark_is_stripped() {
    let server = Server::start([answer("200 OK", "\u{feff}{\"a\":1}")]).await;
    let client = client(&server).0;
    let request = || client.request(rt::Method::GET, "/things");
    let own: serde_json::Value = request().send_json().await.expect("JSON");
    assert_eq!(own["a"], 1);
    let text = request().send_download().await.expect("a response").text().await.expect("text");
    assert_eq!(text, "{\"a\":1}");
    let error = error(answer("404 Not Found", "\u{feff}{\"code\":\"gone\"}")).await;
    assert_eq!(error.code(), Some("gone"));
    assert_eq!(error.body_as::<serde_json::Value>().expect("JSON")["code"], "gone");
}

#[tokio::test]
async fn a_header_may_be_utf8() {
    let server = Server::start([with_headers("200 OK", &[("x-name", "Zoë")], "{}")]).await;
    let reply = client(&server).things(&sdk::GET).send().with_response().await.expect("a response");
    assert_eq!(reply.header("x-name"), Some("Zoë"));
    let error = error(with_headers("404 Not Found", &[("x-name", "Zoë")], "{}")).await;
    assert_eq!(error.header("x-name"), Some("Zoë"));
}
