//! Webhooks.

use sdk_runtime as rt;

use rt::HeaderMap;

#[test]
fn a_byte_order_mark_before_a_webhook_is_ignored() {
    let mut form = HeaderMap::new();
    let media_type = http::HeaderValue::from_static("application/x-www-form-urlencoded");
    form.insert("content-type", media_type);
    for (headers, body) in [
        (HeaderMap::new(), "\u{feff}{\"a\":1}"),
        (form.clone(), "\u{feff}payload=%7B%22a%22%3A1%7D"),
        (form, "payload=%EF%BB%BF%7B%22a%22%3A1%7D"),
    ] {
        let raw = rt::webhook(&headers, body.as_bytes(), |raw| Ok(format!("{raw:?}"))).expect("a body");
        assert!(raw.contains("\"a\""), "{raw}");
    }
}
