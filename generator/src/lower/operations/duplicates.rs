//! Detects operations that share an id or a route.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, version};
use crate::diagnostic::Code;
use crate::lower::Lowering;

impl Lowering<'_> {
    /// Names an operation that several paths share after its route, except for the first path.
    pub(in crate::lower) fn rename_shared(&mut self, drafts: &mut [Draft]) {
        for (first, later) in self.duplicates(drafts) {
            let draft = &drafts[later];
            if drafts[first].pointer != draft.pointer {
                continue;
            }
            let (name, by_rule) = self.operation_name(None, draft.method, &draft.template, &draft.path);
            let draft = &mut drafts[later];
            (draft.name, draft.by_rule) = (name, by_rule);
        }
    }

    pub(in crate::lower) fn report_duplicates(&mut self, drafts: &[Draft]) {
        for (first, later) in self.duplicates(drafts) {
            let (first, later) = (&drafts[first], &drafts[later]);
            let is_named = || self.overrides.route(later.method, &later.template).is_some();
            if first.pointer == later.pointer || is_named() {
                continue;
            }
            let id = first.node.operation_id.as_deref().unwrap_or_default();
            self.error(
                Code::DuplicateOperation,
                &later.pointer.child("operationId"),
                format!("duplicate operation ID `{id}`, which {} {} has as well", first.method, first.template),
                format!(
                    "give it another ID, or name it in `sdk.yaml`: `names: {{ routes: {{ \"{} {}\": other_name }} }}`",
                    later.method, later.template
                ),
            );
        }
        let mut routes = BTreeSet::new();
        for draft in drafts.iter().filter(|draft| !draft.location) {
            let (method, template) = (draft.method, &draft.template);
            let version = version(self.config, draft.document).map(|version| &version.wire);
            if !routes.insert((version, method, template)) {
                self.error(
                    Code::DuplicateOperation,
                    &draft.pointer,
                    format!("duplicate operation {method} {template}"),
                    "remove one of the two",
                );
            }
        }
    }

    /// Returns the places of operations with the same id, each later one with the first one. Versions of an API share
    /// operations, which their names distinguish.
    fn duplicates(&self, drafts: &[Draft]) -> Vec<(usize, usize)> {
        let mut ids = BTreeMap::new();
        let mut duplicates = Vec::new();
        for (place, draft) in drafts.iter().enumerate().filter(|(_, draft)| !draft.location) {
            let id = draft.node.operation_id.as_deref().filter(|id| !id.trim().is_empty());
            let Some(id) = id else { continue };
            let version = version(self.config, draft.document).map(|version| &version.wire);
            let first = *ids.entry((version, id)).or_insert(place);
            if first != place {
                duplicates.push((first, place));
            }
        }
        duplicates
    }
}
