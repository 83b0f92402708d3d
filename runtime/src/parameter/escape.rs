//! Percent-encodes text, with one character set per destination.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// The destination of a text, which determines the characters to escape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Escape {
    /// Part of a URL: everything but unreserved characters is escaped (RFC 3986 section 2.3).
    Unreserved,
    /// Several segments of a path: like `Unreserved`, but slashes stay.
    Segments,
    /// Part of a URL in which the caller may use reserved characters and percent-encoded ones.
    Reserved,
    /// `application/x-www-form-urlencoded`: a space becomes a plus sign.
    Form,
    /// Like `Form`, but the caller may use reserved characters and percent-encoded ones.
    ReservedForm,
    /// A cookie whose value the caller has escaped: only characters that a cookie cannot contain are escaped.
    Cookie,
    /// A header: nothing is escaped.
    Nothing,
}

const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

const SEGMENTS: &AsciiSet = &UNRESERVED.remove(b'/');

/// Still escapes `#`, `[`, `]`, `&` and `+`: `#` would end a query, brackets are not allowed in one, and `&` and `+`
/// would be misread.
const RESERVED: &AsciiSet = &UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// A semicolon would end the cookie.
const COOKIE: &AsciiSet = &CONTROLS.add(b';');

const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'*').remove(b' ');

impl Escape {
    pub(crate) fn push(self, text: &str, out: &mut String) {
        match self {
            Self::Unreserved => out.extend(utf8_percent_encode(text, UNRESERVED)),
            Self::Segments => out.extend(utf8_percent_encode(text, SEGMENTS)),
            Self::Reserved => push_reserved(text, out),
            Self::Form => {
                for part in utf8_percent_encode(text, FORM) {
                    out.push_str(&part.replace(' ', "+"));
                }
            }
            Self::ReservedForm => {
                let start = out.len();
                push_reserved(text, out);
                let spaced = out[start..].replace("%20", "+");
                out.truncate(start);
                out.push_str(&spaced);
            }
            Self::Cookie => out.extend(utf8_percent_encode(text, COOKIE)),
            Self::Nothing => out.push_str(text),
        }
    }

    pub(crate) fn apply(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        self.push(text, &mut out);
        out
    }

    /// Returns `name=value`, with both escaped.
    pub(crate) fn pair(self, name: &str, value: &str) -> String {
        let mut out = String::with_capacity(name.len() + value.len() + 1);
        self.push(name, &mut out);
        out.push('=');
        self.push(value, &mut out);
        out
    }
}

/// Keeps percent-encoded characters of the caller, and escapes any other percent sign.
fn push_reserved(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.extend(utf8_percent_encode(&rest[..at], RESERVED));
        let is_escape = rest
            .as_bytes()
            .get(at + 1..at + 3)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let end = if is_escape { at + 3 } else { at + 1 };
        out.push_str(if is_escape { &rest[at..end] } else { "%25" });
        rest = &rest[end..];
    }
    out.extend(utf8_percent_encode(rest, RESERVED));
}
