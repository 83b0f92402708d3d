//! Names operations by the routes of the configuration.

use super::singular::singular;
use crate::config::{NameRoute, RouteName, RouteSegment};

/// Returns the name that the route gives to an operation with this method and path template, or `None` if the route
/// does not match.
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

/// Matches a text against a segment, and returns the name and text of the capture, if it has one.
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

/// Makes the last word of a text singular.
fn in_singular(text: &str) -> String {
    let mut words = crate::name::words(text);
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
    words.join("_")
}
