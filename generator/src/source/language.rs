//! Determines the language of a text: JSON or YAML.

use serde::de::IgnoredAny;

use super::yaml_stream::first_document;

/// The maximum number of open brackets in YAML. The YAML parser takes quadratic time for nested brackets, only to
/// reject them for their depth.
const OPEN_BRACKETS: usize = 5_000;

/// The language of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
}

/// Determines the language of a text by its first non-blank character.
pub(crate) fn language(text: &str) -> Language {
    let first = without_mark(text).trim_start().chars().next();
    if matches!(first, Some('{' | '[')) { Language::Json } else { Language::Yaml }
}

/// Returns `true` if a text that starts like JSON is YAML, which has brackets as well.
pub(crate) fn is_yaml_in_brackets(text: &str) -> bool {
    let text = without_mark(text);
    let first = first_document(text).text;
    serde_json::from_str::<IgnoredAny>(text).is_err()
        && !nests_too_deep(text)
        && serde_yaml::from_str::<IgnoredAny>(&first).is_ok()
}

/// Strips the byte order mark that some editors write.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Returns `true` if a text has more open brackets than are allowed.
pub(crate) fn nests_too_deep(text: &str) -> bool {
    most_open_brackets(text) > OPEN_BRACKETS
}

/// Returns the maximum depth of open brackets, including brackets in strings and comments.
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
