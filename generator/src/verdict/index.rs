//! Finds the items of a listing by their identity and by their names.

use std::collections::BTreeMap;

use crate::listing::{Listing, ManagerEntry, OperationEntry, OperationKey, TypeEntry};

/// The items of a listing by identity and name.
pub(super) struct Index<'l> {
    managers: &'l [ManagerEntry],
    operations: BTreeMap<&'l OperationKey, &'l OperationEntry>,
    /// Operations with the accessors of their managers, by the names of their methods.
    methods: BTreeMap<&'l str, Vec<(&'l str, &'l OperationEntry)>>,
    former_methods: BTreeMap<&'l str, Vec<(&'l str, &'l OperationEntry)>>,
    types: BTreeMap<&'l str, &'l TypeEntry>,
    former_types: BTreeMap<&'l str, &'l TypeEntry>,
}

impl<'l> Index<'l> {
    pub(super) fn of(listing: &'l Listing) -> Self {
        let mut index = Self {
            managers: &listing.managers,
            operations: BTreeMap::new(),
            methods: BTreeMap::new(),
            former_methods: BTreeMap::new(),
            types: listing.types.iter().map(|ty| (ty.name.as_str(), ty)).collect(),
            former_types: BTreeMap::new(),
        };
        for ty in &listing.types {
            index.former_types.extend(ty.former.iter().map(|former| (former.as_str(), ty)));
        }
        for operation in &listing.operations {
            index.operations.insert(&operation.key, operation);
            index.methods.entry(&operation.method).or_default().push((&operation.manager, operation));
            for former in &operation.former {
                index.former_methods.entry(&former.method).or_default().push((&former.manager, operation));
            }
        }
        index
    }

    pub(super) fn operation(&self, key: &OperationKey) -> Option<&'l OperationEntry> {
        self.operations.get(key).copied()
    }

    /// Returns the type with this name or former name.
    pub(super) fn type_called(&self, name: &str) -> Option<&'l TypeEntry> {
        self.types.get(name).or_else(|| self.former_types.get(name)).copied()
    }

    /// Returns the manager with this accessor or former accessor.
    pub(super) fn manager_called(&self, name: &str) -> Option<&'l ManagerEntry> {
        self.managers.iter().find(|manager| accessors(manager).any(|accessor| accessor == name))
    }

    /// Returns the operation that a method reaches.
    pub(super) fn called(&self, accessor: &str, method: &str) -> Option<&'l OperationEntry> {
        let manager = self.manager_called(accessor)?;
        let reached = |methods: &BTreeMap<&'l str, Vec<(&'l str, &'l OperationEntry)>>| {
            let mut named = methods.get(method)?.iter();
            let own = named.find(|(home, _)| accessors(manager).any(|accessor| accessor == *home));
            own.map(|(_, operation)| *operation)
        };
        reached(&self.methods).or_else(|| reached(&self.former_methods))
    }
}

/// Returns the accessor of a manager, followed by former ones.
pub(super) fn accessors(manager: &ManagerEntry) -> impl Iterator<Item = &str> {
    let former = manager.former.iter().map(|former| former.accessor.as_str());
    std::iter::once(manager.accessor.as_str()).chain(former)
}
