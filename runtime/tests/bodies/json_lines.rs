//! Streams of JSON values, each on a line or in a part of its own.

use std::collections::BTreeMap;

use sdk_runtime as rt;

use rt::testing::Reply;
use rt::{ErrorKind, JsonLines, JsonLinesBody};

use crate::set_up::{LINES, PARTS, SENT_EVENTS, SEQUENCE, Trial, Values};

type Counts = BTreeMap<String, i64>;

async fn lines(reply: Reply) -> (Trial, JsonLines<Counts>) {
    let trial = Trial::new();
    trial.api.on("lines").reply(reply);
    let call = trial.request(&LINES).receive(rt::json_lines);
    let lines = trial.clock.run(call).await.expect("a response");
    (trial, lines)
}

#[tokio::test]
async fn values_arrive_before_the_stream_ends() {
    let reply = Reply::new(200).chunks(["{\"a\":", "1}\n{\"b\":2}\r\n\n"]).stalls();
    let (trial, mut lines) = lines(reply).await;
    assert_eq!(trial.api.requests()[0].header("accept"), Some("application/x-ndjson"));
    for (name, count) in [("a", 1), ("b", 2)] {
        let value = lines.next().await.expect("a line").expect("a value");
        assert_eq!(value, Counts::from([(name.to_owned(), count)]));
    }
}

#[tokio::test]
async fn an_invalid_line_fails_alone_and_the_last_one_needs_no_end() {
    let (_trial, mut lines) = lines(Reply::new(200).text("{\"a\":1}\n\n{\"a\":\"b\"}\n{\"a\":2}")).await;
    assert!(lines.next().await.expect("a line").is_ok());
    let error = lines.next().await.expect("a line").expect_err("invalid");
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decoding, Some("a")));
    assert!(error.to_string().contains("(line 3)"), "{error}");
    assert_eq!(error.operation(), Some("lines"));
    let last = lines.next().await.expect("a line").expect("a value");
    assert_eq!(last, Counts::from([("a".to_owned(), 2)]));
    assert!(lines.next().await.is_none());
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn a_body_that_is_not_json_lines_is_one_error() {
    for (body, shown) in [
        ("<!doctype html>\n<title>Oh no</title>\n<p>no\n", "an HTML page with the title `Oh no`"),
        ("{\n  \"message\": \"No way\",\n  \"a\": 1\n}\n", "No way"),
        ("[\n{\"a\":1},\n{\"a\":2}\n]", "\"a\":1"),
    ] {
        let (_trial, mut lines) = lines(Reply::new(200).text(body)).await;
        let error = lines.next().await.expect("an error").expect_err("no lines");
        assert_eq!(error.kind(), ErrorKind::Decoding);
        assert!(error.to_string().contains(shown), "{error}");
        assert!(lines.next().await.is_none(), "{body}");
    }
    let (_trial, mut lines) = lines(Reply::new(200).text("{\"a\":1}\n<p>\n{\n{\"a\":2}")).await;
    let mut valid = Vec::new();
    while let Some(line) = lines.next().await {
        valid.push(line.is_ok());
    }
    assert_eq!(valid, [true, false, false, true]);
}

#[tokio::test]
async fn a_byte_order_mark_is_stripped_from_lines_sequences_and_parts() {
    let parts = "--b\r\n\r\n\u{feff}{\"a\":1}\r\n--b\r\n\r\n\u{feff}{\"a\":1}\r\n--b--";
    for (text, media_type) in [
        ("\u{feff}{\"a\":1}\n\u{feff}{\"a\":1}\n", "application/x-ndjson"),
        ("\u{feff}\u{1e}{\"a\":\n1}\n\u{1e}\u{feff}{\"a\":1}\n", "application/json-seq"),
        (parts, "multipart/mixed; boundary=b"),
    ] {
        let reply = Reply::new(200).header("content-type", media_type).text(text);
        let (_trial, mut lines) = lines(reply).await;
        for _ in 0..2 {
            let value = lines.next().await.expect("a value").expect("valid JSON");
            assert_eq!(value, Counts::from([("a".to_owned(), 1)]));
        }
        assert!(lines.next().await.is_none());
    }
}

#[tokio::test]
async fn wrapped_values_are_unwrapped_and_a_wrapped_error_is_the_error_of_the_stream() {
    let trial = Trial::new();
    let text = "{\"result\":{\"a\":1}}\n{\"result\":{\"a\":\"b\"},\"error\":null}\n\
                {\"error\":{\"code\":14,\"message\":\"gone\"}}\n{\"a\":2}\n";
    trial.api.on("lines").reply(Reply::new(200).text(text));
    let call = trial.request(&LINES).receive(rt::results::<Counts>);
    let mut lines = trial.clock.run(call).await.expect("a response");
    let first = lines.next().await.expect("a line").expect("a value");
    assert_eq!(first, Counts::from([("a".to_owned(), 1)]));
    let error = lines.next().await.expect("a line").expect_err("invalid");
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decoding, Some("a")));
    let error = lines.next().await.expect("a line").expect_err("a failure");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Api, Some("lines")));
    assert!(error.to_string().contains("in line 3"), "{error}");
    assert!(error.raw_body().is_some_and(|body| body.ends_with(b"\"gone\"}}")), "{error}");
    let last = lines.next().await.expect("a line").expect("a value without a wrapper");
    assert_eq!(last, Counts::from([("a".to_owned(), 2)]));
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn an_unsuccessful_status_is_an_error_of_the_call() {
    let trial = Trial::new();
    trial.api.on("lines").reply(Reply::new(404).text("{\"message\":\"gone\"}"));
    let call = trial.request(&LINES).receive(rt::json_lines::<Counts>);
    let error = trial.clock.run(call).await.expect_err("no lines");
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn values_are_sent_as_lines_a_sequence_or_events() {
    let trial = Trial::new();
    let events = (&SENT_EVENTS, "data: 1\n\ndata: 2\n\n");
    for (operation, expected) in [(&LINES, "1\n2\n"), (&SEQUENCE, "\u{1e}1\n\u{1e}2\n"), events] {
        let bodies = [JsonLinesBody::from([1_i64, 2]), JsonLinesBody::stream(Values::of(vec![1_i64, 2]))];
        for body in bodies {
            trial.api.on("lines").reply(Reply::new(204));
            let mut request = trial.request(operation);
            request.json_lines(body);
            let answer = trial.clock.run(request.receive(rt::download)).await.expect("a response");
            assert_eq!(answer.bytes().await.expect("nothing").len(), 0);
            let sent = trial.api.requests().pop().expect("a request");
            assert_eq!(sent.body(), expected.as_bytes());
        }
    }
}

#[tokio::test]
async fn parts_arrive_before_the_stream_ends_and_an_invalid_one_fails_alone() {
    let trial = Trial::new();
    let pieces = ["--a\r\n\r\n{\"a\":1}\r\n--", "a\r\n\r\n[]\r\n--a\r\n\r\n{\"a\":3}\r\n--a\r\n"];
    let reply = Reply::new(200).header("content-type", "multipart/mixed; boundary=a").chunks(pieces).stalls();
    trial.api.on("lines").reply(reply);
    let call = trial.request(&PARTS).receive(rt::json_lines::<Counts>);
    let mut parts = trial.clock.run(call).await.expect("a response");
    assert_eq!(parts.next().await.expect("a part").expect("a value"), Counts::from([("a".to_owned(), 1)]));
    let error = parts.next().await.expect("a part").expect_err("a list");
    assert!(error.to_string().contains("(part 2)"), "{error}");
    assert_eq!(parts.next().await.expect("a part").expect("a value"), Counts::from([("a".to_owned(), 3)]));
}

#[tokio::test]
async fn values_are_sent_as_parts() {
    let trial = Trial::new();
    for body in [JsonLinesBody::from([1_i64, 2]), JsonLinesBody::stream(Values::of(vec![1_i64, 2]))] {
        trial.api.on("lines").reply(Reply::new(204));
        let mut request = trial.request(&PARTS);
        request.json_lines(body);
        let answer = trial.clock.run(request.receive(rt::download)).await.expect("a response");
        assert_eq!(answer.bytes().await.expect("nothing").len(), 0);
        let sent = trial.api.requests().pop().expect("a request");
        let content_type = sent.header("content-type").expect("a content type");
        let boundary = content_type.strip_prefix("multipart/mixed; boundary=").expect("a boundary");
        let head = format!("--{boundary}\r\ncontent-type: application/json\r\n\r\n");
        let expected = format!("{head}1\r\n{head}2\r\n--{boundary}--\r\n");
        assert_eq!(std::str::from_utf8(sent.body()), Ok(expected.as_str()));
    }
}
