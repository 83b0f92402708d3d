//! Matches released types with types of the model: components by name, others by their place in operations
//! and types.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Kept;
use super::documents::Numbers;
use super::walk::Walk;
use super::ways::Ways;
use crate::ir::{Api, Shape, TypeId};
use crate::listing::{Listing, TypeEntry};

/// Finds the released types of the model. Returns the types that stand in the place of a released type that is paired
/// with another one, each with that one.
pub(super) fn find(api: &Api, lock: &Listing, kept: &mut Kept) -> BTreeSet<(TypeId, TypeId)> {
    let released: BTreeMap<&str, &TypeEntry> = lock.types.iter().map(|ty| (ty.name.as_str(), ty)).collect();
    let ways = Ways::find(api, &released, &kept.operations);
    let numbers = Numbers::find(api, &released, &ways);
    let mut pairing = Pairing {
        api,
        released: &released,
        numbers: &numbers,
        pairs: BTreeMap::new(),
        taken: BTreeSet::new(),
        merged: BTreeMap::new(),
        met: BTreeSet::new(),
        pending: VecDeque::new(),
        walked: BTreeSet::new(),
        variants: BTreeSet::new(),
    };
    pairing.components(lock, &ways);
    // What components hold is theirs, also if an operation returns it by another way now.
    pairing.walk();
    for (id, entry) in &kept.operations {
        pairing.operation(entry, &api.operations[*id]);
    }
    pairing.walk();
    pairing.places(lock);
    let merged = pairing.merged_names();
    let Pairing { pairs, met, .. } = pairing;
    let places: BTreeMap<&str, TypeId> = pairs.iter().map(|(id, entry)| (entry.name.as_str(), *id)).collect();
    let met = met.into_iter().filter(|(id, _)| !pairs.contains_key(id));
    let met = met.filter_map(|(id, name)| Some((id, *places.get(name)?))).collect();
    kept.types = pairs.into_iter().map(|(id, entry)| (id, entry.clone())).collect();
    kept.merged = merged;
    kept.documents = numbers;
    met
}

/// Pairs released types with types of the model.
pub(super) struct Pairing<'l> {
    pub(super) api: &'l Api,
    pub(super) released: &'l BTreeMap<&'l str, &'l TypeEntry>,
    numbers: &'l Numbers,
    pub(super) pairs: BTreeMap<TypeId, &'l TypeEntry>,
    /// The released names that are already paired.
    pub(super) taken: BTreeSet<&'l str>,
    /// Released names that refer to a type paired with another released type.
    merged: BTreeMap<TypeId, BTreeSet<&'l str>>,
    /// Types in the place of a released type that is paired already.
    met: BTreeSet<(TypeId, &'l str)>,
    pending: VecDeque<(&'l TypeEntry, TypeId)>,
    walked: BTreeSet<(&'l str, TypeId)>,
    /// The types of variants that were compared with released ones; their place says nothing more.
    pub(super) variants: BTreeSet<TypeId>,
}

impl<'l> Pairing<'l> {
    /// Pairs components that exist on both sides by their names, unless operations lead to a better match.
    fn components(&mut self, lock: &'l Listing, ways: &Ways<'l>) {
        let named = self.api.types.iter().filter(|(_, def)| def.is_named);
        let components: BTreeMap<String, TypeId> =
            named.map(|(id, def)| (self.numbers.type_key(&def.origin), id)).collect();
        let entries = lock.types.iter().filter(|entry| is_component(&entry.key));
        let by_name: Vec<(&TypeEntry, TypeId)> =
            entries.filter_map(|entry| Some((entry, *components.get(&entry.key)?))).collect();
        let renamed = self.renamed(&by_name, ways);
        for (entry, id) in by_name {
            self.pair(entry, renamed.get(entry.name.as_str()).copied().unwrap_or(id));
        }
    }

    /// Returns the released components whose name the document has given to another type: all their places lead to
    /// one type that matches better than the one with the name, and no other released component claims it.
    fn renamed(&self, by_name: &[(&'l TypeEntry, TypeId)], ways: &Ways<'l>) -> BTreeMap<&'l str, TypeId> {
        let mut renamed: BTreeMap<&str, TypeId> = BTreeMap::new();
        for &(entry, own) in by_name {
            if let Some(other) = ways.only(entry)
                && self.resemblance(entry, other) > self.resemblance(entry, own)
            {
                renamed.insert(&entry.name, other);
            }
        }
        loop {
            let mut claims: BTreeMap<TypeId, usize> = BTreeMap::new();
            for (entry, own) in by_name {
                *claims.entry(*renamed.get(entry.name.as_str()).unwrap_or(own)).or_default() += 1;
            }
            let count = renamed.len();
            renamed.retain(|_, id| claims[id] == 1);
            if renamed.len() == count {
                return renamed;
            }
        }
    }

    /// Returns how much a type of the model resembles a released one: all members are the same, the number of
    /// required members that both have, that of all such members, and the number of other members, less being more.
    fn resemblance(&self, entry: &TypeEntry, id: TypeId) -> (bool, usize, usize, Reverse<usize>) {
        let shape = &self.api.types[id].shape;
        let (is_same, required, shared) = self.members(entry, shape);
        let members = match shape {
            Shape::Struct { fields, .. } => fields.len(),
            Shape::StringEnum(variants) => variants.len(),
            Shape::IntegerEnum(variants) => variants.len(),
            Shape::ValueEnum(variants) => variants.len(),
            Shape::Union(union) => union.variants.len(),
            Shape::Alias(_) => 0,
        };
        (is_same, required, shared, Reverse(members - shared.min(members)))
    }

    /// Pairs the remaining types by the place of their definition, if only one type is defined there, except the
    /// variants of paired unions.
    fn places(&mut self, lock: &'l Listing) {
        let mut places: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
        for (id, def) in self.api.types.iter() {
            places.entry(self.numbers.type_key(&def.origin)).or_default().push(id);
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

    /// Returns the names of released types that became part of another one, and their former names, by that type. If a
    /// type became part of several, its names refer to the one that resembles it most.
    fn merged_names(&self) -> BTreeMap<TypeId, Vec<String>> {
        let mut targets: BTreeMap<&str, TypeId> = BTreeMap::new();
        for (&id, names) in &self.merged {
            for &name in names.iter().filter(|name| !self.taken.contains(**name)) {
                let entry = self.released[name];
                let target = targets.entry(name).or_insert(id);
                if self.resemblance(entry, id) > self.resemblance(entry, *target) {
                    *target = id;
                }
            }
        }
        let mut merged: BTreeMap<TypeId, Vec<String>> = BTreeMap::new();
        for (name, id) in targets {
            let former = self.released[name].former.iter().cloned();
            merged.entry(id).or_default().extend(std::iter::once(name.to_owned()).chain(former));
        }
        merged
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
            self.inside(entry, id);
        }
    }
}

impl<'l> Walk<'l> for Pairing<'l> {
    fn api(&self) -> &'l Api {
        self.api
    }

    fn released(&self, name: &str) -> Option<&'l TypeEntry> {
        self.released.get(name).copied()
    }

    fn meet(&mut self, entry: &'l TypeEntry, id: TypeId) {
        if !self.pairs.contains_key(&id) && !self.taken.contains(entry.name.as_str()) {
            self.pair(entry, id);
        } else if !self.pairs.contains_key(&id) {
            self.met.insert((id, &entry.name));
        } else if self.pairs.get(&id).is_some_and(|known| known.name != entry.name) {
            self.merged.entry(id).or_default().insert(&entry.name);
            self.follow(entry, id);
        }
    }

    fn meet_untagged(&mut self, entry: &'l TypeEntry, id: TypeId) {
        self.untagged(entry, id);
    }
}

fn is_component(key: &str) -> bool {
    key.split_once('#').is_some_and(|(_, place)| !place.contains('/'))
}
