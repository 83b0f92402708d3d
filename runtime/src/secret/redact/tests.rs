//! Tests the redaction of requests and responses.

use http::{HeaderMap, HeaderValue};

use super::{body, headers, url};

const KEYS: &[&str] = &["token", "password"];

#[test]
fn secrets_in_bodies_are_hidden_at_any_depth() {
    let text =
        r#"{"a":[{"b":[{"Token":"s3cret"}]},[["x",{"password":{"old":"s3cret"}}]]],"token":["s3cret"]}"#;
    let shown = body(Some("application/json; charset=utf-8"), text.as_bytes(), KEYS);
    assert_eq!(shown, r#"{"a":[{"b":[{"Token":"***"}]},[["x",{"password":"***"}]]],"token":"***"}"#);
    assert_eq!(body(None, br#"[{"token":"s3cret"}]"#, KEYS), r#"[{"token":"***"}]"#);
    let form =
        body(Some("application/x-www-form-urlencoded"), b"a=1&token=s3cret&x%5Bpassword%5D=s3cret&b", KEYS);
    assert_eq!(form, "a=1&token=***&x%5Bpassword%5D=***&b");
}

#[test]
fn other_bodies_show_their_length() {
    for text in ["s3cret", "{\"token\":\"s3cre"] {
        assert_eq!(body(Some("application/json"), text.as_bytes(), KEYS), format!("({} bytes)", text.len()));
    }
    assert_eq!(body(Some("text/plain"), b"{}", KEYS), "(2 bytes)");
    assert_eq!(body(Some("text/plain"), b"", KEYS), "");
    let long = body(None, format!("\"{}\"", "é".repeat(5_000)).as_bytes(), KEYS);
    assert!(long.len() < 4_200 && long.ends_with('…'));
}

#[test]
fn headers_and_queries_show_only_allowed_values() {
    let mut map = HeaderMap::new();
    map.insert("accept", HeaderValue::from_static("a"));
    map.insert("as-user", HeaderValue::from_static("s3cret"));
    map.insert("authorization", HeaderValue::from_static("s3cret"));
    let mut sensitive = HeaderValue::from_static("s3cret");
    sensitive.set_sensitive(true);
    map.insert("etag", sensitive);
    let shown: Vec<String> =
        headers(&map).into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
    assert_eq!(shown, ["accept: a", "as-user: ***", "authorization: ***", "etag: ***"]);
    assert_eq!(
        url("https://user:s3cret@example.com/a?limit=1&key=s3cret&flag#s3cret"),
        "https://example.com/a?limit=1&key=***&flag"
    );
    assert_eq!(url("/a?key=s3cret"), "/a");
}
