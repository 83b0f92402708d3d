//! Reads from the headers of a response whether, and when, the server wants the request again.

use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};

use crate::json::value::http_date;

/// A number of seconds above this is a time since 1970, not a wait.
const LONGEST_WAIT: f64 = 1e9;

/// Returns the wait that the server asks for: in `retry-after-ms`, in `Retry-After` (RFC 9110 section 10.2.3), or, if a
/// rate limit is exceeded, by the time at which that limit starts anew.
pub(crate) fn wait(status: StatusCode, headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let millis = number(headers, "retry-after-ms").map(|millis| seconds(millis / 1e3));
    millis.or_else(|| retry_after(headers, now)).or_else(|| reset(status, headers, now))
}

/// Returns the answer to the question whether to retry, which some servers give in `x-should-retry`.
pub(crate) fn should_retry(headers: &HeaderMap) -> Option<bool> {
    match text(headers, "x-should-retry")? {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// Parses seconds, with or without a fraction, or an HTTP date. A past date means no wait.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = text(headers, RETRY_AFTER.as_str())?;
    if let Ok(number) = text.parse::<f64>() {
        return (number >= 0.0).then(|| seconds(number));
    }
    let until = http_date::parse(text)?;
    Some(until.duration_since(now).unwrap_or_default())
}

/// Returns the time until an exceeded rate limit starts anew, in seconds from now or since 1970.
fn reset(status: StatusCode, headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let is_used_up = ["ratelimit-remaining", "x-ratelimit-remaining"]
        .iter()
        .any(|name| number(headers, name) == Some(0.0));
    let is_exceeded =
        status == StatusCode::TOO_MANY_REQUESTS || (status == StatusCode::FORBIDDEN && is_used_up);
    if !is_exceeded {
        return None;
    }
    let number = number(headers, "ratelimit-reset").or_else(|| number(headers, "x-ratelimit-reset"))?;
    if number < LONGEST_WAIT {
        return Some(seconds(number));
    }
    let until = SystemTime::UNIX_EPOCH.checked_add(seconds(number))?;
    Some(until.duration_since(now).unwrap_or_default())
}

fn number(headers: &HeaderMap, name: &str) -> Option<f64> {
    text(headers, name)?.parse().ok().filter(|number: &f64| *number >= 0.0)
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// A number that overflows is longer than any retry policy waits.
fn seconds(number: f64) -> Duration {
    Duration::try_from_secs_f64(number).unwrap_or(Duration::MAX)
}
