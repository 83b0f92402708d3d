//! Rewrites references to the parts that move.

use std::collections::BTreeMap;

use super::located::Located;
use super::{Kind, Rewriting};
use crate::pointer::{DocumentId, Origin, Pointer};
use crate::spec::Spec;
use crate::spec::file_paths::{leads_away, percent_decode, referred_path};
use crate::spec::moved::moved;
use crate::tree::Node;

impl Rewriting<'_, '_> {
    /// Returns a reference as it is after the rewriting. A target in a file that is no document is rewritten later.
    pub(super) fn reference(&mut self, id: DocumentId, reference: &str, kind: Kind) -> String {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let Some(target) = self.original.referred_document(id, file) else { return reference.to_owned() };
        if self.swagger.contains(&target) {
            return moved(file, fragment);
        }
        let root = self.original.documents.get(target.0).map(|document| &document.root);
        if root.is_some_and(|root| root.get("openapi").is_none()) {
            let place = Pointer::new(target, &percent_decode(fragment));
            if self.seen.insert(place.clone()) {
                self.pending.push((place, kind));
            }
        }
        reference.to_owned()
    }

    /// Rewrites the reference of an object that has one.
    pub(super) fn referring(&mut self, id: DocumentId, part: Located, kind: Kind) -> Located {
        part.map(|node| {
            if let Node::Mapping(members) = node
                && let Some(Node::String(reference)) = members.get_mut("$ref")
            {
                *reference = self.reference(id, reference, kind);
            }
        })
    }

    /// Returns the target of a reference as it is written, with its place.
    pub(super) fn referred(&self, id: DocumentId, reference: &str) -> Option<(Pointer, Node)> {
        let mut place = (id, reference.to_owned());
        // A chain of references is short, unless it is a cycle.
        for _ in 0..16 {
            let (file, fragment) = place.1.split_once('#').unwrap_or((&place.1, ""));
            let target = self.original.referred_document(place.0, file)?;
            let pointer = Pointer::new(target, &percent_decode(fragment));
            let node = self.original.node(&pointer)?;
            match node.reference() {
                Some(next) => place = (target, next.to_owned()),
                None => return Some((pointer, node.clone())),
            }
        }
        None
    }
}

impl Spec {
    /// Returns the document that the file of a reference names.
    fn referred_document(&self, from: DocumentId, file: &str) -> Option<DocumentId> {
        if file.is_empty() {
            return Some(from);
        }
        if leads_away(file) {
            return None;
        }
        self.by_name.get(&referred_path(&self.documents.get(from.0)?.name, file)).copied()
    }
}

/// Rewrites references into operations, whose bodies have moved.
pub(super) fn follow_moved(root: &mut Node, origin: &Origin) {
    let mut moved = BTreeMap::new();
    each_reference(root, &mut |reference| {
        moved.insert(reference.clone(), None);
    });
    for (reference, place) in &mut moved {
        let written = Pointer::new(origin.written().document, &percent_decode(&reference[1..]));
        let exists =
            |place: &Pointer| place.tokens().try_fold(&*root, |node, token| node.child(&token)).is_some();
        *place = origin.places_of(&written).into_iter().find(exists);
    }
    each_reference(root, &mut |reference| {
        if let Some(Some(place)) = moved.get(reference) {
            *reference = format!("#{place}");
        }
    });
}

/// Calls a function with each reference into an operation.
fn each_reference(root: &mut Node, found: &mut dyn FnMut(&mut String)) {
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        match node {
            Node::Mapping(members) => {
                if let Some(Node::String(reference)) = members.get_mut("$ref")
                    && reference.starts_with("#/paths/")
                {
                    found(reference);
                }
                stack.extend(members.values_mut());
            }
            Node::Sequence(items) => stack.extend(items),
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => {}
        }
    }
}
