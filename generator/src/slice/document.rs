//! Assembles the slice: the selected operations, and the other parts of the document that they use.

use std::collections::{BTreeMap, BTreeSet};

use super::Kept;
use super::components::{ComponentId, Components};
use super::copy::Copier;
use crate::diagnostic::Diagnostics;
use crate::pointer::{DocumentId, Pointer};
use crate::spec::Spec;
use crate::spec::grammar::{Kind, Member};
use crate::spec::objects::{OTHER_METHODS, method};
use crate::tree::{Mapping, Node};

/// The context of a slice.
pub(super) struct Slicing<'s> {
    spec: &'s Spec,
    document: DocumentId,
    copier: Copier<'s>,
    tags: BTreeSet<String>,
    /// The security schemes that the document or an operation requires.
    schemes: BTreeSet<String>,
}

impl<'s> Slicing<'s> {
    pub(super) fn new(spec: &'s Spec, kept: &'s Kept) -> Self {
        let document = spec.documents().next().unwrap_or_default();
        let components = Components::new(spec, document, kept.item_names);
        let subtypes = subtypes(spec, document);
        let copier = Copier { spec, document, kept, components, subtypes, inlined: 0 };
        Self { spec, document, copier, tags: BTreeSet::new(), schemes: BTreeSet::new() }
    }

    pub(super) fn document(mut self) -> Node {
        let root = Pointer::root(self.document);
        let members = self.spec.node(&root).and_then(Node::as_mapping);
        let members: Vec<&String> = members.into_iter().flat_map(Mapping::keys).collect();
        let mut paths = self.paths(&root.child("paths"));
        self.require(&root);
        let mut slice = Mapping::default();
        for key in members {
            let place = root.child(key);
            let node = match key.as_str() {
                "paths" => Node::Mapping(std::mem::take(&mut paths)),
                "tags" => self.described_tags(&place),
                "webhooks" | "x-webhooks" if self.copier.kept.webhooks => self.webhooks(&place),
                "webhooks" | "x-webhooks" => continue,
                // Keeps the position. The components are known at the end.
                "components" => Node::Null,
                key if key.starts_with("x-") => self.copier.copy(&place, Kind::Extension),
                _ => self.copier.copy(&place, Kind::Value),
            };
            slice.insert(key.clone(), node);
        }
        self.need_schemes();
        self.copier.copy_components();
        let components = self.copier.components.finish();
        if components.is_empty() {
            slice.shift_remove("components");
        } else {
            slice.insert("components".to_owned(), Node::Mapping(components));
        }
        if slice.get("tags").and_then(Node::as_sequence).is_some_and(<[Node]>::is_empty) {
            slice.shift_remove("tags");
        }
        Node::Mapping(slice)
    }

    fn webhooks(&mut self, place: &Pointer) -> Node {
        let webhooks = self.spec.node(place).and_then(Node::as_mapping);
        let names = webhooks.into_iter().flat_map(Mapping::keys);
        let copies = names.map(|name| (name.clone(), self.copier.copy(&place.child(name), Kind::PathItem)));
        Node::Mapping(copies.collect())
    }

    fn paths(&mut self, place: &Pointer) -> Mapping {
        let templates = self.spec.node(place).and_then(Node::as_mapping);
        let mut paths = Mapping::default();
        for template in templates.into_iter().flat_map(Mapping::keys) {
            let place = place.child(template);
            if template.starts_with("x-") {
                paths.insert(template.clone(), self.copier.copy(&place, Kind::Extension));
            } else if self.copier.kept.has_path(template) {
                paths.insert(template.clone(), Node::Mapping(self.path_item(&place, template)));
            }
        }
        paths
    }

    /// Copies a path item with its selected operations. A reference is written out if its target has other operations,
    /// or is in another file.
    fn path_item(&mut self, place: &Pointer, template: &str) -> Mapping {
        if let Some(item) = self.shared_path_item(place, template) {
            return item;
        }
        let mut item = Mapping::default();
        let target = self.spec.resolve(place, &mut Diagnostics::default());
        for place in [target.as_ref(), Some(place)].into_iter().flatten() {
            let members = self.spec.node(place).and_then(Node::as_mapping);
            for (key, member) in members.into_iter().flatten() {
                if key == "$ref" || item.contains_key(key) {
                    continue;
                }
                let place = place.child(key);
                if key == OTHER_METHODS {
                    let others = self.other_operations(&place, member, template);
                    item.extend((!others.is_empty()).then(|| (key.clone(), Node::Mapping(others))));
                    continue;
                }
                let node = match (method(key), Kind::PathItem.member(key), member) {
                    (Some(_), _, _) if !self.copier.kept.has_method(template, key) => continue,
                    (Some(_), _, _) => self.operation(&place),
                    (None, Member::Object(kind) | Member::Named(kind), _) => self.copier.copy(&place, kind),
                };
                item.insert(key.clone(), node);
            }
        }
        item
    }

    /// Copies the selected operations of `additionalOperations`.
    fn other_operations(&mut self, place: &Pointer, member: &Node, template: &str) -> Mapping {
        let methods: Vec<&String> = member.as_mapping().into_iter().flat_map(Mapping::keys).collect();
        let kept = methods.into_iter().filter(|method| self.copier.kept.has_other_method(template, method));
        let kept: Vec<&String> = kept.collect();
        kept.into_iter().map(|method| (method.clone(), self.operation(&place.child(method)))).collect()
    }

    /// Returns a path item that refers to another one, if the slice has all operations of that one.
    fn shared_path_item(&mut self, place: &Pointer, template: &str) -> Option<Mapping> {
        let item = self.spec.node(place)?;
        let target = self.spec.direct_target(&place.child("$ref"), item.reference()?)?;
        let resolved = self.spec.resolve(place, &mut Diagnostics::default())?;
        let mut methods = self.spec.node(&resolved)?.as_mapping()?.keys().filter(|key| method(key).is_some());
        let tokens: Vec<String> = target.tokens().collect();
        let kept = self.copier.kept;
        let other = match tokens.as_slice() {
            [paths, other] if paths == "paths" => other,
            [components, section, _] if components == "components" && section == "pathItems" => template,
            _ => return None,
        };
        let is_kept = |key: &String| kept.has_method(template, key) && kept.has_method(other, key);
        if target.document != self.document || !methods.all(is_kept) {
            return None;
        }
        for key in self.spec.node(&resolved)?.as_mapping()?.keys().filter(|key| method(key).is_some()) {
            self.note(&resolved.child(key));
        }
        if let Some(id) = ComponentId::around(&target) {
            self.copier.components.need(id);
        }
        let beside = item.as_mapping()?.iter().filter(|(key, _)| method(key).is_none());
        Some(beside.map(|(key, member)| (key.clone(), member.clone())).collect())
    }

    fn operation(&mut self, place: &Pointer) -> Node {
        let place = self.spec.resolve(place, &mut Diagnostics::default()).unwrap_or_else(|| place.clone());
        self.note(&place);
        self.copier.copy(&place, Kind::Operation)
    }

    /// Collects the tags and security schemes of an operation.
    fn note(&mut self, operation: &Pointer) {
        let tags = self.spec.node(operation).and_then(|node| node.get("tags")).and_then(Node::as_sequence);
        self.tags.extend(tags.unwrap_or_default().iter().filter_map(Node::scalar_text));
        self.require(operation);
    }

    /// Collects the security schemes that an operation or the document requires.
    fn require(&mut self, owner: &Pointer) {
        let list = self.spec.node(owner).and_then(|node| node.get("security")).and_then(Node::as_sequence);
        for uses in list.unwrap_or_default().iter().filter_map(Node::as_mapping) {
            self.schemes.extend(uses.keys().cloned());
        }
    }

    /// Adds the required security schemes to the components. If nothing requires one, callers may use any, so all stay.
    fn need_schemes(&mut self) {
        let place = Pointer::root(self.document).child("components").child("securitySchemes");
        let declared = self.spec.node(&place).and_then(Node::as_mapping);
        for name in declared.into_iter().flat_map(Mapping::keys) {
            if self.schemes.is_empty() || self.schemes.contains(name) {
                let id = ComponentId { section: "securitySchemes".to_owned(), name: name.clone() };
                self.copier.components.need(id);
            }
        }
    }

    /// Returns the descriptions of the tags of operations, and of those that describe a manager.
    fn described_tags(&self, place: &Pointer) -> Node {
        let Some(node) = self.spec.node(place) else { return Node::Null };
        let Some(tags) = node.as_sequence() else { return node.clone() };
        let kept = self.copier.kept;
        let used = |tag: &&Node| {
            let name = tag.get("name").and_then(Node::scalar_text);
            let manager = kept.extension.as_ref().and_then(|key| tag.get(key)?.scalar_text());
            let managers = name.iter().chain(&manager).any(|name| kept.managers.contains(name));
            managers || name.is_some_and(|name| self.tags.contains(&name))
        };
        Node::Sequence(tags.iter().filter(used).cloned().collect())
    }
}

/// Returns the names of the schemas that extend a schema by `allOf`.
fn subtypes(spec: &Spec, document: DocumentId) -> BTreeMap<Pointer, Vec<String>> {
    let schemas = Pointer::root(document).child("components").child("schemas");
    let mut subtypes: BTreeMap<Pointer, Vec<String>> = BTreeMap::new();
    let names = spec.node(&schemas).and_then(Node::as_mapping);
    for (name, schema) in names.into_iter().flatten() {
        let all_of = schemas.child(name).child("allOf");
        let parts = schema.get("allOf").and_then(Node::as_sequence).unwrap_or_default();
        for index in (0..parts.len()).filter(|index| parts[*index].reference().is_some()) {
            if let Some(target) = spec.resolve(&all_of.child(index), &mut Diagnostics::default()) {
                subtypes.entry(target).or_default().push(name.clone());
            }
        }
    }
    subtypes
}
