//! Merges types that repeat a released one: copies that stand where the document once referred to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Field, Shape, TypeId, TypeRef};

/// Returns the original of each type that is a copy of it. `candidates` are the types that stand in the place of the
/// released type that is paired with another one.
pub(super) fn of(api: &Api, candidates: &BTreeSet<(TypeId, TypeId)>) -> BTreeMap<TypeId, TypeId> {
    let is_copy = |(copy, original): &&(TypeId, TypeId)| {
        Comparison { api, assumed: BTreeSet::new() }.are_alike(*copy, *original)
    };
    candidates.iter().filter(is_copy).copied().collect()
}

/// Compares types by their form on the wire.
struct Comparison<'a> {
    api: &'a Api,
    /// Pairs that are being compared, which count as alike.
    assumed: BTreeSet<(TypeId, TypeId)>,
}

impl Comparison<'_> {
    fn are_alike(&mut self, one: TypeId, other: TypeId) -> bool {
        if one == other || !self.assumed.insert((one, other)) {
            return true;
        }
        let api = self.api;
        match (&api.types[one].shape, &api.types[other].shape) {
            (
                Shape::Struct { fields, additional },
                Shape::Struct { fields: others, additional: other_additional },
            ) => {
                let known = |field: &Field| others.iter().find(|other| other.name.wire == field.name.wire);
                fields.len() == others.len()
                    && fields.iter().all(|field| known(field).is_some_and(|other| self.fields(field, other)))
                    && match (additional, other_additional) {
                        (Some(one), Some(other)) => self.types(&one.ty, &other.ty),
                        (one, other) => one.is_none() && other.is_none(),
                    }
            }
            (Shape::StringEnum(one), Shape::StringEnum(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.value == other.value)
            }
            (Shape::IntegerEnum(one), Shape::IntegerEnum(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.value == other.value)
            }
            (Shape::ValueEnum(one), Shape::ValueEnum(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.value == other.value)
            }
            (Shape::Union(one), Shape::Union(other)) => {
                one.tag == other.tag
                    && one.variants.len() == other.variants.len()
                    && one
                        .variants
                        .iter()
                        .zip(&other.variants)
                        .all(|(one, other)| one.keys() == other.keys() && self.types(&one.ty, &other.ty))
            }
            (Shape::Alias(one), Shape::Alias(other)) => self.types(one, other),
            (
                Shape::Struct { .. }
                | Shape::StringEnum(_)
                | Shape::IntegerEnum(_)
                | Shape::ValueEnum(_)
                | Shape::Union(_)
                | Shape::Alias(_),
                _,
            ) => false,
        }
    }

    fn fields(&mut self, one: &Field, other: &Field) -> bool {
        let presence =
            |field: &Field| (field.required || field.is_left_out, field.read_only, field.write_only);
        presence(one) == presence(other) && one.preset == other.preset && self.types(&one.ty, &other.ty)
    }

    fn types(&mut self, one: &TypeRef, other: &TypeRef) -> bool {
        match (one, other) {
            (TypeRef::Def(one), TypeRef::Def(other)) => self.are_alike(*one, *other),
            (TypeRef::List(one), TypeRef::List(other))
            | (TypeRef::Map(one), TypeRef::Map(other))
            | (TypeRef::Nullable(one), TypeRef::Nullable(other)) => self.types(one, other),
            (TypeRef::Tuple(one), TypeRef::Tuple(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| self.types(one, other))
            }
            (
                TypeRef::Def(_)
                | TypeRef::List(_)
                | TypeRef::Map(_)
                | TypeRef::Nullable(_)
                | TypeRef::Tuple(_)
                | TypeRef::Scalar(_)
                | TypeRef::Any,
                _,
            ) => one == other,
        }
    }
}
