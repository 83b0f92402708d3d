//! Compares the setters of builders.

use super::operations::{name, place};
use super::{Comparison, ItemId, Weight};
use crate::listing::{ArgumentEntry, OperationEntry};

impl Comparison<'_> {
    pub(super) fn setters(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let method = name(new);
        for argument in old.arguments.iter().filter(|argument| !argument.required) {
            let at = format!("{} {}:{}", old.key, argument.place.as_str(), argument.wire);
            let same = new
                .arguments
                .iter()
                .find(|other| (other.place, &other.wire) == (argument.place, &argument.wire));
            let successor = new.arguments.iter().find(|other| !other.required && other.name == argument.name);
            let null = argument.has_null_setter.then(|| ItemId::null_argument(old, argument));
            let items: Vec<ItemId> =
                std::iter::once(ItemId::argument(old, argument)).chain(null.clone()).collect();
            match (same, successor) {
                (Some(found), _) if found.required => {
                    let text = format!("`{method}` now requires `{}`", found.name);
                    self.add(Weight::Breaking, &at, text, items, found.origin.as_ref());
                }
                (Some(found), _) if found.former.contains(&argument.name) => {
                    let text = format!("`{method}`: `.{}(…)`: use `.{}(…)`", argument.name, found.name);
                    self.add(Weight::Deprecated, &at, text, Vec::new(), found.origin.as_ref());
                }
                (Some(found), Some(other)) if found.name != argument.name => {
                    let weight = match self.renames.may_take(&argument.ty, &other.ty) {
                        true => Weight::Silent,
                        false => Weight::Breaking,
                    };
                    self.add(
                        weight,
                        &at,
                        taken(&method, argument, found, other),
                        items,
                        found.origin.as_ref(),
                    );
                }
                (Some(found), None) if found.name != argument.name => {
                    let text = format!("`{method}`: `.{}(…)` is now `.{}(…)`", argument.name, found.name);
                    self.add(Weight::Breaking, &at, text, items, found.origin.as_ref());
                }
                (Some(found), _) if !self.renames.is_accepted(&argument.ty, &found.ty) => {
                    let text = format!(
                        "`{method}`: `.{}(…)` takes `{}` instead of `{}`",
                        argument.name, found.ty, argument.ty
                    );
                    let keeps_null = |id: &ItemId| found.has_null_setter && Some(id) == null.as_ref();
                    let items = items.into_iter().filter(|id| !keeps_null(id)).collect();
                    self.add(Weight::Breaking, &at, text, items, found.origin.as_ref());
                }
                (Some(found), _) => {
                    self.widened(&at, new, argument, found);
                    self.setter(old, &method, argument, found);
                }
                (None, successor) => self.removed_setter(new, argument, successor, &at, items),
            }
        }
        self.new_setters(old, new);
    }

    /// Reports a setter whose argument is gone. If another argument has its name, calls may go on compiling.
    fn removed_setter(
        &mut self,
        new: &OperationEntry,
        old: &ArgumentEntry,
        successor: Option<&ArgumentEntry>,
        at: &str,
        items: Vec<ItemId>,
    ) {
        let method = name(new);
        let Some(found) = successor else {
            let text = format!("`{method}` no longer takes `{}`", old.name);
            self.add(Weight::Breaking, at, text, items, new.origin.as_ref());
            return;
        };
        let (weight, text) = match self.renames.may_take(&old.ty, &found.ty) {
            true => (Weight::Silent, format!("`{method}`: `.{}(…)` is sent as {}", old.name, place(found))),
            false => {
                let (name, ty) = (&old.name, &found.ty);
                let text = format!("`{method}`: `.{name}(…)` takes `{ty}` and is sent as {}", place(found));
                (Weight::Breaking, text)
            }
        };
        self.add(weight, at, text, items, found.origin.as_ref());
    }

    /// Compares two setters that take the same type.
    fn setter(&mut self, operation: &OperationEntry, method: &str, old: &ArgumentEntry, new: &ArgumentEntry) {
        let at = format!("{} {}:{}", operation.key, old.place.as_str(), old.wire);
        let origin = new.origin.as_ref();
        if old.has_null_setter && !new.has_null_setter {
            let text = format!("`{method}`: `{}` can no longer be null", old.name);
            self.add(Weight::Breaking, &at, text, vec![ItemId::null_argument(operation, old)], origin);
        }
        if new.deprecated && !old.deprecated {
            let text = format!("`{}` of `{method}`", old.name);
            self.add(Weight::Deprecated, &at, text, Vec::new(), origin);
        }
        if new.has_null_setter && !old.has_null_setter {
            let text = format!("`{method}` can send `{}` as null", old.name);
            self.add(Weight::Added, &at, text, Vec::new(), origin);
        }
    }

    fn new_setters(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let method = name(new);
        for argument in new.arguments.iter().filter(|argument| !argument.required) {
            // A setter of the same name that is sent as something else is reported as a change.
            let known = old.arguments.iter().any(|other| {
                (other.place, &other.wire) == (argument.place, &argument.wire)
                    || (!other.required && other.name == argument.name)
            });
            if !known {
                let at = format!("{} {}:{}", old.key, argument.place.as_str(), argument.wire);
                let text = match &argument.sent {
                    Some(value) => {
                        let (name, place) = (&argument.name, place(argument));
                        format!("every call of `{method}` sends `{value}` as {place} unless it sets `{name}`")
                    }
                    None => format!("`{method}` takes `{}`", argument.name),
                };
                self.add(Weight::Added, &at, text, Vec::new(), argument.origin.as_ref());
            }
        }
    }
}

/// Says that another argument has the name of a released setter, and what to use now.
fn taken(method: &str, old: &ArgumentEntry, found: &ArgumentEntry, other: &ArgumentEntry) -> String {
    format!("`{method}`: `.{}(…)` is sent as {}: use `.{}(…)`", old.name, place(other), found.name)
}
