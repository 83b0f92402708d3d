//! Keeps the way in which released methods follow pages, and where they find the items.

use crate::config::PagingRule;
use crate::ir::{Api, OperationId};
use crate::keep::Kept;
use crate::keep::given_up::GivenUp;
use crate::listing::paging;
use crate::lower;

/// Keeps the pagination of each released method as long as the document has all its parts, unless the configuration
/// has a rule for the operation.
pub(in crate::keep) fn keep(api: &mut Api, rules: &[PagingRule], tightened: &GivenUp<'_>, kept: &mut Kept) {
    let ids: Vec<OperationId> = kept.operations.keys().copied().collect();
    for id in ids {
        let entry = &kept.operations[&id];
        let operation = &api.operations[id];
        let current = operation.pagination.as_ref().map(paging::words).unwrap_or_default();
        let has_rule = rules.iter().any(|rule| rule.operation == operation.name.wire);
        if entry.item.is_none() || has_rule || current == entry.paging {
            continue;
        }
        let released = paging::read(&entry.paging);
        let Some(released) = released.and_then(|it| lower::kept_pagination(api, operation, &it)) else {
            continue;
        };
        let at = format!("{} items", entry.key);
        if tightened.covers(&at) {
            continue;
        }
        let words = entry.paging.join(" ");
        let instead = match current.is_empty() {
            true => "although the document no longer shows it".to_owned(),
            false => format!("not by `{}`", current.join(" ")),
        };
        let text =
            format!("`{}().{}` still follows pages by `{words}`, {instead}", entry.manager, entry.method);
        let origin = operation.origin.clone();
        kept.note(&at, text, &origin);
        api.operations[id].pagination = Some(released);
    }
}
