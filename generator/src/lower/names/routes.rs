//! A route of the configuration and an operation to the name that the one gives the other.

use super::singular::singular;
use crate::config::{NameRoute, RouteName, RouteSegment};

/// The name that the route gives to an operation with this method and path template; none where it does
/// not fit.
pub(in crate::lower) fn name(route: &NameRoute, method: &str, template: &str) -> Option<String> {
    let (path, fragment) = match template.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (template, None),
    };
    let segments: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
    let fits = route.method == method
        && route.path.len() == segments.len()
        && route.fragment.is_some() == fragment.is_some();
    if !fits {
        return None;
    }
    let mut captured = Vec::new();
    for (expected, text) in route.path.iter().chain(&route.fragment).zip(segments.into_iter().chain(fragment))
    {
        captured.extend(capture(expected, text)?);
    }
    let value = |wanted: &str| captured.iter().find(|(name, _)| *name == wanted).map_or("", |(_, text)| text);
    let piece = |piece: &RouteName| match piece {
        RouteName::Text(text) => text.clone(),
        RouteName::Captured(name) => value(name).to_owned(),
        RouteName::Singular(name) => in_singular(value(name)),
    };
    Some(route.name.iter().map(piece).collect())
}

/// What a segment captures of a text that fits it, with the name of the capture.
fn capture<'a>(expected: &'a RouteSegment, text: &'a str) -> Option<Option<(&'a str, &'a str)>> {
    match expected {
        RouteSegment::Literal(literal) => (literal == text).then_some(None),
        RouteSegment::Parameter => {
            let inside = text.strip_prefix('{')?.strip_suffix('}')?;
            (!inside.contains(['{', '}'])).then_some(None)
        }
        RouteSegment::Capture { before, name, after } => {
            let inside = text.strip_prefix(before.as_str())?.strip_suffix(after.as_str())?;
            (!inside.is_empty() && !inside.contains(['{', '}'])).then_some(Some((name, inside)))
        }
    }
}

/// A text whose last word is singular.
fn in_singular(text: &str) -> String {
    let mut words = crate::name::words(text);
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
    words.join("_")
}
