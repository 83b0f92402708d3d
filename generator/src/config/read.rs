//! A tree to values, strictly: an unknown key or a value of the wrong kind is an error at its place.

use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::pointer::{DocumentId, Pointer};
use crate::source::Source;
use crate::tree::{Mapping, Node};

/// Reads values and reports what is wrong with them.
pub(super) struct ConfigReader<'d> {
    diagnostics: &'d mut Diagnostics,
    pub(super) failed: bool,
    /// For each configuration, what its paths begin with when they are taken from the first one.
    folders: Vec<String>,
}

/// An object of the configuration whose keys are all known.
#[derive(Clone)]
pub(super) struct Section<'a> {
    pub(super) pointer: Pointer,
    members: &'a Mapping,
    /// The same object of the configuration that this one extends.
    base: Option<Box<Self>>,
}

impl<'a> Section<'a> {
    /// The member of this name, from the base where it is not here at all; null says that there is none.
    pub(super) fn get(&self, key: &str) -> Option<(Pointer, &'a Node)> {
        match self.members.get(key) {
            Some(Node::Null) => None,
            Some(node) => Some((self.pointer.child(key), node)),
            None => self.base.as_ref()?.get(key),
        }
    }

    /// This object over that of another configuration.
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

    /// Notes the folder of one more configuration.
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
        let message = format!("{expected} belongs here, but this is {}", found.kind());
        self.error(pointer, message, format!("write {expected}"));
    }

    /// An object with these keys and no others.
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
            let all = || format!("the keys here are {}", list(known));
            let help = nearest(key, known.iter().copied())
                .map_or_else(all, |name| format!("did you mean `{name}`?"));
            self.error(&pointer.child(key), format!("there is no key `{key}` here"), help);
        }
        Some(Section { pointer: pointer.clone(), members, base: None })
    }

    /// The object below a section.
    pub(super) fn subsection<'a>(
        &mut self,
        section: &Section<'a>,
        key: &str,
        known: &[&str],
    ) -> Option<Section<'a>> {
        let (pointer, node) = section.get(key)?;
        self.section(&pointer, node, known)
    }

    /// A text; a number counts as its text.
    pub(super) fn text(&mut self, section: &Section<'_>, key: &str) -> Option<String> {
        let (pointer, node) = section.get(key)?;
        self.scalar(&pointer, node)
    }

    /// A path, taken from the first configuration.
    pub(super) fn path(&mut self, section: &Section<'_>, key: &str) -> Option<String> {
        let (pointer, node) = section.get(key)?;
        let path = self.scalar(&pointer, node)?;
        Some(self.rebased(&pointer, &path))
    }

    /// A path that stands at this place, taken from the first configuration.
    pub(super) fn rebased(&self, pointer: &Pointer, path: &str) -> String {
        let depth = super::document(0).0 - pointer.document.0;
        format!("{}{path}", self.folders.get(depth).map_or("", String::as_str))
    }

    /// A text that has to be there.
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

    /// Texts with their places. One text counts as a list of it.
    pub(super) fn texts(&mut self, section: &Section<'_>, key: &str) -> Vec<(Pointer, String)> {
        let items = self.items(section, key);
        items
            .into_iter()
            .filter_map(|(place, item)| Some((place.clone(), self.scalar(&place, item)?)))
            .collect()
    }

    /// The items of a list with their places.
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

    /// The members of an object whose keys are free: place, key and text.
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

    /// One of several words.
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
                || format!("it is one of {}", list(&names)),
                |name| format!("did you mean `{name}`?"),
            );
            self.error(pointer, format!("`{word}` is none of the values that are possible here"), help);
        }
        found.map(|(_, value)| *value)
    }

    /// A JSON Pointer, also with a `#` before it.
    pub(super) fn json_pointer(&mut self, pointer: &Pointer, text: &str) -> Option<String> {
        let path = text.strip_prefix('#').unwrap_or(text);
        if !path.starts_with('/') {
            let help = "write the path from the root, such as `/components/schemas/User`";
            self.error(pointer, format!("`{text}` is no JSON Pointer"), help);
            return None;
        }
        Some(path.to_owned())
    }
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
