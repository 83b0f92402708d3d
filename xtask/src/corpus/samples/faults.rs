//! Makes invalid values of types, with the path that the error has to name.

use sdk_generator::ir::{Field, Shape, TypeId, TypeRef, Union};

use super::values::{Extent, Want};
use super::{Expected, Making};
use crate::corpus::json::{Json, step};

/// The most bytes of invalid samples for one type.
const MOST: usize = 200_000;

impl Making<'_> {
    /// Adds values that a struct has to refuse: a required member is missing or null, on this level or a deeper one.
    pub(super) fn faults(&mut self, id: TypeId, fields: &[Field], least: &Json) {
        let each = least.to_string().len();
        let many = (MOST / each.max(1)).max(4);
        for field in fields.iter().filter(|field| field.required).take(many) {
            let wire = &field.name.wire;
            self.refused(id, "a required member is missing", &least.without(wire), &place(wire));
        }
        let strict = |field: &&Field| !self.sampler.takes_null(&field.ty) && !self.sampler.keeps_null(field);
        let strict: Vec<&Field> = fields.iter().filter(strict).take(many).collect();
        for field in strict {
            let wire = &field.name.wire;
            let mut null = least.clone();
            null.set(wire, Json::null());
            self.refused(id, "null in a required member that is not nullable", &null, &place(wire));
        }
        for field in fields.iter().take(many) {
            if let Some((value, path)) = self.broken(&field.ty) {
                let wire = &field.name.wire;
                let mut broken = least.clone();
                broken.set(wire, value);
                let path = place(wire) + &path;
                self.refused(id, "a required member is missing on a deeper level", &broken, &path);
            }
        }
    }

    /// Adds values that a tagged variant has to refuse, since the tag decides on the type.
    pub(super) fn variant_faults(&mut self, id: TypeId, union: &Union, index: usize) {
        let variant = &union.variants[index];
        let others = union.variants.iter().enumerate().filter(|(other, _)| *other != index);
        let mut others = others.flat_map(|(_, other)| &other.tags);
        let is_told = !variant.tags.is_empty() && !others.any(|tag| variant.tags.contains(tag));
        let Some(tag) = union.tag.as_ref().filter(|_| is_told) else { return };
        let Some(value) = self.sampler.variant(union, index, Want::new(Extent::Least, 0)) else { return };
        let missing = self.required(&variant.ty).into_iter().find(|name| name != tag);
        if let Some(name) = missing {
            self.refused(id, "a variant lacks a required member", &value.without(&name), &place(&name));
        }
    }

    fn refused(&mut self, id: TypeId, case: &str, value: &Json, path: &str) {
        self.push(id, format!("{case}: `{path}`"), value, Expected::Refused(path.to_owned()));
    }

    /// Returns a value of the type that lacks a required member somewhere, and the path to that member.
    fn broken(&self, ty: &TypeRef) -> Option<(Json, String)> {
        match ty {
            TypeRef::Nullable(inner) => self.broken(inner),
            TypeRef::List(item) => {
                let (value, path) = self.broken(item)?;
                let sound = self.sampler.value(item, Want::new(Extent::Least, 0))?;
                Some((Json::List(vec![sound, value]), format!("[1]{path}")))
            }
            TypeRef::Tuple(items) => {
                let (index, (value, path)) =
                    items.iter().enumerate().find_map(|(index, item)| Some((index, self.broken(item)?)))?;
                let sound = |item| self.sampler.value(item, Want::new(Extent::Least, 0));
                let mut values: Vec<Json> = items.iter().map(sound).collect::<Option<_>>()?;
                values[index] = value;
                Some((Json::List(values), format!("[{index}]{path}")))
            }
            TypeRef::Map(value) => {
                let (value, path) = self.broken(value)?;
                let key = "a key";
                Some((Json::Object(vec![(key.to_owned(), value)]), step(key) + &path))
            }
            TypeRef::Def(id) => match &self.sampler.api.types[*id].shape {
                Shape::Alias(inner) => self.broken(inner),
                Shape::Struct { .. } => {
                    let name = self.required(ty).into_iter().next()?;
                    let least = self.sampler.value(ty, Want::new(Extent::Least, 0))?;
                    Some((least.without(&name), step(&name)))
                }
                Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::ValueEnum(_) | Shape::Union(_) => None,
            },
            TypeRef::Scalar(_) | TypeRef::Any => None,
        }
    }

    /// Returns the required members of a struct.
    fn required(&self, ty: &TypeRef) -> Vec<String> {
        match self.sampler.shape(ty) {
            Some((_, Shape::Struct { fields, .. })) => {
                fields.iter().filter(|field| field.required).map(|field| field.name.wire.clone()).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Returns the path to a member of the top level.
fn place(name: &str) -> String {
    let step = step(name);
    step.strip_prefix('.').unwrap_or(&step).to_owned()
}
