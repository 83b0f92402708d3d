//! The variants of a union to what tells them apart: a tag, or the order in which they are tried.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::variants::{Base, Candidate};
use crate::diagnostic::Code;
use crate::ir::{Scalar, UnionVariant};
use crate::lower::Lowering;
use crate::lower::names::type_names::is_named;
use crate::lower::schemas::flat::{EnumValue, Flat, Slot};
use crate::lower::schemas::value_kinds::Kind;
use crate::name::Name;
use crate::pointer::Pointer;

/// The member that tells variants apart.
pub(in crate::lower) struct Tags {
    /// Its wire name.
    pub(in crate::lower) property: String,
    /// Its values for each variant.
    pub(in crate::lower) values: Vec<Vec<String>>,
}

impl Lowering<'_> {
    /// The tag of a union: the discriminator, or a member whose values differ between variants. A variant
    /// without values is tried by its shape, where the tag means none of the others; variants that share
    /// a value, where it is that.
    pub(in crate::lower) fn tags(&mut self, union: &Flat, candidates: &[Candidate]) -> Option<Tags> {
        let discriminator = union.unions.iter().find_map(|union| union.discriminator.clone());
        if let Some(discriminator) = discriminator {
            let property = discriminator.property;
            // Children may inherit the values of all of them from their parent; then their names tell.
            let [constants, names] = [true, false].map(|by_constant| -> Vec<Vec<String>> {
                let values =
                    candidates.iter().map(|candidate| self.tag_values(&property, candidate, by_constant));
                values.collect()
            });
            type Tells = fn(&[Vec<String>]) -> bool;
            let told: [(Tells, _); 3] = [(distinct, &constants), (distinct, &names), (constant, &constants)];
            if let Some((_, values)) = told.into_iter().find(|(tells, values)| tells(values)) {
                return Some(Tags { property, values: values.clone() });
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
        found
            .into_iter()
            .filter(|(_, values)| distinct(values) || constant(values))
            .min_by_key(|(property, values)| Reverse((told_apart(values), demanded(property))))
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
    pub(in crate::lower) fn order(
        &mut self,
        variants: &mut [(UnionVariant, usize)],
        candidates: &[Candidate],
        union: &Pointer,
    ) {
        let tags: Vec<Vec<String>> = variants.iter().map(|(variant, _)| variant.tags.clone()).collect();
        variants.sort_by_key(|(variant, index)| {
            let candidate = &candidates[*index];
            if is_told(&variant.tags, &tags) {
                (0, Reverse(usize::MAX))
            } else {
                (rank(candidate.listed.surface.kind), Reverse(demands(candidate).len()))
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
        type Alike<'a> = (&'a [String], BTreeSet<&'a str>);
        let mut alike: BTreeMap<Alike<'_>, Vec<(&Name, &Candidate)>> = BTreeMap::new();
        for (variant, index) in variants {
            let candidate = &candidates[*index];
            if candidate.listed.surface.kind == Kind::Object {
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

/// Whether tags of a variant are those of no other one.
pub(in crate::lower) fn is_told(tags: &[String], all: &[Vec<String>]) -> bool {
    let owners = |tag: &String| all.iter().filter(|tags| tags.contains(tag)).count();
    !tags.is_empty() && tags.iter().all(|tag| owners(tag) == 1)
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

/// How many pairs of variants share no value of the tag.
fn told_apart(values: &[Vec<String>]) -> usize {
    let told = values.iter().filter(|values| !values.is_empty());
    let shares = |one: &[String], other: &[String]| one.iter().any(|value| other.contains(value));
    let pairs = |(index, one): (usize, &Vec<String>)| {
        told.clone().skip(index + 1).filter(|other| !shares(one, other)).count()
    };
    told.clone().enumerate().map(pairs).sum()
}

/// True where each variant with a value has just one, and not all the same. Variants that share theirs are tried by
/// their shape where it comes.
fn constant(values: &[Vec<String>]) -> bool {
    values.iter().all(|values| values.len() < 2) && told_apart(values) > 0
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
        Kind::Scalar(Scalar::Float | Scalar::Number) => 6,
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
