//! The variants of a union to what tells them apart: a tag, or the order in which they are tried.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::Lowering;
use super::flat::{EnumValue, Flat, Slot};
use super::naming::is_named;
use super::surfaces::Kind;
use super::variants::{Base, Candidate};
use crate::diagnostic::Code;
use crate::ir::{Scalar, UnionVariant};
use crate::name::Name;
use crate::pointer::Pointer;

/// The member that tells variants apart.
pub(super) struct Tags {
    /// Its wire name.
    pub(super) property: String,
    /// Its values for each variant.
    pub(super) values: Vec<Vec<String>>,
}

impl Lowering<'_> {
    /// The tag of a union: the discriminator, or a member whose values differ between variants. A variant
    /// without values is tried by its shape, where the tag means none of the others.
    pub(super) fn tags(&mut self, union: &Flat, candidates: &[Candidate]) -> Option<Tags> {
        let discriminator = union.unions.iter().find_map(|union| union.discriminator.clone());
        if let Some(discriminator) = discriminator {
            let property = discriminator.property;
            // Children may inherit the values of all of them from their parent; then their names tell.
            for by_constant in [true, false] {
                let values: Vec<Vec<String>> = candidates
                    .iter()
                    .map(|candidate| self.tag_values(&property, candidate, by_constant))
                    .collect();
                if distinct(&values) {
                    return Some(Tags { property, values });
                }
            }
        }
        self.infer_tags(candidates)
    }

    /// The values of a discriminator that mean a variant: those that the document maps to it, else those
    /// that its schema allows, else the name of the schema.
    fn tag_values(&mut self, property: &str, candidate: &Candidate, by_constant: bool) -> Vec<String> {
        if !is_object(candidate) || candidate.base == Base::Alone {
            return Vec::new();
        }
        if !candidate.listed.mapped.is_empty() {
            return candidate.listed.mapped.clone();
        }
        if by_constant && let Some(values) = self.constants(&candidate.flat, property) {
            return values;
        }
        let meant = &candidate.listed.surface.meant;
        if *meant == candidate.listed.slot.pointer && !is_named(meant) {
            return Vec::new();
        }
        meant.tokens().last().into_iter().collect()
    }

    /// The member that tells most variants apart, first one that all of them have to have.
    fn infer_tags(&mut self, candidates: &[Candidate]) -> Option<Tags> {
        let mut found: IndexMap<String, Vec<Vec<String>>> = IndexMap::new();
        for (index, candidate) in candidates.iter().enumerate().filter(|(_, candidate)| is_object(candidate))
        {
            for property in candidate.flat.properties.keys() {
                if let Some(values) = self.constants(&candidate.flat, property) {
                    let all = found.entry((**property).to_owned()).or_default();
                    all.resize(candidates.len(), Vec::new());
                    all[index] = values;
                }
            }
        }
        let demanded = |property: &str| {
            candidates.iter().filter(|candidate| candidate.flat.required.contains(property)).count()
        };
        let told = |values: &[Vec<String>]| values.iter().filter(|values| !values.is_empty()).count();
        found
            .into_iter()
            .filter(|(_, values)| distinct(values))
            .min_by_key(|(property, values)| Reverse((told(values), demanded(property))))
            .map(|(property, values)| Tags { property, values })
    }

    /// The texts that a member is limited to.
    fn constants(&mut self, flat: &Flat, property: &str) -> Option<Vec<String>> {
        let slots = flat.properties.get(property)?;
        let pointers: Vec<Pointer> = slots.iter().map(|slot| slot.pointer.clone()).collect();
        let (_, flat) = self.meant(&pointers, &slots.last()?.naming)?;
        let texts = |value: &EnumValue| value.value.as_str().map(str::to_owned);
        flat.values.as_ref()?.iter().map(texts).collect()
    }

    /// Puts variants in the order in which they are tried: first what few values fit. Reports those that
    /// nothing tells apart.
    pub(super) fn order(
        &mut self,
        variants: &mut [(UnionVariant, usize)],
        candidates: &[Candidate],
        union: &Pointer,
    ) {
        variants.sort_by_key(|(variant, index)| {
            let candidate = &candidates[*index];
            if variant.tags.is_empty() {
                (rank(candidate.listed.surface.kind), Reverse(demands(candidate).len()))
            } else {
                (0, Reverse(usize::MAX))
            }
        });
        if let Some((one, other)) = self.ambiguous(variants, candidates) {
            let (one, other) = (one.pascal(), other.pascal());
            self.warn(
                Code::AmbiguousUnion,
                union,
                format!("`{one}` and `{other}` have the same members, so nothing tells them apart; what fits both is taken as `{one}`"),
                "add a discriminator, or a property with a constant value",
            );
        }
    }

    /// Two variants that are told by their shape, although their shapes are alike.
    fn ambiguous(
        &mut self,
        variants: &[(UnionVariant, usize)],
        candidates: &[Candidate],
    ) -> Option<(Name, Name)> {
        let mut alike: BTreeMap<BTreeSet<&str>, Vec<(&Name, &Candidate)>> = BTreeMap::new();
        for (variant, index) in variants.iter().filter(|(variant, _)| variant.tags.is_empty()) {
            let candidate = &candidates[*index];
            if candidate.listed.surface.kind == Kind::Object {
                alike.entry(demands(candidate)).or_default().push((&variant.name, candidate));
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

    /// Whether two objects have the same members of the same kinds. Where a member of one is unknown to the
    /// other, the one that knows all members of a value is taken.
    fn same_members(&mut self, one: &Flat, other: &Flat, depth: usize) -> bool {
        one.properties.len() == other.properties.len()
            && one.properties.iter().all(|(name, slots)| {
                other.properties.get(name).is_some_and(|other| self.could_be_same(slots, other, depth))
            })
    }

    /// Whether a value can fit both members and be known to both in all of its parts.
    fn could_be_same(&mut self, one: &[Slot], other: &[Slot], depth: usize) -> bool {
        let (Some(one), Some(other)) = (one.last(), other.last()) else { return true };
        self.alike(&one.pointer, &other.pointer, depth)
    }

    fn alike(&mut self, one: &Pointer, other: &Pointer, depth: usize) -> bool {
        let (one, other) = (self.surface(one), self.surface(other));
        match (class(one.kind), class(other.kind)) {
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
            (Kind::List, Kind::List) => match (first.items.as_slice(), second.items.as_slice()) {
                ([one], [other]) => self.alike(&one.pointer, &other.pointer, depth - 1),
                _ => true,
            },
            (Kind::Object, Kind::Object) => {
                demanded(&first) == demanded(&second) && self.same_members(&first, &second, depth - 1)
            }
            (Kind::StringEnum | Kind::IntegerEnum, Kind::StringEnum | Kind::IntegerEnum) => {
                share_values(&first, &second)
            }
            _ => true,
        }
    }
}

/// How deep members are compared.
const LOOK: usize = 3;

/// Whether a value of one enum is one of the other; enums whose values are not known may share some.
fn share_values(one: &Flat, other: &Flat) -> bool {
    let (Some(one), Some(other)) = (&one.values, &other.values) else { return true };
    one.iter().any(|one| other.iter().any(|other| one.value == other.value))
}

/// What JSON calls a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Text,
    Number,
    Boolean,
    Array,
    Object,
}

fn class(kind: Kind) -> Option<Class> {
    match kind {
        Kind::Scalar(Scalar::String | Scalar::DateTime | Scalar::Date | Scalar::Base64)
        | Kind::StringEnum => Some(Class::Text),
        Kind::Scalar(Scalar::Boolean) => Some(Class::Boolean),
        Kind::Scalar(_) | Kind::IntegerEnum => Some(Class::Number),
        Kind::List => Some(Class::Array),
        Kind::Map | Kind::Object => Some(Class::Object),
        Kind::Null | Kind::Any | Kind::ValueEnum | Kind::Union => None,
    }
}

fn is_object(candidate: &Candidate) -> bool {
    matches!(candidate.listed.surface.kind, Kind::Object | Kind::Map)
}

/// True where at least two variants have values, and no value stands for two.
fn distinct(values: &[Vec<String>]) -> bool {
    let mut seen = BTreeSet::new();
    values.iter().filter(|values| !values.is_empty()).count() > 1
        && values.iter().flatten().all(|value| seen.insert(value))
}

/// The members that a value has to have.
fn demands(candidate: &Candidate) -> BTreeSet<&str> {
    demanded(&candidate.flat)
}

fn demanded(flat: &Flat) -> BTreeSet<&str> {
    let named = |name: &&String| flat.properties.contains_key(name.as_str());
    flat.required.iter().filter(named).map(String::as_str).collect()
}

/// How early a kind is tried: the narrow before the wide.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Null => 0,
        Kind::Scalar(Scalar::Boolean) => 1,
        Kind::IntegerEnum => 2,
        Kind::Scalar(Scalar::Int32 | Scalar::UInt32) => 3,
        Kind::Scalar(Scalar::Int64) => 4,
        Kind::Scalar(Scalar::UInt64) => 5,
        Kind::Scalar(Scalar::Float32 | Scalar::Float64 | Scalar::Number) => 6,
        Kind::Scalar(Scalar::DateTime) => 7,
        Kind::Scalar(Scalar::Date) => 8,
        Kind::Scalar(Scalar::Base64) => 9,
        Kind::StringEnum => 10,
        Kind::Scalar(Scalar::String) => 11,
        Kind::List => 12,
        Kind::Object => 13,
        Kind::Union => 14,
        Kind::Map => 15,
        Kind::ValueEnum => 16,
        Kind::Any => 17,
    }
}
