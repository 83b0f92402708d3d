//! Responses: by status, in several media types, with typed headers.

use wire_sdk::managers::answers::{ByStatusResponse, SeveralAnswers};
use wire_sdk::rt::ErrorKind;
use wire_sdk::testing::Reply;
use wire_sdk::types::{Color, NamedEventsResponse};

use crate::set_up::Trial;

fn color() -> Reply {
    Reply::json(200, &Color::default().r(1))
}

#[tokio::test]
async fn headers_have_the_types_of_the_document() {
    let trial = Trial::new();
    let reply = color()
        .header("x-left", "41")
        .header("x-seen", "2024-02-29T12:30:00Z")
        .header("x-labels", "a, b")
        .header("x-labels", "c")
        .header("x-full", "true")
        .header("x-color", "R=100,G=200,other=yes")
        .header("x-json", "{\"B\":3}")
        .header("last-modified", "Thu, 29 Feb 2024 12:30:00 GMT");
    let call = trial.client.answers().several_answers("1").send().with_response();
    let response = trial.got("several_answers", reply, call).await.expect("an answer");
    let seen = "2024-02-29T12:30:00Z".parse().ok();
    assert_eq!(response.typed(SeveralAnswers::X_LEFT).expect("a number"), Some(41));
    assert_eq!(response.typed(SeveralAnswers::X_SEEN).expect("a time"), seen);
    assert_eq!(response.typed(SeveralAnswers::X_LABELS).expect("a list").expect("one"), ["a", "b", "c"]);
    assert_eq!(response.typed(SeveralAnswers::X_FULL).expect("true or false"), Some(true));
    let color = response.typed(SeveralAnswers::X_COLOR).expect("a color").expect("one");
    assert_eq!((color.r, color.g, color.extra().get("other")), (Some(100), Some(200), Some("yes".into())));
    assert_eq!(response.typed(SeveralAnswers::X_JSON).expect("a color"), Some(Color::default().b(3)));
    #[allow(deprecated, reason = "the document says that it is")]
    let modified = SeveralAnswers::LAST_MODIFIED;
    assert_eq!(response.typed(modified).expect("a time"), seen);
}

/// The date of a cookie contains a comma.
#[tokio::test]
async fn each_set_cookie_header_is_an_item() {
    let trial = Trial::new();
    let cookies = ["sid=1; Expires=Thu, 29 Feb 2024 12:30:00 GMT", "lang=en"];
    let reply = color().header("set-cookie", cookies[0]).header("set-cookie", cookies[1]);
    let call = trial.client.answers().several_answers("1").send().with_response();
    let response = trial.got("several_answers", reply, call).await.expect("an answer");
    assert_eq!(response.typed(SeveralAnswers::SET_COOKIE).expect("a list").expect("one"), cookies);
}

#[tokio::test]
async fn a_header_of_another_type_is_said_and_an_absent_one_is_none() {
    let trial = Trial::new();
    let call = trial.client.answers().several_answers("1").send().with_response();
    let reply = color().header("x-left", "many");
    let response = trial.got("several_answers", reply, call).await.expect("an answer");
    let error = response.typed(SeveralAnswers::X_LEFT).expect_err("no number");
    assert_eq!(error.kind(), ErrorKind::Decoding);
    assert!(
        error.to_string().contains("header `X-Left` cannot be read: `many` is not an integer"),
        "{error}"
    );
    assert_eq!(response.typed(SeveralAnswers::X_FULL).expect("nothing"), None);
}

#[tokio::test]
async fn errors_have_headers_too() {
    let trial = Trial::new();
    let call = trial.client.answers().several_answers("1").send().idempotent();
    trial.api.on("several_answers").always(Reply::new(429).header("retry-in", "3"));
    let error = trial.clock.run(call).await.expect_err("too many calls");
    assert_eq!(error.typed(SeveralAnswers::RETRY_IN).expect("a number"), Some(3));
}

#[tokio::test]
async fn each_form_of_an_answer_can_be_asked_for() {
    let trial = Trial::new();
    let request = || trial.client.answers().several_answers("1");
    let value = trial.got("several_answers", color(), request()).await.expect("JSON");
    assert_eq!((value.r, trial.last("accept").as_deref()), (Some(1), Some("application/json")));

    let reply = Reply::new(200).text("[1,2]").header("content-type", "application/vnd.example.short+json");
    let call = request().send_example_short();
    assert_eq!(trial.got("several_answers", reply, call).await.expect("JSON"), [1, 2]);
    assert_eq!(trial.last("accept").as_deref(), Some("application/vnd.example.short+json"));

    let call = request().send_csv();
    assert_eq!(trial.got("several_answers", Reply::new(200).text("a,b"), call).await.expect("text"), "a,b");
    assert_eq!(trial.last("accept").as_deref(), Some("text/csv"));

    let call = request().send_zip();
    let download =
        trial.got("several_answers", Reply::new(200).bytes(vec![0, 1]), call).await.expect("bytes");
    assert_eq!(download.bytes().await.expect("bytes").as_ref(), [0, 1]);
    assert_eq!(trial.last("accept").as_deref(), Some("application/zip"));

    let reply = Reply::new(200).text("data: {\"R\":2}\n\n").header("content-type", "text/event-stream");
    let mut events = trial.got("several_answers", reply, request().send_events()).await.expect("events");
    assert_eq!(events.next().await.expect("an event").expect("a color").data.r, Some(2));
    assert!(events.next().await.is_none());
    assert_eq!(trial.last("accept").as_deref(), Some("text/event-stream"));
}

#[tokio::test]
async fn several_successes_are_told_by_status() {
    let trial = Trial::new();
    let request = || trial.client.answers().by_status();
    let Ok(ByStatusResponse::Ok(picture)) =
        trial.got("by_status", Reply::new(200).bytes("png"), request()).await
    else {
        panic!("a picture")
    };
    assert_eq!(picture.bytes().await.expect("bytes").as_ref(), b"png");
    let reply = Reply::json(202, &Color::default().g(2));
    let Ok(ByStatusResponse::Accepted(color)) = trial.got("by_status", reply, request()).await else {
        panic!("a color")
    };
    assert_eq!(color.g, Some(2));
    let got = trial.got("by_status", Reply::new(204), request()).await;
    assert!(matches!(got, Ok(ByStatusResponse::NoContent)), "{got:?}");
    let reply = Reply::new(302).header("location", "https://elsewhere.example.com/");
    let got = trial.got("by_status", reply, request().send().without_redirects()).await;
    assert!(matches!(got, Ok(ByStatusResponse::Found)), "{got:?}");
    let got = trial.got("by_status", Reply::new(206).text("a note"), request()).await;
    assert!(matches!(&got, Ok(ByStatusResponse::Status2xx(note)) if note == "a note"), "{got:?}");
    let error = trial.got("by_status", Reply::new(400), request()).await.expect_err("a failure");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
}

#[tokio::test]
async fn what_is_only_elsewhere_is_fetched_from_there() {
    let trial = Trial::new();
    let there = Reply::new(302).header("location", "https://elsewhere.example.com/archive.zip");
    trial.api.on("elsewhere").reply(there).reply(Reply::new(200).bytes("zip"));
    let content = trial.clock.run(trial.client.answers().elsewhere()).await.expect("an answer");
    assert_eq!(content.bytes().await.expect("bytes").as_ref(), b"zip");
    let sent = trial.api.requests();
    assert_eq!(sent.last().expect("a request").url(), "https://elsewhere.example.com/archive.zip");
}

#[tokio::test]
async fn ranges_and_defaults_are_successes_where_nothing_else_is() {
    let trial = Trial::new();
    let reply = || Reply::json(206, &Color::default().r(1));
    let value =
        trial.got("any_success", reply(), trial.client.answers().any_success()).await.expect("a color");
    assert_eq!(value.r, Some(1));
    let value =
        trial.got("only_default", reply(), trial.client.answers().only_default()).await.expect("a color");
    assert_eq!(value.r, Some(1));
    let error = trial.got("only_default", Reply::new(400), trial.client.answers().only_default()).await;
    assert_eq!(error.expect_err("a failure").status().map(|status| status.as_u16()), Some(400));
}

#[tokio::test]
async fn what_a_call_can_read_is_what_it_asks_for() {
    let trial = Trial::new();
    trial.got("vendor", color(), trial.client.answers().vendor()).await.expect("a color");
    assert_eq!(trial.last("accept").as_deref(), Some("application/vnd.example+json, application/json"));
    let text = trial.got("plain", Reply::new(200).text("words"), trial.client.answers().plain()).await;
    assert_eq!(text.expect("a text"), "words");
    assert_eq!(trial.last("accept").as_deref(), Some("text/plain, */*"));
    let reply = Reply::new(200).text("event: a\nid: 7\ndata: {\"G\":1}\n\n: note\n\ndata: {\"G\":2}\n\n");
    let mut events =
        trial.got("event_stream", reply, trial.client.answers().event_stream()).await.expect("events");
    let event = events.next().await.expect("an event").expect("a color");
    assert_eq!((event.event.as_deref(), event.data.g), (Some("a"), Some(1)));
    assert_eq!(events.next().await.expect("an event").expect("a color").data.g, Some(2));
    assert_eq!(trial.last("accept").as_deref(), Some("text/event-stream"));
}

#[tokio::test]
async fn values_arrive_one_by_one() {
    let trial = Trial::new();
    let reply = Reply::new(200).chunks(["\u{1e}{\"R\"", ":1}\n\u{1e}", "{}\n"]);
    let mut lines =
        trial.got("watch_lines", reply, trial.client.answers().watch_lines()).await.expect("lines");
    assert_eq!(lines.next().await.expect("a record").expect("a color"), Color::default().r(1));
    assert_eq!(lines.next().await.expect("a record").expect("a color"), Color::default());
    assert!(lines.next().await.is_none());
    assert_eq!(trial.last("accept").as_deref(), Some("application/json-seq"));
}

#[tokio::test]
async fn a_gateway_stream_is_read_result_by_result() {
    let trial = Trial::new();
    let text = "{\"result\":{\"R\":1}}\n{\"result\":{}}\n{\"error\":{\"message\":\"gone\"}}\n";
    let call = trial.client.answers().watch_results();
    let mut lines = trial.got("watch_results", Reply::new(200).text(text), call).await.expect("lines");
    assert_eq!(lines.next().await.expect("a result").expect("a color"), Color::default().r(1));
    assert_eq!(lines.next().await.expect("a result").expect("a color"), Color::default());
    let error = lines.next().await.expect("an error").expect_err("a failure");
    assert!(error.raw_body().is_some_and(|body| body.ends_with(b"\"gone\"}}")), "{error}");
    assert!(lines.next().await.is_none());
    assert_eq!(trial.last("accept").as_deref(), Some("application/json"));
}

#[tokio::test]
async fn the_name_of_an_event_selects_the_type_of_its_data() {
    let trial = Trial::new();
    let text = "event: note\ndata: 42\n\nevent: paint\ndata: {\"R\":1,\"error\":{}}\n\nevent: error\ndata: 7\n\n\
                event: new\ndata: {\"a\":1}\n\nevent: ping\ndata:\n\ndata: 1,\"event\":\"note\"\n\nevent: paint\ndata: 1\n\n";
    let call = trial.client.answers().named_events();
    let mut events = trial.got("named_events", Reply::new(200).text(text), call).await.expect("events");
    let mut seen = Vec::new();
    while let Some(event) = events.next().await {
        seen.push(match event.map(|event| event.data) {
            Ok(NamedEventsResponse::Note(text)) => format!("note {text}"),
            Ok(NamedEventsResponse::Paint(color)) => format!("paint {:?}", color.r),
            Ok(NamedEventsResponse::Error(number)) => format!("error {number}"),
            Ok(NamedEventsResponse::Unknown(json)) => json.as_str().to_owned(),
            Ok(other) => format!("{other:?}"),
            Err(error) => format!("{:?} {:?}", error.kind(), error.json_path()),
        });
    }
    let expected = [
        "note 42",
        "paint Some(1)",
        "error 7",
        "{\"event\":\"new\",\"data\":{\"a\":1}}",
        "{\"event\":\"message\",\"data\":\"1,\\\"event\\\":\\\"note\\\"\"}",
        "Decoding Some(\"\")",
    ];
    assert_eq!(seen, expected);
}
