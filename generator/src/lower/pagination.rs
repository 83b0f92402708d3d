//! Determines how the pages of an operation follow one another, from its shape and the configuration.

mod kinds;
mod markers;
mod names;
mod pageable;
mod released;
mod rules;
mod shape;

use std::collections::BTreeMap;

use crate::config::{PagingBy, PagingParts, PagingRule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Operation, Pagination};
use crate::spec::Spec;
use crate::tree::Node;

use kinds::Finder;
use pageable::Pageable;
use shape::Paged;

/// Finds the pagination of each operation that returns a paged list.
pub(super) fn find(api: &mut Api, spec: &Spec, rules: &[PagingRule], diagnostics: &mut Diagnostics) {
    let by_operation: BTreeMap<&str, &PagingRule> =
        rules.iter().map(|rule| (rule.operation.as_str(), rule)).collect();
    let mut found: Vec<Option<Pagination>> = Vec::new();
    for (_, operation) in api.operations.iter() {
        let rule = by_operation.get(operation.name.wire.as_str()).copied();
        let stated = spec.node(&operation.origin).and_then(|node| node.get("x-ms-pageable"));
        let pagination = of(api, operation, stated, rule, diagnostics);
        if pagination.is_none() && rule.is_none() && stated.is_none() {
            report_rivals(api, operation, diagnostics);
        }
        found.push(pagination);
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

/// Reports an operation with a marker of the next page that has several lists, of which none is known to hold the items.
fn report_rivals(api: &Api, operation: &Operation, diagnostics: &mut Diagnostics) {
    let Some(paged) = Paged::of(api, operation) else { return };
    let rivals = paged.rival_lists();
    let parts = PagingParts::default();
    let ([first, .., last], Some(_)) =
        (rivals.as_slice(), (Finder { paged: &paged, parts: &parts }).marker())
    else {
        return;
    };
    let id = &operation.name.wire;
    let message = format!(
        "the pages of `{id}` are not iterated, since nothing tells which list has the items, such as `{first}` or `{last}`"
    );
    let help = format!("name it in `sdk.yaml`: `pagination: {{ {id}: {{ by: marker, items: /{first} }} }}`");
    let finding = Diagnostic::warning(Code::Approximated, &operation.origin, message, help);
    diagnostics.push(finding.with_loss(None));
}

/// Returns the pagination of an operation, corrected by its rule.
fn of(
    api: &Api,
    operation: &Operation,
    stated: Option<&Node>,
    rule: Option<&PagingRule>,
    diagnostics: &mut Diagnostics,
) -> Option<Pagination> {
    let natural = natural(api, operation, stated);
    match rule {
        Some(rule) => rules::correct(api, operation, rule, natural, diagnostics),
        None => natural,
    }
}

/// Returns the pagination of an operation whose response was replaced, so that statements of the document about the
/// response do not hold.
pub(super) fn again(api: &Api, operation: &Operation, rules: &[PagingRule]) -> Option<Pagination> {
    let rule = rules.iter().rfind(|rule| rule.operation == operation.name.wire);
    of(api, operation, None, rule, &mut Diagnostics::default())
}

/// Returns the released pagination of an operation, if the operation still has each part of it.
pub(super) fn kept(api: &Api, operation: &Operation, pagination: &Pagination) -> Option<Pagination> {
    released::find(api, operation, pagination)
}

/// Returns the pagination that the document states, else the one that the rules find.
fn natural(api: &Api, operation: &Operation, stated: Option<&Node>) -> Option<Pagination> {
    let paged = Paged::of(api, operation)?;
    match stated.and_then(|stated| pageable::read(stated, &paged)) {
        Some(Pageable::OnePage) => return None,
        Some(Pageable::Linked(parts)) => {
            return Finder { paged: &paged, parts: &parts }.pagination(PagingBy::Url);
        }
        None => {}
    }
    let parts = PagingParts::default();
    let finder = Finder { paged: &paged, parts: &parts };
    finder.pagination(finder.by_rule()?)
}
