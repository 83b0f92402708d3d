//! Server-sent events.

use std::collections::BTreeMap;
use std::time::Duration;

use sdk_runtime as rt;

use rt::testing::Reply;
use rt::{ErrorKind, Events, TimeoutKind};

use crate::set_up::{EVENTS, PATCH, Trial};

type Counts = BTreeMap<String, i64>;

async fn events<T: rt::Json + Send + 'static>(reply: Reply) -> (Trial, Events<T>) {
    let trial = Trial::new();
    trial.api.on("events").reply(reply);
    let call = trial.request(&EVENTS).receive(rt::events);
    let events = trial.clock.run(call).await.expect("a response");
    (trial, events)
}

#[tokio::test]
async fn events_have_data_name_and_id() {
    let pieces =
        ["event: add\nid: 7\nda", "ta: {\"a\":\ndata: 1}\n", "\n: alive\n\nretry: 20\ndata: {}\r\n\r\n"];
    let (trial, mut events) = events::<Counts>(Reply::new(200).chunks(pieces)).await;
    assert_eq!(trial.api.requests()[0].header("accept"), Some("text/event-stream"));
    let first = events.next().await.expect("an event").expect("a value");
    assert_eq!((first.event.as_deref(), first.id.as_deref()), (Some("add"), Some("7")));
    assert_eq!(first.data, Counts::from([("a".to_owned(), 1)]));
    let second = events.next().await.expect("an event").expect("a value");
    assert_eq!((second.event, second.data.len()), (None, 0));
    assert_eq!((events.last_id(), events.retry()), (Some("7"), Some(Duration::from_millis(20))));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn done_ends_the_stream_on_an_open_connection() {
    let reply = Reply::new(200).chunks(["data: {\"a\":1}\n\ndata: [DONE]\n\ndata: {}\n\n"]).stalls();
    let (_trial, mut events) = events::<Counts>(reply).await;
    assert!(events.next().await.expect("an event").is_ok());
    assert!(events.next().await.is_none());
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_plain_text_in_place_of_events_is_an_error() {
    for pieces in [&["no healthy", " upstream"][..], &["upstream error: reset\n", "try\n\nlater: \n"]] {
        let reply = Reply::new(200).header("content-type", "text/plain").chunks(pieces.iter().copied());
        let (_trial, mut events) = events::<Counts>(reply).await;
        let error = events.next().await.expect("an item").expect_err("no event");
        assert_eq!((error.kind(), error.raw_body()), (ErrorKind::Decoding, Some(&pieces.concat().into())));
        assert!(error.to_string().contains(&format!("not an event stream: {}", &pieces[0][..8])), "{error}");
        assert!(events.next().await.is_none());
    }
    // Comments and other fields are events without data, and so is nothing at all.
    for text in [": alive\n", "ping: 1\n\nid: 7\n\n", "dat", "retry: 5", "", "\r\n\r\n"] {
        let reply = Reply::new(200).chunks([text]);
        let reply = if text == "dat" { reply.cut() } else { reply };
        let (_trial, mut events) = events::<Counts>(reply).await;
        let end = events.next().await.map(|event| event.expect_err("no event").kind());
        assert_eq!(end, (text == "dat").then_some(ErrorKind::Connection), "{text:?}");
    }
}

#[tokio::test]
async fn invalid_data_fails_only_its_own_event() {
    let reply = Reply::new(200).text("data: {\"a\":\"b\"}\n\nevent: ping\ndata:\n\ndata: {\"a\":2}\n\n");
    let (_trial, mut events) = events::<Counts>(reply).await;
    let error = events.next().await.expect("an event").expect_err("invalid data");
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decoding, Some("a")));
    assert_eq!(error.operation(), Some("events"));
    let next = events.next().await.expect("an event").expect("a value");
    assert_eq!(next.data, Counts::from([("a".to_owned(), 2)]));
}

#[tokio::test]
async fn a_byte_order_mark_is_stripped_from_streams_and_events() {
    let error = "event: error\ndata: \u{feff}{\"message\":\"busy\"}\n\n";
    let text = format!("\u{feff}data: \u{feff}{{\"a\":1}}\n\n{error}data: \u{feff}[DONE]\n\ndata: {{}}\n\n");
    let (_trial, mut events) = events::<Counts>(Reply::new(200).text(text)).await;
    let event = events.next().await.expect("an event").expect("a value");
    assert_eq!(event.data, Counts::from([("a".to_owned(), 1)]));
    let error = events.next().await.expect("an event").expect_err("an error");
    assert_eq!((error.kind(), error.message()), (ErrorKind::Api, Some("busy")));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn strings_may_come_without_quotes() {
    let reply = Reply::new(200).text("data: one two\n\ndata: \"three\"\n\ndata: 4\n\n");
    let (_trial, mut events) = events::<String>(reply).await;
    for expected in ["one two", "three", "4"] {
        assert_eq!(events.next().await.expect("an event").expect("a value").data, expected);
    }
}

#[tokio::test]
async fn a_lost_connection_ends_the_events() {
    let (_trial, mut cut) = events::<Counts>(Reply::new(200).chunks(["data: {}\n\ndata: {"]).cut()).await;
    assert!(cut.next().await.expect("an event").is_ok());
    let error = cut.next().await.expect("an item").expect_err("a lost connection");
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(cut.next().await.is_none());

    let (trial, mut stalled) = events::<Counts>(Reply::new(200).chunks(["data: {}\n\n"]).stalls()).await;
    assert!(stalled.next().await.expect("an event").is_ok());
    let error = trial.clock.run(stalled.next()).await.expect("an item").expect_err("a stall");
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Read));
}

#[tokio::test]
async fn the_size_of_an_event_is_bounded() {
    let trial = Trial::new();
    trial.api.on("events").reply(Reply::new(200).chunks(["data: one two", " three four"]));
    let client = trial.client.with_options(|options| options.max_buffer(20));
    let call = client.operation(&EVENTS).receive(rt::events::<Counts>);
    let mut events = trial.clock.run(call).await.expect("a response");
    assert!(events.next().await.expect("an error").expect_err("too large").to_string().contains("20 bytes"));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn events_can_be_requested_instead_of_json() {
    let trial = Trial::new();
    trial
        .api
        .on("patch")
        .reply(Reply::new(200).chunks(["data: {\"a\":1}\n\n"]).stalls())
        .reply(Reply::json(200, &Counts::new()).header("content-type", "application/json; charset=utf-8"));
    let call = || trial.request(&PATCH).receive_as("text/event-stream", rt::events::<Counts>);
    let mut events = trial.clock.run(call()).await.expect("a response");
    assert!(events.next().await.expect("an event").is_ok());
    assert_eq!(trial.api.requests()[0].header("accept"), Some("text/event-stream"));
    let error = trial.clock.run(call()).await.expect_err("no events");
    assert!(error.to_string().contains("is not an event stream"), "{error}");
}

#[tokio::test]
async fn an_error_event_is_an_error_with_its_body() {
    let reply = Reply::new(200).text(concat!(
        "data: {\"error\":{\"code\":\"busy\",\"message\":\"Too much\"}}\n\n",
        "event: error\ndata: {\"message\":\"Oh no\"}\n\n",
        "event: error\ndata: gone\n\n",
        "data: {\"error\":5}\n\n",
    ));
    let (_trial, mut events) = events::<Counts>(reply).await;
    let error = events.next().await.expect("an event").expect_err("an error");
    assert_eq!(
        (error.kind(), error.code(), error.message()),
        (ErrorKind::Api, Some("busy"), Some("Too much"))
    );
    let body = "{\"error\":{\"code\":\"busy\",\"message\":\"Too much\"}}";
    assert_eq!(error.raw_body().map(|body| &body[..]), Some(body.as_bytes()));
    let shown = "the server sent an error in the event `message`: Too much [code busy]";
    assert!(error.to_string().ends_with(shown), "{error}");
    let error = events.next().await.expect("an event").expect_err("an error");
    assert!(error.to_string().ends_with("the server sent an error in the event `error`: Oh no"), "{error}");
    let error = events.next().await.expect("an event").expect_err("an error");
    assert!(error.to_string().ends_with("in the event `error`: gone"), "{error}");
    let number = events.next().await.expect("an event").expect("a value");
    assert_eq!(number.data["error"], 5);
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn an_error_event_of_strings_is_an_error_too() {
    let (_trial, mut events) = events::<String>(Reply::new(200).text("event: error\ndata: gone\n\n")).await;
    assert_eq!(events.next().await.expect("an event").expect_err("an error").message(), Some("gone"));
}

#[tokio::test]
async fn a_response_that_is_no_event_stream_is_an_error_with_the_start_of_its_body() {
    let json = "{\"detail\":\"No stream today\"}";
    let page = "<!doctype html><title>Sign in</title>";
    for (media_type, body, start) in [
        ("application/json", json, json),
        ("text/html; charset=utf-8", page, "an HTML page with the title `Sign in`"),
    ] {
        let trial = Trial::new();
        trial.api.on("events").reply(Reply::new(200).text(body).header("content-type", media_type));
        let call = trial.request(&EVENTS).receive(rt::events::<Counts>);
        let error = trial.clock.run(call).await.expect_err("no events");
        let shown =
            format!("the response has content type `{media_type}`, which is not an event stream: {start}");
        assert!(error.to_string().ends_with(&shown), "{error}");
        assert_eq!(error.raw_body().map(|body| &body[..]), Some(body.as_bytes()));

        let (_trial, mut events) = events::<Counts>(Reply::new(200).chunks([&body[..1], &body[1..]])).await;
        let error = events.next().await.expect("an item").expect_err("no events");
        assert_eq!(error.kind(), ErrorKind::Decoding);
        assert!(error.to_string().ends_with(&format!("is not an event stream: {start}")), "{error}");
        assert_eq!(error.raw_body().map(|body| &body[..]), Some(body.as_bytes()));
        assert!(events.next().await.is_none());
    }
}

/// A union as the generator emits it for events whose names select their data.
#[derive(Debug)]
enum Step {
    Count(i64),
    Unknown(rt::UnknownJson),
}

impl rt::Json for Step {
    fn blank() -> Self {
        Self::Unknown(rt::Json::blank())
    }

    fn is_event() -> bool {
        true
    }

    fn read(&mut self, json: &mut dyn rt::Reader) -> rt::Read {
        let raw = json.raw()?;
        let content = raw.member("data")?;
        *self = match raw.tag("event") {
            Some("count" | "error") => Self::Count(content.decode()?),
            _ => Self::Unknown(raw.keep()),
        };
        Ok(())
    }

    fn write(&self, json: &mut dyn rt::Writer) -> rt::Written {
        match self {
            Self::Count(value) => rt::beside_tag(["event", "count", "data"], value, json),
            Self::Unknown(value) => rt::Json::write(value, json),
        }
    }
}

#[tokio::test]
async fn the_name_of_an_event_selects_the_type_of_its_data() {
    let text = "event: count\ndata: 1\n\nevent: new\ndata: two\n\nevent: ping\ndata:\n\nevent: count\ndata: {}\n\n\
                data: 3,\"event\":\"count\"\n\nevent: error\ndata: 4\n\n";
    let (_trial, mut events) = events::<Step>(Reply::new(200).text(text)).await;
    let mut seen = Vec::new();
    while let Some(event) = events.next().await {
        seen.push(match event.map(|event| event.data) {
            Ok(Step::Count(count)) => count.to_string(),
            Ok(Step::Unknown(json)) => json.as_str().to_owned(),
            Err(error) => format!("{:?} at {}", error.kind(), error.json_path().unwrap_or_default()),
        });
    }
    let expected = [
        "1",
        "{\"event\":\"new\",\"data\":\"two\"}",
        "Decoding at ",
        "{\"event\":\"message\",\"data\":\"3,\\\"event\\\":\\\"count\\\"\"}",
        "4",
    ];
    assert_eq!(seen, expected);
}

#[test]
fn data_is_written_beside_the_name_of_its_event() {
    let mut text = Vec::new();
    let written = rt::serialize(&Step::Count(1), &mut serde_json::Serializer::new(&mut text));
    assert!(written.is_ok(), "{written:?}");
    assert_eq!(String::from_utf8_lossy(&text), "{\"event\":\"count\",\"data\":1}");
}
