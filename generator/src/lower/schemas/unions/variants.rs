//! Lowers the variants of a union: each gets a name, tags and a type.

use std::rc::Rc;

use super::{Listed, Outcome};
use crate::ir::{Shape, TypeRef, Union, UnionVariant};
use crate::lower::Lowering;
use crate::lower::names::type_names::{Naming, is_named};
use crate::lower::schemas::Make;
use crate::lower::schemas::flat::{Flat, Slot, UnionKeywords};
use crate::lower::schemas::value_kinds::{Surface, ValueKind};
use crate::name::Name;

/// A variant with the information to name it and to distinguish it from others.
pub(in crate::lower) struct Candidate {
    pub(in crate::lower) listed: Listed,
    pub(in crate::lower) flat: Rc<Flat>,
    /// The relation of the variant to the members beside the union.
    pub(in crate::lower) base: Base,
}

/// The members beside a union that a variant has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Base {
    /// The members that its own schema names.
    Own,
    /// All of them, in a type of its own.
    Added,
    /// All of them, and no others.
    Alone,
}

impl Lowering<'_> {
    /// Lowers a schema with several types to a union.
    pub(in crate::lower) fn union_shape(&mut self, flat: &Rc<Flat>, naming: &Naming) -> Shape {
        let named = Flat {
            unions: flat
                .unions
                .iter()
                .map(|union| UnionKeywords { naming: naming.clone(), ..union.clone() })
                .collect(),
            ..(**flat).clone()
        };
        let (Outcome::Members(listed), _) = self.union_outcome(&named) else {
            return Shape::Alias(TypeRef::Any);
        };
        // Values of a variant that does not exist are unknown to the union.
        let some_dangle = flat.unions.iter().flat_map(|union| &union.variants).any(|one| self.dangles(one));
        let mut candidates: Vec<Candidate> =
            listed.into_iter().filter_map(|listed| self.candidate(&named, listed)).collect();
        candidates.extend(parent_itself(&named));
        let tags = self.tags(&named, &candidates);
        let has_discriminator = tags.as_ref().is_some_and(|tags| tags.is_declared);
        let tag_property = tags.as_ref().map(|tags| tags.property.clone());
        let tags_of =
            |index: usize| tags.as_ref().and_then(|tags| tags.values.get(index)).cloned().unwrap_or_default();
        let mut names: Vec<Name> = Vec::new();
        for (index, candidate) in candidates.iter().enumerate() {
            let property = tag_property.as_deref().unwrap_or_default();
            let tag = tags_of(index).first().map(|tag| self.tag_name(&candidate.flat, property, tag));
            names.push(self.variant_name(candidate, tag, &candidates));
        }
        let mut variants: Vec<(UnionVariant, usize)> = Vec::new();
        for (index, candidate) in candidates.iter().enumerate() {
            let (name, tags) = (names[index].clone(), tags_of(index));
            let ty = self.variant_type(candidate, &type_part(candidate, &name, &names));
            match variants.iter_mut().find(|(known, _)| known.ty == ty) {
                Some((known, _)) => known.tags.extend(tags),
                None => {
                    let is_default = candidate.listed.is_default;
                    let variant = UnionVariant { is_default, ..UnionVariant::new(name, tags, ty) };
                    variants.push((variant, index));
                }
            }
        }
        self.order(&mut variants, &candidates, &flat.pointer);
        let variants: Vec<UnionVariant> = variants.into_iter().map(|(variant, _)| variant).collect();
        match variants.as_slice() {
            [only] if !some_dangle && flat.unions.iter().all(|union| !union.open) => {
                Shape::Alias(only.ty.clone())
            }
            _ => Shape::Union(Union { has_discriminator, ..Union::new(tag_property, variants) }),
        }
    }

    pub(super) fn candidate(&mut self, union: &Flat, listed: Listed) -> Option<Candidate> {
        let naming = self.unnamed();
        let flat = self.flat(&listed.surface.meant, &naming)?;
        let covers = union.properties.keys().all(|name| flat.properties.contains_key(name));
        let inherits = flat.merged.contains(&union.pointer);
        if listed.also.is_empty() && (!union.has_members() || covers || inherits) {
            return Some(Candidate { listed, flat, base: Base::Own });
        }
        let mut flat = self.flat_onto(union, &listed.slot.pointer, &listed.slot.naming)?;
        for slot in &listed.also {
            flat = self.flat_onto(&flat, &slot.pointer, &slot.naming)?;
        }
        Some(Candidate { listed, flat, base: Base::Added })
    }

    pub(super) fn variant_type(&mut self, candidate: &Candidate, part: &str) -> TypeRef {
        let slot = &candidate.listed.slot;
        let naming = Naming::part(&slot.naming.owner(), part);
        if candidate.base != Base::Own {
            return self.define(&candidate.flat, &naming, Make::Struct);
        }
        if is_named(&slot.pointer) {
            return self.type_of_reference(&slot.pointer).non_null().clone();
        }
        self.type_of(&slot.pointer, &naming).non_null().clone()
    }

    /// Returns the name of a variant: that of the schema it refers to, else its title, its tag, or
    /// what tells it from others.
    fn variant_name(&mut self, candidate: &Candidate, tag: Option<Name>, all: &[Candidate]) -> Name {
        let listed = &candidate.listed;
        if candidate.base == Base::Alone {
            return Name::new("other");
        }
        if let Some((last, before)) = listed.also.split_last() {
            let mut rest = listed.clone();
            rest.also = before.to_vec();
            let last = Listed { slot: last.clone(), surface: self.surface(&last.pointer), ..rest.clone() };
            let last = Listed { also: Vec::new(), ..last };
            let of = |listed| Candidate { listed, flat: candidate.flat.clone(), base: candidate.base };
            let first = self.variant_name(&of(rest), None, all);
            return first.join(&self.variant_name(&of(last), None, all));
        }
        let referred = listed.surface.meant != listed.slot.pointer
            && listed.surface.meant.as_str().starts_with("/components/");
        if referred || is_named(&listed.surface.meant) {
            return self.natural_owner(&listed.surface.meant).name.clone();
        }
        let title =
            candidate.flat.title.as_deref().filter(|title| (1..=5).contains(&Name::new(*title).words.len()));
        if let Some(name) = title.map(Name::new).or(tag) {
            return name;
        }
        self.name_by_contents(candidate, all)
    }
}

/// Returns the part of the union by which the type of a variant is named. Items of a list are named as such if another
/// variant has the name that the list has without `list`.
fn type_part(candidate: &Candidate, name: &Name, names: &[Name]) -> String {
    match name.words.split_last() {
        Some((last, item))
            if last == "list"
                && candidate.listed.surface.kind == ValueKind::List
                && names.iter().any(|other| other.words == item) =>
        {
            format!("{} item", item.join(" "))
        }
        _ => name.wire.clone(),
    }
}

/// Returns the parent of variants that extend it, as the variant for values that match none of them.
fn parent_itself(union: &Flat) -> Option<Candidate> {
    let inherited = union.unions.iter().find(|keywords| keywords.inherited)?;
    let surface = Surface { kind: ValueKind::Object, nullable: false, meant: union.pointer.clone() };
    let slot = Slot { pointer: union.pointer.clone(), naming: inherited.naming.clone() };
    let listed = Listed { slot, surface, mapped: Vec::new(), is_default: false, also: Vec::new() };
    let flat = Flat { unions: Vec::new(), ..union.clone() };
    Some(Candidate { listed, flat: Rc::new(flat), base: Base::Alone })
}
