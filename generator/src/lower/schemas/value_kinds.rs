//! A schema to the kind of its values, without a look at what is inside.
//!
//! A union has to know its variants before it knows whether it is a type of its own, and may contain
//! itself in a list or map of a variant. What is found here depends on nothing that is inside of a value.

use super::classify::{Form, classify};
use crate::ir::Scalar;
use crate::lower::Lowering;
use crate::pointer::Pointer;

/// What values of a schema are.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Surface {
    pub(in crate::lower) kind: Kind,
    pub(in crate::lower) nullable: bool,
    /// The schema that is meant in the end, references followed.
    pub(in crate::lower) meant: Pointer,
}

/// A kind of value. An object without members that null is a value of counts as null: it is how
/// OpenAPI 3.0 spells a type for null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Kind {
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
        let any = Surface { kind: Kind::Any, nullable: false, meant: pointer.clone() };
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
            Form::Same(target) => {
                let target = self.surface(&target);
                Surface { nullable: nullable || target.nullable, ..target }
            }
            // A variant that says nothing but that null is a value is the 3.0 way to say null.
            Form::Any(_) if nullable => of(Kind::Null),
            Form::Any(_) => of(Kind::Any),
            Form::Null => of(Kind::Null),
            Form::Scalar(scalar, _) => of(Kind::Scalar(scalar)),
            Form::StringEnum => of(Kind::StringEnum),
            Form::IntegerEnum => of(Kind::IntegerEnum),
            Form::ValueEnum => of(Kind::ValueEnum),
            Form::List(_) | Form::Tuple(_) | Form::OpenTuple(_) => of(Kind::List),
            Form::Map(_) => of(Kind::Map),
            Form::Object if nullable && !flat.has_members() => of(Kind::Null),
            Form::Object => of(Kind::Object),
            Form::Union => {
                let surface = self.union_surface(&flat, pointer);
                Surface { nullable: surface.nullable || nullable, ..surface }
            }
        })
    }
}
