//! Tests of finding the details of error bodies.

use http::{HeaderMap, HeaderValue};

use super::{code, html_page, message, of_xml, plain_text};

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
    check(r#"{"type":"t","title":"Invalid","errors":{"Name":["a"]}}"#, (Some("t"), Some("Name: a")));
    check(r#"{"errorMessages":["a"],"errors":{}}"#, (None, Some("a")));
    check(r#"{"errorMessages":[],"errors":{"summary":"a"}}"#, (None, Some("summary: a")));
    check(r#"{"error":{"code":"b","message":{"lang":"en","value":"a"}}}"#, (Some("b"), Some("a")));
    check(r#"{"errorCode":"b","errorSummary":"a","errorCauses":[]}"#, (Some("b"), Some("a")));
    check(r#"{"error_summary":"a","error":{".tag":"path"}}"#, (None, Some("a")));
    check(r#"{"email":["a","b"],"name":["c"]}"#, (None, Some("email: a; b; name: c")));
}

#[test]
fn a_message_is_found_in_a_member_around_it() {
    for around in ["status", "meta", "data", "response", "result", "body"] {
        check(&format!(r#"{{"{around}":{{"error_message":"a"}},"success":false}}"#), (None, Some("a")));
        check(&format!(r#"{{"{around}":"failed","message":"a"}}"#), (None, Some("a")));
        check(&format!(r#"{{"{around}":"failed"}}"#), (None, None));
    }
}

#[test]
fn code_and_message_are_found_in_xml() {
    let find = |body: &str| of_xml(body.as_bytes(), &["token"]);
    let found = |code: &str, message: &str| Some((Some(code.to_owned()), Some(message.to_owned())));
    let body =
        "<?xml version='1.0'?>\n<Error><Code>b</Code><Message> a &amp;&lt; </Message><Key>k</Key></Error>";
    assert_eq!(find(body), found("b", "a &<"));
    let body = "<s:Envelope xmlns:s='x'><s:Fault><faultcode/><faultstring xml:lang='en'>a</faultstring>\
        <error_code>b</error_code></s:Fault></s:Envelope>";
    assert_eq!(find(body), found("b", "a"));
    assert_eq!(find("<error><message>token=t0ken</message></error>"), Some((None, Some("token=***".into()))));
    for body in [
        "<",
        "<message>",
        "<message",
        "<message></message>",
        "<a><message/></a>",
        "<message><b>a</b></message>",
    ] {
        assert_eq!(find(body), Some((None, None)), "{body}");
    }
    for body in ["", "message", "<html><message>a</message></html>"] {
        assert_eq!(find(body), None, "{body}");
    }
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
