//! A schema to the kind of its values, without a look at what is inside.
//!
//! A union has to know its variants before it knows whether it is a type of its own, and may contain
//! itself in a list or map of a variant. What is found here depends on nothing that is inside of a value.

use super::classify::{SchemaForm, classify};
use crate::ir::Scalar;
use crate::lower::Lowering;
use crate::pointer::Pointer;

/// What values of a schema are.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Surface {
    pub(in crate::lower) kind: ValueKind,
    pub(in crate::lower) nullable: bool,
    /// The schema that is meant in the end, references followed.
    pub(in crate::lower) meant: Pointer,
}

/// A kind of value. An object without members that null is a value of counts as null: it is how
/// OpenAPI 3.0 spells a type for null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum ValueKind {
    Null,
    Any,
    Scalar(Scalar),
    StringEnum,
    IntegerEnum,
    ValueEnum,
    List,
    Map,
    Object,
    Union,
}

impl Lowering<'_> {
    /// The kind of the values of the schema at a place.
    pub(in crate::lower) fn surface(&mut self, pointer: &Pointer) -> Surface {
        let any = Surface { kind: ValueKind::Any, nullable: false, meant: pointer.clone() };
        match self.schemas.surfaces.get(pointer) {
            Some(Some(surface)) => return surface.clone(),
            Some(None) => {
                self.report_cycle(pointer);
                return any;
            }
            None => {}
        }
        if !self.enter(pointer) {
            return any;
        }
        self.schemas.surfaces.insert(pointer.clone(), None);
        let surface = self.find_surface(pointer).unwrap_or(any);
        self.schemas.surfaces.insert(pointer.clone(), Some(surface.clone()));
        self.leave();
        surface
    }

    fn find_surface(&mut self, pointer: &Pointer) -> Option<Surface> {
        let naming = self.unnamed();
        let flat = self.flat(pointer, &naming)?;
        let null_value = flat.values.iter().flatten().any(|value| value.value.is_null());
        let nullable = flat.nullable || null_value;
        let of = |kind| Surface { kind, nullable, meant: pointer.clone() };
        Some(match classify(&flat) {
            SchemaForm::Same(target) => {
                let target = self.surface(&target);
                Surface { nullable: nullable || target.nullable, ..target }
            }
            // A variant that says nothing but that null is a value is the 3.0 way to say null.
            SchemaForm::Any(_) if nullable => of(ValueKind::Null),
            SchemaForm::Any(_) => of(ValueKind::Any),
            SchemaForm::Null => of(ValueKind::Null),
            SchemaForm::Scalar(scalar, _) => of(ValueKind::Scalar(scalar)),
            SchemaForm::StringEnum => of(ValueKind::StringEnum),
            SchemaForm::IntegerEnum => of(ValueKind::IntegerEnum),
            SchemaForm::ValueEnum => of(ValueKind::ValueEnum),
            SchemaForm::List(_) | SchemaForm::Tuple(_) | SchemaForm::OpenTuple(_) => of(ValueKind::List),
            SchemaForm::Map(_) => of(ValueKind::Map),
            SchemaForm::Object if nullable && !flat.has_members() => of(ValueKind::Null),
            SchemaForm::Object => of(ValueKind::Object),
            SchemaForm::Union => {
                let surface = self.union_surface(&flat, pointer);
                Surface { nullable: surface.nullable || nullable, ..surface }
            }
        })
    }
}
