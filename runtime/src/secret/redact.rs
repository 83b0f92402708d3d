//! Redacts requests and responses for printing: headers and query by allow-list, members of bodies by name.

use http::HeaderMap;
use serde_json::Value;
use url::Url;

/// Replaces a value that is not shown.
const HIDDEN: &str = "***";
/// The maximum length of a shown body, in bytes.
const SHOWN: usize = 4 * 1024;

/// Headers whose values are not secret.
const HEADERS: &[&str] = &[
    "accept",
    "accept-encoding",
    "accept-language",
    "accept-ranges",
    "age",
    "allow",
    "cache-control",
    "connection",
    "content-encoding",
    "content-language",
    "content-length",
    "content-range",
    "content-type",
    "date",
    "etag",
    "expires",
    "host",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "last-modified",
    "prefer",
    "range",
    "retry-after",
    "server",
    "transfer-encoding",
    "user-agent",
    "vary",
    "x-request-id",
];

/// Query parameters whose values are not secret: those that select and order a part of a list.
const QUERY: &[&str] = &[
    "cursor",
    "direction",
    "fields",
    "filter",
    "limit",
    "marker",
    "offset",
    "order",
    "page",
    "page_size",
    "per_page",
    "sort",
    "usemarker",
    "version",
];

/// Returns names and redacted values of headers.
pub(crate) fn headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let show = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
        let value = match value.to_str() {
            Ok(text) if HEADERS.contains(&name.as_str()) && !value.is_sensitive() => text.to_owned(),
            Ok(_) | Err(_) => HIDDEN.to_owned(),
        };
        (name.as_str().to_owned(), value)
    };
    headers.iter().map(show).collect()
}

/// Redacts a URL.
pub(crate) fn url(url: &str) -> String {
    let Ok(mut parsed) = Url::parse(url) else {
        return url.split(['?', '#']).next().unwrap_or_default().to_owned();
    };
    // These fail only if a URL can have neither.
    parsed.set_username("").and_then(|()| parsed.set_password(None)).unwrap_or_default();
    parsed.set_fragment(None);
    let Some(query) = parsed.query().map(str::to_owned) else { return parsed.into() };
    parsed.set_query(None);
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if !QUERY.contains(&name.to_ascii_lowercase().as_str()) => format!("{name}={HIDDEN}"),
        Some(_) | None => pair.to_owned(),
    });
    format!("{parsed}?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// Redacts a body: JSON and forms lose the values of secret keys, and anything else is replaced by its length.
pub(crate) fn body(media_type: Option<&str>, body: &[u8], secret_keys: &[&str]) -> String {
    let media_type = media_type.unwrap_or_default().to_ascii_lowercase();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if body.is_empty() {
        return String::new();
    }
    if essence == "application/x-www-form-urlencoded" {
        if let Ok(text) = std::str::from_utf8(body) {
            return cut(form(text, secret_keys));
        }
    }
    match serde_json::from_slice::<Value>(body) {
        Ok(mut value) if essence.is_empty() || essence.ends_with("json") => {
            json(&mut value, secret_keys);
            cut(value.to_string())
        }
        Ok(_) | Err(_) => format!("({} bytes)", body.len()),
    }
}

/// Redacts the values of secret keys, at any depth.
fn json(value: &mut Value, secret_keys: &[&str]) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if is_secret(name, secret_keys) {
                    *member = Value::from(HIDDEN);
                } else {
                    json(member, secret_keys);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| json(item, secret_keys)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn form(text: &str, secret_keys: &[&str]) -> String {
    let pairs = text.split('&').map(|pair| {
        let Some((name, _)) = pair.split_once('=') else { return pair.to_owned() };
        let plain = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
        // `user[token]` and `user.token` name a member of an object.
        let mut words = plain.split(['[', ']', '.']);
        if words.any(|word| is_secret(word, secret_keys)) {
            format!("{name}={HIDDEN}")
        } else {
            pair.to_owned()
        }
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// Hides the values of secret keys in plain text, as in `token=…`, `token: …` and `"token": "…"`.
pub(crate) fn text(text: &str, secret_keys: &[&str]) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['=', ':']) {
        let (before, after) = rest.split_at(at + 1);
        shown.push_str(before);
        let name = before[..at].trim_end().trim_end_matches(['"', '\'']);
        let from = name.rfind(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '-'));
        let name = from
            .map_or(name, |from| name[from..].trim_start_matches(|letter: char| !letter.is_alphanumeric()));
        rest = after;
        if is_secret(name, secret_keys) {
            shown.push_str(HIDDEN);
            rest = after_value(after);
        }
    }
    shown.push_str(rest);
    shown
}

/// Returns what follows the first value in a text: a word, a JSON string, or anything else of JSON up to the end.
fn after_value(text: &str) -> &str {
    let value = text.trim_start();
    if value.starts_with(['{', '[']) {
        return "";
    }
    let Some(string) = value.strip_prefix('"') else {
        return value.trim_start_matches(|letter: char| !letter.is_whitespace() && !"\"&,;".contains(letter));
    };
    let mut is_escaped = false;
    let end = string.find(|letter| {
        let is_end = letter == '"' && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        is_end
    });
    end.map_or("", |end| &string[end..])
}

pub(crate) fn is_secret(name: &str, secret_keys: &[&str]) -> bool {
    secret_keys.iter().any(|key| key.eq_ignore_ascii_case(name))
}

fn cut(mut text: String) -> String {
    if text.len() > SHOWN {
        let end = (0..=SHOWN).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests;
