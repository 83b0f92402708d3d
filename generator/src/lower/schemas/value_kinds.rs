//! Determines the kind of a schema's values, without looking inside them.
//!
//! A union has to know its variants before it is known to be a type of its own, and can contain itself in a list or map
//! of a variant. The kind does not depend on anything inside a value.

use super::classify::{SchemaForm, classify};
use crate::ir::Scalar;
use crate::lower::Lowering;
use crate::pointer::Pointer;

/// The kind of values of a schema.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Surface {
    pub(in crate::lower) kind: ValueKind,
    pub(in crate::lower) nullable: bool,
    /// The schema at the end of all references.
    pub(in crate::lower) meant: Pointer,
}

/// A kind of value. A nullable object without members counts as null: OpenAPI 3.0 has no other type for null.
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
    /// Returns the kind of values of the schema at a place.
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
        Some(match classify(&flat, self.config.integers) {
            SchemaForm::Same(target) => {
                let target = self.surface(&target);
                Surface { nullable: nullable || target.nullable, ..target }
            }
            // A variant that is only `nullable` means null in OpenAPI 3.0.
            SchemaForm::Any(_) if nullable => of(ValueKind::Null),
            SchemaForm::Any(_) => of(ValueKind::Any),
            SchemaForm::Null => of(ValueKind::Null),
            SchemaForm::Scalar(scalar) => of(ValueKind::Scalar(scalar)),
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
