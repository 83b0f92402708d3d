//! Webhooks: told apart by a header, by a member and by their shape.

use wire_sdk::types::{Color, WebhookEvent};
use wire_sdk::{ErrorKind, HeaderMap};

fn parse(headers: &[(&'static str, &'static str)], body: &str) -> Result<WebhookEvent, wire_sdk::Error> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, value.parse().expect("a header value"));
    }
    WebhookEvent::parse(&map, body.as_bytes())
}

#[test]
fn a_header_selects_the_variant() {
    let red = Color::default().r(1);
    let painted = parse(&[("x-event", "painted")], r#"{"R":1}"#).expect("an event");
    assert!(matches!(painted, WebhookEvent::Painted(color) if *color == red));
    let washed = parse(&[("x-event", "washed")], "\u{feff}{\"R\":1}").expect("an event");
    assert!(matches!(washed, WebhookEvent::Washed(color) if *color == red));
}

#[test]
fn a_member_tells_webhooks_with_one_header_apart() {
    let up = parse(&[("x-event", "moved")], r#"{"action":"up"}"#).expect("an event");
    assert!(matches!(up, WebhookEvent::MovedUp(_)));
    let down = parse(&[("x-event", "moved")], r#"{"action":"down"}"#).expect("an event");
    assert!(matches!(down, WebhookEvent::MovedDown(_)));
    let other = parse(&[("x-event", "moved")], r#"{"action":"left"}"#).expect("an event");
    assert!(matches!(other, WebhookEvent::Unknown(json) if json.as_str() == r#"{"action":"left"}"#));
}

#[test]
fn without_a_header_the_body_selects_the_variant() {
    let down = parse(&[], r#"{"action":"down"}"#).expect("an event");
    assert!(matches!(down, WebhookEvent::MovedDown(_)));
}

#[test]
fn a_header_with_another_value_is_an_unknown_webhook() {
    for body in [r#"{"action":"down"}"#, r#"{"R":1}"#] {
        let new = parse(&[("x-event", "new")], body).expect("an event");
        assert!(matches!(new, WebhookEvent::Unknown(json) if json.as_str() == body));
    }
}

#[test]
fn a_form_can_contain_the_json() {
    let form = [("content-type", "application/x-www-form-urlencoded"), ("x-event", "moved")];
    let up = parse(&form, "payload=%7B%22action%22%3A%22up%22%7D&more=1").expect("an event");
    assert!(matches!(up, WebhookEvent::MovedUp(_)));
}

#[test]
fn errors_say_where_reading_failed() {
    let error = parse(&[("x-event", "painted")], r#"{"R":"much"}"#).expect_err("a string is not a number");
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decoding, Some("R")));
    let error = parse(&[("x-event", "painted")], "R=1").expect_err("not JSON");
    assert_eq!(error.kind(), ErrorKind::Decoding);
}
