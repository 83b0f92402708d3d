//! Compares released and former names by what they stand for: names that are gone, or belong to something else.

use super::index::{Index, accessors};
use super::items::of_type;
use super::operations::place;
use super::places::places;
use super::{Comparison, ItemId, Weight};
use crate::listing::{ArgumentEntry, ManagerEntry, OperationEntry, TypeEntry};

impl<'a> Comparison<'a> {
    /// Reports former names that are gone, and names that were taken over.
    pub(super) fn former(&mut self) {
        let old = self.old;
        old.managers.iter().for_each(|manager| self.manager_names(manager));
        let released = Index::of(old);
        old.operations.iter().for_each(|operation| self.method_names(operation, &released));
        let (before, after) = (places(old), places(self.new));
        let is_shared = |name: &str| match (before.get(name), after.get(name)) {
            (Some(before), Some(after)) => !before.is_disjoint(after),
            (None, _) | (_, None) => false,
        };
        for ty in &old.types {
            // A released type keeps its former names, or its place in the document, or is still used where it was.
            self.type_names(ty, |found| {
                let is_used = || found.name == ty.name && is_shared(&ty.name);
                found.key == ty.key || found.former.contains(&ty.name) || is_used()
            });
        }
    }

    fn manager_names(&mut self, manager: &ManagerEntry) {
        let at = format!("manager {}", manager.accessor);
        for former in &manager.former {
            let name = &former.accessor;
            match self.index.manager_called(name) {
                None => self.gone(&at, &format!("{name}()")),
                Some(found) if accessors(found).all(|accessor| accessor != manager.accessor) => {
                    let text = format!("`{name}()` is another manager now");
                    self.add(Weight::Breaking, &at, text, Vec::new(), None);
                }
                Some(_) => {}
            }
        }
    }

    fn method_names(&mut self, operation: &'a OperationEntry, released: &Index<'a>) {
        let at = operation.key.to_string();
        let current = self.index.operation(&operation.key);
        for former in &operation.former {
            let called = self.index.called(&former.manager, &former.method);
            if called.is_none() {
                self.gone(&at, &format!("{}().{}", former.manager, former.method));
            }
        }
        let managers = |accessor: &'a String| {
            let manager = released.manager_called(accessor);
            let former = manager.into_iter().flat_map(accessors).filter(move |name| name != accessor);
            std::iter::once(accessor.as_str()).chain(former)
        };
        let former = operation.former.iter().map(|former| (&former.manager, &former.method));
        let own = (&operation.manager, &operation.method);
        let names: Vec<(&str, &String)> = std::iter::once(own)
            .chain(former)
            .flat_map(|(accessor, method)| managers(accessor).map(move |accessor| (accessor, method)))
            // The current name of a removed operation is reported with its removal.
            .filter(|name| current.is_some() || *name != (own.0.as_str(), own.1))
            .collect();
        for (accessor, method) in names {
            let Some(found) = self.index.called(accessor, method).filter(|found| found.key != operation.key)
            else {
                continue;
            };
            let weight = weight(self.may_take_call(operation, found));
            let text = format!("`{accessor}().{method}` now sends `{}`", found.key);
            self.add(weight, &at, text, vec![ItemId::call(operation)], found.origin.as_ref());
        }
        for argument in &operation.arguments {
            self.setter_names(operation, argument, current);
        }
    }

    fn setter_names(
        &mut self,
        operation: &OperationEntry,
        argument: &ArgumentEntry,
        current: Option<&OperationEntry>,
    ) {
        let at = format!("{} {}:{}", operation.key, argument.place.as_str(), argument.wire);
        for former in &argument.former {
            let mut setters = current.into_iter().flat_map(|found| &found.arguments);
            let owner = setters
                .find(|other| other.former.contains(former) || (!other.required && other.name == *former));
            match owner {
                None => self.gone(&at, &format!("{at} .{former}(…)")),
                Some(found) if (found.place, &found.wire) != (argument.place, &argument.wire) => {
                    let weight = weight(self.renames.may_take(&argument.ty, &found.ty));
                    let text = format!("`.{former}(…)` is sent as {}", place(found));
                    self.add(weight, &at, text, Vec::new(), found.origin.as_ref());
                }
                Some(_) => {}
            }
        }
    }

    fn type_names(&mut self, ty: &TypeEntry, is_identical: impl Fn(&TypeEntry) -> bool) {
        for name in std::iter::once(&ty.name).chain(&ty.former) {
            match self.index.type_called(name) {
                None if *name != ty.name => self.gone(&ty.name, name),
                Some(found) if !is_identical(found) => {
                    let weight = weight(shares_members(ty, found));
                    let text = format!("`{name}` is another type now, that of `{}`", found.key);
                    self.add(weight, &ty.name, text, of_type(ty), found.origin.as_ref());
                }
                None | Some(_) => {}
            }
        }
    }

    fn gone(&mut self, at: &str, name: &str) {
        self.add(Weight::Breaking, at, format!("the former name `{name}` is gone"), Vec::new(), None);
    }
}

/// Returns `true` if code that uses members of one type may compile with another.
fn shares_members(one: &TypeEntry, other: &TypeEntry) -> bool {
    let has = |ty: &TypeEntry, name: &str| ty.members.iter().any(|member| member.name == name);
    let is_shared = one.members.iter().any(|member| has(other, &member.name));
    one.kind == other.kind && (is_shared || one.members.is_empty())
}

/// Returns the weight of a name that stands for something else.
fn weight(compiles: bool) -> Weight {
    if compiles { Weight::Silent } else { Weight::Breaking }
}
