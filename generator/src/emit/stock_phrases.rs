//! Recognizes texts of a document that add nothing: descriptions of responses that repeat the status, titles that repeat
//! a name.

use crate::ir::{Docs, ForeignText, StatusRange};

/// Words that say no more than that there is a response.
const RESPONSE: &[&str] = &[
    "a",
    "an",
    "and",
    "api",
    "been",
    "body",
    "call",
    "code",
    "completed",
    "default",
    "done",
    "executed",
    "expected",
    "for",
    "has",
    "http",
    "in",
    "invocation",
    "is",
    "json",
    "method",
    "of",
    "ok",
    "okay",
    "operation",
    "performed",
    "processed",
    "reply",
    "request",
    "response",
    "responses",
    "result",
    "returned",
    "returns",
    "status",
    "succeeded",
    "success",
    "successful",
    "successfully",
    "the",
    "this",
    "was",
    "with",
];

/// Words that say no more than that there is an error.
const ERROR: &[&str] = &[
    "client",
    "error",
    "errors",
    "failed",
    "failure",
    "general",
    "generic",
    "occurred",
    "occurs",
    "other",
    "resource",
    "server",
    "unexpected",
];

/// The words that usually describe a status (RFC 9110, section 15, and the IANA registry of status codes), in lower
/// case.
const PHRASES: &[(u16, &str)] = &[
    (200, "ok"),
    (201, "created creation"),
    (202, "accepted"),
    (203, "non authoritative information"),
    (204, "no content"),
    (205, "reset content"),
    (206, "partial content"),
    (207, "multi status"),
    (208, "already reported"),
    (226, "im used"),
    (300, "multiple choices"),
    (301, "moved permanently"),
    (302, "found"),
    (303, "see other"),
    (304, "not modified"),
    (305, "use proxy"),
    (307, "temporary redirect"),
    (308, "permanent redirect"),
    (400, "bad request"),
    (401, "unauthorized unauthenticated authentication required requires"),
    (402, "payment required"),
    (403, "forbidden"),
    (404, "not found"),
    (405, "method not allowed"),
    (406, "not acceptable"),
    (407, "proxy authentication required"),
    (408, "request timeout"),
    (409, "conflict"),
    (410, "gone"),
    (411, "length required"),
    (412, "precondition failed"),
    (413, "content payload entity too large"),
    (414, "uri too long"),
    (415, "unsupported media type"),
    (416, "range not satisfiable"),
    (417, "expectation failed"),
    (418, "i m a teapot"),
    (421, "misdirected request"),
    (422, "unprocessable content entity"),
    (423, "locked"),
    (424, "failed dependency"),
    (425, "too early"),
    (426, "upgrade required"),
    (428, "precondition required"),
    (429, "too many requests"),
    (431, "request header fields too large"),
    (451, "unavailable for legal reasons"),
    (500, "internal server error"),
    (501, "not implemented"),
    (502, "bad gateway"),
    (503, "service unavailable"),
    (504, "gateway timeout"),
    (505, "http version not supported"),
    (506, "variant also negotiates"),
    (507, "insufficient storage"),
    (508, "loop detected"),
    (510, "not extended"),
    (511, "network authentication required"),
];

/// Returns `true` if the description of a response adds nothing to its status: `OK`, `Successful response`,
/// `404 Not Found`.
pub(crate) fn adds_nothing(description: &str, status: StatusRange) -> bool {
    let (phrase, is_error) = match status {
        StatusRange::Exact(code) => (phrase(code), code >= 400),
        StatusRange::Class(class) => ("", class >= 4),
        StatusRange::Default => ("", true),
    };
    let is_number = |word: &str| match status {
        StatusRange::Exact(code) => word == code.to_string(),
        StatusRange::Class(class) => word == format!("{class}xx"),
        StatusRange::Default => false,
    };
    words(description).all(|word| {
        let word = word.as_str();
        RESPONSE.contains(&word)
            || (is_error && ERROR.contains(&word))
            || phrase.split(' ').any(|own| own == word)
            || is_number(word)
    })
}

/// Returns the description of a response if it adds something to the status.
pub(crate) fn telling(docs: &Docs, status: StatusRange) -> Option<&ForeignText> {
    docs.description.as_ref().filter(|description| !adds_nothing(description.as_written(), status))
}

/// Returns `true` if a text only repeats a name in other letters: `Created At` for `created_at`, `owner parameter` for
/// `owner`.
pub(crate) fn repeats_name(text: &str, name: &str) -> bool {
    let first = |text: &str| text.chars().find(|char| char.is_alphanumeric()).filter(char::is_ascii);
    // Few texts begin as the name does.
    if let (Some(text), Some(name)) = (first(text), first(name))
        && !text.eq_ignore_ascii_case(&name)
    {
        return false;
    }
    let letters = |words: &[String]| words.concat();
    let name: Vec<String> = words(name).collect();
    let mut text: Vec<String> = words(text).collect();
    text.pop_if(|word| word == "parameter" && name.last() != Some(word));
    letters(&text) == letters(&name)
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn phrase(code: u16) -> &'static str {
    PHRASES.iter().find(|(known, _)| *known == code).map_or("", |(_, words)| words)
}

#[cfg(test)]
mod tests {
    use super::{adds_nothing, repeats_name};
    use crate::ir::StatusRange::{self, Class, Default, Exact};

    fn check(status: StatusRange, empty: &[&str], telling: &[&str]) {
        for text in empty {
            assert!(adds_nothing(text, status), "{text}");
        }
        for text in telling {
            assert!(!adds_nothing(text, status), "{text}");
        }
    }

    #[test]
    fn stock_phrases_of_a_success_add_nothing() {
        check(
            Exact(200),
            &[
                "",
                "OK",
                "ok.",
                "200 OK",
                "Success",
                "Response",
                "Successful operation",
                "A successful response.",
            ],
            &["A user", "Empty response", "Created", "Unexpected error", "OK if it exists", "成功"],
        );
        check(Exact(204), &["No Content", "**Success**"], &["Deleted", "No content if there is no change"]);
        check(Class(2), &["2XX response"], &["2XX with the user"]);
    }

    #[test]
    fn the_words_of_a_status_add_nothing_to_it() {
        check(Exact(201), &["Created", "Created successfully."], &["The created user", "Accepted"]);
        check(Exact(304), &["Not modified"], &["Not found"]);
        check(
            Exact(404),
            &["Not Found", "Not found error.", "Resource not found", "404: Not Found"],
            &["The user was not found", "Forbidden", "404 if there is no such user"],
        );
        check(Exact(500), &["Internal Server Error", "Server error"], &["Database error"]);
    }

    #[test]
    fn a_name_in_other_letters_is_repeated() {
        for (text, name) in [
            ("Created At", "created_at"),
            ("Owner.", "owner"),
            ("team_slug parameter", "team_slug"),
            ("", ""),
        ] {
            assert!(repeats_name(text, name), "{text}");
        }
        for (text, name) in
            [("Creation date", "created_at"), ("owners", "owner"), ("the parameter", "parameter")]
        {
            assert!(!repeats_name(text, name), "{text}");
        }
    }

    #[test]
    fn stock_phrases_of_an_error_add_nothing() {
        check(
            Default,
            &["Unexpected error", "An unexpected client error.", "Default response"],
            &["Rate limited"],
        );
        check(Class(4), &["Client error"], &["Invalid token"]);
    }
}
