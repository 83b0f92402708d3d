//! Reads the tags that documents describe.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::ManagerNames;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::Docs;
use crate::lower::Lowering;
use crate::pointer::Pointer;
use crate::spec::Spec;
use crate::tree::Node;

/// The descriptions of each tag, by its name.
pub(in crate::lower) type Tags<'s> = BTreeMap<&'s str, Vec<&'s Node>>;

/// Collects the tags of all documents.
pub(in crate::lower) fn tags(spec: &Spec) -> Tags<'_> {
    let roots = spec.documents().filter_map(|document| spec.node(&Pointer::root(document)));
    let mut tags = Tags::new();
    for tag in roots.filter_map(|root| root.get("tags")?.as_sequence()).flatten() {
        if let Some(name) = tag.get("name").and_then(Node::as_str) {
            tags.entry(name).or_default().push(tag);
        }
    }
    tags
}

/// The docs of a tag.
#[derive(Clone)]
pub(super) struct TagDocs {
    /// The name of the tag.
    pub(super) tag: String,
    pub(super) docs: Docs,
}

impl Lowering<'_> {
    /// Returns `true` for a tag that marks operations, instead of grouping them (OpenAPI 3.2.0 section 4.23).
    pub(super) fn is_mark(&self, name: &str) -> bool {
        self.tag_text(name, "kind").is_some_and(|kind| matches!(kind.as_str(), "audience" | "badge"))
    }

    /// Returns what the first description of a tag says under a key.
    pub(super) fn tag_text(&self, name: &str, key: &str) -> Option<String> {
        let described = self.tags.get(name).into_iter().flatten();
        described.filter_map(|tag| tag.get(key)?.as_str()).map(str::to_owned).next()
    }

    /// Returns the docs of tags by their names, and by the names of their managers in the extension.
    pub(super) fn tag_docs(&mut self) -> BTreeMap<String, TagDocs> {
        let mut docs: BTreeMap<String, TagDocs> = BTreeMap::new();
        for document in self.spec.documents() {
            let tags = self.spec.tags(document, self.diagnostics);
            let known: BTreeSet<&str> = tags.iter().map(|(_, tag)| tag.name.as_str()).collect();
            for (place, _) in &tags {
                self.report_missing_parent(place, &known);
            }
            self.report_circles(tags.iter().map(|(place, tag)| (tag.name.as_str(), place)).collect());
            for (_, tag) in tags {
                let extension = match &self.config.managers {
                    ManagerNames::Tag => None,
                    ManagerNames::Extension(key) => tag.extensions.get(key).and_then(|value| value.as_str()),
                };
                let names: Vec<String> =
                    std::iter::once(tag.name.as_str()).chain(extension).map(str::to_owned).collect();
                let own = Docs {
                    title: Some(tag.name.clone().into()),
                    description: tag.description.map(Into::into),
                };
                for name in names {
                    let of = || TagDocs { tag: tag.name.clone(), docs: own.clone() };
                    docs.entry(name).or_insert_with(of);
                }
            }
        }
        docs
    }

    /// Reports the parent of a tag that is not a tag of the document.
    fn report_missing_parent(&mut self, tag: &Pointer, known: &BTreeSet<&str>) {
        let place = tag.child("parent");
        let Some(parent) = self.spec.node(&place).and_then(Node::as_str) else { return };
        if known.contains(parent) {
            return;
        }
        let help = nearest(parent, known.iter().copied())
            .map_or_else(|| "add the tag to `tags`".to_owned(), |name| format!("did you mean `{name}`?"));
        let message = format!("the parent tag `{parent}` does not exist");
        self.diagnostics.push(Diagnostic::warning(Code::Malformed, &place, message, help).with_loss(None));
    }

    /// Reports tags that are their own ancestors, each circle once.
    fn report_circles(&mut self, tags: Vec<(&str, &Pointer)>) {
        let parent_at = |place: &Pointer| self.spec.node(&place.child("parent")).and_then(Node::as_str);
        let places: BTreeMap<&str, &Pointer> = tags.iter().rev().copied().collect();
        let mut walks: BTreeMap<&str, usize> = BTreeMap::new();
        let mut closing = Vec::new();
        for (walk, (start, _)) in tags.iter().enumerate() {
            let mut name = *start;
            while let Some(place) = places.get(name).filter(|_| !walks.contains_key(name)) {
                walks.insert(name, walk);
                let Some(parent) = parent_at(place) else { break };
                if walks.get(parent) == Some(&walk) {
                    closing.push((place.child("parent"), parent));
                }
                name = parent;
            }
        }
        for (place, tag) in closing {
            let message = format!("the tag `{tag}` is its own ancestor");
            let finding = Diagnostic::warning(Code::Malformed, &place, message, "remove one of the parents");
            self.diagnostics.push(finding.with_loss(None));
        }
    }
}
