//! Names lists and maps that need a type of their own: those that contain themselves, those that are deeply nested, and
//! lists that start like a tuple.

use std::rc::Rc;

use super::Key;
use super::flat::{Flat, Slot, UnionKeywords};
use crate::diagnostic::Code;
use crate::ir::{Shape, TypeId, TypeRef, Union, UnionVariant};
use crate::lower::Lowering;
use crate::lower::names::type_names::Naming;
use crate::name::Name;
use crate::pointer::Pointer;

/// The maximum complexity of a type before a part of it gets a name, as counted by Clippy's lint `type_complexity`.
const COMPLEX: usize = 250;

impl Lowering<'_> {
    /// Gives a list or map a name if it is nested so deeply that the whole type would be unreadable.
    pub(in crate::lower) fn named_where_deep(
        &mut self,
        ty: TypeRef,
        flat: &Flat,
        naming: &Naming,
    ) -> TypeRef {
        let around = self.schemas.containers;
        // Assumes the worst: the containers around are maps, in an optional member.
        let outer: usize = (2..around + 2).map(|nest| 20 * nest + 10).sum();
        if around == 0 || 10 + outer + complexity(&ty, around + 2) <= COMPLEX {
            return ty;
        }
        let docs = flat.docs();
        let owner = naming.with(if matches!(ty, TypeRef::Map(_)) { "map" } else { "list" }).owner();
        TypeRef::Def(self.add_type(&owner, &flat.pointer, docs, flat.deprecated, Shape::Alias(ty)))
    }

    /// Returns the type of a schema that contains itself and has no type yet: a list or map gets a name, through which
    /// it can contain itself.
    pub(in crate::lower) fn recursive(
        &mut self,
        key: &Key,
        pointer: &Pointer,
        containers: usize,
        naming: &Naming,
    ) -> TypeRef {
        if self.schemas.containers <= containers {
            self.report_cycle(pointer);
            return TypeRef::Any;
        }
        let id = match self.schemas.recursive.get(key) {
            Some(id) => *id,
            None => {
                let owner = naming.owner();
                let annotations = self.annotations(pointer);
                let shape = Shape::Alias(TypeRef::Any);
                let id = self.add_type(&owner, pointer, annotations.docs, annotations.deprecated, shape);
                self.schemas.recursive.insert(key.clone(), id);
                id
            }
        };
        let nullable = self.surface(pointer).nullable;
        if nullable { TypeRef::Def(id).or_null() } else { TypeRef::Def(id) }
    }

    /// Gives a list or map that contains itself its shape: a union with it as the only variant.
    pub(in crate::lower) fn close_recursion(&mut self, id: TypeId, ty: TypeRef) -> TypeRef {
        let nullable = matches!(ty, TypeRef::Nullable(_));
        let ty = ty.non_null().clone();
        let name = match &ty {
            TypeRef::List(_) | TypeRef::Tuple(_) => "list",
            TypeRef::Map(_) => "map",
            TypeRef::Scalar(_) | TypeRef::Nullable(_) | TypeRef::Def(_) | TypeRef::Any => "value",
        };
        let variant = UnionVariant::new(Name::new(name), Vec::new(), ty);
        self.schemas.types[id].shape = Shape::Union(Union::new(None, vec![variant]));
        if nullable { TypeRef::Def(id).or_null() } else { TypeRef::Def(id) }
    }

    /// Returns the type of a list of unknown length whose first items have their own schemas: a list whose items match
    /// any of the schemas.
    pub(in crate::lower) fn open_tuple(&mut self, flat: &Flat, items: &[Slot], naming: &Naming) -> TypeRef {
        self.warn(
            Code::Approximated,
            &flat.pointer,
            "this tuple has no fixed length; it becomes a list whose items match any of the item schemas",
            "set `minItems` and `maxItems` to the number of items to get a Rust tuple",
        );
        let union = UnionKeywords {
            variants: items.iter().map(|item| item.pointer.clone()).collect(),
            discriminator: None,
            naming: naming.with("item"),
            inherited: false,
            open: false,
        };
        let bare = Flat { ty: None, tuple: None, items: Vec::new(), nullable: false, ..flat.clone() };
        let item = Rc::new(Flat { unions: vec![union], ..bare });
        self.schemas.containers += 1;
        let item = self.type_of_flat(&item, &naming.with("item"));
        self.schemas.containers -= 1;
        TypeRef::List(Box::new(item))
    }
}

/// Returns the complexity of a type at this nesting depth.
fn complexity(ty: &TypeRef, nest: usize) -> usize {
    let own = 10 * nest;
    match ty {
        TypeRef::Scalar(_) | TypeRef::Def(_) | TypeRef::Any => own,
        TypeRef::List(inner) | TypeRef::Nullable(inner) => own + complexity(inner, nest + 1),
        TypeRef::Map(inner) => own + 10 * (nest + 1) + complexity(inner, nest + 1),
        TypeRef::Tuple(items) => own + items.iter().map(|item| complexity(item, nest + 1)).sum::<usize>(),
    }
}
