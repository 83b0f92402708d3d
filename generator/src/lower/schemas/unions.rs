//! Lowers `oneOf` and `anyOf` to a union, or to a simpler type if the variants allow it.

mod variants;
mod variant_names;
mod discriminators;
mod trial_order;
mod event_unions;
pub(in crate::lower) mod webhook_bodies;

use std::rc::Rc;

use super::Make;
use super::flat::{EnumValue, Flat, Slot, UnionKeywords};
use super::value_kinds::{Surface, ValueKind};
use crate::diagnostic::Code;
use crate::ir::{Scalar, TypeRef};
use crate::lower::Lowering;
use crate::lower::names::type_names::Naming;
use crate::name::words;
use crate::pointer::Pointer;

/// The result of simplifying a union.
pub(in crate::lower) enum Outcome {
    Null,
    Any,
    /// Only the members beside the union, since its variants cannot be expressed.
    Base,
    /// One schema.
    Same(Slot),
    Scalar(Scalar),
    /// One open enum of all strings.
    StringEnum(Vec<EnumValue>),
    /// One open enum of all integers.
    IntegerEnum(Vec<EnumValue>),
    /// A union of different types.
    Members(Vec<Listed>),
}

/// A variant that a union lists, directly or in a nested union.
#[derive(Clone)]
pub(in crate::lower) struct Listed {
    pub(in crate::lower) slot: Slot,
    pub(in crate::lower) surface: Surface,
    /// The discriminator values that the document maps to the variant.
    pub(in crate::lower) mapped: Vec<String>,
    /// `true` if the document maps all other values to the variant.
    pub(in crate::lower) is_default: bool,
    /// Variants of further unions that apply to the same value.
    pub(in crate::lower) also: Vec<Slot>,
}

impl Lowering<'_> {
    /// Returns the type of a schema with a union.
    pub(in crate::lower) fn union(&mut self, flat: &Rc<Flat>, naming: &Naming) -> TypeRef {
        let (outcome, nullable) = self.union_outcome(flat);
        let ty = match outcome {
            Outcome::Null => return TypeRef::Nullable(Box::new(TypeRef::Any)),
            Outcome::Any => TypeRef::Any,
            Outcome::Base => {
                let base = Flat { unions: Vec::new(), ..(**flat).clone() };
                self.define(&Rc::new(base), naming, Make::Struct)
            }
            Outcome::Same(slot) => self.type_of(&slot.pointer, naming),
            Outcome::Scalar(scalar) => TypeRef::Scalar(scalar),
            Outcome::StringEnum(values) => self.merged_enum(flat, values, naming, Make::StringEnum),
            Outcome::IntegerEnum(values) => self.merged_enum(flat, values, naming, Make::IntegerEnum),
            Outcome::Members(_) => self.define(flat, naming, Make::Union),
        };
        if nullable { ty.or_null() } else { ty }
    }

    fn merged_enum(&mut self, flat: &Flat, values: Vec<EnumValue>, naming: &Naming, make: Make) -> TypeRef {
        let flat = Flat { values: Some(values), unions: Vec::new(), ..flat.clone() };
        self.define(&Rc::new(flat), naming, make)
    }

    /// Returns the kind of the values of a union at a place.
    pub(super) fn union_surface(&mut self, flat: &Flat, pointer: &Pointer) -> Surface {
        let (outcome, null_variant) = self.union_outcome(flat);
        let of = |kind| Surface { kind, nullable: false, meant: pointer.clone() };
        let surface = match outcome {
            Outcome::Null => of(ValueKind::Null),
            Outcome::Any => of(ValueKind::Any),
            Outcome::Base => of(ValueKind::Object),
            Outcome::Same(slot) => self.surface(&slot.pointer),
            Outcome::Scalar(scalar) => of(ValueKind::Scalar(scalar)),
            Outcome::StringEnum(_) => of(ValueKind::StringEnum),
            Outcome::IntegerEnum(_) => of(ValueKind::IntegerEnum),
            Outcome::Members(_) => of(ValueKind::Union),
        };
        Surface { nullable: surface.nullable || null_variant, ..surface }
    }

    /// Simplifies a union. Also returns `true` if one of its variants is null.
    pub(in crate::lower) fn union_outcome(&mut self, flat: &Flat) -> (Outcome, bool) {
        let [union] = flat.unions.as_slice() else { return self.several_unions(flat) };
        let (mut listed, nullable) = self.listed(union);
        self.report_foreign_type(flat, &listed);
        // Values of a variant that does not exist are those that match no other variant.
        let before = listed.len();
        listed.retain(|listed| !self.dangles(&listed.slot.pointer));
        let some_dangle = listed.len() < before;
        if flat.has_members() {
            return (self.onto_members(flat, listed), nullable);
        }
        if let Some(scalar) = base_scalar(flat) {
            for listed in listed.iter_mut().filter(|listed| listed.surface.kind == ValueKind::Any) {
                listed.surface.kind = ValueKind::Scalar(scalar);
            }
        }
        let all_typed = listed.iter().all(|listed| listed.surface.kind != ValueKind::Any);
        if (some_dangle && !listed.is_empty()) || (union.open && all_typed) {
            return (Outcome::Members(listed), nullable);
        }
        (if some_dangle { Outcome::Any } else { self.amount(listed) }, nullable)
    }

    pub(super) fn dangles(&mut self, variant: &Pointer) -> bool {
        self.keywords(variant).is_some_and(|keywords| keywords.dangling)
    }

    /// Returns the variants of a union except null, and `true` if null is one of them.
    fn listed(&mut self, union: &UnionKeywords) -> (Vec<Listed>, bool) {
        let mut listed = Vec::new();
        self.list_variants(union, &mut listed);
        let nullable =
            listed.iter().any(|listed| listed.surface.nullable || listed.surface.kind == ValueKind::Null);
        listed.retain(|listed| listed.surface.kind != ValueKind::Null);
        (listed, nullable)
    }

    /// Combines several unions that all apply: each variant of one with each variant of the others.
    fn several_unions(&mut self, flat: &Flat) -> (Outcome, bool) {
        let mut combined: Vec<Listed> = Vec::new();
        let mut nullable = true;
        for (index, union) in flat.unions.iter().enumerate() {
            let (listed, null) = self.listed(union);
            nullable &= null;
            if index == 0 {
                combined = listed;
            } else {
                combined = combinations(&combined, &listed);
            }
            let objects = |listed: &Listed| matches!(listed.surface.kind, ValueKind::Object | ValueKind::Map);
            if combined.is_empty() || combined.len() > MOST_COMBINATIONS || !combined.iter().all(objects) {
                return (self.too_many_unions(flat), false);
            }
        }
        (Outcome::Members(combined), nullable)
    }

    fn too_many_unions(&mut self, flat: &Flat) -> Outcome {
        let (outcome, instead) = if flat.has_members() {
            (Outcome::Base, "the members next to them are typed, and the others are kept untyped")
        } else {
            (Outcome::Any, "any value is accepted")
        };
        self.warn(
            Code::Approximated,
            &flat.pointer,
            format!("several unions apply to one value; {instead}"),
            "combine the variants in one `oneOf`",
        );
        outcome
    }

    fn onto_members(&mut self, flat: &Flat, mut listed: Vec<Listed>) -> Outcome {
        // A variant without a description consists of the members beside the union.
        for listed in listed.iter_mut().filter(|listed| listed.surface.kind == ValueKind::Any) {
            listed.surface.kind = ValueKind::Object;
        }
        let objects = |listed: &Listed| matches!(listed.surface.kind, ValueKind::Object | ValueKind::Map);
        if !listed.is_empty() && listed.iter().all(objects) {
            return Outcome::Members(listed);
        }
        self.warn(
            Code::Approximated,
            &flat.pointer,
            "this union has variants other than objects next to `properties`; only the properties are typed",
            "move the properties into the variants",
        );
        Outcome::Base
    }

    fn amount(&mut self, listed: Vec<Listed>) -> Outcome {
        let Some(first) = listed.first() else { return Outcome::Null };
        let kinds: Vec<ValueKind> = listed.iter().map(|listed| listed.surface.kind).collect();
        if kinds.contains(&ValueKind::Any) {
            return Outcome::Any;
        }
        if listed.iter().all(|listed| listed.surface.meant == first.surface.meant) {
            return Outcome::Same(first.slot.clone());
        }
        if kinds.iter().all(|kind| *kind == first.surface.kind)
            && let ValueKind::Scalar(scalar) = first.surface.kind
        {
            return Outcome::Scalar(scalar);
        }
        let text =
            |kind: &ValueKind| matches!(kind, ValueKind::StringEnum | ValueKind::Scalar(Scalar::String));
        if kinds.iter().all(text) {
            return self.one_enum(&listed, ValueKind::StringEnum, Outcome::StringEnum);
        }
        let scalar = |kind: &ValueKind| {
            if let ValueKind::Scalar(scalar) = kind { integer_rank(*scalar) } else { None }
        };
        let integer = |kind: &ValueKind| *kind == ValueKind::IntegerEnum || scalar(kind).is_some();
        if kinds.iter().all(integer) {
            if !kinds.contains(&ValueKind::IntegerEnum) {
                return Outcome::Scalar(widest(&kinds));
            }
            return self.one_enum(&listed, ValueKind::IntegerEnum, Outcome::IntegerEnum);
        }
        Outcome::Members(listed)
    }

    /// Returns one open enum, of the only schema with values or of the values of all schemas.
    fn one_enum(
        &mut self,
        listed: &[Listed],
        kind: ValueKind,
        make: fn(Vec<EnumValue>) -> Outcome,
    ) -> Outcome {
        let mut enums = listed.iter().filter(|listed| listed.surface.kind == kind);
        if let Some(first) = enums.next()
            && enums.all(|other| other.surface.meant == first.surface.meant)
        {
            return Outcome::Same(first.slot.clone());
        }
        let mut values = Vec::new();
        for listed in listed.iter().filter(|listed| listed.surface.kind == kind) {
            self.collect_values(&listed.surface.meant, &mut values);
        }
        make(values)
    }

    fn collect_values(&mut self, meant: &Pointer, values: &mut Vec<EnumValue>) {
        let naming = self.unnamed();
        let Some(flat) = self.flat(meant, &naming) else { return };
        let mut own: Vec<EnumValue> =
            flat.values.iter().flatten().filter(|value| !value.value.is_null()).cloned().collect();
        if let [only] = own.as_mut_slice() {
            // JSON Schema documents the values of an enum with one variant for each value.
            only.name =
                only.name.take().or_else(|| flat.title.clone().filter(|title| !words(title).is_empty()));
            only.description = only.description.take().or_else(|| flat.description.clone());
        }
        values.extend(own);
        if let (Outcome::StringEnum(inner) | Outcome::IntegerEnum(inner), _) = self.inner_outcome(&flat) {
            values.extend(inner);
        }
    }

    fn inner_outcome(&mut self, flat: &Flat) -> (Outcome, bool) {
        if flat.unions.is_empty() { (Outcome::Any, false) } else { self.union_outcome(flat) }
    }

    /// Lists the variants of a union. A nested union is replaced by its variants.
    fn list_variants(&mut self, union: &UnionKeywords, listed: &mut Vec<Listed>) {
        let owner = union.naming.owner();
        for pointer in &union.variants {
            let surface = self.surface(pointer);
            if listed.iter().any(|known| known.surface.meant == surface.meant) {
                continue;
            }
            if surface.kind == ValueKind::Union && self.list_inner(&surface, listed) {
                continue;
            }
            let target = self.keywords(pointer).and_then(|keywords| keywords.reference.clone());
            let means = |at: &Pointer| *at == surface.meant || Some(at) == target.as_ref();
            let mapping = union.discriminator.iter().flat_map(|discriminator| &discriminator.mapping);
            let mapped = mapping.filter(|(_, at)| means(at)).map(|(value, _)| value.clone()).collect();
            let default =
                union.discriminator.as_ref().and_then(|discriminator| discriminator.default.as_ref());
            let is_default = default.is_some_and(means);
            let slot = Slot { pointer: pointer.clone(), naming: Naming::of(&owner) };
            listed.push(Listed { slot, surface, mapped, is_default, also: Vec::new() });
        }
    }

    fn list_inner(&mut self, surface: &Surface, listed: &mut Vec<Listed>) -> bool {
        let naming = Naming::of(&self.natural_owner(&surface.meant));
        let Some(flat) = self.flat(&surface.meant, &naming) else { return false };
        match flat.unions.as_slice() {
            [inner] if !flat.has_members() => {
                self.list_variants(inner, listed);
                true
            }
            _ => false,
        }
    }
}

/// The maximum number of combinations of several unions.
const MOST_COMBINATIONS: usize = 24;

fn combinations(some: &[Listed], others: &[Listed]) -> Vec<Listed> {
    let both = |one: &Listed, other: &Listed| {
        let mut both = one.clone();
        both.also.push(other.slot.clone());
        if !matches!(other.surface.kind, ValueKind::Object | ValueKind::Map) {
            both.surface.kind = other.surface.kind;
        }
        both
    };
    some.iter().flat_map(|one| others.iter().map(move |other| both(one, other))).collect()
}

fn base_scalar(flat: &Flat) -> Option<Scalar> {
    use crate::spec::Type;
    match flat.ty? {
        Type::String => Some(Scalar::String),
        Type::Integer => Some(Scalar::Int64),
        Type::Number => Some(Scalar::Float),
        Type::Boolean => Some(Scalar::Boolean),
        Type::Object | Type::Array => None,
    }
}

fn integer_rank(scalar: Scalar) -> Option<u8> {
    match scalar {
        Scalar::Int32 => Some(0),
        Scalar::UInt32 => Some(1),
        Scalar::Int64 => Some(2),
        Scalar::UInt64 => Some(3),
        Scalar::String
        | Scalar::Boolean
        | Scalar::Float
        | Scalar::Number
        | Scalar::DateTime
        | Scalar::Date
        | Scalar::Base64
        | Scalar::Base64Url => None,
    }
}

fn widest(kinds: &[ValueKind]) -> Scalar {
    let scalars = kinds
        .iter()
        .filter_map(|kind| if let ValueKind::Scalar(scalar) = kind { Some(*scalar) } else { None });
    scalars.max_by_key(|scalar| integer_rank(*scalar)).unwrap_or(Scalar::Int64)
}
