//! Compares types: constructors, traits, fields, values and variants.

mod unions;

use std::collections::{BTreeMap, BTreeSet};

use super::items::of_type;
use super::operations::{SAME_TYPES, SAME_VALUES};
use super::{Comparison, ItemId, Weight};
use crate::listing::{MemberEntry, RustType, TypeEntry, TypeKind};
use crate::pointer::Pointer;

impl<'a> Comparison<'a> {
    pub(super) fn types(&mut self) {
        let (old, new) = (self.old, self.new);
        let mut found: BTreeSet<&str> = BTreeSet::new();
        for ty in &old.types {
            match self.renames.new_of(ty) {
                Some(successor) => {
                    found.insert(&successor.name);
                    self.ty(ty, successor);
                }
                None => {
                    let text = format!("the type `{}` is gone", ty.name);
                    let place = self.former_place(ty);
                    self.add(Weight::Breaking, &at(ty), text, of_type(ty), place.as_ref());
                }
            }
        }
        for ty in new.types.iter().filter(|ty| !found.contains(ty.name.as_str())) {
            self.add(
                Weight::Added,
                &at(ty),
                format!("the type `{}`", ty.name),
                Vec::new(),
                ty.origin.as_ref(),
            );
        }
    }

    /// Returns the released place of a type in the new document. The nearest part that is still there is shown.
    fn former_place(&self, ty: &TypeEntry) -> Option<Pointer> {
        let (number, place) = ty.key.split_once('#')?;
        let is_beside = |other: &&TypeEntry| other.key.split_once('#').is_some_and(|(own, _)| own == number);
        let document =
            self.new.types.iter().filter(is_beside).find_map(|other| other.origin.as_ref())?.document;
        Some(match place.starts_with('/') {
            true => Pointer::new(document, place),
            false => Pointer::new(document, "/components/schemas").child(place),
        })
    }

    fn ty(&mut self, old: &'a TypeEntry, new: &'a TypeEntry) {
        let origin = new.origin.as_ref();
        if old.name != new.name {
            if new.former.contains(&old.name) {
                let text = format!("`{}`: use `{}`", old.name, new.name);
                self.add(Weight::Deprecated, &at(old), text, Vec::new(), origin);
            } else {
                let text = format!("`{}` is now `{}`", old.name, new.name);
                self.add(Weight::Breaking, &at(old), text, of_type(old), origin);
                return;
            }
        }
        if old.kind != new.kind {
            let text = format!("`{}` is now {}", new.name, described(new.kind));
            self.add(Weight::Breaking, &at(old), text, of_type(old), origin);
            return;
        }
        if let (Some(before), Some(after)) = (&old.target, &new.target)
            && !self.renames.is_same(before, after)
        {
            let text = format!("`{}` is now `{after}` instead of `{before}`", new.name);
            self.add(Weight::Breaking, &at(old), text, of_type(old), origin);
        }
        self.constructor(old, new);
        self.traits(old, new);
        self.additional(old, new);
        self.tags(old, new);
        if new.deprecated && !old.deprecated {
            self.add(Weight::Deprecated, &at(new), format!("the type `{}`", new.name), Vec::new(), origin);
        }
        for member in &old.members {
            self.member(old, new, member);
        }
        self.setters_of_type(old, new);
        self.conversions(old, new);
        for member in &new.members {
            // A member of the same name with another meaning is reported as a change.
            let has_name = old.members.iter().any(|other| other.name == member.name);
            if member_of(old, member).is_none() && !has_name {
                let moved = if old.additional.is_some() { ", which was in `additional`" } else { "" };
                let text = format!("`{}`{moved}", member_name(new, member));
                self.add(
                    Weight::Added,
                    &member_at(new, member),
                    text,
                    Vec::new(),
                    member.origin.as_ref().or(origin),
                );
            }
        }
    }

    fn constructor(&mut self, old: &TypeEntry, new: &TypeEntry) {
        let origin = new.origin.as_ref();
        let items = vec![ItemId::of_type(old, "new")];
        match (&old.constructor, &new.constructor) {
            (Some(before), Some(after)) => {
                let (old_types, new_types) = (constructor_types(old, before), constructor_types(new, after));
                let is_accepted = |pair| takes(pair, |old, new| self.renames.is_accepted(old, new));
                let may_take = |pair| takes(pair, |old, new| self.renames.may_take(old, new));
                let same_wires = before == after;
                let changed = old_types.iter().zip(&new_types).position(|pair| !is_accepted(pair));
                let same_length = old_types.len() == new_types.len();
                let same_types = same_length && changed.is_none();
                let compiles = same_length && old_types.iter().zip(&new_types).all(may_take);
                let (was, is) = (signature(old, before), signature(new, after));
                let (weight, text) = match changed.filter(|_| same_wires) {
                    _ if same_wires && same_types => return,
                    _ if !same_wires && compiles => {
                        let is_same = |pair| takes(pair, |old, new| self.renames.is_same(old, new));
                        let is_same = old_types.iter().zip(&new_types).all(is_same);
                        let types = if is_same { SAME_TYPES } else { SAME_VALUES };
                        (Weight::Silent, format!("`{was}` is now `{is}`: {types}, other meanings"))
                    }
                    Some(index) => {
                        let shown = |ty: Option<&RustType>| ty.map(ToString::to_string).unwrap_or_default();
                        let (before, after) = (shown(old_types[index]), shown(new_types[index]));
                        (Weight::Breaking, format!("`{is}`: `{after}` instead of `{before}`"))
                    }
                    None => (Weight::Breaking, format!("`{was}` is now `{is}`")),
                };
                self.add(weight, &at(old), text, items, origin);
            }
            (Some(before), None) => {
                let text = format!("`{}` is gone", signature(old, before));
                self.add(Weight::Breaking, &at(old), text, items, origin);
            }
            (None, Some(after)) => {
                let text = format!("`{}`", signature(new, after));
                self.add(Weight::Added, &at(old), text, Vec::new(), origin);
            }
            (None, None) => {}
        }
    }

    fn traits(&mut self, old: &TypeEntry, new: &TypeEntry) {
        let origin = new.origin.as_ref();
        for (trait_name, had, has) in
            [("Default", old.is_default, new.is_default), ("Display", old.is_display, new.is_display)]
        {
            if has && !had {
                let text = format!("`{}` implements `{trait_name}`", new.name);
                self.add(Weight::Added, &at(old), text, Vec::new(), origin);
            }
            if had && !has {
                let text = format!("`{}` no longer implements `{trait_name}`", new.name);
                self.add(Weight::Breaking, &at(old), text, vec![ItemId::of_type(old, trait_name)], origin);
            }
        }
        if old.is_webhook && !new.is_webhook {
            let text = format!("`{}::parse` is gone", new.name);
            self.add(Weight::Breaking, &at(old), text, vec![ItemId::of_type(old, "parse")], origin);
        }
    }

    fn additional(&mut self, old: &TypeEntry, new: &TypeEntry) {
        let items = vec![ItemId::of_type(old, "additional")];
        let origin = new.origin.as_ref();
        match (&old.additional, &new.additional) {
            (Some(before), Some(after)) if !self.renames.is_same(before, after) => {
                let text = format!("`{}::additional` holds `{after}` instead of `{before}`", new.name);
                self.add(Weight::Breaking, &at(old), text, items, origin);
            }
            (Some(_), None) => {
                let text = format!("`{}::additional` is gone", new.name);
                self.add(Weight::Breaking, &at(old), text, items, origin);
            }
            (None, Some(_)) => {
                let text = format!("`{}::additional` holds members that were in `extra()`", new.name);
                self.add(Weight::Added, &at(old), text, Vec::new(), origin);
            }
            (Some(_), Some(_)) | (None, None) => {}
        }
    }

    fn member(&mut self, old: &TypeEntry, new: &TypeEntry, member: &MemberEntry) {
        let at = member_at(old, member);
        let (name, items) = (member_name(old, member), of_member(old, member));
        let Some(found) = member_of(new, member) else {
            let successor = new.members.iter().find(|other| other.name == member.name);
            let same = successor.filter(|other| self.is_like(member, other));
            match (same, successor) {
                (Some(other), _) => {
                    let text = format!("`{name}` means `{}` instead of `{}`", other.wire, member.wire);
                    self.add(Weight::Silent, &at, text, items, other.origin.as_ref().or(new.origin.as_ref()));
                }
                (None, Some(other)) if !other.wire.is_empty() => {
                    let ty = other.ty.as_ref().map(|ty| format!("is `{ty}` and ")).unwrap_or_default();
                    let text = format!("`{name}` {ty}means `{}`", other.wire);
                    self.add(
                        Weight::Breaking,
                        &at,
                        text,
                        items,
                        other.origin.as_ref().or(new.origin.as_ref()),
                    );
                }
                (None, _) => {
                    self.add(Weight::Breaking, &at, format!("`{name}` is gone"), items, new.origin.as_ref());
                }
            }
            return;
        };
        let origin = found.origin.as_ref().or(new.origin.as_ref());
        if found.name != member.name {
            let instead = member_name(new, found);
            let mut others = new.members.iter().filter(|other| !other.wire.is_empty());
            let taken = others.find(|other| other.name == member.name);
            let (weight, text) = match taken {
                Some(other) if self.is_like(member, other) => {
                    (Weight::Silent, format!("`{name}` means `{}`: use `{instead}`", other.wire))
                }
                Some(other) => {
                    (Weight::Breaking, format!("`{name}` means `{}`: use `{instead}`", other.wire))
                }
                None => (Weight::Breaking, format!("`{name}` is now `{instead}`")),
            };
            self.add(weight, &at, text, items, origin);
            return;
        }
        if let (Some(before), Some(after)) = (&member.ty, &found.ty)
            && !self.renames.is_same(before, after)
        {
            let text = format!("`{name}` is `{after}` instead of `{before}`");
            let is_set = found.has_setter && self.renames.is_accepted(before.plain(), after.plain());
            let kept = [("set", is_set), ("null", found.has_null_setter)]
                .map(|(part, is_kept)| is_kept.then(|| ItemId::of_member(old, member, part)));
            let items =
                items.into_iter().filter(|id| !kept.iter().flatten().any(|kept| kept == id)).collect();
            self.add(Weight::Breaking, &at, text, items, origin);
            return;
        }
        self.lost_parts(old, member, found, origin);
        if found.deprecated && !member.deprecated {
            self.add(Weight::Deprecated, &at, format!("`{name}`"), Vec::new(), origin);
        }
    }

    /// Returns `true` if code that uses the old member may compile with the other one.
    fn is_like(&self, member: &MemberEntry, other: &MemberEntry) -> bool {
        match (&member.ty, &other.ty) {
            (Some(before), Some(after)) if member.has_setter && other.has_setter => {
                self.renames.may_take(before.plain(), after.plain())
            }
            (Some(before), Some(after)) => self.renames.is_accepted(before.plain(), after.plain()),
            (None, None) => true,
            (None, Some(_)) | (Some(_), None) => false,
        }
    }

    /// Reports the setters and conversions of released members that are new.
    fn setters_of_type(&mut self, old: &TypeEntry, new: &TypeEntry) {
        let is_newly_sent = new.in_request && !old.in_request;
        let gains_setter = |member: &MemberEntry| {
            member.has_setter && member_of(old, member).is_some_and(|known| !known.has_setter)
        };
        if is_newly_sent && new.members.iter().any(gains_setter) {
            let text = format!("`{}` has setters", new.name);
            self.add(Weight::Added, &at(old), text, Vec::new(), new.origin.as_ref());
            return;
        }
        let mut gained: BTreeMap<&str, Vec<(String, Option<&Pointer>)>> = BTreeMap::new();
        for (member, found) in old.members.iter().filter_map(|member| Some((member, member_of(new, member)?)))
        {
            let parts = [
                ("can be set", found.has_setter && !member.has_setter),
                ("can be set to null", found.has_null_setter && !member.has_null_setter),
                ("is converted from its type", found.has_from && !member.has_from),
            ];
            for (part, _) in parts.iter().filter(|(_, is_new)| *is_new && found.name == member.name) {
                let place = found.origin.as_ref().or(new.origin.as_ref());
                gained.entry(part).or_default().push((member_name(new, found), place));
            }
        }
        for (part, members) in gained {
            let place = members.first().and_then(|(_, place)| *place);
            let names = members.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            self.add(Weight::Added, &at(old), format!("{names} {part}"), Vec::new(), place);
        }
    }

    /// Reports the setters and conversions of a member that are gone.
    fn lost_parts(
        &mut self,
        old: &TypeEntry,
        member: &MemberEntry,
        found: &MemberEntry,
        origin: Option<&Pointer>,
    ) {
        let (at, name) = (member_at(old, member), member_name(old, member));
        let lost = [
            ("set", member.has_setter && !found.has_setter, "its setter is gone"),
            ("null", member.has_null_setter && !found.has_null_setter, "it can no longer be set to null"),
            ("from", member.has_from && !found.has_from, "its `From` is gone"),
        ];
        for (part, is_lost, remark) in lost {
            if is_lost {
                let items = vec![ItemId::of_member(old, member, part)];
                self.add(Weight::Breaking, &at, format!("`{name}`: {remark}"), items, origin);
            }
        }
    }
}

/// Returns the member that corresponds to `wanted` on the wire.
fn member_of<'t>(ty: &'t TypeEntry, wanted: &MemberEntry) -> Option<&'t MemberEntry> {
    if ty.kind != TypeKind::Union {
        return ty.members.iter().find(|member| member.wire == wanted.wire);
    }
    let tags = |member: &MemberEntry| -> Vec<String> {
        member.wire.split('|').filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
    };
    let wanted_tags = tags(wanted);
    let shares_tag = |member: &&MemberEntry| tags(member).iter().any(|tag| wanted_tags.contains(tag));
    let same_name = |member: &&MemberEntry| member.name == wanted.name;
    let tagged = ty.members.iter().find(|member| shares_tag(member) && same_name(member));
    let tagged = tagged.or_else(|| ty.members.iter().find(shares_tag));
    tagged.or_else(|| {
        ty.members.iter().find(|member| {
            (wanted_tags.is_empty() || member.wire.is_empty())
                && (member.ty == wanted.ty || same_name(member))
        })
    })
}

fn of_member(ty: &TypeEntry, member: &MemberEntry) -> Vec<ItemId> {
    let parts = [("set", member.has_setter), ("null", member.has_null_setter), ("from", member.has_from)];
    let parts =
        parts.into_iter().filter(|(_, has)| *has).map(|(part, _)| ItemId::of_member(ty, member, part));
    std::iter::once(ItemId::member(ty, member)).chain(parts).collect()
}

fn at(ty: &TypeEntry) -> String {
    ty.name.clone()
}

fn member_at(ty: &TypeEntry, member: &MemberEntry) -> String {
    ItemId::member(ty, member).to_string()
}

fn member_name(ty: &TypeEntry, member: &MemberEntry) -> String {
    let separator = if ty.kind == TypeKind::Struct { "." } else { "::" };
    format!("{}{separator}{}", ty.name, member.name)
}

/// Returns the types of the arguments of `new`.
fn constructor_types<'t>(ty: &'t TypeEntry, wires: &[String]) -> Vec<Option<&'t RustType>> {
    let member = |wire: &String| ty.members.iter().find(|member| member.wire == *wire);
    wires.iter().map(|wire| member(wire)?.ty.as_ref()).collect()
}

/// Returns `true` if an argument of `new` takes what the old one did.
fn takes(
    (old, new): (&Option<&RustType>, &Option<&RustType>),
    is_taken: impl Fn(&RustType, &RustType) -> bool,
) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => is_taken(&old.unboxed(), &new.unboxed()),
        (None | Some(_), _) => false,
    }
}

/// Formats the constructor: `Thing::new(id, name)`.
fn signature(ty: &TypeEntry, wires: &[String]) -> String {
    let name = |wire: &String| {
        let member = ty.members.iter().find(|member| member.wire == *wire);
        member.map_or(wire.as_str(), |member| member.name.as_str()).to_owned()
    };
    format!("{}::new({})", ty.name, wires.iter().map(name).collect::<Vec<_>>().join(", "))
}

fn described(kind: TypeKind) -> &'static str {
    match kind {
        TypeKind::Struct => "a struct",
        TypeKind::Enum => "an enum of texts",
        TypeKind::IntegerEnum => "an enum of integers",
        TypeKind::ValueEnum => "an enum of values",
        TypeKind::Union => "a union",
        TypeKind::Alias => "an alias",
    }
}
