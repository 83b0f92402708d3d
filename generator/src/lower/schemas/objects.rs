//! Lowers object schemas to structs.

use std::rc::Rc;

use super::annotations::Annotations;
use super::flat::{Flat, Others, Slot};
use crate::ir::{Additional, Docs, Field, Shape, TypeRef};
use crate::lower::Lowering;
use crate::lower::names::type_names::Naming;
use crate::name::Name;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Lowers an object with members to a struct.
    pub(in crate::lower) fn struct_(&mut self, flat: &Flat, naming: &Naming) -> Shape {
        self.report_undescribed(flat);
        let fields = self.fields(flat);
        let additional = match &flat.others {
            Others::Unspecified | Others::Denied => None,
            Others::Any => Some(Additional { ty: TypeRef::Any, docs: Docs::default() }),
            Others::Schema(slot) => {
                // The name that a map gives to its values is already taken by the struct.
                let naming = Naming::part(&naming.owner(), "additional");
                let ty = self.type_of(&slot.pointer, &naming);
                Some(Additional { ty, docs: self.annotations(&slot.pointer).docs })
            }
        };
        Shape::Struct { fields, additional }
    }

    /// Returns the fields for the members of an object, in document order.
    pub(in crate::lower) fn fields(&mut self, flat: &Flat) -> Vec<Field> {
        flat.properties.iter().map(|(wire, slots)| self.field(flat, wire, slots)).collect()
    }

    fn field(&mut self, flat: &Flat, wire: &Rc<str>, slots: &[Slot]) -> Field {
        let mut ty = self.type_of_slots(slots);
        let mut required = flat.required.contains(&**wire);
        let mut name = Name::new(&**wire);
        let mut annotations = Annotations::default();
        for slot in slots.iter().rev() {
            annotations.fill(self.annotations(&slot.pointer));
            if self.overrides.relaxes(&slot.pointer) {
                required = false;
                ty = ty.or_null();
            }
            if let Some(words) = self.overrides.member(&slot.pointer) {
                name.give(words);
            }
        }
        let origin = slots.last().map_or_else(|| flat.pointer.clone(), |slot| slot.pointer.clone());
        Field {
            name,
            origin,
            ty,
            required,
            indirect: false,
            was_in_place: false,
            is_left_out: false,
            was_optional: false,
            preset: None,
            read_only: annotations.read_only,
            write_only: annotations.write_only,
            deprecated: annotations.deprecated,
            secret: annotations.secret,
            default: annotations.default,
            example: annotations.example,
            docs: annotations.docs,
        }
    }

    /// Returns the schema for a member that is as narrow as all of its schemas together, so that its type can be used.
    pub(in crate::lower) fn narrowest(&mut self, slots: &[Slot]) -> Option<Slot> {
        let last = slots.last()?;
        let pointers: Vec<Pointer> = slots.iter().map(|slot| slot.pointer.clone()).collect();
        let all = self.flatten(&pointers, &last.naming, None)?;
        let serves = |(pointer, flat): (Pointer, Rc<Flat>)| match &all.same {
            Some(target) => pointer == *target,
            None => says_same(&flat, &all),
        };
        let mut meant =
            |slot: &&Slot| self.meant(std::slice::from_ref(&slot.pointer), &slot.naming).is_some_and(serves);
        slots.iter().find(|slot| meant(slot)).cloned()
    }
}

/// Returns `true` if a schema is as narrow as its merge with others.
fn says_same(one: &Flat, all: &Flat) -> bool {
    let count = |flat: &Flat| flat.values.as_ref().map(Vec::len);
    all.conflict.is_none()
        && one.ty == all.ty
        && one.format == all.format
        && one.nullable == all.nullable
        && count(one) == count(all)
        && one.properties.len() == all.properties.len()
        && all.properties.values().zip(one.properties.values()).all(|(all, one)| all.len() == one.len())
        && one.required.len() == all.required.len()
        && one.items.len() == all.items.len()
        && one.tuple.is_some() == all.tuple.is_some()
        && one.unions.len() == all.unions.len()
}
