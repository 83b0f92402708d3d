//! Compares what operations return: results, statuses, pages and error bodies.

use std::collections::BTreeMap;

use super::operations::name;
use super::{Comparison, ItemId, Weight};
use crate::listing::{Accepted, OperationEntry, RustType, StatusEntry, paging};

impl Comparison<'_> {
    pub(super) fn result(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let (at, origin) = (old.key.to_string(), new.origin.as_ref());
        let is_enum = |operation: &OperationEntry| !operation.statuses.is_empty();
        // The enum by status is named after the builder, whose change is already reported.
        let both_enums = is_enum(old) && is_enum(new);
        if !both_enums && !self.renames.is_same(&old.returns, &new.returns) {
            let text = format!("`{}` returns `{}` instead of `{}`", name(new), new.returns, old.returns);
            let statuses =
                old.statuses.iter().map(|status| ItemId::part(old, &format!("status {}", status.status)));
            let items = std::iter::once(ItemId::call(old)).chain(statuses).collect();
            self.add(Weight::Breaking, &at, text, items, origin);
        }
        for status in old.statuses.iter().filter(|_| both_enums) {
            let items = vec![ItemId::part(old, &format!("status {}", status.status))];
            let variant = format!("{}::{}", old.returns, status.name);
            // The status gives the variant its name.
            let text = match new.statuses.iter().find(|other| other.name == status.name) {
                Some(found) if self.renames.is_same_option(&status.ty, &found.ty) => continue,
                Some(found) => format!("`{variant}` holds {} instead of {}", held(found), held(status)),
                None => format!("`{variant}` is gone"),
            };
            self.add(Weight::Breaking, &at, text, items, origin);
        }
        for status in new.statuses.iter().filter(|_| both_enums) {
            if !old.statuses.iter().any(|other| other.status == status.status) {
                let text = format!("`{}::{}`", new.returns, status.name);
                self.add(Weight::Added, &at, text, Vec::new(), origin);
            }
        }
        self.pages(old, new);
    }

    /// Compares the treatment of the status 202, which a call either returns or waits for a result after.
    pub(super) fn accepted(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let method = name(new);
        let text = match (old.accepted, new.accepted) {
            (Some(Accepted::Returned), Some(Accepted::Awaited)) => {
                format!(
                    "`{method}` repeats a request that is answered by 202, instead of returning the response"
                )
            }
            (Some(Accepted::Awaited), Some(Accepted::Returned)) => {
                format!("`{method}` returns a response with status 202, instead of repeating the request")
            }
            (None, Some(_)) | (Some(_), None) | (None, None) => return,
            (Some(Accepted::Returned), Some(Accepted::Returned))
            | (Some(Accepted::Awaited), Some(Accepted::Awaited)) => return,
        };
        self.add(Weight::Silent, &old.key.to_string(), text, Vec::new(), new.origin.as_ref());
    }

    fn pages(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let (at, origin) = (old.key.to_string(), new.origin.as_ref());
        let items = vec![ItemId::part(old, "items")];
        match (&old.item, &new.item) {
            (Some(before), Some(after)) if !self.renames.is_same(before, after) => {
                let text = format!("`{}().items()` gives `{after}` instead of `{before}`", name(new));
                self.add(Weight::Breaking, &at, text, items, origin);
            }
            (Some(_), None) => {
                let text = format!("`{}` has no `items()` and `pages()` any more", name(new));
                self.add(Weight::Breaking, &at, text, items, origin);
            }
            (None, Some(_)) => {
                let text = format!("`{}` has `items()` and `pages()`", name(new));
                self.add(Weight::Added, &at, text, Vec::new(), origin);
            }
            (Some(_), Some(_)) => self.paging(old, new),
            (None, None) => {}
        }
    }

    /// Compares what iteration over pages sends, and where it finds the items.
    fn paging(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let (at, origin) = (old.key.to_string(), new.origin.as_ref());
        let is_items = |part: &&String| part.starts_with("items=");
        let [before, after] = [old, new].map(|operation| operation.paging.iter().find(is_items));
        if let (Some(before), Some(after)) = (before, after)
            && before != after
        {
            let [before, after] = [before, after].map(|part| part.trim_start_matches("items="));
            let text = format!("`{}().items()` reads `{after}` instead of `{before}`", name(new));
            self.add(Weight::Silent, &at, text, Vec::new(), origin);
        }
        let [before, after] = [old, new].map(|operation| {
            operation.paging.iter().filter(|part| !is_items(part)).map(String::as_str).collect::<Vec<_>>()
        });
        // A parameter that is gone is reported as such.
        let is_left = |word: &&str| {
            let Some(wire) = paging::parameter_of(word) else { return true };
            new.arguments.iter().any(|argument| argument.wire == wire)
        };
        if before != after && !before.is_empty() && before.iter().all(is_left) {
            let [before, after] = [before, after].map(|parts| parts.join(" "));
            let text = format!("`{}` follows pages by `{after}` instead of `{before}`", name(new));
            self.add(Weight::Noted, &at, text, Vec::new(), origin);
        }
    }

    /// Compares the documented error bodies. Code reads them by type, so a change shows only at runtime.
    pub(super) fn errors(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let mut added: Vec<(&str, Option<&RustType>)> = Vec::new();
        let mut changed: BTreeMap<(Option<&RustType>, Option<&RustType>), Vec<&str>> = BTreeMap::new();
        for error in &new.errors {
            match old.errors.iter().find(|other| other.status == error.status) {
                None => added.push((&error.status, error.ty.as_ref())),
                Some(before) if !self.renames.is_same_option(&before.ty, &error.ty) => {
                    let types = (before.ty.as_ref(), error.ty.as_ref());
                    changed.entry(types).or_default().push(&error.status);
                }
                Some(_) => {}
            }
        }
        let (at, origin) = (old.key.to_string(), new.origin.as_ref());
        let shown = |ty: Option<&RustType>| ty.map_or("no body".to_owned(), |ty| format!("`{ty}`"));
        for (status, ty) in added {
            let text = format!("`{}`: errors with status {status} have {}", name(new), shown(ty));
            self.add(Weight::Added, &at, text, Vec::new(), origin);
        }
        for ((before, after), statuses) in changed {
            let (statuses, before, after) = (statuses.join(", "), shown(before), shown(after));
            let text =
                format!("`{}`: errors with status {statuses} have {after} instead of {before}", name(new));
            self.add(Weight::Noted, &at, text, Vec::new(), origin);
        }
    }
}

/// Describes the content of a variant.
fn held(status: &StatusEntry) -> String {
    status.ty.as_ref().map_or_else(|| "nothing".to_owned(), |ty| format!("`{ty}`"))
}
