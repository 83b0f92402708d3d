//! Finds former names, which stay usable.

use std::collections::BTreeSet;

use super::{ManagerSymbols, Symbols};
use crate::ir::{Api, OperationId};
use crate::keep::Kept;
use crate::listing::{FormerManager, FormerOperation, OperationEntry};

/// A former method, and the operation that it forwards to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Forwarder<'a> {
    pub(crate) id: OperationId,
    pub(crate) former: &'a FormerOperation,
}

impl Symbols {
    /// Returns the former methods in a manager.
    pub(crate) fn forwarders<'a>(&'a self, manager: usize) -> impl Iterator<Item = Forwarder<'a>> {
        let operations = self.operations.iter();
        let all = operations
            .flat_map(|(id, symbols)| symbols.former.iter().map(|former| Forwarder { id: *id, former }));
        all.filter(move |forwarder| {
            let accessors = self.managers.iter().map(|manager| (&*manager.accessor, &*manager.former));
            home(accessors, &forwarder.former.manager) == Some(manager)
        })
    }
}

impl Symbols {
    /// Returns the Cargo features of the managers with the features that each of them enables: those of former
    /// methods that are in another manager now. A former feature enables the current one.
    pub fn feature_definitions(&self) -> Vec<(&str, BTreeSet<&str>)> {
        let mut definitions = Vec::new();
        for (index, manager) in self.managers.iter().enumerate() {
            let enabled = self.forwarders(index).map(|forwarder| self.homes[&forwarder.id]);
            let enabled = enabled.filter(|home| *home != index);
            let enabled = enabled.map(|home| self.managers[home].feature.as_str()).collect();
            definitions.push((manager.feature.as_str(), enabled));
        }
        for manager in &self.managers {
            let former: BTreeSet<&str> =
                manager.former.iter().map(|former| former.feature.as_str()).collect();
            let former = former.into_iter().filter(|former| *former != manager.feature);
            definitions.extend(former.map(|former| (former, BTreeSet::from([manager.feature.as_str()]))));
        }
        definitions
    }
}

/// Returns the manager with this accessor or former accessor.
fn home<'a>(
    mut managers: impl Iterator<Item = (&'a str, &'a [FormerManager])>,
    accessor: &str,
) -> Option<usize> {
    managers.position(|(current, former)| {
        current == accessor || former.iter().any(|former| former.accessor == accessor)
    })
}

/// Returns the former names of an operation that are known before it is named: those of earlier releases, and
/// the one in the manager that it has left.
pub(super) fn of_operation(kept: &Kept, id: OperationId) -> Vec<FormerOperation> {
    let Some(entry) = kept.operations.get(&id) else { return Vec::new() };
    let moved = kept.moved.contains(&id).then(|| last_release(entry));
    entry.former.iter().cloned().chain(moved).collect()
}

/// Returns `true` if the package still has the manager of a former method.
pub(super) fn stands(managers: &[ManagerSymbols], former: &FormerOperation) -> bool {
    home(managers.iter().map(|manager| (&*manager.accessor, &*manager.former)), &former.manager).is_some()
}

pub(super) fn last_release(entry: &OperationEntry) -> FormerOperation {
    let OperationEntry { manager, method, builder, .. } = entry;
    FormerOperation { manager: manager.clone(), method: method.clone(), builder: builder.clone() }
}

/// Returns the former methods and builders in a manager, which nothing else there may be called.
pub(super) fn in_manager(
    api: &Api,
    kept: &Kept,
    managers: &[ManagerSymbols],
    manager: usize,
) -> Vec<FormerOperation> {
    let accessors = || managers.iter().map(|manager| (&*manager.accessor, &*manager.former));
    let all = api.operations.ids().flat_map(|id| of_operation(kept, id));
    all.filter(|former| home(accessors(), &former.manager) == Some(manager)).collect()
}
