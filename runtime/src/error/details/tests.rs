//! Tests of finding the details of error bodies.

use http::{HeaderMap, HeaderValue};

use super::{code, html_page, message, plain_text};

#[track_caller]
fn check(body: &str, expected: (Option<&str>, Option<&str>)) {
    let value = serde_json::from_str(body).expect("JSON");
    let found = (code(&value, &["token"]), message(&value, &["token"]));
    assert_eq!((found.0.as_deref(), found.1.as_deref()), expected, "{body}");
}

#[test]
fn a_message_is_found_whatever_the_shape_of_the_body() {
    check(r#""No such thing""#, (None, Some("No such thing")));
    check(r#"{"errors":[{"message":"a","code":7},{"message":"b"}]}"#, (Some("7"), Some("a; b")));
    check(r#"{"errors":["a","b","a"]}"#, (None, Some("a; b")));
    check(r#"[{"message":"a"}]"#, (None, Some("a")));
    check(r#"{"msg":"a","status":4}"#, (None, Some("a")));
    check(r#"{"detail":[{"loc":["body"],"msg":"a","type":"t"}]}"#, (Some("t"), Some("a")));
    check(r#"{"Message":"a"}"#, (None, Some("a")));
    check(r#"{"error_message":"a","ErrorCode":"b"}"#, (Some("b"), Some("a")));
    check(r#"{"error":{"code":"b","message":"a"}}"#, (Some("b"), Some("a")));
    check(r#"{"error":"b","error_description":"a"}"#, (Some("b"), Some("a")));
    check(
        r#"{"errors":{"name":["too short"],"age":"too low"}}"#,
        (None, Some("age: too low; name: too short")),
    );
    check(r#"{"type":"about:blank","title":"a"}"#, (Some("about:blank"), Some("a")));
}

#[test]
fn a_body_without_a_message_has_none() {
    for body in ["7", "null", "[1,{}]", "{}", r#"{"code":{},"message":[]}"#, r#"{"message":" "}"#] {
        check(body, (None, None));
    }
    check(r#"{"errors":{"token":"t0ken"}}"#, (None, None));
    check(&format!("{}1{}", "[".repeat(100), "]".repeat(100)), (None, None));
}

#[test]
fn a_plain_text_is_shown_from_its_start_without_secrets() {
    let mut headers = HeaderMap::new();
    let shown = |headers: &HeaderMap, body: &str| plain_text(headers, body.as_bytes(), &["token"]);
    assert_eq!(shown(&headers, "\u{feff} no way\n").as_deref(), Some("no way"));
    assert_eq!(shown(&headers, "wrong token=t0ken&a=1").as_deref(), Some("wrong token=***&a=1"));
    let long = shown(&headers, &"é".repeat(500)).expect("a text");
    assert_eq!((long.chars().count(), long.ends_with('…')), (301, true));
    for body in ["", " ", "<p>", "{\"a", "[1", "\u{0}\u{1}"] {
        assert_eq!(shown(&headers, body), None, "{body}");
    }
    headers.insert("content-type", HeaderValue::from_static("image/png"));
    assert_eq!(shown(&headers, "no way"), None);
}

#[test]
fn an_html_page_is_named_by_its_title() {
    let page = "\u{feff}\n<!DOCTYPE html><HTML><head><Title lang=en> Bad\n gateway </Title>";
    assert_eq!(html_page(page.as_bytes()).as_deref(), Some("an HTML page with the title `Bad gateway`"));
    assert_eq!(html_page(b"<!-- a --><html></html>").as_deref(), Some("an HTML page"));
    assert_eq!(html_page(b"<xml/>"), None);
    assert_eq!(html_page(b"the <html> element"), None);
}
