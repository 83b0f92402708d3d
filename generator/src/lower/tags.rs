//! The variants of a union to what tells them apart: a tag, or the order in which they are tried.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::Lowering;
use super::flat::{Flat, Slot};
use super::form::{Form, classify};
use super::surfaces::Kind;
use super::unions::Candidate;
use crate::diagnostic::Code;
use crate::ir::{Scalar, UnionVariant};
use crate::pointer::Pointer;

/// The member that tells variants apart.
pub(super) struct Tags {
    /// Its wire name.
    pub(super) property: String,
    /// Its values for each variant.
    pub(super) values: Vec<Vec<String>>,
}

impl Lowering<'_> {
    /// The tag of a union: the discriminator, or a member whose values differ in all variants.
    pub(super) fn tags(&mut self, union: &Flat, candidates: &[Candidate]) -> Option<Tags> {
        let object = |candidate: &Candidate| matches!(candidate.listed.surface.kind, Kind::Object | Kind::Map);
        if candidates.len() < 2 || !candidates.iter().all(object) {
            return None;
        }
        let discriminator = union.unions.iter().find_map(|union| union.discriminator.clone());
        if let Some(discriminator) = discriminator {
            let property = discriminator.property;
            let values: Vec<Vec<String>> =
                candidates.iter().map(|candidate| self.tag_values(&property, candidate)).collect();
            if disjoint(&values) {
                return Some(Tags { property, values });
            }
        }
        self.infer_tags(candidates)
    }

    /// The values of a discriminator that mean a variant: those that the document maps to it, else those
    /// that its schema allows, else the name of the schema.
    fn tag_values(&mut self, property: &str, candidate: &Candidate) -> Vec<String> {
        if !candidate.listed.mapped.is_empty() {
            return candidate.listed.mapped.clone();
        }
        if let Some(values) = self.constants(&candidate.flat, property) {
            return values;
        }
        let meant = &candidate.listed.surface.meant;
        if *meant == candidate.listed.slot.pointer {
            return Vec::new();
        }
        meant.tokens().last().into_iter().collect()
    }

    fn infer_tags(&mut self, candidates: &[Candidate]) -> Option<Tags> {
        let first = &candidates.first()?.flat;
        let required = |name: &str| candidates.iter().all(|candidate| candidate.flat.required.contains(name));
        let mut names: Vec<String> = first.properties.keys().map(|name| (**name).to_owned()).collect();
        names.sort_by_key(|name| !required(name));
        names.into_iter().find_map(|property| {
            let values: Option<Vec<Vec<String>>> =
                candidates.iter().map(|candidate| self.constants(&candidate.flat, &property)).collect();
            let values = values.filter(|values| disjoint(values))?;
            Some(Tags { property, values })
        })
    }

    /// The texts that a member is limited to.
    fn constants(&mut self, flat: &Flat, property: &str) -> Option<Vec<String>> {
        let slots: Vec<Slot> = flat.properties.get(property)?.clone();
        let mut pointers: Vec<Pointer> = slots.iter().map(|slot| slot.pointer.clone()).collect();
        let naming = slots.last()?.naming.clone();
        for _ in 0..16 {
            let flat = self.flatten(&pointers, &naming, None)?;
            match classify(&flat) {
                Form::Same(target) => pointers = vec![target],
                _ => {
                    let texts = |value: &super::flat::EnumValue| value.value.as_str().map(str::to_owned);
                    return flat.values.as_ref()?.iter().map(texts).collect();
                }
            }
        }
        None
    }

    /// Puts variants in the order in which they are tried: first what few values fit. Reports those that
    /// nothing tells apart.
    pub(super) fn order(
        &mut self,
        variants: &mut Vec<(UnionVariant, usize)>,
        candidates: &[Candidate],
        union: &Pointer,
    ) {
        variants.sort_by_key(|(_, index)| {
            let candidate = &candidates[*index];
            (rank(candidate.listed.surface.kind), Reverse(demands(candidate).len()))
        });
        let objects: Vec<&(UnionVariant, usize)> = variants
            .iter()
            .filter(|(_, index)| matches!(candidates[*index].listed.surface.kind, Kind::Object))
            .collect();
        for (position, (variant, index)) in objects.iter().enumerate() {
            for (other, other_index) in objects.iter().skip(position + 1) {
                if self.alike(&candidates[*index], &candidates[*other_index]) {
                    let (one, other) = (variant.name.pascal(), other.name.pascal());
                    self.warn(
                        Code::AmbiguousUnion,
                        union,
                        format!("nothing tells `{one}` and `{other}` apart; what fits both is taken as `{one}`"),
                        "add a discriminator, or a required property that only one of them has",
                    );
                    return;
                }
            }
        }
    }

    /// Whether what one variant demands is all that the other one demands.
    fn alike(&mut self, one: &Candidate, other: &Candidate) -> bool {
        let (demanded, other_demanded) = (demands(one), demands(other));
        if demanded != other_demanded {
            return false;
        }
        demanded.iter().all(|name| self.member_kind(&one.flat, name) == self.member_kind(&other.flat, name))
    }

    fn member_kind(&mut self, flat: &Flat, name: &str) -> Option<Kind> {
        let slot = flat.properties.get(name)?.last()?.clone();
        Some(self.surface(&slot.pointer).kind)
    }
}

fn disjoint(values: &[Vec<String>]) -> bool {
    let mut seen = BTreeSet::new();
    values.iter().all(|values| !values.is_empty()) && values.iter().flatten().all(|value| seen.insert(value))
}

/// The members that a value has to have.
fn demands(candidate: &Candidate) -> BTreeSet<&str> {
    let named = |name: &&String| candidate.flat.properties.contains_key(name.as_str());
    candidate.flat.required.iter().filter(named).map(String::as_str).collect()
}

/// How early a kind is tried: the narrow before the wide.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Null => 0,
        Kind::Scalar(Scalar::Boolean) => 1,
        Kind::IntegerEnum => 2,
        Kind::Scalar(Scalar::Int32) => 3,
        Kind::Scalar(Scalar::Int64) => 4,
        Kind::Scalar(Scalar::UInt64) => 5,
        Kind::Scalar(Scalar::Float32 | Scalar::Float64) => 6,
        Kind::Scalar(Scalar::DateTime) => 7,
        Kind::Scalar(Scalar::Date) => 8,
        Kind::Scalar(Scalar::Base64) => 9,
        Kind::StringEnum => 10,
        Kind::Scalar(Scalar::String) => 11,
        Kind::List => 12,
        Kind::Object => 13,
        Kind::Union => 14,
        Kind::Map => 15,
        Kind::Any => 16,
    }
}
