//! Compares former names: those that the old listing has and the new one does not.

use std::collections::BTreeSet;

use super::{Comparison, Weight};
use crate::listing::{Listing, OperationKey};

impl Comparison<'_> {
    /// Reports former names that are gone.
    pub(super) fn former(&mut self) {
        let known: BTreeSet<String> = names(self.new, self.new).into_iter().map(|(name, _)| name).collect();
        let gone: Vec<(String, String)> =
            names(self.old, self.new).into_iter().filter(|(name, _)| !known.contains(name)).collect();
        let current = current(self.new);
        for (name, at) in gone.into_iter().filter(|(name, _)| !current.contains(name)) {
            self.add(Weight::Breaking, &at, format!("the former name `{name}` is gone"), Vec::new(), None);
        }
    }
}

/// Returns the former names of items that the new listing still has, each with the identity of its item.
fn names(listing: &Listing, new: &Listing) -> Vec<(String, String)> {
    let mut names = Vec::new();
    let stays = |accessor: &str| {
        new.managers.iter().any(|manager| {
            manager.accessor == accessor || manager.former.iter().any(|former| former.accessor == accessor)
        })
    };
    for manager in listing.managers.iter().filter(|manager| stays(&manager.accessor)) {
        let at = format!("manager {}", manager.accessor);
        names.extend(manager.former.iter().map(|former| (format!("{}()", former.accessor), at.clone())));
    }
    let keys: BTreeSet<&OperationKey> = new.operations.iter().map(|operation| &operation.key).collect();
    for operation in listing.operations.iter().filter(|operation| keys.contains(&operation.key)) {
        let at = operation.key.to_string();
        for former in &operation.former {
            names.push((format!("{}().{}", former.manager, former.method), at.clone()));
        }
        for argument in &operation.arguments {
            let at = format!("{at} {}:{}", argument.place.as_str(), argument.wire);
            let setter = |former: &String| (format!("{at} .{former}(…)"), at.clone());
            names.extend(argument.former.iter().map(setter));
        }
    }
    let types = new.types.iter().flat_map(|ty| ty.former.iter().chain([&ty.name]));
    let types: BTreeSet<&String> = types.collect();
    for ty in listing.types.iter().filter(|ty| types.contains(&ty.name)) {
        names.extend(ty.former.iter().map(|former| (former.clone(), ty.name.clone())));
    }
    names
}

/// Returns the current names of managers, methods and types.
fn current(listing: &Listing) -> BTreeSet<String> {
    let managers = listing.managers.iter().map(|manager| format!("{}()", manager.accessor));
    let operations = listing.operations.iter();
    let methods = operations.map(|operation| format!("{}().{}", operation.manager, operation.method));
    managers.chain(methods).chain(listing.types.iter().map(|ty| ty.name.clone())).collect()
}
