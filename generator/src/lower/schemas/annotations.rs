//! Collects the annotations of a schema: docs, default, example, direction.

use std::rc::Rc;

use super::all_of::REACH;
use crate::ir::{Docs, Value};
use crate::lower::Lowering;
use crate::pointer::Pointer;
use crate::spec::Keywords;

/// The annotations of a schema.
#[derive(Clone, Debug, Default)]
pub(in crate::lower) struct Annotations {
    pub(in crate::lower) docs: Docs,
    pub(in crate::lower) default: Option<Value>,
    pub(in crate::lower) example: Option<Value>,
    pub(in crate::lower) read_only: bool,
    pub(in crate::lower) write_only: bool,
    pub(in crate::lower) deprecated: bool,
    /// Set if the format is `password`.
    pub(in crate::lower) secret: bool,
}

impl Lowering<'_> {
    /// Returns the annotations of the schema at a place: its own, then those of the inline parts of its `allOf`, then
    /// those of the schema that it refers to, or of its only alternative to null.
    pub(in crate::lower) fn annotations(&mut self, pointer: &Pointer) -> Annotations {
        let mut annotations = Annotations::default();
        let mut default_of = None;
        let mut next = self.keywords(pointer);
        for _ in 0..REACH {
            let Some(keywords) = next else { break };
            annotations.add(&keywords);
            let parts: Vec<Rc<Keywords>> =
                keywords.all_of.iter().filter_map(|part| self.keywords(part)).collect();
            for part in parts.iter().filter(|part| part.reference.is_none()) {
                annotations.add(part);
            }
            let is_from = |part: &&Rc<Keywords>| annotations.default.is_some() && part.default.is_some();
            let of = [&keywords].into_iter().chain(&parts).find(is_from);
            default_of = default_of.or_else(|| of.map(|part| part.pointer.clone()));
            let described = |part: &&Rc<Keywords>| part.reference.is_some();
            let target = keywords.reference.clone();
            let target = target.or_else(|| parts.iter().find(described)?.reference.clone());
            let only = match [keywords.any_of.as_slice(), keywords.one_of.as_slice()] {
                [[only], []] | [[], [only]] => Some(only.clone()),
                _ => None,
            };
            next = target.or(only).and_then(|target| self.keywords(&target));
        }
        let default = annotations.default.take();
        annotations.default = default
            .zip(default_of)
            .and_then(|(default, of)| self.fitting_default(pointer, &of.child("default"), default));
        annotations
    }
}

impl Annotations {
    /// Adds the annotations that are not set yet.
    pub(in crate::lower) fn fill(&mut self, other: Self) {
        self.fill_docs(other.docs);
        self.default = self.default.take().or(other.default);
        self.example = self.example.take().or(other.example);
        self.read_only |= other.read_only;
        self.write_only |= other.write_only;
        self.deprecated |= other.deprecated;
        self.secret |= other.secret;
    }

    fn add(&mut self, keywords: &Keywords) {
        let text = |text: &Option<String>| text.clone().map(Into::into);
        self.fill_docs(Docs { title: text(&keywords.title), description: text(&keywords.description) });
        self.default = self.default.take().or_else(|| keywords.default.clone());
        self.example = self.example.take().or_else(|| keywords.example.clone());
        self.read_only |= keywords.read_only;
        self.write_only |= keywords.write_only;
        self.deprecated |= keywords.deprecated;
        self.secret |= keywords.format.as_deref() == Some("password");
    }

    /// Adds title and description if they are not set yet. With a description, the title of the type is not needed.
    fn fill_docs(&mut self, other: Docs) {
        if self.docs.description.is_some() {
            return;
        }
        self.docs.title = self.docs.title.take().or(other.title);
        self.docs.description = other.description;
    }
}
