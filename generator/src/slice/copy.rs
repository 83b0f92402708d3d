//! Copies objects of a document, and follows and rewrites the references in them.

use std::collections::BTreeMap;

use super::Kept;
use super::components::{ComponentId, Components};
use crate::diagnostic::Diagnostics;
use crate::pointer::{DocumentId, Pointer};
use crate::spec::Spec;
use crate::spec::grammar::{Kind, Member};
use crate::tree::{Mapping, Node};

/// The maximum nesting of objects that are written out in place of a reference, since they cannot become components.
const INLINE_DEPTH: usize = 16;

/// Copies objects into a slice.
pub(super) struct Copier<'s> {
    pub(super) spec: &'s Spec,
    pub(super) document: DocumentId,
    pub(super) kept: &'s Kept,
    pub(super) components: Components<'s>,
    /// The names of the schemas that extend a schema by `allOf`.
    pub(super) subtypes: BTreeMap<Pointer, Vec<String>>,
    /// The current nesting of objects that are written out.
    pub(super) inlined: usize,
}

impl Copier<'_> {
    /// Copies the object at a place.
    pub(super) fn copy(&mut self, place: &Pointer, kind: Kind) -> Node {
        let Some(node) = self.spec.node(place) else { return Node::Null };
        match (node, kind) {
            (_, Kind::Value) => node.clone(),
            (Node::Mapping(members), _) => self.object(place, members, kind),
            (Node::Sequence(items), _) => {
                Node::Sequence((0..items.len()).map(|index| self.copy(&place.child(index), kind)).collect())
            }
            (Node::String(text), Kind::MappingTarget) => Node::String(self.mapping_target(place, text)),
            (Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_), _) => node.clone(),
        }
    }

    fn object(&mut self, place: &Pointer, members: &Mapping, kind: Kind) -> Node {
        let reference = members.get("$ref").and_then(Node::as_str);
        let mut rewritten = None;
        if let Some(reference) = reference {
            match self.reference(&place.child("$ref"), reference, kind) {
                Reference::To(text) => rewritten = Some(text),
                Reference::WrittenOut(node) => return node,
            }
        }
        let mut copied = Mapping::default();
        for (key, member) in members {
            let place = place.child(key);
            let member = match (key.as_str(), &mut rewritten) {
                ("$ref", Some(text)) => Node::String(std::mem::take(text)),
                _ => match (kind.member(key), member) {
                    (Member::Named(kind), Node::Mapping(names)) => self.named(&place, names, kind),
                    (Member::Named(kind) | Member::Object(kind), _) => self.copy(&place, kind),
                },
            };
            copied.insert(key.clone(), member);
        }
        if kind == Kind::Schema && place.document == self.document {
            self.need_subtypes(place, members);
        }
        Node::Mapping(copied)
    }

    fn named(&mut self, place: &Pointer, names: &Mapping, kind: Kind) -> Node {
        let places = names.keys().map(|name| (name.clone(), place.child(name)));
        let places: Vec<_> =
            places.filter(|(_, place)| kind != Kind::Link || self.is_kept_link(place)).collect();
        Node::Mapping(places.into_iter().map(|(name, place)| (name, self.copy(&place, kind))).collect())
    }

    /// Returns `true` for a link that leads to an operation of the slice.
    fn is_kept_link(&self, place: &Pointer) -> bool {
        let target = self.spec.resolve(place, &mut Diagnostics::default());
        let link = target.and_then(|target| self.spec.node(&target));
        let id = link.and_then(|link| link.get("operationId")).and_then(Node::as_str);
        id.is_some_and(|id| self.kept.operation_ids.contains(id))
    }

    /// Follows a reference. Keeps one without a target.
    fn reference(&mut self, at: &Pointer, text: &str, kind: Kind) -> Reference {
        let Some(target) = self.spec.direct_target(at, text) else {
            return Reference::To(text.to_owned());
        };
        if let Some(text) = self.reach(at, &target, text, kind) {
            return Reference::To(text);
        }
        if kind == Kind::Extension || self.inlined == INLINE_DEPTH {
            return Reference::To(text.to_owned());
        }
        self.inlined += 1;
        let node = self.copy(&target, kind);
        self.inlined -= 1;
        Reference::WrittenOut(node)
    }

    /// Adds the target of a reference to the slice. Returns the text of the reference in the slice, or `None` if the
    /// target has to be written out.
    fn reach(&mut self, at: &Pointer, target: &Pointer, text: &str, kind: Kind) -> Option<String> {
        let verbatim = || if at.document == self.document { text.to_owned() } else { fragment(target) };
        if target.document == self.document {
            if let Some(id) = ComponentId::around(target) {
                let verbatim = verbatim();
                self.components.need(id);
                return Some(verbatim);
            }
            if target.as_str().is_empty() || self.kept.holds(target) {
                return Some(verbatim());
            }
        }
        let ComponentId { section, name } = self.components.hoist(target, kind)?;
        Some(fragment(&Pointer::root(self.document).child("components").child(section).child(name)))
    }

    /// Follows the value of a discriminator's mapping.
    fn mapping_target(&mut self, place: &Pointer, text: &str) -> String {
        let named = ComponentId { section: "schemas".to_owned(), name: text.to_owned() };
        let schema = Pointer::root(self.document).child("components").child("schemas").child(text);
        if self.spec.node(&schema).is_some() {
            self.components.need(named);
            return text.to_owned();
        }
        match self.reference(place, text, Kind::Schema) {
            Reference::To(text) => text,
            Reference::WrittenOut(_) => text.to_owned(),
        }
    }

    /// Adds the subtypes of a schema with a discriminator, which it does not refer to.
    fn need_subtypes(&mut self, place: &Pointer, members: &Mapping) {
        let has_members =
            members.get("properties").and_then(Node::as_mapping).is_some_and(|own| !own.is_empty());
        if !has_members || !members.contains_key("discriminator") {
            return;
        }
        let mut pending = vec![place.clone()];
        while let Some(parent) = pending.pop() {
            // Removed, so that the loop ends if schemas extend each other.
            for name in self.subtypes.remove(&parent).unwrap_or_default() {
                let id = ComponentId { section: "schemas".to_owned(), name };
                pending
                    .push(Pointer::root(self.document).child("components").child("schemas").child(&id.name));
                self.components.need(id);
            }
        }
    }

    /// Copies the pending components, and those that they reach.
    pub(super) fn copy_components(&mut self) {
        while let Some(pending) = self.components.next() {
            let node = self.copy(&pending.place, pending.kind);
            self.components.add(pending.id, node);
        }
    }
}

/// The result of following a reference.
enum Reference {
    /// The text of the reference in the slice.
    To(String),
    /// The object itself, which cannot be referred to in the slice.
    WrittenOut(Node),
}

/// Returns the text of a reference to a place in the same document.
fn fragment(place: &Pointer) -> String {
    let mut text = "#".to_owned();
    for char in place.as_str().chars() {
        if char.is_ascii_alphanumeric() || "/~-._!$&'()*+,;=:@?".contains(char) {
            text.push(char);
        } else {
            let mut bytes = [0; 4];
            for byte in char.encode_utf8(&mut bytes).bytes() {
                text.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    text
}
