//! Compares what operations return: results, statuses, pages and error bodies.

use std::collections::BTreeMap;

use super::operations::name;
use super::{Comparison, ItemId, Weight};
use crate::listing::{Accepted, ErrorEntry, OperationEntry, RustType, StatusEntry, paging};

impl Comparison<'_> {
    pub(super) fn result(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let (at, origin) = (old.key.to_string(), new.origin.as_ref());
        let is_enum = |operation: &OperationEntry| !operation.statuses.is_empty();
        // The enum by status is named after the builder, whose change is already reported.
        let both_enums = is_enum(old) && is_enum(new);
        // The enum may have the name of a type of the document.
        let is_kind_kept = is_enum(old) == is_enum(new);
        let is_kept = is_kind_kept && (both_enums || self.renames.is_same(&old.returns, &new.returns));
        if !is_kept {
            let [after, before] = [new, old].map(|operation| match operation.returns == old.returns {
                true if !is_kind_kept && is_enum(operation) => {
                    format!("the statuses of `{}`", operation.returns)
                }
                _ => format!("`{}`", operation.returns),
            });
            let text = format!("`{}` returns {after} instead of {before}", name(new));
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
        if is_kept && self.knows("redirect") {
            self.redirects(old, new);
        }
        self.pages(old, new);
    }

    /// Compares the redirects that lead nowhere and are results. Others are followed.
    fn redirects(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let without = |one: &OperationEntry, other: &OperationEntry| {
            one.redirects
                .iter()
                .filter(|status| !other.redirects.contains(status))
                .copied()
                .collect::<Vec<_>>()
        };
        // The variant of a result that is gone is reported.
        let is_variant = |status: &u16| old.statuses.iter().any(|entry| entry.status == status.to_string());
        let lost = without(old, new).into_iter().filter(|status| !is_variant(status)).collect();
        let changes =
            [(without(new, old), "a result instead of an error"), (lost, "an error instead of a result")];
        for (statuses, change) in changes.into_iter().filter(|(statuses, _)| !statuses.is_empty()) {
            let statuses = statuses.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
            let text = format!("`{}`: a redirect to nowhere with status {statuses} is {change}", name(new));
            self.add(Weight::Silent, &old.key.to_string(), text, Vec::new(), new.origin.as_ref());
        }
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
        let is_gone = |error: &&ErrorEntry| !new.errors.iter().any(|other| other.status == error.status);
        let gone: Vec<&str> = old.errors.iter().filter(is_gone).map(|error| error.status.as_str()).collect();
        let (at, origin) = (old.key.to_string(), new.origin.as_ref());
        if !gone.is_empty() {
            let text =
                format!("`{}`: errors with status {} are no longer documented", name(new), gone.join(", "));
            self.add(Weight::Noted, &at, text, Vec::new(), origin);
        }
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
