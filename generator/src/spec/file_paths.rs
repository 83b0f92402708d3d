//! Finds the files that a tree refers to, by paths relative to the file with the reference.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;

use crate::tree::Node;

/// Returns `true` for a URL and for an absolute path.
pub(super) fn leads_away(file: &str) -> bool {
    file.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme)) || file.starts_with(['/', '\\'])
}

/// Returns `true` for the text of a scheme (RFC 3986 section 3.1).
pub(crate) fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// Returns the normalised paths of the files that a tree references, sorted. A reference in a schema with a relative `$id`
/// means two files: the one beside the document, and the one beside the `$id`.
pub(super) fn referred_files(from: &str, root: &Node) -> Vec<String> {
    let mut seen = BTreeSet::new();
    // Documents are numbered in this order.
    let mut files = BTreeSet::new();
    let mut stack: Vec<(&Node, Rc<str>)> = vec![(root, from.into())];
    while let Some((node, base)) = stack.pop() {
        let own = node.get("$id").and_then(Node::as_str).filter(|id| !leads_away(id));
        let base = own.map_or(base.clone(), |id| referred_path(&base, id).into());
        if let Some(reference) = node.reference() {
            let file = reference.split_once('#').map_or(reference, |(file, _)| file);
            if !file.is_empty() && !leads_away(file) && seen.insert((base.clone(), file)) {
                files.extend([referred_path(from, file), referred_path(&base, file)]);
            }
        }
        match node {
            Node::Mapping(members) => stack.extend(members.values().map(|member| (member, base.clone()))),
            Node::Sequence(items) => stack.extend(items.iter().map(|item| (item, base.clone()))),
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
        }
    }
    files.into_iter().collect()
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
pub(super) fn percent_decode(text: &str) -> Cow<'_, str> {
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
