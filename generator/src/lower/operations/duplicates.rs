//! Detects operations that share an id or a route.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, version};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::Lowering;
use crate::name::Name;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Names operations with a duplicate ID by their routes, except for the one with the shortest path. Returns the
    /// findings about them, since an operation that is not selected has none.
    pub(in crate::lower) fn rename_duplicates(&mut self, drafts: &mut [Draft]) -> Vec<(Pointer, Diagnostic)> {
        let mut findings = Vec::new();
        for (first, later) in self.duplicates(drafts) {
            let draft = &drafts[later];
            let (name, by_rule) = self.operation_name(None, &draft.method, &draft.template, &draft.path);
            if drafts[first].pointer != draft.pointer && by_rule {
                findings.push((draft.pointer.clone(), duplicate(&drafts[first], draft)));
            }
            let is_shared = drafts[first].pointer == drafts[later].pointer;
            let draft = &mut drafts[later];
            draft.name =
                if is_shared || by_rule { name } else { Name { wire: draft.name.wire.clone(), ..name } };
            draft.by_rule = by_rule;
        }
        findings
    }

    /// Leaves out operations that have the method and path of another one.
    pub(in crate::lower) fn leave_out_duplicates(&mut self, drafts: &mut Vec<Draft>) {
        let mut routes = BTreeSet::new();
        drafts.retain(|draft| {
            let version = version(self.config, draft.document).map(|version| &version.wire);
            let is_new =
                draft.location || routes.insert((version, draft.method.clone(), draft.template.clone()));
            if !is_new {
                self.diagnostics.push(Diagnostic::warning(
                    Code::DuplicateOperation,
                    &draft.pointer,
                    format!("duplicate operation {} {}; it is left out", draft.method, draft.template),
                    "remove one of the two",
                ));
            }
            is_new
        });
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

fn duplicate(first: &Draft, later: &Draft) -> Diagnostic {
    let id = first.node.operation_id.as_deref().unwrap_or_default();
    let (method, template) = (later.method.as_str(), &later.template);
    let message = format!(
        "duplicate operation ID `{id}`, which {} {} has as well; this operation is named by its method and path",
        first.method, first.template
    );
    let segments = template.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    let route = segments.collect::<Vec<_>>().join("/");
    let help = format!(
        "give it another ID, or name it in `sdk.yaml`: `names: {{ routes: {{ \"{method} {route}\": other_name }} }}`"
    );
    Diagnostic::warning(Code::DuplicateOperation, &later.pointer.child("operationId"), message, help)
        .with_loss(None)
}
