//! Determines the media types that a call asks for.

use crate::ir::{Operation, Payload};

/// The kind of content that a call asks for. The first one that a response has decides.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Events,
    Lines,
    Bytes,
    Text,
    Json,
}

/// Returns the `Accept` header, best media type first (RFC 9110, section 12.5.1), or `None` for JSON alone.
/// Errors are JSON too, so JSON is requested even if the call returns nothing.
pub(super) fn accept(operation: &Operation) -> Option<String> {
    let wanted = wanted(operation);
    let mut accept = media_types(operation, wanted);
    accept.retain(|media_type| !media_type.contains('*'));
    match wanted {
        Wanted::Events => Some("text/event-stream".to_owned()),
        Wanted::Lines => Some(accept.join(", ")),
        Wanted::Bytes => Some(or_else_any(accept, operation).unwrap_or_else(|| "*/*".to_owned())),
        Wanted::Text => {
            let any = [accept.clone(), vec!["*/*"]].concat().join(", ");
            Some(or_else_any(accept, operation).unwrap_or(any))
        }
        Wanted::Json => {
            if is_usual(&accept) {
                return None;
            }
            if !accept.contains(&USUAL) {
                accept.push(USUAL);
            }
            Some(accept.join(", "))
        }
    }
}

/// Returns the media types that the content of a call has, sorted; none if it is the usual JSON, or events.
pub(crate) fn asked(operation: &Operation) -> Vec<String> {
    let wanted = wanted(operation);
    let mut asked = media_types(operation, wanted);
    match wanted {
        Wanted::Events => asked.clear(),
        Wanted::Json => asked.retain(|media_type| !media_type.contains('*')),
        Wanted::Lines | Wanted::Bytes | Wanted::Text => {}
    }
    if is_usual(&asked) {
        asked.clear();
    }
    asked.sort_unstable();
    asked.into_iter().map(str::to_owned).collect()
}

/// The media type that a call asks for if nothing else is documented.
const USUAL: &str = "application/json";

fn is_usual(media_types: &[&str]) -> bool {
    media_types.iter().all(|media_type| *media_type == USUAL)
}

fn wanted(operation: &Operation) -> Wanted {
    let has = |test: fn(&Payload) -> bool| operation.responses.iter().any(|response| test(&response.payload));
    if has(|payload| matches!(payload, Payload::Events(_))) {
        Wanted::Events
    } else if has(|payload| matches!(payload, Payload::JsonLines(_) | Payload::Results(_))) {
        Wanted::Lines
    } else if has(|payload| matches!(payload, Payload::Binary | Payload::Location)) {
        Wanted::Bytes
    } else if has(|payload| matches!(payload, Payload::Text)) {
        Wanted::Text
    } else {
        Wanted::Json
    }
}

/// Returns the distinct media types of the responses with this content.
fn media_types(operation: &Operation, wanted: Wanted) -> Vec<&str> {
    let is_wanted = |payload: &Payload| match payload {
        Payload::Events(_) => wanted == Wanted::Events,
        Payload::JsonLines(_) | Payload::Results(_) => wanted == Wanted::Lines,
        Payload::Binary => wanted == Wanted::Bytes,
        Payload::Text => wanted == Wanted::Text,
        Payload::Json(_) => wanted == Wanted::Json,
        Payload::Empty | Payload::Location => false,
    };
    let mut media_types: Vec<&str> = Vec::new();
    for response in operation.responses.iter().filter(|response| is_wanted(&response.payload)) {
        let media_type = response.media_type.trim();
        if !media_type.is_empty() && !media_types.contains(&media_type) {
            media_types.push(media_type);
        }
    }
    media_types
}

/// Prefers these media types to all others, if the server can also answer with JSON, which the call cannot read.
fn or_else_any(mut accept: Vec<&str>, operation: &Operation) -> Option<String> {
    let alternatives = operation.alternatives();
    let has_json = alternatives.iter().any(|alternative| matches!(alternative.payload, Payload::Json(_)));
    if !has_json || accept.is_empty() {
        return None;
    }
    accept.push("*/*;q=0.1");
    Some(accept.join(", "))
}
