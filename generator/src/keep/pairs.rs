//! Matches released types with types of the model: components by name, others by their place in operations
//! and types.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Kept;
use crate::ir::{Api, Argument, ArgumentSource, Operation, Payload, Shape, TypeId, TypeRef};
use crate::listing::identity::{argument_key, kind, status_key, type_key};
use crate::listing::{Listing, OperationEntry, RustType, TypeEntry};

/// Finds the released types of the model.
pub(super) fn find(api: &Api, lock: &Listing, kept: &mut Kept) {
    let mut pairing = Pairing {
        api,
        released: lock.types.iter().map(|ty| (ty.name.as_str(), ty)).collect(),
        pairs: BTreeMap::new(),
        taken: BTreeSet::new(),
        merged: BTreeMap::new(),
        pending: VecDeque::new(),
        walked: BTreeSet::new(),
        variants: BTreeSet::new(),
    };
    pairing.components(lock);
    // What components hold is theirs, also if an operation returns it by another way now.
    pairing.walk();
    for (id, entry) in &kept.operations {
        pairing.operation(entry, &api.operations[*id]);
    }
    pairing.walk();
    pairing.places(lock);
    let Pairing { pairs, taken, mut merged, .. } = pairing;
    for names in merged.values_mut() {
        names.retain(|name| !taken.contains(name));
    }
    merged.retain(|_, names| !names.is_empty());
    kept.types = pairs.into_iter().map(|(id, entry)| (id, entry.clone())).collect();
    kept.merged =
        merged.into_iter().map(|(id, names)| (id, names.into_iter().map(str::to_owned).collect())).collect();
}

/// Walks through lock and model side by side.
pub(super) struct Pairing<'l> {
    pub(super) api: &'l Api,
    pub(super) released: BTreeMap<&'l str, &'l TypeEntry>,
    pub(super) pairs: BTreeMap<TypeId, &'l TypeEntry>,
    /// The released names that are already paired.
    pub(super) taken: BTreeSet<&'l str>,
    /// Released names that refer to a type paired with another released type.
    merged: BTreeMap<TypeId, BTreeSet<&'l str>>,
    pending: VecDeque<(&'l TypeEntry, TypeId)>,
    walked: BTreeSet<(&'l str, TypeId)>,
    /// The types of variants that were compared with released ones; their place says nothing more.
    pub(super) variants: BTreeSet<TypeId>,
}

impl<'l> Pairing<'l> {
    /// Pairs components that exist on both sides.
    fn components(&mut self, lock: &'l Listing) {
        let components: BTreeMap<String, TypeId> = self
            .api
            .types
            .iter()
            .filter(|(_, def)| def.is_named)
            .map(|(id, def)| (type_key(&def.origin), id))
            .collect();
        for entry in lock.types.iter().filter(|entry| is_component(&entry.key)) {
            if let Some(&id) = components.get(&entry.key) {
                self.pair(entry, id);
            }
        }
    }

    /// Pairs the remaining types by the place of their definition, if only one type is defined there, except the
    /// variants of paired unions.
    fn places(&mut self, lock: &'l Listing) {
        let mut places: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
        for (id, def) in self.api.types.iter() {
            places.entry(type_key(&def.origin)).or_default().push(id);
        }
        for entry in &lock.types {
            if let Some([id]) = places.get(&entry.key).map(Vec::as_slice)
                && !self.variants.contains(id)
            {
                self.pair(entry, *id);
                self.walk();
            }
        }
    }

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
            (None, _)
            | (_, None | Some(Payload::Empty | Payload::Text | Payload::Binary | Payload::Location)) => {}
        }
    }

    /// Pairs the types at corresponding places in a released type and a type of the model.
    pub(super) fn unify(&mut self, released: &'l RustType, ty: &'l TypeRef) {
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
                if let Some(entry) = self.released.get(name.as_str()).copied() {
                    self.meet(entry, *id);
                }
            }
            (RustType::Generic(..) | RustType::Tuple(_), TypeRef::Def(id)) => {
                if let Shape::Alias(target) = &self.api.types[*id].shape {
                    self.unify(released, target);
                }
            }
            (RustType::Name(name), TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Tuple(_)) => {
                let target = self.released.get(name.as_str()).and_then(|entry| entry.target.as_ref());
                if let Some(target) = target {
                    self.unify(target, ty);
                }
            }
            (RustType::Name(_) | RustType::Generic(..) | RustType::Tuple(_), _) => {}
        }
    }

    /// Pairs a released type with a type of the model, or records that they were merged.
    fn meet(&mut self, entry: &'l TypeEntry, id: TypeId) {
        let def = &self.api.types[id];
        if entry.kind != kind(&def.shape) {
            // If only one side is an alias, its target is compared instead.
            if let Some(RustType::Name(target)) = &entry.target
                && let Some(target) = self.released.get(target.as_str()).copied()
            {
                self.meet(target, id);
            } else if let Shape::Alias(TypeRef::Def(target)) = &def.shape {
                self.meet(entry, *target);
            }
            return;
        }
        if !self.pairs.contains_key(&id) && !self.taken.contains(entry.name.as_str()) {
            self.pair(entry, id);
        } else if self.pairs.get(&id).is_some_and(|known| known.name != entry.name) {
            self.merged.entry(id).or_default().insert(&entry.name);
            self.follow(entry, id);
        }
    }

    fn pair(&mut self, entry: &'l TypeEntry, id: TypeId) {
        if self.pairs.contains_key(&id) || !self.taken.insert(&entry.name) {
            return;
        }
        self.pairs.insert(id, entry);
        self.follow(entry, id);
    }

    fn follow(&mut self, entry: &'l TypeEntry, id: TypeId) {
        if self.walked.insert((&entry.name, id)) {
            self.pending.push_back((entry, id));
        }
    }

    fn walk(&mut self) {
        while let Some((entry, id)) = self.pending.pop_front() {
            match &self.api.types[id].shape {
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
                        let tags = variant.tags.join("|");
                        let mut known = entry.members.iter();
                        let known =
                            known.find(|member| !tags.is_empty() && shares_tag(&member.wire, &variant.tags));
                        if let Some(released) = known.and_then(|member| member.ty.as_ref()) {
                            self.unify(released, &variant.ty);
                        }
                    }
                    self.untagged(entry, id);
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
}

/// Returns `true` if a released variant and a variant of the model share a discriminator value.
pub(super) fn shares_tag(released: &str, tags: &[String]) -> bool {
    released.split('|').any(|tag| tags.iter().any(|other| other == tag))
}

fn is_component(key: &str) -> bool {
    key.split_once('#').is_some_and(|(_, place)| !place.contains('/'))
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
            crate::ir::BodyKind::Json(ty) => Some(ty),
            crate::ir::BodyKind::JsonFields(_)
            | crate::ir::BodyKind::FormFields(_)
            | crate::ir::BodyKind::Multipart(_)
            | crate::ir::BodyKind::Binary
            | crate::ir::BodyKind::Text => None,
        },
        ArgumentSource::FileName(..) | ArgumentSource::ContentType(..) => None,
    }
}
