//! Keeps released operations in their managers even if their tags change.

use std::collections::BTreeMap;

use super::Kept;
use crate::ir::{Api, Manager, OperationId};
use crate::listing::{Listing, ManagerEntry};

/// The manager of an operation: a released one, or a new one of the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Home<'l> {
    Released(&'l str),
    New(usize),
}

/// Moves released operations back to their managers, and places new ones with released ones of the same tag.
pub(super) fn regroup(api: &mut Api, lock: &Listing, kept: &mut Kept) {
    let released: BTreeMap<&str, &ManagerEntry> =
        lock.managers.iter().map(|manager| (manager.accessor.as_str(), manager)).collect();
    let home = |id: OperationId| {
        let accessor = kept.operations.get(&id)?.manager.as_str();
        released.get_key_value(accessor).map(|(accessor, _)| *accessor)
    };
    let mut groups: Vec<(Home<'_>, usize, Vec<OperationId>)> = Vec::new();
    for (index, manager) in api.managers.iter().enumerate() {
        let newcomers = home_of_newcomers(manager, index, &released, &home);
        for &id in &manager.operations {
            let home = home(id).map_or_else(|| newcomers.clone(), Home::Released);
            match groups.iter_mut().find(|(known, ..)| *known == home) {
                Some((_, _, operations)) => operations.push(id),
                None => groups.push((home, index, vec![id])),
            }
        }
    }
    let managers = groups.into_iter().map(|(home, index, mut operations)| {
        operations.sort();
        let entry = match home {
            Home::Released(accessor) => Some(released[accessor].clone()),
            Home::New(_) => None,
        };
        // The tag with the spelling of the accessor describes the manager best.
        let described = entry
            .as_ref()
            .and_then(|entry| api.managers.iter().find(|manager| manager.name.snake() == entry.accessor));
        let Manager { name, docs, .. } = described.unwrap_or(&api.managers[index]).clone();
        (Manager { name, docs, operations }, entry)
    });
    let (managers, entries) = managers.unzip();
    api.managers = managers;
    kept.managers = entries;
}

/// Finds the manager for new operations of a tag: the released manager with the tag's name, or else the one
/// manager that holds all released operations of the tag, since the tag was then renamed.
fn home_of_newcomers<'l>(
    manager: &Manager,
    index: usize,
    released: &BTreeMap<&'l str, &ManagerEntry>,
    home: &dyn Fn(OperationId) -> Option<&'l str>,
) -> Home<'l> {
    if let Some((accessor, _)) = released.get_key_value(manager.name.snake().as_str()) {
        return Home::Released(accessor);
    }
    let mut homes = manager.operations.iter().filter_map(|&id| home(id));
    match homes.next() {
        Some(first) if homes.all(|other| other == first) => Home::Released(first),
        Some(_) | None => Home::New(index),
    }
}
