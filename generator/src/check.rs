//! Checks the invariants of a finished model.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ir::{Api, BodyKind, Field, Location, Operation, PathSegment, Payload, Shape, TypeDef, TypeRef};
use crate::pointer::Pointer;

/// Reports every invariant that does not hold.
pub fn check(api: &Api, diagnostics: &mut Diagnostics) {
    let mut checker = Checker { api, diagnostics };
    for (_, operation) in api.operations.iter() {
        checker.operation(operation);
    }
    for (_, ty) in api.types.iter() {
        checker.type_def(ty);
    }
    checker.managers();
}

struct Checker<'a> {
    api: &'a Api,
    diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn report(&mut self, place: &Pointer, rule: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(
            Code::Invariant,
            place,
            rule,
            "this is a bug in the generator; please report it along with the document",
        ));
    }

    fn operation(&mut self, operation: &Operation) {
        self.path(operation);
        let mut names = BTreeSet::new();
        for parameter in &operation.parameters {
            if !names.insert((parameter.location, parameter.name.wire.as_str())) {
                self.report(
                    &parameter.origin,
                    format!("two parameters have the name `{}`", parameter.name.wire),
                );
            }
            self.type_ref(&parameter.ty, &parameter.origin);
        }
        match operation.body.as_ref().map(|body| (&body.kind, &body.origin)) {
            Some((BodyKind::JsonFields(fields), place)) => self.fields(fields.iter(), place),
            Some((BodyKind::FormFields(fields), place)) => {
                self.fields(fields.iter().map(|field| &field.field), place);
            }
            Some((BodyKind::Multipart(parts), place)) => {
                self.fields(parts.iter().map(|part| &part.field), place);
            }
            Some((BodyKind::Json(ty) | BodyKind::JsonLines(ty), place)) => self.type_ref(ty, place),
            Some((BodyKind::Binary | BodyKind::Text, _)) | None => {}
        }
        let payloads = operation.responses.iter().map(|response| &response.payload);
        let others = operation.responses.iter().flat_map(|response| &response.alternatives);
        let payloads = payloads.chain(others.map(|alternative| &alternative.payload));
        for payload in payloads.chain(operation.errors.iter().map(|error| &error.payload)) {
            match payload {
                Payload::Json(ty) | Payload::Events(ty) | Payload::JsonLines(ty) | Payload::Results(ty) => {
                    self.type_ref(ty, &operation.origin)
                }
                Payload::Empty | Payload::Text | Payload::Binary | Payload::Location => {}
            }
        }
        for header in operation.headers() {
            self.type_ref(&header.ty, &header.origin);
        }
        for alternative in &operation.security.alternatives {
            if alternative.iter().any(|scheme| scheme.scheme >= self.api.security_schemes.len()) {
                self.report(&operation.origin, "a required security scheme does not exist");
            }
        }
    }

    /// Checks that the variables of the path are the same as the path parameters.
    fn path(&mut self, operation: &Operation) {
        let variables: BTreeSet<&str> = operation
            .path
            .iter()
            .filter_map(|segment| match segment {
                PathSegment::Parameter(name) => Some(name.as_str()),
                PathSegment::Literal(_) => None,
            })
            .collect();
        let declared: BTreeSet<&str> = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.location == Location::Path)
            .map(|parameter| parameter.name.wire.as_str())
            .collect();
        if variables != declared {
            self.report(&operation.origin, "the variables of the path differ from the path parameters");
        }
    }

    fn type_def(&mut self, ty: &TypeDef) {
        match &ty.shape {
            Shape::Struct { fields, additional } => {
                self.fields(fields.iter(), &ty.origin);
                additional.iter().for_each(|additional| self.type_ref(&additional.ty, &ty.origin));
            }
            Shape::StringEnum(variants) => {
                let values = variants.iter().map(|variant| &variant.value);
                self.unique(values, &ty.origin);
            }
            Shape::IntegerEnum(variants) => {
                let values = variants.iter().map(|variant| &variant.value);
                self.unique(values, &ty.origin);
            }
            Shape::ValueEnum(variants) => {
                let values = variants.iter().map(|variant| variant.value.to_string());
                self.unique(values, &ty.origin);
            }
            Shape::Union(union) => {
                for variant in &union.variants {
                    self.type_ref(&variant.ty, &ty.origin);
                    self.unique(variant.tags.iter(), &ty.origin);
                }
            }
            Shape::Alias(inner) => self.type_ref(inner, &ty.origin),
        }
    }

    fn unique<T: Ord + std::fmt::Display>(&mut self, values: impl Iterator<Item = T>, place: &Pointer) {
        let mut seen = BTreeSet::new();
        for value in values {
            if seen.contains(&value) {
                self.report(place, format!("duplicate value `{value}` in a type"));
            }
            seen.insert(value);
        }
    }

    fn fields<'f>(&mut self, fields: impl Iterator<Item = &'f Field>, place: &Pointer) {
        let mut names = BTreeSet::new();
        for field in fields {
            if !names.insert(field.name.wire.as_str()) {
                self.report(place, format!("two members have the name `{}`", field.name.wire));
            }
            self.type_ref(&field.ty, &field.origin);
        }
    }

    fn type_ref(&mut self, ty: &TypeRef, place: &Pointer) {
        match ty {
            TypeRef::Scalar(_) | TypeRef::Any => {}
            TypeRef::List(inner) | TypeRef::Map(inner) => self.type_ref(inner, place),
            TypeRef::Tuple(items) => items.iter().for_each(|item| self.type_ref(item, place)),
            TypeRef::Nullable(inner) => {
                if matches!(**inner, TypeRef::Nullable(_)) {
                    self.report(place, "a nullable type is nested in a nullable type");
                }
                self.type_ref(inner, place);
            }
            TypeRef::Def(id) => {
                if !self.api.types.contains(*id) {
                    self.report(place, "a referenced type does not exist");
                }
            }
        }
    }

    /// Checks that each operation belongs to exactly one manager.
    fn managers(&mut self) {
        let mut owned = vec![0_usize; self.api.operations.len()];
        for id in self.api.managers.iter().flat_map(|manager| &manager.operations) {
            if let Some(count) = owned.get_mut(id.index()) {
                *count += 1;
            }
        }
        for ((_, operation), count) in self.api.operations.iter().zip(owned) {
            if count != 1 {
                self.report(&operation.origin, format!("the operation belongs to {count} managers"));
            }
        }
    }
}
