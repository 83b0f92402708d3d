//! Documents types without a name or description by their place in the API.

use std::collections::BTreeMap;

use crate::emit::inert::Inert;
use crate::emit::payloads;
use crate::emit::rust::{Rust, rustdoc};
use crate::ir::{ArgumentValue, Operation, OperationId, Payload, Shape, TypeDef, TypeId, TypeRef};

/// Sentences by type.
#[derive(Debug)]
pub(crate) struct FallbackDocs(BTreeMap<TypeId, Inert>);

impl FallbackDocs {
    pub(crate) fn of(rust: &Rust<'_>) -> Self {
        let mut collector = Collector { rust, files: files(rust), sentences: BTreeMap::new() };
        for (id, def) in rust.api.types.iter() {
            collector.shape(id, &def.shape);
        }
        for (id, operation) in rust.api.operations.iter() {
            collector.operation(id, operation);
        }
        Self(collector.sentences)
    }

    /// Returns the sentence for a type that has no description.
    pub(crate) fn sentence(&self, id: TypeId, def: &TypeDef) -> Inert {
        let named = || Inert::ours("The ") + rustdoc::code(&def.name.wire) + role(&def.shape);
        self.0.get(&id).cloned().unwrap_or_else(named)
    }
}

fn role(shape: &Shape) -> &'static str {
    match shape {
        Shape::Struct { .. } => " object.",
        Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::ValueEnum(_) => " enum.",
        Shape::Union(_) => " union.",
        Shape::Alias(TypeRef::List(_) | TypeRef::Tuple(_)) => " list.",
        Shape::Alias(TypeRef::Map(_)) => " map.",
        Shape::Alias(TypeRef::Scalar(_) | TypeRef::Nullable(_) | TypeRef::Def(_) | TypeRef::Any) => " type.",
    }
}

/// The position of a named type within the type of a place.
#[derive(Clone, Copy)]
enum Containment {
    Whole,
    Item,
    Value,
    Inner,
}

/// Walks through the model and records the first place of each type.
struct Collector<'a> {
    rust: &'a Rust<'a>,
    /// The file of each type. Links are used only between types of one file.
    files: BTreeMap<TypeId, usize>,
    sentences: BTreeMap<TypeId, Inert>,
}

impl Collector<'_> {
    fn shape(&mut self, owner: TypeId, shape: &Shape) {
        match shape {
            Shape::Struct { fields, additional } => {
                for field in fields {
                    let member = Inert::ours("the ") + rustdoc::code(&field.name.wire) + " member of";
                    self.inside(owner, &field.ty, member);
                }
                if let Some(additional) = additional {
                    self.inside(owner, &additional.ty, "an additional member of".into());
                }
            }
            Shape::Union(union) => {
                for variant in &union.variants {
                    self.inside(owner, &variant.ty, "a variant of".into());
                }
            }
            Shape::Alias(ty) => self.inside(owner, ty, "the type behind".into()),
            Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::ValueEnum(_) => {}
        }
    }

    /// Records the types inside a member or variant of `owner`.
    fn inside(&mut self, owner: TypeId, ty: &TypeRef, before: Inert) {
        let name = Inert::ours("`") + Inert::symbol(&self.rust.symbols.ty(owner).name) + "`";
        for (id, part) in parts(ty) {
            let is_near = self.files.get(&id) == self.files.get(&owner);
            let shown = if is_near { Inert::ours("[") + name.clone() + "]" } else { name.clone() };
            if id != owner {
                self.note(id, part, &(before.clone() + " " + shown));
            }
        }
    }

    fn operation(&mut self, id: OperationId, operation: &Operation) {
        let symbols = self.rust.symbols.operation(id);
        let manager = Inert::symbol(&self.rust.manager_of(id).ty);
        let method = Inert::ours("`") + manager + "::" + Inert::symbol(&symbols.method) + "`";
        for (argument, name) in operation.arguments().iter().zip(&symbols.arguments) {
            if let ArgumentValue::Typed(ty) = argument.value() {
                let argument = Inert::ours("the ") + rustdoc::code(name) + " argument of ";
                self.all(ty, &(argument + method.clone()));
            }
        }
        for payload in payloads(operation) {
            let whole = Inert::ours("the result of ") + method.clone();
            let event = Inert::ours("an event returned by ") + method.clone();
            self.payload(payload, &whole, &event);
        }
        for error in &operation.errors {
            let body = Inert::ours("the body of an error response to ") + method.clone();
            self.payload(&error.payload, &body, &body);
        }
        for header in operation.headers() {
            let name = rustdoc::code(&header.name.wire);
            let place = Inert::ours("the ") + name + " response header of " + method.clone();
            self.all(&header.ty, &place);
        }
    }

    fn payload(&mut self, payload: &Payload, whole: &Inert, event: &Inert) {
        match payload {
            Payload::Json(ty) => self.all(ty, whole),
            Payload::Events(ty) | Payload::JsonLines(ty) | Payload::Results(ty) => self.all(ty, event),
            Payload::Empty | Payload::Text | Payload::Binary | Payload::Location => {}
        }
    }

    fn all(&mut self, ty: &TypeRef, place: &Inert) {
        parts(ty).into_iter().for_each(|(id, part)| self.note(id, part, place));
    }

    fn note(&mut self, id: TypeId, part: Containment, place: &Inert) {
        let def = &self.rust.api.types[id];
        if def.is_named || self.sentences.contains_key(&id) {
            return;
        }
        let sentence = match part {
            Containment::Whole => place.clone().capitalised(),
            Containment::Item => Inert::ours("An item of ") + place.clone(),
            Containment::Value => Inert::ours("A value in ") + place.clone(),
            Containment::Inner => Inert::ours("A part of ") + place.clone(),
        };
        self.sentences.insert(id, sentence + ".");
    }
}

/// Collects the named types that a type contains.
fn parts(ty: &TypeRef) -> Vec<(TypeId, Containment)> {
    let mut found = Vec::new();
    collect(ty, Containment::Whole, &mut found);
    found
}

fn collect(ty: &TypeRef, part: Containment, found: &mut Vec<(TypeId, Containment)>) {
    let within =
        |deeper: Containment| if matches!(part, Containment::Whole) { deeper } else { Containment::Inner };
    match ty {
        TypeRef::Def(id) => found.push((*id, part)),
        TypeRef::Nullable(inner) => collect(inner, part, found),
        TypeRef::List(item) => collect(item, within(Containment::Item), found),
        TypeRef::Map(value) => collect(value, within(Containment::Value), found),
        TypeRef::Tuple(items) => {
            items.iter().for_each(|item| collect(item, within(Containment::Item), found))
        }
        TypeRef::Scalar(_) | TypeRef::Any => {}
    }
}

fn files(rust: &Rust<'_>) -> BTreeMap<TypeId, usize> {
    let files = rust.symbols.type_files.iter().enumerate();
    files.flat_map(|(index, file)| file.types.iter().map(move |&id| (id, index))).collect()
}
