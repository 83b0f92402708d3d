//! Evaluates JSONPath queries (RFC 9535), and explains why a query selects nothing.

use std::collections::BTreeSet;

use serde_json::Value;
use serde_json_path::{JsonPath, PathElement};

use super::tree::{Place, Token};
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

/// The maximum nesting of brackets in a query, since its parser is recursive.
const DEPTH: usize = 32;

/// The help for a query that selects nothing, if no similar key exists.
const OTHERWISE: &str = "correct the query, or remove the action if the document no longer needs it";

/// A query of an overlay.
#[derive(Debug)]
pub(super) struct Query {
    /// The place of the query.
    pub(super) pointer: Pointer,
    text: String,
    path: JsonPath,
}

impl Query {
    /// Parses a query.
    ///
    /// # Errors
    ///
    /// Returns a diagnostic if the text is not a query.
    pub(super) fn parse(pointer: Pointer, text: &str) -> Result<Self, Box<Diagnostic>> {
        let refuse = |why: String, help: &str| {
            Box::new(Diagnostic::error(
                Code::Overlay,
                &pointer,
                format!("invalid JSONPath query: {why}"),
                help,
            ))
        };
        if !text.starts_with('$') {
            return Err(refuse(
                "it does not start with `$`".to_owned(),
                "write it from the root, such as `$.info`",
            ));
        }
        if segments(text).depth > DEPTH {
            return Err(refuse(
                format!("more than {DEPTH} brackets inside one another"),
                "write a simpler query",
            ));
        }
        match JsonPath::parse(text) {
            Ok(path) => Ok(Self { pointer, text: text.to_owned(), path }),
            Err(error) => {
                let rest: String =
                    text.get(error.position()..).unwrap_or_default().chars().take(20).collect();
                let place = if rest.is_empty() { "at its end".to_owned() } else { format!("at `{rest}`") };
                let why = Some(error.message()).filter(|why| !why.ends_with("parser error"));
                let help = "follow RFC 9535; a key that is not a plain word goes in brackets and quotes, such \
                            as `$.paths['/users']` or `$['x-name']`";
                Err(refuse(format!("{} {place}", why.unwrap_or("unexpected text")), help))
            }
        }
    }

    /// Returns the selected places without duplicates, each value before the values in it.
    pub(super) fn select(&self, root: &Value) -> BTreeSet<Place> {
        places(&self.path, root)
    }

    /// Returns the help for a query that selects nothing.
    pub(super) fn explain(&self, root: &Value) -> String {
        let ends = segments(&self.text).ends;
        let part = |end: &usize| JsonPath::parse(&self.text[..*end]).ok();
        // The longest prefix that selects something, and the segment after it.
        let Some(last) =
            ends.iter().rposition(|end| part(end).is_some_and(|path| !path.query(root).is_empty()))
        else {
            return "the document is empty".to_owned();
        };
        let (found, next) = (ends[last], ends.get(last + 1).copied().unwrap_or(self.text.len()));
        let (before, segment) = (&self.text[..found], &self.text[found..next]);
        let Some(name) = member_name(segment) else {
            return format!("nothing in `{before}` fits `{segment}`; {OTHERWISE}");
        };
        let parents = part(&found).map(|path| path.query(root).all()).unwrap_or_default();
        let keys = parents.iter().filter_map(|parent| parent.as_object()).flat_map(|members| members.keys());
        match nearest(&name, keys.map(String::as_str)) {
            Some(key) => format!("`{before}` has no `{name}`; did you mean `{key}`?"),
            None => format!("`{before}` has no `{name}`; {OTHERWISE}"),
        }
    }
}

impl std::fmt::Display for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

fn places(path: &JsonPath, root: &Value) -> BTreeSet<Place> {
    let found = path.query_located(root);
    let token = |element: &PathElement<'_>| match element {
        PathElement::Name(name) => Token::Key((*name).to_owned()),
        PathElement::Index(index) => Token::Index(*index),
    };
    found.locations().map(|location| location.iter().map(token).collect()).collect()
}

/// The outline of a query.
struct Segments {
    /// The end of the root and of each segment, in bytes.
    ends: Vec<usize>,
    /// The maximum nesting of brackets.
    depth: usize,
}

/// Splits a query into segments. A segment starts at a dot or bracket that is not inside a bracket or string.
fn segments(text: &str) -> Segments {
    let (mut ends, mut open, mut depth) = (Vec::new(), 0_usize, 0);
    let (mut quote, mut escaped, mut previous) = (None, false, None);
    for (at, char) in text.char_indices() {
        match (quote, char) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(start), end) if start == end => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(char),
            (None, ']' | ')') => open = open.saturating_sub(1),
            (None, '.') if open == 0 && previous != Some('.') => ends.push(at),
            (None, '[' | '(') => {
                if open == 0 && previous != Some('.') {
                    ends.push(at);
                }
                open += 1;
                depth = depth.max(open);
            }
            (None, _) => {}
        }
        previous = Some(char);
    }
    ends.push(text.len());
    Segments { ends, depth }
}

/// Returns the key of a segment such as `.get` or `['/users']`.
fn member_name(segment: &str) -> Option<String> {
    if let Some(name) = segment.strip_prefix('.') {
        return (!name.starts_with('.') && name != "*").then(|| name.to_owned());
    }
    let name = segment.strip_prefix('[')?.strip_suffix(']')?.trim();
    let quoted = |quote| name.strip_prefix(quote)?.strip_suffix(quote);
    let inner: &str = quoted('\'').or_else(|| quoted('"'))?;
    (!inner.contains(['\'', '"', '\\'])).then(|| inner.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{OTHERWISE, Query};
    use crate::pointer::{DocumentId, Pointer};

    fn query(text: &str) -> Query {
        Query::parse(Pointer::root(DocumentId(0)), text).expect("the query is valid")
    }

    fn document() -> Value {
        json!({
            "paths": { "/users": { "get": { "tags": ["a", "ü"] } }, "/größe": {} },
            "servers": [{ "description": "Dev" }, { "description": "Prod" }],
        })
    }

    #[track_caller]
    fn check(text: &str, places: &[&str]) {
        let found: Vec<String> = query(text)
            .select(&document())
            .iter()
            .map(|place| place.iter().map(|token| format!("{token}/")).collect())
            .collect();
        assert_eq!(found, places);
    }

    #[test]
    fn queries_select_places() {
        check("$", &[""]);
        check("$.paths['/users'].get.tags[-1]", &["paths//users/get/tags/1/"]);
        check("$.servers[?@.description == 'Dev']", &["servers/0/"]);
        check("$.paths.*.get.tags[?@ == 'ü']", &["paths//users/get/tags/1/"]);
        check("$['paths'][\"/größe\"]", &["paths//größe/"]);
        check("$.servers[1, 0, 1]", &["servers/0/", "servers/1/"]);
        check("$..nothing", &[]);
    }

    #[test]
    fn a_query_that_selects_nothing_is_explained() {
        for (text, expected) in [
            ("$.paths['/user'].get", "`$.paths` has no `/user`; did you mean `/users`?"),
            ("$.path['/users']", "`$` has no `path`; did you mean `paths`?"),
            ("$.paths.*.put.tags", "`$.paths.*` has no `put`; did you mean `get`?"),
            ("$.paths['/users'].responses", "`$.paths['/users']` has no `responses`"),
            (
                "$.servers[?@.description == 'a.b[']",
                "nothing in `$.servers` fits `[?@.description == 'a.b[']`",
            ),
            ("$..tags[7]", "nothing in `$..tags` fits `[7]`"),
            ("$..nothing.there", "nothing in `$` fits `..nothing`"),
        ] {
            let explained = query(text).explain(&document());
            assert_eq!(
                explained.strip_suffix(&format!("; {OTHERWISE}")).unwrap_or(&explained),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn invalid_queries_are_refused() {
        let nested = format!("$[?{}@.a{}]", "(".repeat(5000), ")".repeat(5000));
        for text in ["paths", "$.", "$.x-name", "$[", "$.a[?(@.b = 1)]", "$ ", &nested] {
            assert!(Query::parse(Pointer::root(DocumentId(0)), text).is_err(), "{text}");
        }
    }
}
