//! Finds code and message in an error body whose layout the document does not describe.

mod xml;

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::json::without_mark;
use crate::secret::redact;

/// Members that hold a message, in lower case and without `_` and `-`, in the order in which they are looked for. They
/// include those of OAuth 2.0 and of problem details (RFC 9457), whose title only names the type of the problem.
const MESSAGES: [&str; 21] = [
    "message",
    "messages",
    "errormessage",
    "errormessages",
    "usermessage",
    "statusmessage",
    "errorsummary",
    "errordescription",
    "msg",
    "detail",
    "details",
    "description",
    "reason",
    "error",
    "errors",
    "fault",
    "faultstring",
    "exception",
    "info",
    "text",
    "title",
];
/// Members that hold the error instead of the result, or beside it.
const AROUND_MESSAGES: [&str; 6] = ["status", "meta", "response", "result", "data", "body"];
/// Members that hold a code. A text in one of [`AROUND_CODES`] is a message.
const CODES: [&str; 4] = ["code", "errorcode", "error", "type"];
const AROUND_CODES: [&str; 3] = ["errors", "detail", "fault"];

/// The nesting depth that is searched, the number of messages that are joined, and the length of a shown text.
const DEEPEST: u8 = 4;
const MOST: usize = 5;
const LONGEST: usize = 300;

/// Returns the message, wherever the body has one. Members with these names are never shown.
pub(super) fn message(body: &Value, secret_keys: &[&str]) -> Option<String> {
    Search { secret_keys }.message(body, DEEPEST)
}

/// Returns the code.
pub(super) fn code(body: &Value, secret_keys: &[&str]) -> Option<String> {
    Search { secret_keys }.code(body, DEEPEST)
}

struct Search<'a> {
    secret_keys: &'a [&'a str],
}

impl Search<'_> {
    fn message(&self, value: &Value, depth: u8) -> Option<String> {
        let inner = depth.checked_sub(1)?;
        match value {
            Value::String(_) => as_text(value),
            Value::Array(items) => join(items.iter().filter_map(|item| self.message(item, inner))),
            Value::Object(members) => {
                let named = MESSAGES.iter().find_map(|name| self.named(value, name, inner));
                let around = || {
                    AROUND_MESSAGES.iter().find_map(|name| {
                        let member = self.member(value, name).filter(|member| !member.is_string())?;
                        self.message(member, inner)
                    })
                };
                let are_fields = || !members.is_empty() && members.values().all(are_texts);
                let fields = || are_fields().then(|| self.of_fields(value, inner)).flatten();
                named.or_else(around).or_else(fields)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => None,
        }
    }

    /// Returns the message in a member with this name.
    fn named(&self, value: &Value, name: &str, depth: u8) -> Option<String> {
        let member = self.member(value, name)?;
        let found = as_text(member).or_else(|| self.message(member, depth));
        found.or_else(|| match name {
            "errors" => self.of_fields(member, depth),
            // Beside its language (OData).
            "message" => self.member(member, "value").and_then(as_text),
            _ => None,
        })
    }

    /// Returns the messages of an object that has one, or a list of them, for each invalid field.
    fn of_fields(&self, fields: &Value, depth: u8) -> Option<String> {
        let fields =
            fields.as_object()?.iter().filter(|(name, _)| !redact::is_secret(name, self.secret_keys));
        join(fields.filter_map(|(name, texts)| Some(format!("{name}: {}", self.message(texts, depth)?))))
    }

    fn code(&self, value: &Value, depth: u8) -> Option<String> {
        let inner = depth.checked_sub(1)?;
        match value {
            Value::Array(items) => items.iter().find_map(|item| self.code(item, inner)),
            Value::Object(_) => CODES.iter().chain(&AROUND_CODES).find_map(|name| {
                let member = self.member(value, name)?;
                let own = as_text(member).filter(|_| CODES.contains(name));
                own.or_else(|| self.code(member, inner))
            }),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        }
    }

    /// Returns a member by its name, however that is written: `error_message`, `errorMessage` and `ErrorMessage` are
    /// the same.
    fn member<'v>(&self, value: &'v Value, name: &str) -> Option<&'v Value> {
        let letters = |text: &str| -> String {
            text.chars().filter(|letter| !matches!(letter, '_' | '-')).flat_map(char::to_lowercase).collect()
        };
        let mut members = value.as_object()?.iter();
        let is_it = |(known, _): &(&String, &Value)| {
            known.len() < 2 * name.len()
                && letters(known) == name
                && !redact::is_secret(known, self.secret_keys)
        };
        members.find(is_it).map(|(_, member)| member)
    }
}

/// Returns `true` for a list of strings.
fn are_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(Value::is_string))
}

fn join(texts: impl Iterator<Item = String>) -> Option<String> {
    let mut all: Vec<String> = Vec::new();
    for text in texts {
        if !all.contains(&text) && all.len() < MOST {
            all.push(text);
        }
    }
    (!all.is_empty()).then(|| all.join("; "))
}

/// Returns a string or number as text, unless it is empty.
pub(super) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Returns the code and the message of a body in XML, without the values of secret keys.
pub(super) fn of_xml(body: &[u8], secret_keys: &[&str]) -> Option<(Option<String>, Option<String>)> {
    let text = std::str::from_utf8(without_mark(body)).ok()?.trim();
    if !text.starts_with('<') || html_page(body).is_some() {
        return None;
    }
    let shown = |names: &[&str]| xml::find(text, names).map(|text| start(&redact::text(&text, secret_keys)));
    Some((shown(&CODES), shown(&MESSAGES)))
}

/// Returns the start of a body that is plain text, without the values of secret keys.
pub(super) fn plain_text(headers: &HeaderMap, body: &[u8], secret_keys: &[&str]) -> Option<String> {
    let media_type = media_type(headers);
    if !(media_type.is_empty() || media_type.starts_with("text/") || media_type.ends_with("json")) {
        return None;
    }
    let text = std::str::from_utf8(without_mark(body)).ok()?.trim();
    let is_plain = !text.is_empty()
        && !text.starts_with(['<', '{', '[', '"'])
        && text.chars().all(|letter| letter.is_whitespace() || !letter.is_control());
    is_plain.then(|| start(&redact::text(text, secret_keys)))
}

/// Returns the start of a body that begins like JSON and is not, such as one that is cut off, without the values of
/// secret keys.
pub(super) fn cut_json(body: &[u8], secret_keys: &[&str]) -> Option<String> {
    let text = without_mark(body).trim_ascii();
    let is_cut =
        matches!(text.first(), Some(b'{' | b'[')) && serde_json::from_slice::<&RawValue>(text).is_err();
    is_cut.then(|| start(&redact::text(&String::from_utf8_lossy(text), secret_keys)))
}

fn start(text: &str) -> String {
    let mut start: String = text.chars().take(LONGEST).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

/// Names the kind of a body that is an HTML page, with its title.
pub(crate) fn html_page(body: &[u8]) -> Option<String> {
    const SEARCHED: usize = 8 * 1024;
    let start = without_mark(body).trim_ascii_start();
    let start = String::from_utf8_lossy(&start[..start.len().min(SEARCHED)]);
    let lower = start.to_ascii_lowercase();
    // A page may start with a comment or an XML declaration.
    if !lower.starts_with('<') || !(lower.contains("<html") || lower.starts_with("<!doctype html")) {
        return None;
    }
    let title = lower.find("<title").and_then(|at| {
        let from = at + lower[at..].find('>')? + 1;
        let title = start[from..from + lower[from..].find("</title")?].trim();
        Some(title.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|title| !title.is_empty())
    });
    Some(match title {
        Some(title) => {
            format!("an HTML page with the title `{}`", title.chars().take(100).collect::<String>())
        }
        None => "an HTML page".to_owned(),
    })
}

/// Returns the start of a body for a message, without secrets: that of JSON or text, or the kind of an HTML page.
pub(crate) fn start_of_body(headers: &HeaderMap, body: &[u8], secret_keys: &[&str]) -> Option<String> {
    let text = without_mark(body).trim_ascii();
    let shown = match text.first()? {
        b'{' | b'[' => cut_json(text, secret_keys).unwrap_or_else(|| redact::body(None, text, secret_keys)),
        _ => html_page(text).or_else(|| plain_text(headers, text, secret_keys))?,
    };
    Some(start(&shown))
}

/// Returns the media type of a response, in lower case and without parameters.
pub(super) fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests;
