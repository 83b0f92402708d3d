//! Parses an overlay strictly: an unknown key or a value of the wrong kind is an error.

use super::query::Query;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::tree::{Mapping, Node};

/// A parsed overlay.
#[derive(Debug)]
pub(super) struct Overlay {
    pub(super) version: Version,
    /// The path or URL of the document that it is written for.
    pub(super) extends: Option<String>,
    pub(super) actions: Vec<Action>,
}

/// The version of the specification. The patch number does not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// Version 1.0, which updates only objects and arrays, and appends an array as one item.
    V1_0,
    /// Version 1.1, which also copies, updates scalars, and appends the items of an array one by one.
    V1_1,
}

/// An action.
#[derive(Debug)]
pub(super) struct Action {
    /// The place of the action.
    pub(super) pointer: Pointer,
    pub(super) target: Query,
    pub(super) change: Change,
}

/// The change that an action makes to each selected value.
#[derive(Debug)]
pub(super) enum Change {
    /// No change: the action has none of the three keys.
    None,
    Remove,
    /// Merges this value.
    Update(Node),
    /// Merges the value that this query selects.
    Copy(Query),
}

/// Parses an overlay. Returns `None` if it has an error, which is reported.
pub(super) fn parse(root: &Pointer, text: &str, diagnostics: &mut Diagnostics) -> Option<Overlay> {
    let loaded = match crate::tree::load(text) {
        Ok(loaded) => loaded,
        Err(error) => {
            diagnostics.push(error.diagnostic(root));
            return None;
        }
    };
    let mut reader = Reader { diagnostics, failed: false };
    for slip in &loaded.slips {
        reader.push(slip.error(root));
    }
    for duplicate in &loaded.duplicates {
        let place = Pointer::new(root.document, duplicate);
        reader.push(Diagnostic::error(Code::DuplicateKey, &place, "duplicate key", "remove one of the two"));
    }
    let overlay = reader.overlay(root, &loaded.root)?;
    (!reader.failed).then_some(overlay)
}

struct Reader<'d> {
    diagnostics: &'d mut Diagnostics,
    failed: bool,
}

impl Reader<'_> {
    fn overlay(&mut self, root: &Pointer, node: &Node) -> Option<Overlay> {
        let members = self.object(root, node, &["overlay", "info", "extends", "actions"])?;
        // An unsupported version would explain all other errors, so it is checked first.
        let version = self.version(root, members)?;
        self.info(root, members);
        let extends = self.text(root, members, "extends", "name a document, such as `./api.yaml`");
        Some(Overlay {
            version,
            extends: extends.map(str::to_owned),
            actions: self.actions(root, members, version),
        })
    }

    fn version(&mut self, root: &Pointer, members: &Mapping) -> Option<Version> {
        const HELP: &str = "write `overlay: 1.0.0` or `overlay: 1.1.0`, the version of the specification";
        let node = self.required(root, members, "overlay", HELP)?;
        let Some(text) = node.as_str() else {
            self.unexpected(&root.child("overlay"), "a string", node, HELP);
            return None;
        };
        let numbers: Vec<Option<u32>> = text.split('.').map(|number| number.parse().ok()).collect();
        match numbers.as_slice() {
            [Some(1), Some(0), Some(_)] => Some(Version::V1_0),
            [Some(1), Some(1), Some(_)] => Some(Version::V1_1),
            _ => {
                self.error(&root.child("overlay"), format!("unsupported overlay version `{text}`"), HELP);
                None
            }
        }
    }

    fn info(&mut self, root: &Pointer, members: &Mapping) {
        const HELP: &str = "an overlay has `info: { title: …, version: … }`";
        let Some(info) = self.required(root, members, "info", HELP) else { return };
        let place = root.child("info");
        let Some(info) = self.object(&place, info, &["title", "version", "description"]) else { return };
        self.required_text(&place, info, "title", "say in a few words what the overlay is for");
        self.required_text(&place, info, "version", "number this overlay, such as `version: 1.0.0`");
        self.text(&place, info, "description", "write a string");
    }

    fn actions(&mut self, root: &Pointer, members: &Mapping, version: Version) -> Vec<Action> {
        const HELP: &str = "list at least one action with `target` and `update`, `remove` or `copy`";
        let place = root.child("actions");
        let Some(list) = self.required(root, members, "actions", HELP) else { return Vec::new() };
        let Some(items) = list.as_sequence() else {
            self.unexpected(&place, "an array", list, HELP);
            return Vec::new();
        };
        if items.is_empty() {
            self.error(&place, "an overlay without actions", HELP);
        }
        let mut actions = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let place = place.child(index);
            if let Some(first) = items[..index].iter().position(|earlier| earlier == item) {
                let message = format!("this action is the same as action {} of the list", first + 1);
                self.error(&place, message, "remove one of the two");
            }
            actions.extend(self.action(place, item, version));
        }
        actions
    }

    fn action(&mut self, pointer: Pointer, node: &Node, version: Version) -> Option<Action> {
        const KEYS: &[&str] = &["target", "description", "update", "remove", "copy"];
        let members = self.object(&pointer, node, KEYS)?;
        self.text(&pointer, members, "description", "write a string");
        let help = "say what the action changes, such as `target: $.info`";
        let target = self.required_text(&pointer, members, "target", help);
        let change = self.change(&pointer, members, version);
        let target = self.query(pointer.child("target"), target?)?;
        Some(Action { pointer, target, change: change? })
    }

    fn change(&mut self, pointer: &Pointer, members: &Mapping, version: Version) -> Option<Change> {
        let remove = self.boolean(pointer, members, "remove").unwrap_or(false);
        let copy = self.text(pointer, members, "copy", "write a query, such as `copy: $.info`");
        let update = members.get("update");
        if members.contains_key("copy") && version == Version::V1_0 {
            let help = "write `overlay: 1.1.0`";
            self.error(&pointer.child("copy"), "`copy` belongs to version 1.1 of overlays", help);
        }
        if update.is_some() && members.contains_key("copy") {
            let help = "make two actions of it; they are applied one after the other";
            self.error(pointer, "an action has either `update` or `copy`", help);
        }
        if remove {
            for key in ["update", "copy"].into_iter().filter(|key| members.contains_key(*key)) {
                let message = format!("`{key}` has no effect beside `remove: true`");
                let help = "remove one of the two";
                self.push(Diagnostic::warning(Code::UnusedOverlay, &pointer.child(key), message, help));
            }
            return Some(Change::Remove);
        }
        match (update, copy) {
            (Some(update), _) => Some(Change::Update(update.clone())),
            (None, Some(copy)) => self.query(pointer.child("copy"), copy).map(Change::Copy),
            (None, None) => Some(Change::None),
        }
    }

    fn query(&mut self, pointer: Pointer, text: &str) -> Option<Query> {
        match Query::parse(pointer, text) {
            Ok(query) => Some(query),
            Err(finding) => {
                self.push(*finding);
                None
            }
        }
    }

    /// Returns the members of an object. Reports keys that are neither known nor extensions (`x-…`).
    fn object<'n>(&mut self, pointer: &Pointer, node: &'n Node, known: &[&str]) -> Option<&'n Mapping> {
        let Some(members) = node.as_mapping() else {
            self.unexpected(
                pointer,
                "an object",
                node,
                "an overlay is described at https://spec.openapis.org/overlay",
            );
            return None;
        };
        for key in members.keys().filter(|key| !known.contains(&key.as_str()) && !key.starts_with("x-")) {
            let help = nearest(key, known.iter().copied()).map_or_else(
                || "remove it; the name of an extension starts with `x-`".to_owned(),
                |name| format!("did you mean `{name}`?"),
            );
            self.error(&pointer.child(key), format!("unknown key `{key}`"), help);
        }
        Some(members)
    }

    fn required<'n>(
        &mut self,
        pointer: &Pointer,
        members: &'n Mapping,
        key: &str,
        help: &str,
    ) -> Option<&'n Node> {
        let member = members.get(key);
        if member.is_none() {
            self.error(pointer, format!("`{key}` is missing"), help);
        }
        member
    }

    fn required_text<'n>(
        &mut self,
        pointer: &Pointer,
        members: &'n Mapping,
        key: &str,
        help: &str,
    ) -> Option<&'n str> {
        self.required(pointer, members, key, help)?;
        self.text(pointer, members, key, help)
    }

    fn text<'n>(
        &mut self,
        pointer: &Pointer,
        members: &'n Mapping,
        key: &str,
        help: &str,
    ) -> Option<&'n str> {
        let node = members.get(key)?;
        if matches!(node, Node::Number(_) | Node::Bool(_)) {
            self.unexpected(&pointer.child(key), "a string", node, "write it in quotes");
        } else if node.as_str().is_none() {
            self.unexpected(&pointer.child(key), "a string", node, help);
        }
        node.as_str()
    }

    fn boolean(&mut self, pointer: &Pointer, members: &Mapping, key: &str) -> Option<bool> {
        let node = members.get(key)?;
        if node.as_bool().is_none() {
            self.unexpected(&pointer.child(key), "a boolean", node, "write `true` or `false`");
        }
        node.as_bool()
    }

    fn unexpected(&mut self, pointer: &Pointer, expected: &str, found: &Node, help: &str) {
        self.error(pointer, format!("expected {expected}, found {}", found.kind()), help);
    }

    fn error(&mut self, pointer: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::error(Code::Overlay, pointer, message, help));
    }

    fn push(&mut self, finding: Diagnostic) {
        self.failed |= finding.severity == crate::diagnostic::Severity::Error;
        self.diagnostics.push(finding);
    }
}
