//! Compares the variants of unions: the tags that they send and are read by, and the types that convert into them.

use std::collections::{BTreeMap, BTreeSet};

use super::{member_at, member_name};
use crate::listing::{MemberEntry, TypeEntry, TypeKind};
use crate::verdict::{Comparison, ItemId, Weight};

impl Comparison<'_> {
    /// Compares how the variants of a union are told apart on the wire.
    pub(super) fn tags(&mut self, old: &TypeEntry, new: &TypeEntry) {
        if old.kind != TypeKind::Union {
            return;
        }
        if old.tag == new.tag {
            self.sent_tags(old, new);
            self.read_tags(old, new);
            return;
        }
        let is_read = old.in_response && new.in_response;
        let weight = if is_read || self.sends_otherwise(old, new) { Weight::Silent } else { Weight::Noted };
        let [was, is] = [old, new].map(|union| match &union.tag {
            Some(tag) => format!("`{tag}`"),
            None => "the shape".to_owned(),
        });
        let text = format!("{is} instead of {was} selects the variant of `{}`", new.name);
        self.add(weight, &old.name, text, Vec::new(), new.origin.as_ref());
    }

    /// Returns `true` if a released variant is sent with another tag.
    fn sends_otherwise(&self, old: &TypeEntry, new: &TypeEntry) -> bool {
        let is_sent = old.in_request && new.in_request;
        let mut variants = old.members.iter().filter_map(|was| Some((was, same_name(new, was)?)));
        is_sent && variants.any(|(was, is)| self.old_sent(old, was) != self.new_sent(new, is))
    }

    /// Compares the tags that a union adds to its variants.
    fn sent_tags(&mut self, old: &TypeEntry, new: &TypeEntry) {
        for was in old.members.iter().filter(|_| old.in_request && new.in_request) {
            let Some(is) = same_name(new, was) else { continue };
            let (before, after) = (self.old_sent(old, was), self.new_sent(new, is));
            if before == after {
                continue;
            }
            let shown = |tag: Option<(&str, &str)>| {
                tag.map_or_else(|| "no tag".to_owned(), |(tag, value)| format!("`{value}` as `{tag}`"))
            };
            let (name, before, after) = (member_name(old, was), shown(before), shown(after));
            let text = format!("`{name}` is sent with {after} instead of {before}");
            let origin = is.origin.as_ref().or(new.origin.as_ref());
            self.add(Weight::Silent, &member_at(old, was), text, Vec::new(), origin);
        }
    }

    /// Compares the variants that each value of the tag selects when a response is read.
    fn read_tags(&mut self, old: &TypeEntry, new: &TypeEntry) {
        let Some(tag) = &new.tag else { return };
        let (before, after) = (owners(old), owners(new));
        let is_read = old.in_response && new.in_response;
        for (value, was) in before.iter().filter(|_| is_read) {
            // A variant that is gone or renamed is reported as such.
            let Some(variant) = was.iter().find(|name| new.members.iter().any(|it| it.name == **name)) else {
                continue;
            };
            let is = after.get(value);
            if is.is_some_and(|is| is.contains(variant)) {
                continue;
            }
            let text = match is.and_then(|is| is.first()) {
                Some(is) => format!(
                    "`{tag}` = `{value}` is read as `{}::{is}` instead of `{}::{variant}`",
                    new.name, old.name
                ),
                None => format!("`{tag}` = `{value}` is no longer read as `{}::{variant}`", old.name),
            };
            self.add(Weight::Silent, &old.name, text, Vec::new(), new.origin.as_ref());
        }
        for (value, is) in after.iter().filter(|(value, _)| !before.contains_key(*value)) {
            let released = |name: &&&str| old.members.iter().any(|member| member.name == ***name);
            for variant in is.iter().filter(released) {
                let weight = if new.in_response { Weight::Added } else { Weight::Noted };
                let text = format!("`{tag}` = `{value}` is read as `{}::{variant}`", new.name);
                self.add(weight, &old.name, text, Vec::new(), new.origin.as_ref());
            }
        }
    }

    /// Returns the tag that an old union adds to a variant, with its value.
    fn old_sent<'t>(&self, union: &'t TypeEntry, variant: &'t MemberEntry) -> Option<(&'t str, &'t str)> {
        let target = self.renames.old_target(variant.ty.as_ref()?.plain());
        written(union, variant, self.renames.old_type(target)?)
    }

    /// Returns the tag that a new union adds to a variant, with its value.
    fn new_sent<'t>(&self, union: &'t TypeEntry, variant: &'t MemberEntry) -> Option<(&'t str, &'t str)> {
        let target = self.renames.new_target(variant.ty.as_ref()?.plain());
        written(union, variant, self.renames.new_type(target)?)
    }

    /// Reports types that a union takes for another variant than before: code that converts them compiles, and sends
    /// another tag.
    pub(super) fn conversions(&mut self, old: &TypeEntry, new: &TypeEntry) {
        let is_converted = |member: &&MemberEntry| member.has_from && !member.wire.is_empty();
        if old.kind != TypeKind::Union {
            return;
        }
        for member in old.members.iter().filter(is_converted) {
            let Some(before) = &member.ty else { continue };
            let takes = |other: &&MemberEntry| {
                other.ty.as_ref().is_some_and(|after| self.renames.is_same(before, after))
            };
            let found = new.members.iter().filter(is_converted).find(takes);
            let Some(found) = found.filter(|found| found.name != member.name) else { continue };
            if member.wire.split('|').any(|tag| found.wire.split('|').any(|other| tag == other)) {
                continue;
            }
            let (is, was) = (member_name(new, found), member_name(old, member));
            let text = format!(
                "`{}::from({})` is `{is}` and sends `{}` instead of `{was}` with `{}`",
                new.name,
                before.unboxed(),
                found.wire,
                member.wire
            );
            let items = vec![ItemId::of_member(old, member, "from")];
            let origin = found.origin.as_ref().or(new.origin.as_ref());
            self.add(Weight::Silent, &member_at(old, member), text, items, origin);
        }
    }
}

/// Returns the first tag value of a variant, which the union adds unless the type declares the member.
fn written<'t>(union: &'t TypeEntry, variant: &'t MemberEntry, ty: &TypeEntry) -> Option<(&'t str, &'t str)> {
    let (tag, value) = (union.tag.as_deref()?, values(variant).next()?);
    let is_declared = ty.members.iter().any(|member| member.wire == tag);
    (ty.kind == TypeKind::Struct && !is_declared).then_some((tag, value))
}

/// Returns the names of the variants that each value of the tag selects.
fn owners(union: &TypeEntry) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for variant in &union.members {
        for value in values(variant) {
            owners.entry(value).or_default().insert(&variant.name);
        }
    }
    owners
}

fn values(variant: &MemberEntry) -> impl Iterator<Item = &str> {
    variant.wire.split('|').filter(|value| !value.is_empty())
}

fn same_name<'t>(union: &'t TypeEntry, variant: &MemberEntry) -> Option<&'t MemberEntry> {
    union.members.iter().find(|other| other.name == variant.name)
}
