//! Pairs variants without discriminator values with released ones by how alike they are.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::pairs::Pairing;
use super::walk::Walk;
use crate::ir::{Shape, TypeId, TypeRef, UnionVariant};
use crate::listing::identity::{kind, scalar_name};
use crate::listing::{MemberEntry, RustType, TypeEntry};
use crate::name::Name;

/// The likeness of two types, the weightiest fact first: they are paired already, have the same title, the same
/// members; the number of required members that they share, and of all members.
type Likeness = (bool, bool, bool, usize, usize);

impl<'l> Pairing<'l> {
    /// Pairs variants without discriminator values: those that are most alike first, each at most once, and
    /// equally alike ones in their order. Variants that share nothing are paired only if there are no others.
    pub(super) fn untagged(&mut self, entry: &'l TypeEntry, id: TypeId) {
        let Shape::Union(union) = &self.api.types[id].shape else { return };
        let current: Vec<_> = union.variants.iter().filter(|variant| variant.keys().is_empty()).collect();
        let known: Vec<_> = entry.members.iter().filter(|member| member.wire.is_empty()).collect();
        let mut candidates = Vec::new();
        for (place, member) in known.iter().enumerate() {
            for (index, variant) in current.iter().enumerate() {
                if let Some(likeness) = self.likeness(member, variant) {
                    candidates.push((likeness, Reverse(place.abs_diff(index)), Reverse(place), index));
                }
            }
        }
        candidates.sort_unstable();
        let is_alone = candidates.len() == 1;
        let (mut places, mut indices) = (BTreeSet::new(), BTreeSet::new());
        while let Some((likeness, _, Reverse(place), index)) = candidates.pop() {
            let is_alike = likeness != Likeness::default() || is_alone;
            if !is_alike || places.contains(&place) || indices.contains(&index) {
                continue;
            }
            places.insert(place);
            indices.insert(index);
            if let Some(released) = &known[place].ty {
                self.unify(released, &current[index].ty);
            }
        }
        self.variants.extend(current.iter().filter_map(|variant| named_type(&variant.ty)));
    }

    /// Returns the likeness of a released variant and a variant of the model. Returns `None` if they cannot be one.
    fn likeness(&self, member: &MemberEntry, variant: &UnionVariant) -> Option<Likeness> {
        self.type_likeness(&member.name, member.ty.as_ref()?, &variant.ty)
    }

    fn type_likeness(&self, name: &str, released: &RustType, ty: &TypeRef) -> Option<Likeness> {
        let released = released.plain();
        match (released, ty) {
            (_, TypeRef::Nullable(inner)) => self.type_likeness(name, released, inner),
            (RustType::Generic(generic, arguments), TypeRef::List(inner)) if generic == "Vec" => {
                self.type_likeness(name, arguments.last()?, inner)
            }
            (RustType::Generic(generic, arguments), TypeRef::Map(inner)) if generic == "BTreeMap" => {
                self.type_likeness(name, arguments.last()?, inner)
            }
            (RustType::Name(released), TypeRef::Def(id)) => {
                let entry = *self.released.get(released.as_str())?;
                let def = &self.api.types[*id];
                let is_pair = self.pairs.get(id).is_some_and(|known| known.name == entry.name);
                if !is_pair && self.taken.contains(entry.name.as_str()) {
                    return None;
                }
                let title = def.docs.title.as_ref().map(|title| Name::new(title.as_written()).pascal());
                let is_titled = title.is_some_and(|title| title == name);
                let (is_same, required, shared) = self.members(entry, &def.shape);
                Some((is_pair, is_titled, is_same, required, shared))
            }
            (RustType::Tuple(_), TypeRef::Tuple(_))
            | (RustType::Generic(..), TypeRef::Def(_))
            | (RustType::Name(_), TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Tuple(_)) => {
                Some(Likeness::default())
            }
            (RustType::Name(_) | RustType::Generic(..) | RustType::Tuple(_), _) => None,
        }
    }

    /// Returns `true` if all members are the same, and the numbers of shared required members and of all shared ones.
    pub(super) fn members(&self, entry: &TypeEntry, shape: &Shape) -> (bool, usize, usize) {
        if entry.kind != kind(shape) {
            return (false, 0, 0);
        }
        let values = |values: BTreeSet<String>| {
            let shared = entry.members.iter().filter(|member| values.contains(&member.wire)).count();
            (shared == values.len() && shared == entry.members.len(), 0, shared)
        };
        match shape {
            Shape::Struct { fields, .. } => {
                let (mut required, mut shared) = (0, 0);
                for field in fields {
                    let mut known = entry.members.iter();
                    let Some(known) = known.find(|known| known.wire == field.name.wire) else { continue };
                    if known.ty.as_ref().is_some_and(|ty| self.is_same_type(ty, &field.ty)) {
                        shared += 1;
                        required += usize::from(known.required && field.required);
                    }
                }
                let all = |required: usize| {
                    required == fields.iter().filter(|field| field.required).count()
                        && required == entry.members.iter().filter(|known| known.required).count()
                };
                let is_same = shared == fields.len() && shared == entry.members.len() && all(required);
                (is_same, required, shared)
            }
            Shape::StringEnum(variants) => {
                values(variants.iter().map(|variant| variant.value.clone()).collect())
            }
            Shape::IntegerEnum(variants) => {
                values(variants.iter().map(|variant| variant.value.to_string()).collect())
            }
            Shape::ValueEnum(variants) => {
                values(variants.iter().map(|variant| variant.value.to_string()).collect())
            }
            Shape::Union(union) => {
                let shared = entry.members.iter().filter(|known| {
                    let mut variants = union.variants.iter();
                    variants.any(|variant| {
                        let ty = known.ty.as_ref();
                        ty.is_some_and(|ty| self.is_same_type(ty, &variant.ty))
                            && known.wire == variant.keys().join("|")
                    })
                });
                let shared = shared.count();
                (shared == union.variants.len() && shared == entry.members.len(), 0, shared)
            }
            Shape::Alias(_) => (false, 0, 0),
        }
    }

    /// Returns `true` if a released type can be written like a type of the model, whatever its name is.
    fn is_same_type(&self, released: &RustType, ty: &TypeRef) -> bool {
        let released = released.plain();
        match (released, ty) {
            (_, TypeRef::Nullable(inner)) => self.is_same_type(released, inner),
            (RustType::Name(name), TypeRef::Scalar(scalar)) => name == scalar_name(*scalar),
            (RustType::Name(name), TypeRef::Any) => name == "serde_json::Value",
            (RustType::Name(name), TypeRef::Def(_)) => self.released.contains_key(name.as_str()),
            (RustType::Generic(_, arguments), TypeRef::List(inner) | TypeRef::Map(inner)) => {
                arguments.last().is_some_and(|last| self.is_same_type(last, inner))
            }
            (RustType::Tuple(items), TypeRef::Tuple(types)) => {
                items.len() == types.len()
                    && items.iter().zip(types).all(|(item, ty)| self.is_same_type(item, ty))
            }
            (RustType::Name(_) | RustType::Generic(..) | RustType::Tuple(_), _) => false,
        }
    }
}

/// Returns the defined type that a variant, or each item in it, has.
fn named_type(ty: &TypeRef) -> Option<TypeId> {
    match ty {
        TypeRef::Def(id) => Some(*id),
        TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => named_type(inner),
        TypeRef::Tuple(_) | TypeRef::Scalar(_) | TypeRef::Any => None,
    }
}
