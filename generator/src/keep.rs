//! Applies a lock: keeps the names, order and shapes of the last release, so that code written against it
//! compiles.
//!
//! [`keep`] finds the released items in the model by their identity on the wire and restores their shape as
//! far as the wire format allows. Their released names are passed on to the assignment of symbols.

mod copies;
mod documents;
mod former;
mod given_up;
mod managers;
mod operations;
mod order;
mod pairs;
mod types;
mod untagged;
mod variants;
mod walk;
mod ways;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::ir::{Api, OperationId, TypeId};
use crate::listing::identity::operation_keys;
use crate::listing::{
    ArgumentEntry, ArgumentPlace, FormerManager, Listing, ManagerEntry, MemberEntry, OperationEntry,
    TypeEntry,
};
use crate::passes;
use crate::pointer::Pointer;
use crate::verdict::{Change, Help};
pub(crate) use documents::Numbers;
use given_up::GivenUp;

pub use operations::released_forms;

/// The released items of a model and their names.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The released names of each manager of the model.
    pub(crate) managers: Vec<Option<ManagerEntry>>,
    /// Further released names of each manager of the model.
    pub(crate) former_managers: Vec<Vec<FormerManager>>,
    /// Released operations.
    pub(crate) operations: BTreeMap<OperationId, OperationEntry>,
    /// Released operations that are in another manager now.
    pub(crate) moved: BTreeSet<OperationId>,
    /// Released types.
    pub(crate) types: BTreeMap<TypeId, TypeEntry>,
    /// Further released names of types: those of types that have been merged into one.
    pub(crate) merged: BTreeMap<TypeId, Vec<String>>,
    /// The numbers of documents in listings.
    pub(crate) documents: Numbers,
    /// The index of the released variant for each variant of a released union.
    variants: BTreeMap<TypeId, Vec<Option<usize>>>,
    /// Released names and shapes kept although the document differs.
    pub notes: Vec<Change>,
}

impl Kept {
    /// Returns the released entry of an argument.
    pub(crate) fn argument(
        &self,
        id: OperationId,
        place: ArgumentPlace,
        wire: &str,
    ) -> Option<&ArgumentEntry> {
        let mut arguments = self.operations.get(&id)?.arguments.iter();
        arguments.find(|argument| argument.place == place && argument.wire == wire)
    }

    /// Returns the released entry of a field or value.
    pub(crate) fn member(&self, id: TypeId, wire: &str) -> Option<&MemberEntry> {
        self.types.get(&id)?.members.iter().find(|member| member.wire == wire)
    }

    /// Returns the released entry of a variant.
    pub(crate) fn variant(&self, id: TypeId, index: usize) -> Option<&MemberEntry> {
        let place = (*self.variants.get(&id)?.get(index)?)?;
        self.types.get(&id)?.members.get(place)
    }

    /// Returns the other released names that still refer to a type.
    pub(crate) fn former_names(&self, id: TypeId) -> BTreeSet<String> {
        let released = self.types.get(&id).map(|entry| entry.former.as_slice()).unwrap_or_default();
        let merged = self.merged.get(&id).map(Vec::as_slice).unwrap_or_default();
        released.iter().chain(merged).cloned().collect()
    }

    /// Returns every released name that refers to a type with a different name.
    pub(crate) fn former_types(&self) -> impl Iterator<Item = &str> {
        let released = self.types.values().flat_map(|entry| &entry.former);
        released.chain(self.merged.values().flatten()).map(String::as_str)
    }

    fn note(&mut self, at: &str, text: impl Into<String>, origin: &Pointer) {
        self.notes.push(Change::kept(at, text, Some(Help::Tighten(at.to_owned())), origin));
    }
}

/// Restores the shape of the last release as far as the wire format allows.
pub fn keep(api: &mut Api, lock: &Listing, config: &Config, diagnostics: &mut Diagnostics) -> Kept {
    let mut kept = Kept::default();
    let (dropped, tightened) = (GivenUp::new(&config.drop), GivenUp::new(&config.tighten));
    let lock = &former::without(lock, &dropped);
    let released: BTreeMap<_, _> =
        lock.operations.iter().map(|operation| (&operation.key, operation)).collect();
    for (id, key) in operation_keys(api) {
        if let Some(entry) = released.get(&key) {
            kept.operations.insert(id, (*entry).clone());
        }
    }
    operations::moved(api, lock, &mut kept);
    managers::regroup(api, lock, &mut kept);
    operations::results::keep(api, &config.pagination, &tightened, &mut kept);
    operations::pages::keep(api, &config.pagination, &tightened, &mut kept);
    let copies = copies::of(api, &pairs::find(api, lock, &mut kept));
    if !copies.is_empty() {
        passes::merge(api, &copies);
        pairs::find(api, lock, &mut kept);
    }
    operations::shape(api, &tightened, &mut kept);
    types::shape(api, &tightened, &mut kept);
    dropped.report_unused("former name", diagnostics);
    tightened.report_unused("shape that can be tightened at", diagnostics);
    kept
}
