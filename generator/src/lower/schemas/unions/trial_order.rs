//! Sorts the variants of a union that no tag distinguishes into the order in which they are tried.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::discriminators::is_told;
use super::variants::Candidate;
use crate::diagnostic::Code;
use crate::ir::{JsonType, Scalar, UnionVariant};
use crate::lower::Lowering;
use crate::lower::schemas::flat::{Flat, Slot};
use crate::lower::schemas::value_kinds::ValueKind;
use crate::name::Name;
use crate::pointer::Pointer;

/// The depth to which members are compared.
const LOOK: usize = 3;

impl Lowering<'_> {
    /// Sorts variants that tags do not distinguish into the order in which they are tried. Reports variants that nothing
    /// distinguishes.
    pub(in crate::lower) fn order(
        &mut self,
        variants: &mut [(UnionVariant, usize)],
        candidates: &[Candidate],
        union: &Pointer,
    ) {
        if !sort(variants, candidates) {
            return;
        }
        if let Some((one, other)) = self.ambiguous(variants, candidates) {
            let (one, other) = (one.pascal(), other.pascal());
            self.warn(
                Code::AmbiguousUnion,
                union,
                format!("`{one}` and `{other}` have the same members and cannot be told apart; a value that matches both is read as `{one}`"),
                "add a discriminator, or a property with a constant value",
            );
        }
    }

    /// Returns two variants that only their shapes could distinguish, although these are alike.
    fn ambiguous(
        &mut self,
        variants: &[(UnionVariant, usize)],
        candidates: &[Candidate],
    ) -> Option<(Name, Name)> {
        type Alike<'a> = (&'a [String], BTreeSet<&'a str>);
        let mut alike: BTreeMap<Alike<'_>, Vec<(&Name, &Candidate)>> = BTreeMap::new();
        for (variant, index) in variants {
            let candidate = &candidates[*index];
            if candidate.listed.surface.kind == ValueKind::Object {
                let key = (variant.tags.as_slice(), demands(candidate));
                alike.entry(key).or_default().push((&variant.name, candidate));
            }
        }
        for group in alike.values() {
            for (position, (name, one)) in group.iter().enumerate() {
                let mut others = group.iter().skip(position + 1);
                if let Some((other, _)) =
                    others.find(|(_, other)| self.same_members(&one.flat, &other.flat, LOOK))
                {
                    return Some(((*name).clone(), (*other).clone()));
                }
            }
        }
        None
    }

    /// Returns `true` if two objects have the same members of the same kinds. If they differ in a member, the variant
    /// that knows all members of a value is used.
    fn same_members(&mut self, one: &Flat, other: &Flat, depth: usize) -> bool {
        one.properties.len() == other.properties.len()
            && one.properties.iter().all(|(name, slots)| {
                other.properties.get(name).is_some_and(|other| self.could_be_same(slots, other, depth))
            })
    }

    /// Returns `true` if a value can match both members, and all of its parts are known to both.
    fn could_be_same(&mut self, one: &[Slot], other: &[Slot], depth: usize) -> bool {
        let (Some(one), Some(other)) = (one.last(), other.last()) else { return true };
        self.alike(&one.pointer, &other.pointer, depth)
    }

    fn alike(&mut self, one: &Pointer, other: &Pointer, depth: usize) -> bool {
        let (one, other) = (self.surface(one), self.surface(other));
        match (json_type(one.kind), json_type(other.kind)) {
            (Some(one), Some(other)) if one != other => return false,
            _ => {}
        }
        if one.meant == other.meant || depth == 0 {
            return true;
        }
        let naming = self.unnamed();
        let (Some(first), Some(second)) = (self.flat(&one.meant, &naming), self.flat(&other.meant, &naming))
        else {
            return true;
        };
        match (one.kind, other.kind) {
            (ValueKind::List, ValueKind::List) => match (first.items.as_slice(), second.items.as_slice()) {
                ([one], [other]) => self.alike(&one.pointer, &other.pointer, depth - 1),
                _ => true,
            },
            (ValueKind::Object, ValueKind::Object) => {
                demanded(&first) == demanded(&second) && self.same_members(&first, &second, depth - 1)
            }
            (
                ValueKind::StringEnum | ValueKind::IntegerEnum,
                ValueKind::StringEnum | ValueKind::IntegerEnum,
            ) => share_values(&first, &second),
            _ => true,
        }
    }
}

/// Sorts variants that tags do not distinguish: the narrowest first. Returns `false` if tags distinguish them all.
pub(super) fn sort(variants: &mut [(UnionVariant, usize)], candidates: &[Candidate]) -> bool {
    let tags: Vec<Vec<String>> = variants.iter().map(|(variant, _)| variant.tags.clone()).collect();
    if tags.iter().all(|own| is_told(own, &tags)) {
        return false;
    }
    variants.sort_by_key(|(variant, index)| {
        let candidate = &candidates[*index];
        if is_told(&variant.tags, &tags) {
            (0, Reverse(usize::MAX))
        } else {
            (rank(candidate.listed.surface.kind), Reverse(demands(candidate).len()))
        }
    });
    true
}

/// Returns `true` if two enums share a value. Enums without known values may share some.
fn share_values(one: &Flat, other: &Flat) -> bool {
    let (Some(one), Some(other)) = (&one.values, &other.values) else { return true };
    one.iter().any(|one| other.iter().any(|other| one.value == other.value))
}

/// The JSON type of a value.
fn json_type(kind: ValueKind) -> Option<JsonType> {
    match kind {
        ValueKind::Scalar(scalar) => Some(scalar.json_type()),
        ValueKind::StringEnum => Some(JsonType::String),
        ValueKind::IntegerEnum => Some(JsonType::Number),
        ValueKind::List => Some(JsonType::Array),
        ValueKind::Map | ValueKind::Object => Some(JsonType::Object),
        ValueKind::Null | ValueKind::Any | ValueKind::ValueEnum | ValueKind::Union => None,
    }
}

/// Returns the members that a value must have.
fn demands(candidate: &Candidate) -> BTreeSet<&str> {
    demanded(&candidate.flat)
}

fn demanded(flat: &Flat) -> BTreeSet<&str> {
    let named = |name: &&String| flat.properties.contains_key(name.as_str());
    flat.required.iter().filter(named).map(String::as_str).collect()
}

/// Returns the rank of a kind in the order of trials: narrow kinds before wide ones.
fn rank(kind: ValueKind) -> u8 {
    match kind {
        ValueKind::Null => 0,
        ValueKind::Scalar(Scalar::Boolean) => 1,
        ValueKind::IntegerEnum => 2,
        ValueKind::Scalar(Scalar::Int32 | Scalar::UInt32) => 3,
        ValueKind::Scalar(Scalar::Int64) => 4,
        ValueKind::Scalar(Scalar::UInt64) => 5,
        ValueKind::Scalar(Scalar::Float | Scalar::Number) => 6,
        ValueKind::Scalar(Scalar::DateTime) => 7,
        ValueKind::Scalar(Scalar::Date) => 8,
        ValueKind::Scalar(Scalar::Base64 | Scalar::Base64Url) => 9,
        ValueKind::StringEnum => 10,
        ValueKind::Scalar(Scalar::String) => 11,
        ValueKind::List => 12,
        ValueKind::Object => 13,
        ValueKind::Union => 14,
        ValueKind::Map => 15,
        ValueKind::ValueEnum => 16,
        ValueKind::Any => 17,
    }
}
