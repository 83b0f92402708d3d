//! Determines how the pages of an operation follow one another, from its shape and the configuration.

mod kinds;
mod names;
mod rules;
mod shape;

use std::collections::BTreeMap;

use crate::config::{PagingParts, PagingRule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Operation, Pagination};

use kinds::Finder;
use shape::Paged;

/// Finds the pagination of each operation that returns a paged list.
pub(super) fn find(api: &mut Api, rules: &[PagingRule], diagnostics: &mut Diagnostics) {
    let by_operation: BTreeMap<&str, &PagingRule> =
        rules.iter().map(|rule| (rule.operation.as_str(), rule)).collect();
    let mut found: Vec<Option<Pagination>> = Vec::new();
    for (_, operation) in api.operations.iter() {
        found.push(of(api, operation, by_operation.get(operation.name.wire.as_str()).copied(), diagnostics));
    }
    for rule in rules {
        if api.operations.iter().all(|(_, operation)| operation.name.wire != rule.operation) {
            diagnostics.push(Diagnostic::error(
                Code::UnusedConfig,
                &rule.pointer,
                format!("unknown operation `{}`", rule.operation),
                "fix the operation ID, or remove the entry",
            ));
        }
    }
    for (operation, pagination) in api.operations.values_mut().zip(found) {
        operation.pagination = pagination;
    }
}

/// Returns the pagination of an operation, corrected by its rule.
fn of(
    api: &Api,
    operation: &Operation,
    rule: Option<&PagingRule>,
    diagnostics: &mut Diagnostics,
) -> Option<Pagination> {
    let natural = natural(api, operation);
    match rule {
        Some(rule) => rules::correct(api, operation, rule, natural, diagnostics),
        None => natural,
    }
}

/// Returns the pagination of an operation whose response was replaced.
pub(super) fn again(api: &Api, operation: &Operation, rules: &[PagingRule]) -> Option<Pagination> {
    let rule = rules.iter().rfind(|rule| rule.operation == operation.name.wire);
    of(api, operation, rule, &mut Diagnostics::default())
}

/// Returns the pagination that the rules find.
fn natural(api: &Api, operation: &Operation) -> Option<Pagination> {
    let paged = Paged::of(api, operation)?;
    let parts = PagingParts::default();
    let finder = Finder { paged: &paged, parts: &parts };
    finder.pagination(finder.by_rule()?)
}
