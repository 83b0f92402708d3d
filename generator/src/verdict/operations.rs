//! Compares operations: methods, arguments, results and builders.

mod constants;

use std::collections::BTreeSet;

use super::items::of_operation;
use super::{Comparison, ItemId, Weight};
use crate::listing::{ArgumentEntry, ArgumentPlace, OperationEntry, OperationKey, RustType};

/// Says that a call compiles, since its arguments have the same types.
pub(super) const SAME_TYPES: &str = "the same types";
/// Says that a call compiles, since its arguments are converted.
pub(super) const SAME_VALUES: &str = "types that take the same values";

impl<'a> Comparison<'a> {
    pub(super) fn operations(&mut self) {
        let (old, new) = (self.old, self.new);
        for operation in &old.operations {
            match self.index.operation(&operation.key) {
                Some(found) => self.operation(operation, found),
                None => self.removed_operation(operation),
            }
        }
        let released: BTreeSet<&OperationKey> =
            old.operations.iter().map(|operation| &operation.key).collect();
        for operation in &new.operations {
            if !released.contains(&operation.key) {
                let text = format!("`{}`", call(operation));
                self.add(
                    Weight::Added,
                    &operation.key.to_string(),
                    text,
                    Vec::new(),
                    operation.origin.as_ref(),
                );
            }
        }
    }

    /// Reports a removed operation. If another operation takes over its name, calls change silently.
    fn removed_operation(&mut self, old: &OperationEntry) {
        let at = old.key.to_string();
        let called = self.index.called(&old.manager, &old.method);
        let successor = called.filter(|new| self.may_take_call(old, new));
        let text = match successor {
            Some(new) => format!("`{}` now sends `{}`", name(old), new.key),
            None => format!("`{}` is gone", name(old)),
        };
        let weight = if successor.is_some() { Weight::Silent } else { Weight::Breaking };
        // Without a successor, the place is the path item if that is still there.
        let sibling = || self.new.operations.iter().find(|new| new.key.path == old.key.path);
        let path_item = || sibling()?.origin.as_ref()?.parent();
        let origin = successor.map_or_else(path_item, |new| new.origin.clone());
        self.add(weight, &at, text, of_operation(old), origin.as_ref());
    }

    /// Returns `true` if every call of the old method compiles as a call of the new one.
    fn takes_the_same(&self, old: &OperationEntry, new: &OperationEntry) -> bool {
        takes(old, new, |old, new| self.renames.is_accepted(old, new))
    }

    /// Returns `true` if some calls of the old method compile as calls of the new one.
    pub(super) fn may_take_call(&self, old: &OperationEntry, new: &OperationEntry) -> bool {
        takes(old, new, |old, new| self.renames.may_take(old, new))
    }

    fn operation(&mut self, old: &'a OperationEntry, new: &'a OperationEntry) {
        self.names(old, new);
        self.required_arguments(old, new);
        self.setters(old, new);
        self.result(old, new);
        self.accepted(old, new);
        self.errors(old, new);
        self.builder(old, new);
        self.access(old, new);
        self.sending(old, new);
        if new.deprecated && !old.deprecated {
            let text = format!("`{}`", name(new));
            self.add(Weight::Deprecated, &new.key.to_string(), text, Vec::new(), new.origin.as_ref());
        }
    }

    fn names(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let at = old.key.to_string();
        let former =
            new.former.iter().find(|former| former.manager == old.manager && former.method == old.method);
        let same = (&old.manager, &old.method) == (&new.manager, &new.method);
        if !same {
            let manager = self.new.managers.iter().find(|manager| manager.accessor == new.manager);
            let moved = manager.is_some_and(|manager| {
                old.method == new.method && manager.former.iter().any(|former| former.accessor == old.manager)
            });
            if former.is_some() || moved {
                let text = format!("`{}`: use `{}`", name(old), name(new));
                self.add(Weight::Deprecated, &at, text, Vec::new(), new.origin.as_ref());
            } else {
                let text = format!("`{}` is now `{}`", name(old), name(new));
                self.add(Weight::Breaking, &at, text, of_operation(old), new.origin.as_ref());
                return;
            }
        }
        if old.builder != new.builder && former.is_none_or(|former| former.builder != old.builder) {
            let text = format!("the request `{}` is now `{}`", old.builder, new.builder);
            self.add(Weight::Breaking, &at, text, vec![ItemId::part(old, "builder")], new.origin.as_ref());
        }
    }

    fn required_arguments(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let (before, after) = (required(old), required(new));
        let at = old.key.to_string();
        let same_wires = wires(&before) == wires(&after);
        let same_types = self.takes_the_same(old, new);
        let broken = |old: &OperationEntry| {
            let bundle = old.bundle.iter().map(|_| ItemId::part(old, "arguments"));
            std::iter::once(ItemId::call(old)).chain(bundle).collect::<Vec<_>>()
        };
        let is_same =
            |one: &ArgumentEntry, other: &ArgumentEntry| (one.place, &one.wire) == (other.place, &other.wire);
        let newcomer = after.iter().find(|new| !before.iter().any(|old| is_same(old, new)));
        let moved = before.iter().zip(&after).find(|(old, new)| !is_same(old, new)).map(|(_, new)| new);
        let added = newcomer.or(moved).map_or(new.origin.as_ref(), |new| new.origin.as_ref());
        if old.bundle.is_some() && same_bundle(old, new) {
            self.bundle(old, new, &before, &after);
        } else if !same_wires && self.may_take_call(old, new) {
            let is_equal = takes(old, new, |old, new| self.renames.is_same(old, new));
            let types = if is_equal { SAME_TYPES } else { SAME_VALUES };
            let (was, is) = (call(old), call(new));
            let change = if was == is {
                let moved = before.iter().zip(&after).filter(|(old, new)| !is_same(old, new));
                let moved = moved.map(|(old, new)| format!("{} instead of {}", sent(new), sent(old)));
                format!("`{is}` sends {}", moved.collect::<Vec<_>>().join(" and "))
            } else {
                format!("`{was}` is now `{is}`")
            };
            let text = format!("{change}: {types}, other meanings");
            self.add(Weight::Silent, &at, text, broken(old), added);
        } else if !same_types && same_wires && call(old) == call(new) {
            let changed =
                before.iter().zip(&after).filter(|(old, new)| !self.renames.is_accepted(&old.ty, &new.ty));
            for (before, after) in changed.collect::<Vec<_>>() {
                let method = name(new);
                let text =
                    format!("`{method}` takes `{}` as `{}` instead of `{}`", after.ty, after.name, before.ty);
                self.add(Weight::Breaking, &at, text, broken(old), after.origin.as_ref());
            }
        } else if !same_types {
            let changed = before
                .iter()
                .zip(&after)
                .find(|(old, new)| same_wires && !self.renames.is_accepted(&old.ty, &new.ty));
            let (text, origin) = match changed {
                Some((was, is)) => (
                    format!("`{}`: `{}` is `{}` instead of `{}`", call(new), is.name, is.ty, was.ty),
                    is.origin.as_ref(),
                ),
                None => (format!("`{}` is now `{}`", call(old), call(new)), added),
            };
            self.add(Weight::Breaking, &at, text, broken(old), origin.or(new.origin.as_ref()));
        } else {
            before.iter().zip(&after).for_each(|(old, found)| self.widened(&at, new, old, found));
        }
    }

    /// Reports an argument that takes further types.
    pub(super) fn widened(
        &mut self,
        at: &str,
        new: &OperationEntry,
        old: &ArgumentEntry,
        found: &ArgumentEntry,
    ) {
        if !self.renames.is_same(&old.ty, &found.ty) {
            let (method, name, ty, was) = (name(new), &found.name, &found.ty, &old.ty);
            let text = format!("`{method}` takes `{ty}` as `{name}`, and still `{was}`");
            self.add(Weight::Added, at, text, Vec::new(), found.origin.as_ref());
        }
    }

    /// Compares structs of arguments. Fields are named, so their order is irrelevant.
    fn bundle(
        &mut self,
        old: &OperationEntry,
        new: &OperationEntry,
        before: &[&ArgumentEntry],
        after: &[&ArgumentEntry],
    ) {
        let at = old.key.to_string();
        for argument in before {
            let found = after.iter().find(|other| other.name == argument.name);
            let same = after.iter().find(|it| (it.place, &it.wire) == (argument.place, &argument.wire));
            let renamed = same.filter(|it| it.name != argument.name);
            let instead = renamed.map(|it| format!(": use `{}`", it.name)).unwrap_or_default();
            let items = || vec![ItemId::call(old), ItemId::part(old, "arguments")];
            match found {
                Some(found)
                    if (found.place, &found.wire) != (argument.place, &argument.wire)
                        && self.renames.may_take(&argument.ty, &found.ty) =>
                {
                    let text = format!("`{}` is sent as {}{instead}", argument.name, place(found));
                    self.add(Weight::Silent, &at, text, items(), found.origin.as_ref());
                }
                Some(found) if !self.renames.is_same(&argument.ty, &found.ty) => {
                    let text =
                        format!("`{}` is now `{}` in `{}`{instead}", argument.name, found.ty, new.builder);
                    self.add(Weight::Breaking, &at, text, items(), found.origin.as_ref());
                }
                Some(_) => {}
                None => {
                    let text = format!("`{}` no longer takes `{}`{instead}", name(new), argument.name);
                    self.add(Weight::Breaking, &at, text, items(), new.origin.as_ref());
                }
            }
        }
        for argument in after.iter().filter(|argument| !before.iter().any(|old| old.name == argument.name)) {
            let text = format!("`{}` now requires `{}`", name(new), argument.name);
            let items = vec![ItemId::call(old), ItemId::part(old, "arguments")];
            self.add(Weight::Breaking, &at, text, items, argument.origin.as_ref());
        }
    }

    fn builder(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let (at, origin) = (old.key.to_string(), new.origin.as_ref());
        if old.is_clone && !new.is_clone {
            let text = format!("`{}` is no longer `Clone`", new.builder);
            self.add(Weight::Breaking, &at, text, vec![ItemId::part(old, "clone")], origin);
        }
        self.forms(old, new);
        self.headers(old, new);
    }
}

/// Returns where an argument is sent, as the listing writes it.
fn sent(argument: &ArgumentEntry) -> String {
    format!("`{}:{}`", argument.place.as_str(), argument.wire)
}

/// Returns `true` if the struct of required arguments has its released name, if only as a former one.
fn same_bundle(old: &OperationEntry, new: &OperationEntry) -> bool {
    let is_former = || new.former.iter().any(|former| former.builder == old.builder);
    old.bundle == new.bundle || (old.bundle.is_some() && new.bundle.is_some() && is_former())
}

/// Returns `true` if the two methods have equally many arguments, of which each takes what the old one did.
fn takes(
    old: &OperationEntry,
    new: &OperationEntry,
    is_taken: impl Fn(&RustType, &RustType) -> bool,
) -> bool {
    let (before, after) = (required(old), required(new));
    before.len() == after.len()
        && same_bundle(old, new)
        && before.iter().zip(&after).all(|(old, new)| is_taken(&old.ty, &new.ty))
}

fn required(operation: &OperationEntry) -> Vec<&ArgumentEntry> {
    operation.arguments.iter().filter(|argument| argument.required).collect()
}

fn wires<'a>(arguments: &[&'a ArgumentEntry]) -> Vec<(ArgumentPlace, &'a str)> {
    arguments.iter().map(|argument| (argument.place, argument.wire.as_str())).collect()
}

pub(super) fn place(argument: &ArgumentEntry) -> String {
    let wire = if argument.place == ArgumentPlace::Path { &argument.name } else { &argument.wire };
    match argument.place {
        ArgumentPlace::WholeBody => "the request body".to_owned(),
        place => format!("{} `{wire}`", place.as_str()),
    }
}

/// Formats the method: `memberships().get_membership`.
pub(super) fn name(operation: &OperationEntry) -> String {
    format!("{}().{}", operation.manager, operation.method)
}

/// Formats the call: `memberships().get_membership(membership_id)`.
fn call(operation: &OperationEntry) -> String {
    let names: Vec<&str> = required(operation).iter().map(|argument| argument.name.as_str()).collect();
    format!("{}({})", name(operation), names.join(", "))
}
