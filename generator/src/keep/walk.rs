//! Walks through released types and types of the model side by side, from operations inwards.

use crate::ir::{Api, Argument, ArgumentSource, BodyKind, Operation, Payload, Shape, TypeId, TypeRef};
use crate::listing::identity::{argument_key, kind, status_key};
use crate::listing::{OperationEntry, RustType, TypeEntry};

/// Visits the types at corresponding places of the lock and the model.
pub(super) trait Walk<'l> {
    fn api(&self) -> &'l Api;

    /// Returns the released type with this name.
    fn released(&self, name: &str) -> Option<&'l TypeEntry>;

    /// Visits a released type and a type of the model, of the same kind, at corresponding places.
    fn meet(&mut self, entry: &'l TypeEntry, id: TypeId);

    /// Visits a released union and a union of the model, whose variants may have no discriminator values.
    fn meet_untagged(&mut self, entry: &'l TypeEntry, id: TypeId);

    /// Visits the types of an operation.
    fn operation(&mut self, entry: &'l OperationEntry, operation: &'l Operation) {
        for argument in operation.arguments() {
            let (place, wire) = argument_key(operation, &argument);
            let mut known = entry.arguments.iter();
            let known = known.find(|known| known.place == place && known.wire == wire);
            if let (Some(known), Some(ty)) = (known, type_of(&argument)) {
                self.unify(&known.ty, ty);
            }
        }
        if entry.statuses.is_empty() {
            let payload = operation.responses.first().map(|response| &response.payload);
            self.payload(Some(&entry.returns), payload);
        }
        for status in &entry.statuses {
            let mut responses = operation.responses.iter();
            let response = responses.find(|response| status_key(response.status) == status.status);
            self.payload(status.ty.as_ref(), response.map(|response| &response.payload));
        }
        for error in &entry.errors {
            let mut errors = operation.errors.iter();
            let found = errors.find(|found| status_key(found.status) == error.status);
            self.payload(error.ty.as_ref(), found.map(|found| &found.payload));
        }
        if let (Some(item), Some(pagination)) = (&entry.item, &operation.pagination) {
            self.unify(item, &pagination.item);
        }
        for form in &entry.alternatives {
            let alternatives = operation.alternatives();
            let found = alternatives.iter().find(|found| found.name.wire == form.media_type);
            self.payload(Some(&form.ty), found.map(|found| &found.payload));
        }
        for header in &entry.headers {
            let headers = operation.headers();
            let found = headers.iter().find(|found| found.name.wire.eq_ignore_ascii_case(&header.wire));
            if let Some(found) = found {
                self.unify(&header.ty, &found.ty);
            }
        }
    }

    fn payload(&mut self, released: Option<&'l RustType>, payload: Option<&'l Payload>) {
        match (released, payload) {
            (Some(released), Some(Payload::Json(ty))) => self.unify(released, ty),
            (Some(released), Some(Payload::Events(ty))) => {
                self.unify(released.argument_of("Events").unwrap_or(released), ty);
            }
            (Some(released), Some(Payload::JsonLines(ty) | Payload::Results(ty))) => {
                self.unify(released.argument_of("JsonLines").unwrap_or(released), ty);
            }
            (None, _)
            | (_, None | Some(Payload::Empty | Payload::Text | Payload::Binary | Payload::Location)) => {}
        }
    }

    /// Visits the types at corresponding places in a released type and a type of the model.
    fn unify(&mut self, released: &'l RustType, ty: &'l TypeRef) {
        let released = released.plain();
        match (released, ty) {
            (_, TypeRef::Nullable(inner)) => self.unify(released, inner),
            (RustType::Generic(_, arguments), TypeRef::List(inner) | TypeRef::Map(inner)) => {
                if let Some(last) = arguments.last() {
                    self.unify(last, inner);
                }
            }
            (RustType::Tuple(items), TypeRef::Tuple(types)) => {
                items.iter().zip(types).for_each(|(item, ty)| self.unify(item, ty));
            }
            (RustType::Name(name), TypeRef::Def(id)) => {
                if let Some(entry) = self.released(name) {
                    self.compare(entry, *id);
                }
            }
            (RustType::Generic(..) | RustType::Tuple(_), TypeRef::Def(id)) => {
                if let Shape::Alias(target) = &self.api().types[*id].shape {
                    self.unify(released, target);
                }
            }
            (RustType::Name(name), TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Tuple(_)) => {
                let target = self.released(name).and_then(|entry| entry.target.as_ref());
                if let Some(target) = target {
                    self.unify(target, ty);
                }
            }
            (RustType::Name(_) | RustType::Generic(..) | RustType::Tuple(_), _) => {}
        }
    }

    /// Visits two types of the same kind. If only one of them is an alias, its target is compared instead.
    fn compare(&mut self, entry: &'l TypeEntry, id: TypeId) {
        let def = &self.api().types[id];
        if entry.kind == kind(&def.shape) {
            self.meet(entry, id);
        } else if let Some(RustType::Name(target)) = &entry.target
            && let Some(target) = self.released(target)
        {
            self.compare(target, id);
        } else if let Shape::Alias(TypeRef::Def(target)) = &def.shape {
            self.compare(entry, *target);
        }
    }

    /// Visits the types inside of two types.
    fn inside(&mut self, entry: &'l TypeEntry, id: TypeId) {
        match &self.api().types[id].shape {
            Shape::Struct { fields, additional } => {
                for field in fields {
                    let known = entry.members.iter().find(|member| member.wire == field.name.wire);
                    if let Some(released) = known.and_then(|member| member.ty.as_ref()) {
                        self.unify(released, &field.ty);
                    }
                }
                if let (Some(released), Some(additional)) = (&entry.additional, additional) {
                    self.unify(released, &additional.ty);
                }
            }
            Shape::Union(union) => {
                for variant in &union.variants {
                    let keys = variant.keys();
                    let mut known = entry.members.iter();
                    let known = known.find(|member| !keys.is_empty() && shares_tag(&member.wire, &keys));
                    if let Some(released) = known.and_then(|member| member.ty.as_ref()) {
                        self.unify(released, &variant.ty);
                    }
                }
                self.meet_untagged(entry, id);
            }
            Shape::Alias(target) => {
                if let Some(released) = &entry.target {
                    self.unify(released, target);
                }
            }
            Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::ValueEnum(_) => {}
        }
    }
}

/// Returns `true` if a released variant and a variant of the model share a discriminator value.
pub(super) fn shares_tag(released: &str, tags: &[String]) -> bool {
    released.split('|').any(|tag| tags.iter().any(|other| other == tag))
}

fn type_of<'a>(argument: &Argument<'a>) -> Option<&'a TypeRef> {
    match argument.source {
        ArgumentSource::Parameter(parameter) | ArgumentSource::PartHeader(_, parameter) => {
            Some(&parameter.ty)
        }
        ArgumentSource::Field(field) => Some(&field.ty),
        ArgumentSource::FormField(field) => Some(&field.field.ty),
        ArgumentSource::Part(part) => Some(&part.field.ty),
        ArgumentSource::Body(body) => match &body.kind {
            BodyKind::Json(ty) | BodyKind::JsonLines(ty) => Some(ty),
            BodyKind::JsonFields(_)
            | BodyKind::FormFields(_)
            | BodyKind::Multipart(_)
            | BodyKind::Binary
            | BodyKind::Text => None,
        },
        ArgumentSource::FileName(..) | ArgumentSource::ContentType(..) => None,
    }
}
