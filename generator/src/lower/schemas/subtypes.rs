//! Derives the union of the schemas that extend a schema with a discriminator by `allOf`.

use std::collections::{BTreeMap, BTreeSet};

use super::flat::UnionKeywords;
use crate::diagnostic::Diagnostics;
use crate::lower::Lowering;
use crate::lower::names::type_names::Naming;
use crate::pointer::Pointer;
use crate::spec::Keywords;
use crate::tree::Node;

impl Lowering<'_> {
    /// Returns the union that a parent stands for: a value of its type can be any of its children.
    pub(in crate::lower) fn union_of_children(
        &mut self,
        parent: &Pointer,
        keywords: &Keywords,
        naming: &Naming,
    ) -> Option<UnionKeywords> {
        let discriminator = keywords.discriminator.clone().filter(|_| is_parent(keywords))?;
        let variants = self.descendants(parent);
        (!variants.is_empty()).then(|| UnionKeywords {
            variants,
            discriminator: Some(discriminator),
            naming: naming.clone(),
            inherited: true,
            open: false,
        })
    }

    /// Returns the schemas that extend a schema, directly or indirectly.
    pub(in crate::lower) fn descendants(&mut self, parent: &Pointer) -> Vec<Pointer> {
        if self.schemas.children.is_none() {
            self.schemas.children = Some(self.find_children());
        }
        let Some(children) = &self.schemas.children else { return Vec::new() };
        let mut found: Vec<Pointer> = Vec::new();
        let mut seen = BTreeSet::from([parent]);
        let mut pending = vec![parent];
        while let Some(next) = pending.pop() {
            for child in children.get(next).into_iter().flatten() {
                if seen.insert(child) {
                    found.push(child.clone());
                    pending.push(child);
                }
            }
        }
        found
    }

    /// Returns the named schemas that refer to another schema in their `allOf`, by that other schema.
    fn find_children(&self) -> BTreeMap<Pointer, Vec<Pointer>> {
        let mut children: BTreeMap<Pointer, Vec<Pointer>> = BTreeMap::new();
        let named = self.spec.documents().flat_map(|document| self.spec.named_schemas(document));
        for (_, schema) in named {
            let all_of = schema.child("allOf");
            let parts = self.spec.node(&all_of).and_then(Node::as_sequence).unwrap_or_default();
            for index in (0..parts.len()).filter(|index| parts[*index].reference().is_some()) {
                // A reference that cannot be resolved is reported when the schema is lowered.
                let target = self.spec.resolve(&all_of.child(index), &mut Diagnostics::default());
                if let Some(target) = target {
                    children.entry(target).or_default().push(schema.clone());
                }
            }
        }
        children
    }
}

/// Returns `true` for a schema with a discriminator and members to inherit.
pub(in crate::lower) fn is_parent(keywords: &Keywords) -> bool {
    keywords.discriminator.is_some() && !keywords.properties.is_empty()
}
