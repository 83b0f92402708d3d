//! Splits path templates into segments.

use crate::ir::PathSegment;

/// Splits a template such as `/users/{user_id}`. The part after `#` does not belong to the path: it distinguishes
/// variants of one operation. An unclosed brace is text.
pub(super) fn segments(template: &str) -> Vec<PathSegment> {
    let mut rest = template.split('#').next().unwrap_or_default();
    let mut segments = Vec::new();
    let mut text = String::new();
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else { break };
        text.push_str(&rest[..start]);
        if !text.is_empty() {
            segments.push(PathSegment::Literal(std::mem::take(&mut text)));
        }
        segments.push(PathSegment::Parameter(rest[start + 1..start + length].to_owned()));
        rest = &rest[start + length + 1..];
    }
    text.push_str(rest);
    if !text.is_empty() {
        segments.push(PathSegment::Literal(text));
    }
    segments
}

/// Returns the wire names of the parameters in a path, in order, each once.
pub(super) fn variables(segments: &[PathSegment]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for segment in segments {
        match segment {
            PathSegment::Parameter(name) if !names.contains(&name.as_str()) => names.push(name),
            PathSegment::Parameter(_) | PathSegment::Literal(_) => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::segments;
    use crate::ir::PathSegment::{Literal, Parameter};

    #[test]
    fn templates_split_at_braces() {
        let literal = |text: &str| Literal(text.to_owned());
        let parameter = |name: &str| Parameter(name.to_owned());
        assert_eq!(segments("/a/{b}/c#d"), [literal("/a/"), parameter("b"), literal("/c")]);
        assert_eq!(segments("/a.{b}"), [literal("/a."), parameter("b")]);
        assert_eq!(segments("{b}{c}"), [parameter("b"), parameter("c")]);
        assert_eq!(segments("/a/{b"), [literal("/a/{b")]);
        assert_eq!(segments(""), []);
    }
}
