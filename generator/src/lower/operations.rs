//! Path items to operations.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Lowering;
use super::naming::{Owner, Scope};
use super::operation_names::{Route, distinguish, rest};
use super::paths::segments;
use crate::config::OperationNames;
use crate::diagnostic::Code;
use crate::ir::{self, Docs, PathSegment};
use crate::name::{Name, words};
use crate::pointer::Pointer;

/// An operation as it is found, before what it takes and returns is lowered.
pub(super) struct Draft {
    pub(super) pointer: Pointer,
    pub(super) path_item: Pointer,
    pub(super) method: &'static str,
    pub(super) path: Vec<PathSegment>,
    /// What follows `#` in the path.
    fragment: String,
    pub(super) node: openapiv3::Operation,
    pub(super) name: Name,
    /// True where the name follows a rule, so that the rule may go on where names meet.
    by_rule: bool,
    /// The wire name of the manager.
    pub(super) manager: String,
}

impl Lowering<'_> {
    /// Every operation of every document, in document order.
    pub(super) fn operation_drafts(&mut self) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for document in self.spec.documents() {
            for (template, path_item) in self.spec.path_items(document, self.diagnostics) {
                for (method, pointer) in self.spec.operations(&path_item) {
                    drafts.extend(self.draft(&template, &path_item, method, pointer));
                }
            }
        }
        self.report_duplicates(&drafts);
        distinguish_drafts(&mut drafts);
        drafts
    }

    fn draft(
        &mut self,
        template: &str,
        path_item: &Pointer,
        method: &'static str,
        pointer: Pointer,
    ) -> Option<Draft> {
        let node = self.spec.operation(&pointer, self.diagnostics)?;
        let path = segments(template);
        let fragment = template.split_once('#').map(|(_, fragment)| fragment.to_owned()).unwrap_or_default();
        let (name, by_rule) = self.operation_name(node.operation_id.as_deref(), method, &path);
        let manager = self.manager_wire_name(&node, &path);
        let path_item = path_item.clone();
        Some(Draft { pointer, path_item, method, path, fragment, node, name, by_rule, manager })
    }

    /// The name of an operation, and whether a rule gave it.
    fn operation_name(&mut self, id: Option<&str>, method: &str, path: &[PathSegment]) -> (Name, bool) {
        let rest = rest(method, path);
        let id = id.filter(|id| !id.trim().is_empty());
        let wire = id.map_or_else(|| rest.join("_"), str::to_owned);
        if let Some(words) = self.overrides.operation(&wire) {
            return (Name { wire, words }, false);
        }
        let by_id = || id.map(words).filter(|words| !words.is_empty());
        let words = match self.config.operation_names {
            OperationNames::Rest => rest,
            OperationNames::OperationId => by_id().unwrap_or(rest),
        };
        (Name { wire, words }, true)
    }

    fn report_duplicates(&mut self, drafts: &[Draft]) {
        let mut ids: BTreeMap<&str, &Draft> = BTreeMap::new();
        for draft in drafts {
            let Some(id) = draft.node.operation_id.as_deref() else { continue };
            if let Some(first) = ids.insert(id, draft) {
                let at = first.pointer.clone();
                self.error(
                    Code::DuplicateOperation,
                    &draft.pointer.child("operationId"),
                    format!("the operation id `{id}` is taken by {} {}", first.method, template(&at)),
                    "give each operation an id of its own",
                );
                ids.insert(id, first);
            }
        }
        let mut routes: BTreeMap<(&str, String), &Draft> = BTreeMap::new();
        for draft in drafts {
            let route = (draft.method, template(&draft.pointer));
            let described_twice = format!("{} {} is described twice", route.0, route.1);
            if routes.insert(route, draft).is_some() {
                let help = "keep one of the two descriptions";
                self.error(Code::DuplicateOperation, &draft.pointer, described_twice, help);
            }
        }
    }

    /// Lowers one operation.
    pub(super) fn operation(&mut self, draft: &Draft, index: usize) -> ir::Operation {
        let owner = Rc::new(Owner {
            name: Name::from_words(draft.name.words.clone()),
            family: Name::new(draft.manager.as_str()),
            scope: Scope::Operation(index),
        });
        let parameters = self.parameters(draft, &owner);
        let body = self.body(&draft.pointer, &owner);
        let (responses, errors) = self.responses(&draft.pointer, &owner);
        ir::Operation {
            name: draft.name.clone(),
            origin: draft.pointer.clone(),
            docs: Docs { title: draft.node.summary.clone(), description: draft.node.description.clone() },
            method: draft.method.to_owned(),
            path: draft.path.clone(),
            servers: self.operation_servers(draft),
            parameters,
            body,
            responses,
            errors,
            pagination: None,
            security: self.security(&draft.pointer),
            deprecated: draft.node.deprecated,
            reference_url: self.reference_url(&draft.name),
        }
    }

    fn operation_servers(&mut self, draft: &Draft) -> Vec<ir::Server> {
        let own = self.servers(&draft.pointer);
        if own.is_empty() { self.servers(&draft.path_item) } else { own }
    }

    fn reference_url(&self, name: &Name) -> Option<String> {
        let pattern = self.config.reference_url.as_ref()?;
        let kebab = kebab_id(&name.wire);
        Some(pattern.replace("{operation_id:kebab}", &kebab).replace("{operation_id}", &name.wire))
    }
}

/// An operation id with `-` between its words: its own separators where it has some, `--` before what
/// tells variants apart, else by the changes of case.
fn kebab_id(id: &str) -> String {
    if id.contains(['_', '-', ' ']) {
        id.replace('#', "--").replace(['_', ' '], "-")
    } else {
        Name::new(id).kebab()
    }
}

/// Tells operations of one manager apart that the rule gives one name.
fn distinguish_drafts(drafts: &mut [Draft]) {
    let mut alike: BTreeMap<(Vec<String>, Vec<String>), Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        alike.entry((words(&draft.manager), draft.name.words.clone())).or_default().push(index);
    }
    for indices in alike.into_values().filter(|indices| indices.len() > 1) {
        if !indices.iter().all(|&index| drafts[index].by_rule) {
            continue;
        }
        let routes: Vec<Route<'_>> = indices
            .iter()
            .map(|&index| &drafts[index])
            .map(|draft| Route {
                words: &draft.name.words,
                method: draft.method,
                path: &draft.path,
                fragment: &draft.fragment,
            })
            .collect();
        let Some(names) = distinguish(&routes) else { continue };
        for (index, words) in indices.into_iter().zip(names) {
            drafts[index].name.words = words;
        }
    }
}

/// The path template that an operation stands below.
fn template(operation: &Pointer) -> String {
    let tokens: Vec<String> = operation.tokens().collect();
    tokens.iter().rev().nth(1).cloned().unwrap_or_default()
}
