//! Percent-encodes the text of path templates.

use crate::ir::PathSegment;

/// Returns a path template whose text is escaped (RFC 3986 section 3.3). Escapes of the document stay, and so does a
/// query. The names of variables are not part of a URL.
pub(super) fn escaped_path(path: &[PathSegment]) -> String {
    let mut escaped = String::new();
    for segment in path {
        match segment {
            PathSegment::Literal(text) => push_escaped(text, &mut escaped),
            PathSegment::Parameter(name) => {
                escaped.push('{');
                escaped.push_str(name);
                escaped.push('}');
            }
        }
    }
    escaped
}

fn push_escaped(text: &str, escaped: &mut String) {
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let is_escape = *byte == b'%'
            && bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        if is_escape || byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(byte) {
            escaped.push(char::from(*byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::escaped_path;
    use crate::ir::PathSegment::{Literal, Parameter};

    #[test]
    fn text_is_escaped_once() {
        let of = |text: &str| escaped_path(&[Literal(text.to_owned()), Parameter("a b".to_owned())]);
        for (text, expected) in [
            ("/plain/:x@y;v=1,2/", "/plain/:x@y;v=1,2/"),
            ("/two words/", "/two%20words/"),
            ("/two%20words/", "/two%20words/"),
            ("/50%/", "/50%25/"),
            ("/a\\b\t^|\"<>`{}[]/", "/a%5Cb%09%5E%7C%22%3C%3E%60%7B%7D%5B%5D/"),
            ("/\u{fc}/", "/%C3%BC/"),
            ("/q?kept=1&x=", "/q?kept=1&x="),
        ] {
            assert_eq!(of(text), format!("{expected}{{a b}}"), "{text}");
        }
    }
}
