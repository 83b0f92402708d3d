//! Resolves a `$ref` to its target, in any document.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use super::Spec;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::{DocumentId, Pointer, unescape};
use crate::tree::Node;

/// The reason why a reference cannot be resolved.
enum Broken {
    /// The target does not exist. The help says which part of the path is missing.
    Missing { help: String },
    /// References on the path to the target form a cycle.
    Cycle,
}

impl Spec {
    /// Follows `$ref`s from a place to the final target. A place without a reference is its own target. Reports
    /// references that are unresolved, remote or circular. Returns none for these, and for a place that does not
    /// exist.
    pub fn resolve(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<Pointer> {
        self.follow(pointer, diagnostics)?.pop()
    }

    /// Returns the chain of places that `$ref`s lead through, from this one to the final target.
    pub(super) fn follow(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<Vec<Pointer>> {
        let mut places = vec![pointer.clone()];
        let mut place = pointer.clone();
        while let Some(reference) = self.node(&place)?.reference() {
            place = self.target(&place.child("$ref"), reference, diagnostics)?;
            if let Some(start) = places.iter().position(|earlier| *earlier == place) {
                diagnostics.push(cycle(&mut places[start..]));
                return None;
            }
            places.push(place.clone());
        }
        Some(places)
    }

    /// Returns the direct target of a reference at `at`. Reports a reference without a target.
    pub(crate) fn target(
        &self,
        at: &Pointer,
        reference: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Pointer> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if let Some(place) = self.identified(at, file, fragment) {
            return Some(place);
        }
        if leads_away(file) {
            diagnostics.push(remote(at, reference));
            return None;
        }
        let document = if file.is_empty() {
            at.document
        } else {
            let path = referred_path(&self.documents.get(at.document.0)?.name, file);
            let Some(document) = self.by_name.get(&path) else {
                diagnostics.push(self.no_file(at, reference, &path));
                return None;
            };
            *document
        };
        match self.walk(&Pointer::root(document), &percent_decode(fragment), 0) {
            Ok(place) => Some(place),
            Err(Broken::Missing { help }) => {
                let message = format!("the target of `{reference}` does not exist");
                diagnostics.push(Diagnostic::error(Code::UnresolvedReference, at, message, help));
                None
            }
            Err(Broken::Cycle) => {
                diagnostics.push(cycle(at.parent().as_mut_slice()));
                None
            }
        }
    }

    /// Returns the target of a reference that uses the `$id` of a schema: the `$id` in the reference, or, if the
    /// document itself has no such target, that of a schema around the reference.
    fn identified(&self, at: &Pointer, file: &str, fragment: &str) -> Option<Pointer> {
        if self.by_id.is_empty() {
            return None;
        }
        let walk = |root: &Pointer| self.walk(root, &percent_decode(fragment), 0).ok();
        if !file.is_empty() {
            return walk(self.by_id.get(file)?);
        }
        let document = Pointer::root(at.document);
        if fragment.is_empty() || walk(&document).is_some() {
            return None;
        }
        let around = std::iter::successors(at.parent(), Pointer::parent);
        let mut resources = around.filter(|place| self.node(place).is_some_and(|node| id(node).is_some()));
        resources.find_map(|resource| walk(&resource))
    }

    /// Creates the diagnostic of a reference to a file that cannot be read. Often the reference is a bare schema name.
    fn no_file(&self, at: &Pointer, reference: &str, path: &str) -> Diagnostic {
        let place = Pointer::root(at.document).child("components").child("schemas");
        let schemas = self.node(&place).and_then(Node::as_mapping);
        let names = schemas.into_iter().flat_map(|schemas| schemas.keys()).map(String::as_str);
        let bare = !reference.contains(['/', '.', '#']);
        let schema = if bare { nearest(reference, names) } else { None };
        let message = format!("`{reference}` refers to the file `{path}`, which cannot be read");
        let help = schema.map_or_else(
            || "fix the path, which is relative to the file that contains the reference".to_owned(),
            |name| format!("did you mean `#/components/schemas/{name}`?"),
        );
        Diagnostic::error(Code::UnresolvedReference, at, message, help)
    }

    /// Walks down a fragment, token by token. If a token is missing next to a `$ref`, that reference is followed, so
    /// that `#/components/schemas/A/properties/b` works even if `A` is a reference.
    fn walk(&self, root: &Pointer, fragment: &str, depth: usize) -> Result<Pointer, Broken> {
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return self.anchor(root, fragment);
        }
        let mut place = root.clone();
        for token in fragment.split('/').skip(1) {
            let token = unescape(token);
            let mut hops = depth;
            loop {
                let node = self.node(&place).unwrap_or(&Node::Null);
                if node.child(&token).is_some() {
                    break;
                }
                let Some(reference) = node.reference() else {
                    return Err(missing(&place, node, &token));
                };
                hops += 1;
                place = self.hop(&place, reference, hops)?;
            }
            place = place.child(&token);
        }
        Ok(place)
    }

    /// Follows a reference on the path of another one, without reporting.
    fn hop(&self, place: &Pointer, reference: &str, depth: usize) -> Result<Pointer, Broken> {
        if depth > 64 {
            return Err(Broken::Cycle);
        }
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let document = if file.is_empty() {
            Some(place.document)
        } else {
            let from = self.documents.get(place.document.0).map_or("", |document| &document.name);
            self.by_name.get(&referred_path(from, file)).copied()
        };
        let Some(document) = document else {
            return Err(Broken::Missing {
                help: format!("`{place}` is itself a reference whose target does not exist"),
            });
        };
        self.walk(&Pointer::root(document), &percent_decode(fragment), depth + 1)
    }

    /// Returns the schema with this `$anchor`.
    fn anchor(&self, root: &Pointer, name: &str) -> Result<Pointer, Broken> {
        let tree = self.node(root).unwrap_or(&Node::Null);
        let mut stack = vec![(root.clone(), tree)];
        while let Some((place, node)) = stack.pop() {
            if ["$anchor", "$dynamicAnchor"]
                .iter()
                .any(|key| node.get(key).and_then(Node::as_str) == Some(name))
            {
                return Ok(place);
            }
            match node {
                Node::Mapping(members) => {
                    stack.extend(members.iter().map(|(key, member)| (place.child(key), member)));
                }
                Node::Sequence(items) => {
                    stack.extend(items.iter().enumerate().map(|(index, item)| (place.child(index), item)));
                }
                Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
            }
        }
        let help = format!("no schema has `$anchor: {name}`; a path in a document starts with `#/`");
        Err(Broken::Missing { help })
    }
}

fn missing(place: &Pointer, node: &Node, token: &str) -> Broken {
    let names: Vec<&str> =
        node.as_mapping().map(|members| members.keys().map(String::as_str).collect()).unwrap_or_default();
    let place = if place.as_str().is_empty() { "the document".to_owned() } else { format!("`{place}`") };
    let help = nearest(token, names.iter().copied()).map_or_else(
        || format!("{place} has no `{token}`"),
        |name| format!("{place} has no `{token}`; did you mean `{name}`?"),
    );
    Broken::Missing { help }
}

/// Creates the diagnostic of a reference cycle, which starts at the same place wherever the cycle was entered.
fn cycle(places: &mut [Pointer]) -> Diagnostic {
    let first = places.iter().enumerate().min_by_key(|(_, place)| *place).map_or(0, |(index, _)| index);
    places.rotate_left(first);
    let way: Vec<String> = places.iter().chain(places.first()).map(|place| format!("`{place}`")).collect();
    let at = places.first().map_or_else(|| Pointer::root(DocumentId(0)), |place| place.child("$ref"));
    Diagnostic::error(
        Code::ReferenceCycle,
        &at,
        format!("references form a cycle: {}", way.join(" → ")),
        "replace one of the references by a definition",
    )
}

fn remote(at: &Pointer, reference: &str) -> Diagnostic {
    Diagnostic::error(
        Code::RemoteReference,
        at,
        format!("`{reference}` is a remote reference, which is not fetched, so that runs are reproducible"),
        "save the document next to this one and refer to it by a relative path",
    )
}

/// Returns `true` for a URL and for an absolute path.
pub(super) fn leads_away(file: &str) -> bool {
    let scheme = file.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    });
    scheme || file.starts_with(['/', '\\'])
}

/// Returns the `$id` of a schema, without an empty fragment.
fn id(node: &Node) -> Option<&str> {
    node.get("$id").and_then(Node::as_str).map(|id| id.trim_end_matches('#')).filter(|id| !id.is_empty())
}

/// Returns the schemas of a tree that have an `$id`.
pub(super) fn identified(document: DocumentId, root: &Node) -> Vec<(String, Pointer)> {
    let mut found = Vec::new();
    find_ids(root, &mut found);
    let place = |tokens: &[String]| {
        tokens.iter().rev().fold(Pointer::root(document), |place, token| place.child(token))
    };
    found.into_iter().map(|(id, tokens)| (id.to_owned(), place(&tokens))).collect()
}

/// Collects each `$id` in a tree with the tokens of its path, innermost first.
fn find_ids<'n>(node: &'n Node, found: &mut Vec<(&'n str, Vec<String>)>) {
    found.extend(id(node).map(|id| (id, Vec::new())));
    let mut within = |token: &dyn fmt::Display, member| {
        let before = found.len();
        find_ids(member, found);
        found[before..].iter_mut().for_each(|(_, tokens)| tokens.push(token.to_string()));
    };
    match node {
        Node::Mapping(members) => members.iter().for_each(|(key, member)| within(key, member)),
        Node::Sequence(items) => items.iter().enumerate().for_each(|(index, item)| within(&index, item)),
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
    }
}

/// Returns the normalised paths of the files that a tree references, in document order.
pub(super) fn referred_files(from: &str, root: &Node) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut files = Vec::new();
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        if let Some(reference) = node.reference() {
            let file = reference.split_once('#').map_or(reference, |(file, _)| file);
            if !file.is_empty() && !leads_away(file) && seen.insert(file) {
                files.push(referred_path(from, file));
            }
        }
        match node {
            Node::Mapping(members) => stack.extend(members.values().rev()),
            Node::Sequence(items) => stack.extend(items.iter().rev()),
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
        }
    }
    // Documents are numbered in this order.
    files.sort();
    files
}

/// Returns the path of a referenced file, relative to the document with the reference.
pub(super) fn referred_path(from: &str, file: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let file = percent_decode(file);
    if folder.is_empty() && !from.starts_with('/') {
        normalise_path(&file)
    } else {
        normalise_path(&format!("{folder}/{file}"))
    }
}

/// Removes `.` from a path, and `..` along with the folder before it.
pub(super) fn normalise_path(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            "" if !parts.is_empty() => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, ".." | "")) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Decodes percent-encoded bytes. A text that is not valid UTF-8 afterwards is left as it was.
fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let digits = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let escaped = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let (b'%', Some(escaped)) = (byte, escaped) {
            bytes.push(escaped);
            rest = &tail[2..];
        } else {
            bytes.push(byte);
            rest = tail;
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::{leads_away, normalise_path, percent_decode, referred_path};

    #[test]
    fn paths_are_relative_to_the_file_they_stand_in() {
        assert_eq!(referred_path("api.yaml", "./pets/cat.yaml"), "pets/cat.yaml");
        assert_eq!(referred_path("spec/api.yaml", "../pets.yaml"), "pets.yaml");
        assert_eq!(referred_path("spec/api.yaml", "../../pets.yaml"), "../pets.yaml");
        assert_eq!(referred_path("/spec/api.yaml", "my%20pets.yaml"), "/spec/my pets.yaml");
        assert_eq!(normalise_path("./a//b/../c"), "a/c");
    }

    #[test]
    fn urls_and_absolute_paths_lead_away() {
        assert!(["https://a/b", "file:///a", "//a/b", "/a", "c:\\a", "urn:a"].into_iter().all(leads_away));
        assert!(!["a.yaml", "../a.yaml", "a b:c/d.yaml", ""].into_iter().any(leads_away));
    }

    #[test]
    fn escapes_that_are_none_stay() {
        assert_eq!(percent_decode("a%20b%2Fc"), "a b/c");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%zz%ff"), "%zz%ff");
    }
}
