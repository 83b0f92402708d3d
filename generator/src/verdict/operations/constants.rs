//! Compares the methods of builders that request other response formats, and the constants that read headers.

use super::name;
use crate::listing::{AlternativeEntry, HeaderEntry, OperationEntry};
use crate::verdict::{Comparison, ItemId, Weight};

impl Comparison<'_> {
    /// Compares the methods that request other formats, by name.
    pub(super) fn forms(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let (at, origin) = (old.key.to_string(), new.origin.as_ref());
        let shown = |form: &AlternativeEntry| format!("{}().{}()", name(new), form.name);
        for form in &old.alternatives {
            let same_name = new.alternatives.iter().find(|other| other.name == form.name);
            let same_media_type = new.alternatives.iter().find(|other| other.media_type == form.media_type);
            let (weight, text) = match (same_name, same_media_type) {
                (Some(found), _) if !self.renames.is_same(&form.ty, &found.ty) => {
                    let text = format!("`{}` returns `{}` instead of `{}`", shown(form), found.ty, form.ty);
                    (Weight::Breaking, text)
                }
                (Some(found), _) if found.media_type != form.media_type => {
                    let (is, was) = (&found.media_type, &form.media_type);
                    (Weight::Silent, format!("`{}` asks for `{is}` instead of `{was}`", shown(form)))
                }
                (Some(_), _) => continue,
                (None, Some(found)) => {
                    (Weight::Breaking, format!("`{}` is now `{}`", shown(form), shown(found)))
                }
                (None, None) => (Weight::Breaking, format!("`{}` is gone", shown(form))),
            };
            let items = vec![ItemId::part(old, &format!("form {}", form.media_type))];
            self.add(weight, &at, text, items, origin);
        }
        for form in &new.alternatives {
            if !old.alternatives.iter().any(|other| other.name == form.name) {
                self.add(Weight::Added, &at, format!("`{}`", shown(form)), Vec::new(), origin);
            }
        }
    }

    /// Compares the constants that read headers, by name: code that names one goes on compiling if it reads the same
    /// type.
    pub(super) fn headers(&mut self, old: &OperationEntry, new: &OperationEntry) {
        let (at, origin) = (old.key.to_string(), new.origin.as_ref());
        let shown = |header: &HeaderEntry| format!("{}::{}", new.builder, header.name);
        let reads = |one: &HeaderEntry, other: &HeaderEntry| one.wire.eq_ignore_ascii_case(&other.wire);
        for header in &old.headers {
            let same_name = new.headers.iter().find(|other| other.name == header.name);
            let same_header = new.headers.iter().find(|other| reads(other, header));
            let (weight, text) = match (same_name, same_header) {
                (Some(found), _) if !self.renames.is_same(&header.ty, &found.ty) => {
                    let text = format!("`{}` reads `{}` instead of `{}`", shown(header), found.ty, header.ty);
                    (Weight::Breaking, text)
                }
                (Some(found), instead) if !reads(found, header) => {
                    let instead = instead.map(|other| format!(": use `{}`", shown(other)));
                    let (is, was, instead) = (&found.wire, &header.wire, instead.unwrap_or_default());
                    let text =
                        format!("`{}` reads the header `{is}` instead of `{was}`{instead}", shown(header));
                    (Weight::Silent, text)
                }
                (Some(_), _) => continue,
                (None, Some(found)) => {
                    (Weight::Breaking, format!("`{}` is now `{}`", shown(header), shown(found)))
                }
                (None, None) => (Weight::Breaking, format!("`{}` is gone", shown(header))),
            };
            let items = vec![ItemId::part(old, &format!("constant {}", header.wire))];
            self.add(weight, &at, text, items, origin);
        }
        for header in &new.headers {
            let is_known = |other: &HeaderEntry| reads(other, header) || other.name == header.name;
            if !old.headers.iter().any(is_known) {
                let text = format!("`{}` reads the header `{}`", shown(header), header.wire);
                self.add(Weight::Added, &at, text, Vec::new(), origin);
            }
        }
    }
}
