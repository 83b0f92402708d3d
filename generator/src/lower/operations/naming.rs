//! Names operations by their ids or routes.

use std::collections::BTreeMap;

use super::Draft;
use crate::config::OperationNames;
use crate::ir::PathSegment;
use crate::lower::Lowering;
use crate::lower::names::operation_names::{Route, distinguish, rest};
use crate::lower::paths::braced;
use crate::name::{Name, words};

impl Lowering<'_> {
    /// Returns the name of an operation, and `true` if a rule gave it.
    pub(super) fn operation_name(
        &mut self,
        id: Option<&str>,
        method: &str,
        template: &str,
        path: &[PathSegment],
    ) -> (Name, bool) {
        let rest = rest(method, path);
        let id = id.filter(|id| !id.trim().is_empty());
        let wire = id.map_or_else(|| rest.join("_"), str::to_owned);
        let route = || self.overrides.route(method, &braced(path, template));
        let given = self.overrides.operation(&wire).or_else(route);
        if let Some(words) = given {
            return (Name::given(wire, words), false);
        }
        let by_id = || id.map(words).filter(|words| !words.is_empty());
        let words = match self.config.operation_names {
            OperationNames::Rest => rest,
            OperationNames::OperationId | OperationNames::OperationIdExact => by_id().unwrap_or(rest),
        };
        (Name { words, ..Name::new(wire) }, true)
    }
}

/// Renames operations of one manager to which the rule gives the same name. The one keeps it to which the
/// configuration gives it, else the one whose ID is spelled so, else the one with the shortest path.
pub(super) fn distinguish_drafts(drafts: &mut [Draft]) {
    let mut alike: BTreeMap<[Vec<String>; 3], Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        alike.entry(draft.key()).or_default().push(index);
    }
    for indices in alike.into_values().filter(|indices| indices.len() > 1) {
        let is_given = |index: &usize| !drafts[*index].by_rule;
        let is_spelled = |index: &usize| drafts[*index].name.wire == drafts[*index].name.snake();
        let all = || indices.iter().copied();
        let keeper = all().find(is_given).or_else(|| all().find(is_spelled)).unwrap_or(indices[0]);
        let others: Vec<usize> =
            indices.into_iter().filter(|index| *index != keeper && !is_given(index)).collect();
        let route = |index: usize| {
            let Draft { name, method, path, fragment, .. } = &drafts[index];
            Route { words: &name.words, method, path, fragment }
        };
        let routes: Vec<Route<'_>> = others.iter().map(|&index| route(index)).collect();
        let Some(names) = distinguish(&route(keeper), &routes) else { continue };
        for (index, words) in others.into_iter().zip(names) {
            drafts[index].name.words = words;
        }
    }
}
