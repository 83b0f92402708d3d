//! The language of a text, JSON or YAML, found by looking at the text.

use serde::de::IgnoredAny;

/// More open brackets are refused before they are read: the YAML parser takes time by their square, and
/// would refuse them for their depth in the end.
const OPEN_BRACKETS: usize = 5_000;

/// The language of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// RFC 8259.
    Json,
    /// YAML 1.2.
    Yaml,
}

/// The language of a text, by its first character that is not blank.
pub(crate) fn language(text: &str) -> Language {
    let first = without_mark(text).trim_start().chars().next();
    if matches!(first, Some('{' | '[')) { Language::Json } else { Language::Yaml }
}

/// Whether a text that begins like JSON is YAML, which has brackets too.
pub(crate) fn is_yaml_in_brackets(text: &str) -> bool {
    let text = without_mark(text);
    serde_json::from_str::<IgnoredAny>(text).is_err()
        && !nests_too_deep(text)
        && serde_yaml::from_str::<IgnoredAny>(text).is_ok()
}

/// The text without the byte order mark that some editors put first.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Returns `true` for a text with more open brackets than is read.
pub(crate) fn nests_too_deep(text: &str) -> bool {
    most_open_brackets(text) > OPEN_BRACKETS
}

/// How many brackets are open at once, at most; those in texts and comments count too.
fn most_open_brackets(text: &str) -> usize {
    let mut open: usize = 0;
    let mut most = 0;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}
