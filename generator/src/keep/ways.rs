//! Finds the types of the model that released operations lead to at the places of each released type.

use std::collections::{BTreeMap, VecDeque};

use super::walk::Walk;
use crate::ir::{Api, OperationId, TypeId};
use crate::listing::{OperationEntry, TypeEntry};

/// The types of the model at the places of each released type, by its name, with the number of places.
pub(super) struct Ways<'l> {
    api: &'l Api,
    released: &'l BTreeMap<&'l str, &'l TypeEntry>,
    found: BTreeMap<&'l str, BTreeMap<TypeId, usize>>,
    pending: VecDeque<(&'l TypeEntry, TypeId)>,
}

impl<'l> Ways<'l> {
    /// Follows all ways from released operations.
    pub(super) fn find(
        api: &'l Api,
        released: &'l BTreeMap<&'l str, &'l TypeEntry>,
        operations: &'l BTreeMap<OperationId, OperationEntry>,
    ) -> Self {
        let mut ways = Self { api, released, found: BTreeMap::new(), pending: VecDeque::new() };
        for (id, entry) in operations {
            ways.operation(entry, &api.operations[*id]);
        }
        while let Some((entry, id)) = ways.pending.pop_front() {
            ways.inside(entry, id);
        }
        ways
    }

    /// Returns the type that all places of a released type lead to.
    pub(super) fn only(&self, entry: &TypeEntry) -> Option<TypeId> {
        let mut found = self.found.get(entry.name.as_str())?.keys();
        found.next().copied().filter(|_| found.next().is_none())
    }

    /// Iterates over the types at the places of each released type, with the number of places.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'l TypeEntry, TypeId, usize)> + '_ {
        self.found
            .iter()
            .flat_map(|(name, found)| found.iter().map(|(id, count)| (self.released[name], *id, *count)))
    }
}

impl<'l> Walk<'l> for Ways<'l> {
    fn api(&self) -> &'l Api {
        self.api
    }

    fn released(&self, name: &str) -> Option<&'l TypeEntry> {
        self.released.get(name).copied()
    }

    fn meet(&mut self, entry: &'l TypeEntry, id: TypeId) {
        let count = self.found.entry(&entry.name).or_default().entry(id).or_default();
        *count += 1;
        if *count == 1 {
            self.pending.push_back((entry, id));
        }
    }

    /// Leaves variants without discriminator values out, since their places say nothing certain.
    fn meet_untagged(&mut self, _: &'l TypeEntry, _: TypeId) {}
}
