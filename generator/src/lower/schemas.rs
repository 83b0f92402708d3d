//! Lowers schemas to references to their types. A type is made once for each place.

pub(super) mod flat;
pub(super) mod all_of;
mod classify;
mod objects;
mod enums;
pub(super) mod unions;
mod containers;
mod odd_keywords;
mod endless_values;
mod subtypes;
mod annotations;
mod defaults;
pub(super) mod value_kinds;

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use super::Lowering;
use super::names::dotted_names::without_packages;
use super::names::file_names::FileNames;
use super::names::type_names::{Naming, Owner, Scope, natural};
use crate::config::BareObjects;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Arena, Docs, Shape, TypeDef, TypeId, TypeRef, Usage};
use crate::name::Name;
use crate::pointer::{DocumentId, Pointer, PointerMap};
use crate::spec::Keywords;
use classify::{AnyReason, SchemaForm, classify};
use flat::{Flat, Others, Slot};
use value_kinds::Surface;

/// The maximum nesting depth of schemas without a named type in between.
const DEPTH: usize = 96;

/// The schemas and types known so far.
#[derive(Default)]
pub(super) struct Schemas {
    pub(super) types: Arena<TypeDef>,
    known: IndexMap<Key, Known, RandomState>,
    /// The unions of events whose names select their data.
    event_unions: BTreeMap<(Scope, Pointer), TypeRef>,
    /// Lists and maps that contain themselves, with the types that name them.
    pub(super) recursive: BTreeMap<Key, TypeId>,
    /// Schemas with those that extend them by `allOf`, in document order.
    pub(super) children: Option<BTreeMap<Pointer, Vec<Pointer>>>,
    keywords: PointerMap<Option<Rc<Keywords>>>,
    owners: PointerMap<Rc<Owner>>,
    /// The names of components without their packages, by document.
    short_names: BTreeMap<DocumentId, BTreeMap<String, String>>,
    pub(super) surfaces: PointerMap<Option<Surface>>,
    pub(super) files: Option<FileNames>,
    /// The owner of schemas that are examined, but not made into types.
    nobody: Option<Rc<Owner>>,
    /// Types that have an id, but no shape yet.
    pending: VecDeque<Pending>,
    depth: usize,
    /// The number of lists and maps around the current schema.
    pub(super) containers: usize,
}

/// Schemas that all apply, and the scope for which they are lowered.
pub(super) type Key = (Scope, Vec<Pointer>);

/// The state of the type of a schema.
#[derive(Clone)]
enum Known {
    /// It is being lowered, inside this number of lists and maps.
    Open(usize),
    Done(TypeRef),
}

/// A type whose shape is not lowered yet.
pub(super) struct Pending {
    id: TypeId,
    flat: Rc<Flat>,
    owner: Rc<Owner>,
    make: Make,
}

/// The shape that a pending type gets.
#[derive(Clone, Copy)]
pub(super) enum Make {
    Struct,
    StringEnum,
    IntegerEnum,
    ValueEnum,
    Union,
}

impl Lowering<'_> {
    /// Returns the type of the schema at a place that has a name of its own.
    pub(super) fn type_of_reference(&mut self, pointer: &Pointer) -> TypeRef {
        let key = (Scope::Document, vec![pointer.clone()]);
        if let Some(Known::Done(ty)) = self.schemas.known.get(&key) {
            return ty.clone();
        }
        let naming = Naming::of(&self.natural_owner(pointer));
        self.type_of(pointer, &naming)
    }

    /// Returns the type of the schema at a place. An inline type is named by `naming`.
    pub(super) fn type_of(&mut self, pointer: &Pointer, naming: &Naming) -> TypeRef {
        if let Some(target) = self.plain_reference(pointer) {
            return self.type_of_reference(&target);
        }
        self.type_of_all(std::slice::from_ref(pointer), naming)
    }

    /// Returns the type of values that match all schemas in these slots.
    pub(super) fn type_of_slots(&mut self, slots: &[Slot]) -> TypeRef {
        let Some((last, before)) = slots.split_last() else { return TypeRef::Any };
        if before.is_empty() {
            return self.type_of(&last.pointer, &last.naming);
        }
        if let Some(slot) = self.narrowest(slots) {
            return self.type_of(&slot.pointer, &slot.naming);
        }
        let pointers: Vec<Pointer> = slots.iter().map(|slot| slot.pointer.clone()).collect();
        self.type_of_all(&pointers, &last.naming)
    }

    fn type_of_all(&mut self, pointers: &[Pointer], naming: &Naming) -> TypeRef {
        let Some(last) = pointers.last() else { return TypeRef::Any };
        let key = (naming.scope(), pointers.to_vec());
        match self.schemas.known.get(&key) {
            Some(Known::Done(ty)) => return ty.clone(),
            Some(Known::Open(containers)) => return self.recursive(&key, last, *containers, naming),
            None => {}
        }
        if !self.enter(last) {
            return TypeRef::Any;
        }
        self.schemas.known.insert(key.clone(), Known::Open(self.schemas.containers));
        let ty = match self.flatten(pointers, naming, None) {
            Some(flat) => self.type_of_flat(&flat, naming),
            None => TypeRef::Any,
        };
        self.leave();
        let ty = match self.schemas.recursive.remove(&key) {
            Some(id) => self.close_recursion(id, ty),
            None => ty,
        };
        self.schemas.known.insert(key, Known::Done(ty.clone()));
        ty
    }

    /// Returns the type of a flattened schema.
    pub(super) fn type_of_flat(&mut self, flat: &Rc<Flat>, naming: &Naming) -> TypeRef {
        let form = classify(flat, self.config.integers);
        let null_value = |flat: &Flat| flat.values.iter().flatten().any(|value| value.value.is_null());
        let nullable = flat.nullable || null_value(flat);
        let ty = match form {
            SchemaForm::Same(target) => self.type_of_reference(&target),
            SchemaForm::Any(reason) => self.any(flat, reason),
            SchemaForm::Null => return TypeRef::Nullable(Box::new(TypeRef::Any)),
            SchemaForm::Scalar(scalar) => {
                self.report_content_schema(flat);
                TypeRef::Scalar(scalar)
            }
            SchemaForm::StringEnum => self.enum_type(flat, naming, Make::StringEnum),
            SchemaForm::IntegerEnum => self.enum_type(flat, naming, Make::IntegerEnum),
            SchemaForm::ValueEnum => self.enum_type(flat, naming, Make::ValueEnum),
            SchemaForm::List(items) => {
                let ty = TypeRef::List(Box::new(self.content(items.unwrap_or_default())));
                self.named_where_deep(ty, flat, naming)
            }
            SchemaForm::Map(None) if self.config.bare_objects == BareObjects::Type && is_bare(flat) => {
                self.define(flat, naming, Make::Struct)
            }
            SchemaForm::Tuple(items) => TypeRef::Tuple(
                items.iter().map(|item| self.type_of_slots(std::slice::from_ref(item))).collect(),
            ),
            SchemaForm::OpenTuple(items) => self.open_tuple(flat, &items, naming),
            SchemaForm::Map(slot) => {
                let ty = TypeRef::Map(Box::new(self.content(slot.into_iter().collect())));
                self.named_where_deep(ty, flat, naming)
            }
            SchemaForm::Object => self.define(flat, naming, Make::Struct),
            SchemaForm::Union => self.union(flat, naming),
        };
        if nullable { ty.or_null() } else { ty }
    }

    fn enum_type(&mut self, flat: &Rc<Flat>, naming: &Naming, make: Make) -> TypeRef {
        self.report_foreign_values(flat);
        self.define(flat, naming, make)
    }

    /// Returns the type of items or map values.
    fn content(&mut self, mut slots: Vec<Slot>) -> TypeRef {
        for slot in &mut slots {
            slot.naming = slot.naming.item(self.config.item_names);
        }
        self.schemas.containers += 1;
        let ty = self.type_of_slots(&slots);
        self.schemas.containers -= 1;
        ty
    }

    fn any(&mut self, flat: &Flat, reason: Option<AnyReason>) -> TypeRef {
        if let Some(reason) = reason {
            self.report_reason(flat, &reason);
        }
        TypeRef::Any
    }

    /// Makes a type whose shape is lowered later, so that nothing recurses through it.
    pub(super) fn define(&mut self, flat: &Rc<Flat>, naming: &Naming, make: Make) -> TypeRef {
        let mut owner = naming.owner();
        if let Some(words) = self.overrides.type_(&flat.pointer) {
            let name = Name::given(owner.name.wire.as_str(), words);
            owner = Rc::new(Owner { name, ..(*owner).clone() });
        }
        let docs = flat.docs();
        let shape = Shape::Struct { fields: Vec::new(), additional: None };
        let id = self.add_type(&owner, &flat.pointer, docs, flat.deprecated, shape);
        self.schemas.pending.push_back(Pending { id, flat: flat.clone(), owner, make });
        TypeRef::Def(id)
    }

    /// Lowers the shapes of pending types, and of the types that they need.
    pub(super) fn lower_pending_types(&mut self) {
        while let Some(pending) = self.schemas.pending.pop_front() {
            let naming = Naming::of(&pending.owner);
            let shape = match pending.make {
                Make::Struct => self.struct_(&pending.flat, &naming),
                Make::StringEnum => self.string_enum(&pending.flat),
                Make::IntegerEnum => self.integer_enum(&pending.flat),
                Make::ValueEnum => self.value_enum(&pending.flat),
                Make::Union => self.union_shape(&pending.flat, &naming),
            };
            self.schemas.types[pending.id].shape = shape;
        }
    }

    /// Returns the keywords of a schema, which are read once.
    pub(super) fn keywords(&mut self, pointer: &Pointer) -> Option<Rc<Keywords>> {
        if let Some(keywords) = self.schemas.keywords.get(pointer) {
            return keywords.clone();
        }
        let keywords = self.spec.schema(pointer, self.diagnostics).map(Rc::new);
        if let Some(keywords) = &keywords {
            self.report_lost_members(keywords);
        }
        self.schemas.keywords.insert(pointer.clone(), keywords.clone());
        keywords
    }

    fn short_names(&mut self, document: DocumentId) -> &BTreeMap<String, String> {
        let spec = self.spec;
        self.schemas.short_names.entry(document).or_insert_with(|| {
            let names: Vec<String> = spec.named_schemas(document).into_iter().map(|(name, _)| name).collect();
            without_packages(&names)
        })
    }

    /// Returns the owner that a place is by itself, with its name from the configuration if there is one.
    pub(super) fn natural_owner(&mut self, pointer: &Pointer) -> Rc<Owner> {
        if let Some(owner) = self.schemas.owners.get(pointer) {
            return owner.clone();
        }
        let names = self.config.item_names;
        let mut owner = match self.spec.referred_path(pointer.document) {
            None => {
                let suffix = self.suffix(pointer.document);
                natural(pointer, None, &suffix, self.short_names(pointer.document), names)
            }
            Some(path) => self.owner_in_file(pointer, path),
        };
        if let Some(words) = self.overrides.type_(pointer) {
            owner.name.give(words);
        }
        let owner = Rc::new(owner);
        self.schemas.owners.insert(pointer.clone(), owner.clone());
        owner
    }

    /// Returns the naming of a schema that is examined, but not made into a type.
    pub(super) fn unnamed(&mut self) -> Naming {
        let nobody = self.schemas.nobody.get_or_insert_with(|| {
            let name = Name::from_words(Vec::new());
            Rc::new(Owner { family: name.clone(), name, scope: Scope::Document, is_named: false })
        });
        Naming::of(nobody)
    }

    /// Enters one level of nesting. Returns `false` if the schemas are nested too deeply.
    pub(super) fn enter(&mut self, pointer: &Pointer) -> bool {
        if self.schemas.depth >= DEPTH {
            self.warn(
                Code::Approximated,
                pointer,
                format!("schemas are nested more than {DEPTH} levels deep; the inner ones accept any value"),
                "move an inner schema to `components/schemas`",
            );
            return false;
        }
        self.schemas.depth += 1;
        true
    }

    pub(super) fn leave(&mut self) {
        self.schemas.depth -= 1;
    }

    pub(super) fn add_type(
        &mut self,
        owner: &Owner,
        origin: &Pointer,
        docs: Docs,
        deprecated: bool,
        shape: Shape,
    ) -> TypeId {
        self.schemas.types.add(TypeDef {
            name: owner.name.clone(),
            is_named: owner.is_named,
            family: owner.family.clone(),
            origin: origin.clone(),
            docs,
            usage: Usage::default(),
            deprecated,
            shape,
        })
    }

    pub(super) fn report_cycle(&mut self, pointer: &Pointer) {
        self.warn(
            Code::ReferenceCycle,
            pointer,
            "this schema contains itself without an object in between; any value is accepted",
            "remove the cyclic reference, or add an object with a property in between",
        );
    }

    fn report_reason(&mut self, flat: &Flat, reason: &AnyReason) {
        let place = &flat.pointer;
        let diagnostic = match reason {
            AnyReason::OtherEnum => Diagnostic::warning(
                Code::Approximated,
                &place.child("enum"),
                "this enum contains arrays or objects; any value is accepted",
                "use strings, numbers and booleans, or describe the arrays and objects by schemas",
            ),
            AnyReason::Conflict(why) => Diagnostic::warning(
                Code::AllOfConflict,
                place,
                format!("the parts of this schema contradict each other: {why}; any value is accepted"),
                "fix the parts, or the schemas that it inherits from",
            ),
            AnyReason::Not => Diagnostic::warning(
                Code::Approximated,
                &place.child("not"),
                "`not` cannot be expressed as a type; any value is accepted",
                "describe the allowed values instead",
            ),
        };
        self.diagnostics.push(diagnostic);
    }
}

/// Returns `true` for an object without any description of its members.
fn is_bare(flat: &Flat) -> bool {
    matches!(flat.others, Others::Unspecified)
}
