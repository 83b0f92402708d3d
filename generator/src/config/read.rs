//! Reads values from a configuration. Unknown keys and values of the wrong type are errors.

use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::pointer::{DocumentId, Pointer};
use crate::source::Source;
use crate::tree::{Mapping, Node};

/// Reads values and reports errors in them.
pub(super) struct ConfigReader<'d> {
    diagnostics: &'d mut Diagnostics,
    pub(super) failed: bool,
    /// The folder of each configuration, relative to that of the first one.
    folders: Vec<String>,
}

/// An object of the configuration whose keys are known.
#[derive(Clone)]
pub(super) struct Section<'a> {
    pub(super) pointer: Pointer,
    members: &'a Mapping,
    /// The corresponding object of the extended configuration.
    base: Option<Box<Self>>,
}

impl<'a> Section<'a> {
    /// Returns the member of this name. A missing member is taken from the base; null removes it.
    pub(super) fn get(&self, key: &str) -> Option<(Pointer, &'a Node)> {
        match self.members.get(key) {
            Some(Node::Null) => None,
            Some(node) => Some((self.pointer.child(key), node)),
            None => self.base.as_ref()?.get(key),
        }
    }

    /// Sets the object of the extended configuration.
    pub(super) fn over(self, base: Option<Self>) -> Self {
        Self { base: base.map(Box::new), ..self }
    }
}

impl<'d> ConfigReader<'d> {
    pub(super) fn new(diagnostics: &'d mut Diagnostics) -> Self {
        Self { diagnostics, failed: false, folders: Vec::new() }
    }

    pub(super) fn add_source(&mut self, document: DocumentId, source: &Source) {
        self.diagnostics.add_source(document, source);
    }

    /// Adds the folder of the next configuration.
    pub(super) fn add_folder(&mut self, folder: String) {
        self.folders.push(folder);
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.failed |= diagnostic.severity == Severity::Error;
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn error(&mut self, pointer: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::error(Code::Config, pointer, message, help));
    }

    fn expected(&mut self, pointer: &Pointer, expected: &str, found: &Node) {
        let message = format!("expected {expected}, found {}", found.kind());
        self.error(pointer, message, format!("write {expected}"));
    }

    /// Reads an object with these keys and no others.
    pub(super) fn section<'a>(
        &mut self,
        pointer: &Pointer,
        node: &'a Node,
        known: &[&str],
    ) -> Option<Section<'a>> {
        let Some(members) = node.as_mapping() else {
            self.expected(pointer, "an object", node);
            return None;
        };
        for key in members.keys().filter(|key| !known.contains(&key.as_str())) {
            let all = || format!("valid keys are {}", list(known));
            let help = nearest(key, known.iter().copied())
                .map_or_else(all, |name| format!("did you mean `{name}`?"));
            self.error(&pointer.child(key), format!("unknown key `{key}`"), help);
        }
        Some(Section { pointer: pointer.clone(), members, base: None })
    }

    /// Reads an object in a section.
    pub(super) fn subsection<'a>(
        &mut self,
        section: &Section<'a>,
        key: &str,
        known: &[&str],
    ) -> Option<Section<'a>> {
        let (pointer, node) = section.get(key)?;
        self.section(&pointer, node, known)
    }

    /// Reads a string. A number or boolean is read as its text.
    pub(super) fn text(&mut self, section: &Section<'_>, key: &str) -> Option<String> {
        let (pointer, node) = section.get(key)?;
        self.scalar(&pointer, node)
    }

    /// Reads a path, and makes it relative to the first configuration.
    pub(super) fn path(&mut self, section: &Section<'_>, key: &str) -> Option<String> {
        let (pointer, node) = section.get(key)?;
        let path = self.scalar(&pointer, node)?;
        Some(self.rebased(&pointer, &path))
    }

    /// Makes a path at this place relative to the first configuration.
    pub(super) fn rebased(&self, pointer: &Pointer, path: &str) -> String {
        let depth = super::document(0).0 - pointer.document.0;
        format!("{}{path}", self.folders.get(depth).map_or("", String::as_str))
    }

    /// Reads a required string.
    pub(super) fn required_text(&mut self, section: &Section<'_>, key: &str, help: &str) -> Option<String> {
        if section.get(key).is_none() {
            self.error(&section.pointer, format!("`{key}` is missing"), help);
        }
        let text = self.text(section, key)?;
        if text.trim().is_empty() {
            self.error(&section.pointer.child(key), format!("`{key}` is empty"), help);
            return None;
        }
        Some(text)
    }

    pub(super) fn scalar(&mut self, pointer: &Pointer, node: &Node) -> Option<String> {
        let text = node.scalar_text();
        if text.is_none() {
            self.expected(pointer, "a string", node);
        }
        text
    }

    /// Reads strings with their places. A single string is read as a list of one.
    pub(super) fn texts(&mut self, section: &Section<'_>, key: &str) -> Vec<(Pointer, String)> {
        let items = self.items(section, key);
        items
            .into_iter()
            .filter_map(|(place, item)| Some((place.clone(), self.scalar(&place, item)?)))
            .collect()
    }

    /// Reads the items of a list with their places.
    pub(super) fn items<'a>(&mut self, section: &Section<'a>, key: &str) -> Vec<(Pointer, &'a Node)> {
        match section.get(key) {
            None => Vec::new(),
            Some((place, Node::Sequence(items))) => {
                items.iter().enumerate().map(|(index, item)| (place.child(index), item)).collect()
            }
            Some((place, scalar @ (Node::String(_) | Node::Number(_) | Node::Bool(_)))) => {
                vec![(place, scalar)]
            }
            Some((place, other @ (Node::Mapping(_) | Node::Null))) => {
                self.expected(&place, "a list", other);
                Vec::new()
            }
        }
    }

    /// Reads an object with arbitrary keys and string values, each with its place.
    pub(super) fn entries(&mut self, section: &Section<'_>, key: &str) -> Vec<(Pointer, String, String)> {
        let Some((place, node)) = section.get(key) else { return Vec::new() };
        let Some(members) = node.as_mapping() else {
            self.expected(&place, "an object", node);
            return Vec::new();
        };
        let mut entries = Vec::new();
        for (key, member) in members {
            let place = place.child(key);
            if let Some(text) = self.scalar(&place, member) {
                entries.push((place, key.clone(), text));
            }
        }
        entries
    }

    /// Reads one of several words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        pointer: &Pointer,
        word: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let found = choices.iter().find(|(name, _)| *name == word);
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let help = nearest(word, names.iter().copied()).map_or_else(
                || format!("valid values are {}", list(&names)),
                |name| format!("did you mean `{name}`?"),
            );
            self.error(pointer, format!("invalid value `{word}`"), help);
        }
        found.map(|(_, value)| *value)
    }

    /// Reads a JSON Pointer (RFC 6901), which may start with `#`.
    pub(super) fn json_pointer(&mut self, pointer: &Pointer, text: &str) -> Option<String> {
        let path = text.strip_prefix('#').unwrap_or(text);
        if !path.starts_with('/') {
            let help = "write a path from the root, such as `/components/schemas/User`";
            self.error(pointer, format!("invalid JSON Pointer `{text}`"), help);
            return None;
        }
        Some(path.to_owned())
    }
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
