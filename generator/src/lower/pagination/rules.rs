//! Applies an entry of the configuration to the pagination of its operation, or reports its mistakes.

use super::kinds::Finder;
use super::shape::Paged;
use crate::config::{PagingBy, PagingParts, PagingRule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, Operation, Pagination, PaginationKind};
use crate::pointer::Pointer;

/// Returns the pagination that the configuration asks for instead of the one that the rules find.
pub(super) fn correct(
    api: &Api,
    operation: &Operation,
    rule: &PagingRule,
    natural: Option<Pagination>,
    diagnostics: &mut Diagnostics,
) -> Option<Pagination> {
    let mut report = |code, pointer: &Pointer, message: String, help: &str| {
        diagnostics.push(Diagnostic::error(code, pointer, message, help));
    };
    let id = &operation.name.wire;
    let Some(parts) = &rule.parts else {
        if natural.is_none() {
            let message = format!("`{id}` is not paginated, so this entry has no effect");
            report(Code::UnusedConfig, &rule.pointer, message, "remove the entry");
        }
        return None;
    };
    let Some(by) = parts.by.or_else(|| natural.as_ref().map(kind)) else {
        let help = "specify it, such as `by: marker`";
        report(
            Code::Config,
            &rule.pointer,
            format!("the rules do not find the kind of pagination of `{id}`"),
            help,
        );
        return None;
    };
    let Some(paged) = Paged::of(api, operation) else {
        let message = format!("`{id}` does not return a single JSON value, as pagination requires");
        report(Code::Config, &rule.pointer, message, "remove the entry");
        return None;
    };
    let faults = faults(&paged, parts, by);
    for (key, code, message) in &faults {
        let help = "fix the name, or remove the key";
        report(*code, &rule.pointer.child(key), message.clone(), help);
    }
    if !faults.is_empty() {
        return None;
    }
    let corrected = Finder { paged: &paged, parts }.pagination(by);
    if corrected.is_none() {
        let help = "specify `parameter`, `items` and `next`";
        report(
            Code::Config,
            &rule.pointer,
            format!("`{id}` lacks a part that this kind of pagination requires"),
            help,
        );
    } else if corrected == natural {
        report(
            Code::UnusedConfig,
            &rule.pointer,
            "the rules already find this pagination".to_owned(),
            "remove the entry",
        );
    }
    corrected
}

fn kind(pagination: &Pagination) -> PagingBy {
    match pagination.kind {
        PaginationKind::Offset { .. } => PagingBy::Offset,
        PaginationKind::Number { .. } => PagingBy::Page,
        PaginationKind::Marker { .. } => PagingBy::Marker,
        PaginationKind::LastItem { .. } => PagingBy::LastItem,
        PaginationKind::Url { .. } => PagingBy::Url,
        PaginationKind::Link => PagingBy::Link,
    }
}

/// Returns keys that match nothing, and keys without effect.
fn faults(paged: &Paged<'_>, parts: &PagingParts, by: PagingBy) -> Vec<(&'static str, Code, String)> {
    let mut faults = Vec::new();
    let counted = &[PagingBy::Offset, PagingBy::Page][..];
    let marked = &[PagingBy::Marker, PagingBy::LastItem][..];
    let placed = &[PagingBy::Offset, PagingBy::Page, PagingBy::Marker, PagingBy::LastItem][..];
    let all = &[PagingBy::Offset, PagingBy::Page, PagingBy::Marker, PagingBy::LastItem, PagingBy::Url][..];
    for (key, name, fits) in [("parameter", &parts.parameter, placed), ("limit", &parts.limit, all)] {
        let Some(name) = name else { continue };
        if !fits.contains(&by) {
            faults.push((
                key,
                Code::UnusedConfig,
                format!("`{key}` has no effect for this kind of pagination"),
            ));
        } else if !paged.candidates().iter().any(|candidate| candidate.wire == name) {
            let message = format!("the operation has no query parameter or JSON body member `{name}`");
            faults.push((key, Code::Config, message));
        }
    }
    if parts.first.is_some() && !counted.contains(&by) {
        faults.push((
            "first",
            Code::UnusedConfig,
            "`first` has no effect for this kind of pagination".to_owned(),
        ));
    }
    let item = parts.items.clone().or_else(|| paged.items().map(|(path, _)| path));
    let item = item.and_then(|path| paged.item(&path));
    let page = Some(paged.page());
    for (key, path, from, fits) in [
        ("items", &parts.items, page, PagingBy::WORDS.iter().map(|(_, by)| *by).collect::<Vec<_>>()),
        ("size", &parts.size, page, counted.to_vec()),
        ("place", &parts.place, page, counted.to_vec()),
        ("total", &parts.total, page, counted.to_vec()),
        ("pages", &parts.pages, page, vec![PagingBy::Page]),
        ("next", &parts.next, page, vec![PagingBy::Marker, PagingBy::Url]),
        ("more", &parts.more, page, [counted, marked, &[PagingBy::Url]].concat()),
        ("id", &parts.id, item, vec![PagingBy::LastItem]),
    ] {
        let Some(path) = path else { continue };
        if !fits.contains(&by) {
            faults.push((
                key,
                Code::UnusedConfig,
                format!("`{key}` has no effect for this kind of pagination"),
            ));
        } else if from.and_then(|from| paged.at(from, path)).is_none() {
            let message = format!("member `/{}` does not exist", path.join("/"));
            faults.push((key, Code::Config, message));
        }
    }
    faults
}
