//! Compares how requests look on the wire. No code breaks, but other bytes are sent.

use super::operations::name;
use super::{Comparison, Weight};
use crate::listing::{ArgumentEntry, OperationEntry, RustType};

impl Comparison<'_> {
    /// Compares the media type of the body, and the forms of arguments that are still there.
    pub(super) fn sending(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let method = name(new);
        if old.media_type != new.media_type {
            let [before, after] =
                [old, new].map(|it| shown(it.media_type.as_deref(), "the usual media type"));
            let text = format!("`{method}` sends its body as {after} instead of {before}");
            self.add(Weight::Silent, &old.key.to_string(), text, Vec::new(), new.origin.as_ref());
        }
        self.asking(old, new);
        self.empty_body(old, new);
        for before in &old.arguments {
            let found = new.arguments.iter().find(|it| (it.place, &it.wire) == (before.place, &before.wire));
            let at = format!("{} {}:{}", old.key, before.place.as_str(), before.wire);
            self.constant(&at, new, before, found);
            let Some(after) = found else { continue };
            let argument = &after.name;
            if before.encoding != after.encoding {
                let [was, is] = [before, after].map(|it| shown(it.encoding.as_deref(), "the usual form"));
                let text = format!("`{method}`: `{argument}` is sent as {is} instead of {was}");
                self.add(Weight::Silent, &at, text, Vec::new(), after.origin.as_ref());
            }
        }
    }

    /// Compares the values that calls send without a call of the setter.
    fn constant(
        &mut self,
        at: &str,
        new: &OperationEntry,
        old: &ArgumentEntry,
        found: Option<&ArgumentEntry>,
    ) {
        let (method, wire) = (name(new), &old.wire);
        let after = found.and_then(|found| found.sent.as_ref());
        // Without the setter, calls compile as before. A required argument is missing in them.
        if old.required || found.is_some_and(|found| found.required) {
            return;
        }
        let text = match (&old.sent, after) {
            (Some(before), Some(after)) if before != after => {
                format!("`{method}` sends `{after}` as `{wire}` instead of `{before}`")
            }
            (Some(before), None) => format!("`{method}` no longer sends `{before}` as `{wire}`"),
            (None, Some(after)) => {
                format!("`{method}` sends `{after}` as `{wire}` if the caller sets nothing else")
            }
            (Some(_), Some(_)) | (None, None) => return,
        };
        let origin = found.map_or(new.origin.as_ref(), |found| found.origin.as_ref());
        self.add(Weight::Silent, at, text, Vec::new(), origin);
    }

    /// Compares what calls send that set no member of the body.
    fn empty_body(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let demands_body = |operation: &OperationEntry| {
            operation.arguments.iter().any(|argument| argument.required && argument.place.is_body())
        };
        if !self.knows("empty_body")
            || old.empty_body == new.empty_body
            || demands_body(old)
            || demands_body(new)
        {
            return;
        }
        let method = name(new);
        let text = match new.empty_body {
            true => {
                format!("`{method}` sends an empty body if the caller sets nothing of it, instead of none")
            }
            false => {
                format!("`{method}` sends no body if the caller sets nothing of it, instead of an empty one")
            }
        };
        self.add(Weight::Silent, &old.key.to_string(), text, Vec::new(), new.origin.as_ref());
    }

    /// Compares the media types that the method asks for. A result of another type is reported elsewhere.
    fn asking(&mut self, old: &OperationEntry, new: &OperationEntry) {
        if old.asks == new.asks || [old, new].iter().any(|operation| takes_any(operation)) {
            return;
        }
        if self.renames.is_same(&old.returns, &new.returns) {
            let [before, after] = [old, new].map(|operation| match operation.asks.as_slice() {
                [] => "`application/json`".to_owned(),
                asked => format!("`{}`", asked.join("`, `")),
            });
            let text = format!("`{}` asks for {after} instead of {before}", name(new));
            self.add(Weight::Silent, &old.key.to_string(), text, Vec::new(), new.origin.as_ref());
        }
    }
}

/// Returns `true` for a method that takes bytes of any kind, since the server has nothing else to choose from.
fn takes_any(operation: &OperationEntry) -> bool {
    let is_download = |ty: &RustType| *ty == RustType::name("Download");
    let mut statuses = operation.statuses.iter().filter_map(|status| status.ty.as_ref());
    operation.alternatives.is_empty() && (is_download(&operation.returns) || statuses.any(is_download))
}

fn shown(value: Option<&str>, otherwise: &str) -> String {
    value.map_or_else(|| otherwise.to_owned(), |value| format!("`{value}`"))
}
