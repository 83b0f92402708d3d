//! Compares how requests and unions look on the wire. No code breaks, but other bytes are sent.

use super::operations::name;
use super::{Comparison, Weight};
use crate::listing::{OperationEntry, RustType, TypeEntry};

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
        for before in &old.arguments {
            let found = new.arguments.iter().find(|it| (it.place, &it.wire) == (before.place, &before.wire));
            let Some(after) = found else { continue };
            let at = format!("{} {}:{}", old.key, before.place.as_str(), before.wire);
            let argument = &after.name;
            if before.encoding != after.encoding {
                let [was, is] = [before, after].map(|it| shown(it.encoding.as_deref(), "the usual form"));
                let text = format!("`{method}`: `{argument}` is sent as {is} instead of {was}");
                self.add(Weight::Silent, &at, text, Vec::new(), after.origin.as_ref());
            }
        }
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

    /// Compares the members that select the variants of a union.
    pub(super) fn tag(&mut self, old: &TypeEntry, new: &TypeEntry) {
        if old.tag == new.tag {
            return;
        }
        let weight = if old.tag.is_some() && new.tag.is_some() { Weight::Silent } else { Weight::Noted };
        let [was, is] = [old, new].map(|it| shown(it.tag.as_deref(), "the shape"));
        let text = format!("{is} instead of {was} selects the variant of `{}`", new.name);
        self.add(weight, &old.name, text, Vec::new(), new.origin.as_ref());
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
