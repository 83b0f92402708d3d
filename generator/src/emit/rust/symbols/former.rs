//! Finds former names, which stay usable, and reports names that the document changes but the lock keeps.

use std::collections::BTreeSet;

use super::name_collisions::Assigned;
use super::{Assigner, ManagerSymbols, Symbols};
use crate::ir::{Api, OperationId};
use crate::keep::Kept;
use crate::listing::{FormerManager, FormerOperation, OperationEntry};
use crate::pointer::Pointer;
use crate::verdict::Change;

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

impl Assigner<'_> {
    /// Reports a manager that the document calls otherwise.
    pub(super) fn note_manager(&mut self, index: usize, assigned: &Assigned) {
        let manager = &self.api.managers[index];
        let origin = &self.api.operations[manager.operations[0]].origin;
        self.note_refused(&format!("manager {}", assigned.name), assigned, origin);
        let Some(wanted) = &assigned.wanted else { return };
        let help = format!("managers: {{ \"{}\": {wanted} }}", manager.name.wire);
        let (at, kept) = (format!("manager {}", assigned.name), format!("{}()", assigned.name));
        self.note(&at, &kept, wanted, &help, origin);
    }

    /// Reports a method that the document calls otherwise. A name of the configuration would be that of all
    /// operations with the same ID.
    pub(super) fn note_operation(&mut self, id: OperationId, assigned: &Assigned) {
        let Some(entry) = self.kept.operations.get(&id) else { return };
        let operation = &self.api.operations[id];
        self.note_refused(&entry.key.to_string(), assigned, &operation.origin);
        let Some(wanted) = &assigned.wanted else { return };
        let wire = &operation.name.wire;
        if self.api.operations.iter().filter(|(_, other)| other.name.wire == *wire).count() > 1 {
            return;
        }
        let help = format!("operations: {{ \"{wire}\": {wanted} }}");
        let (at, kept) = (entry.key.to_string(), format!("{}().{}", entry.manager, assigned.name));
        self.note(&at, &kept, wanted, &help, &operation.origin);
    }

    /// Reports a type that the document calls otherwise. A name of the configuration would be that of all types
    /// at the same place.
    pub(super) fn note_type(&mut self, assigned: &Assigned, origin: &Pointer) {
        self.note_refused(&assigned.name, assigned, origin);
        let Some(wanted) = &assigned.wanted else { return };
        let at_place = self.api.types.iter().filter(|(_, def)| def.origin.as_str() == origin.as_str());
        if at_place.count() > 1 {
            return;
        }
        let help = format!("types: {{ \"{}\": {wanted} }}", origin.as_str());
        self.note(&assigned.name, &assigned.name, wanted, &help, origin);
    }

    /// Reports a name of the configuration that is taken.
    fn note_refused(&mut self, at: &str, assigned: &Assigned, origin: &Pointer) {
        let Some(refused) = &assigned.refused else { return };
        let kept = &assigned.name;
        let text = format!("`{kept}` keeps its name, since the name `{refused}` of `names` is taken");
        let help =
            format!("choose another name; if `{refused}` is a former name, add it to `drop` in `names`");
        self.notes.push(Change::kept(at, text, help, origin));
    }

    fn note(&mut self, at: &str, kept: &str, wanted: &str, help: &str, origin: &Pointer) {
        let text = format!("`{kept}` keeps its name, although the document calls it `{wanted}`");
        let help = format!("to adopt the name: `names: {{ {help} }}`");
        self.notes.push(Change::kept(at, text, help, origin));
    }
}
