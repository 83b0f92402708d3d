//! Keeps released operations in their managers even if their tags change, unless the configuration names the
//! new manager.

use std::collections::BTreeMap;

use super::Kept;
use crate::ir::{Api, Manager, OperationId};
use crate::listing::{FormerManager, Listing, ManagerEntry};
use crate::name::{Name, words};
use crate::verdict::{Change, Help, Purpose};

/// The manager of an operation: a released one, by its accessor, or a new one of the document, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Home<'l> {
    Released(&'l str),
    New(usize),
}

/// Moves released operations back to their managers, and places new ones with released ones of the same tag.
pub(super) fn regroup(api: &mut Api, lock: &Listing, kept: &mut Kept) {
    let mut grouping = Grouping { api, lock, kept, homes: BTreeMap::new(), folded: BTreeMap::new() };
    grouping.find_homes();
    grouping.fold_empty_managers();
    grouping.fold_former_managers();
    let Grouping { homes, folded, .. } = grouping;
    note_tags(api, lock, &homes, kept);
    let mut groups: Vec<(Home<'_>, usize, Vec<OperationId>)> = Vec::new();
    for (index, manager) in api.managers.iter().enumerate() {
        for &id in &manager.operations {
            match groups.iter_mut().find(|(known, ..)| *known == homes[&id]) {
                Some((_, _, operations)) => operations.push(id),
                None => groups.push((homes[&id], index, vec![id])),
            }
        }
    }
    let mut managers = Vec::new();
    for (home, index, mut operations) in groups {
        operations.sort();
        let entry = match home {
            Home::Released(accessor) => lock.managers.iter().find(|manager| manager.accessor == accessor),
            Home::New(_) => None,
        };
        let described = entry.and_then(|entry| describing(api, entry)).unwrap_or(index);
        let Manager { name, segment, docs, summary, parent, .. } = api.managers[described].clone();
        managers.push(Manager { name, segment, docs, summary, parent, operations });
        kept.managers.push(entry.cloned());
        let former = folded.iter().filter(|(_, target)| **target == home);
        let former = former.flat_map(|(accessor, _)| former_names(lock, accessor));
        kept.former_managers
            .push(entry.map(|entry| entry.former.clone()).into_iter().flatten().chain(former).collect());
    }
    for (id, entry) in &kept.operations {
        let home = homes[id];
        let stays =
            home == Home::Released(&entry.manager) || folded.get(entry.manager.as_str()) == Some(&home);
        if !stays {
            kept.moved.insert(*id);
        }
    }
    api.managers = managers;
}

/// Finds the home of each operation.
struct Grouping<'a, 'l> {
    api: &'a Api,
    lock: &'l Listing,
    kept: &'a Kept,
    homes: BTreeMap<OperationId, Home<'l>>,
    /// Released managers that became part of another one, by accessor.
    folded: BTreeMap<&'l str, Home<'l>>,
}

impl<'l> Grouping<'_, 'l> {
    fn find_homes(&mut self) {
        for (index, manager) in self.api.managers.iter().enumerate() {
            let known = find(self.lock, &manager.name);
            let is_adopted = manager.name.is_given && known.is_none();
            let own = known.map_or(Home::New(index), |known| Home::Released(&known.accessor));
            let newcomers = if is_adopted { own } else { self.home_of_newcomers(manager, own) };
            for &id in &manager.operations {
                let is_placed = is_adopted || self.api.operations[id].is_placed;
                let home = match self.released_home(id) {
                    _ if is_placed => own,
                    Some(accessor) => Home::Released(accessor),
                    None => newcomers,
                };
                self.homes.insert(id, home);
            }
        }
    }

    fn released_home(&self, id: OperationId) -> Option<&'l str> {
        let accessor = &self.kept.operations.get(&id)?.manager;
        let manager = self.lock.managers.iter().find(|manager| manager.accessor == *accessor)?;
        Some(&manager.accessor)
    }

    /// Finds the manager for new operations of a tag: the released manager with the tag's name, or else the
    /// one manager that holds all released operations of the tag, since the tag was then renamed.
    fn home_of_newcomers(&self, manager: &Manager, own: Home<'l>) -> Home<'l> {
        let mut homes = manager.operations.iter().filter_map(|&id| self.released_home(id));
        match (own, homes.next()) {
            (Home::New(_), Some(first)) if homes.all(|other| other == first) => Home::Released(first),
            (Home::New(_) | Home::Released(_), Some(_) | None) => own,
        }
    }

    /// Makes each manager that lost all its operations a former name of the one they moved to. If two methods
    /// would have the same name there, the operations stay.
    fn fold_empty_managers(&mut self) {
        for manager in &self.lock.managers {
            let own = Home::Released(&manager.accessor);
            let mut moved =
                self.kept.operations.iter().filter(|(_, entry)| entry.manager == manager.accessor);
            let Some((first, _)) = moved.next() else { continue };
            if self.homes.values().any(|home| *home == own) {
                continue;
            }
            let target = self.homes[first];
            if self.can_fold(&manager.accessor, target) {
                self.folded.insert(&manager.accessor, target);
            } else {
                let operations = self.kept.operations.iter();
                let own_operations = operations.filter(|(_, entry)| entry.manager == manager.accessor);
                self.homes.extend(own_operations.map(|(id, _)| (*id, own)));
            }
        }
    }

    /// Keeps managers that are gone, but hold a former name of an operation.
    fn fold_former_managers(&mut self) {
        for (id, entry) in &self.kept.operations {
            for former in &entry.former {
                let known = self.lock.managers.iter().find(|manager| manager.accessor == former.manager);
                let Some(manager) = known else { continue };
                let is_home = self.homes.values().any(|home| *home == Home::Released(&manager.accessor));
                let target = self.homes[id];
                if !is_home
                    && !self.folded.contains_key(manager.accessor.as_str())
                    && self.can_fold(&manager.accessor, target)
                {
                    self.folded.insert(&manager.accessor, target);
                }
            }
        }
    }

    /// Returns `true` if the names of a released manager can stand in another one: none there means a different
    /// operation.
    fn can_fold(&self, accessor: &str, target: Home<'l>) -> bool {
        let mut owners: BTreeMap<&str, OperationId> = BTreeMap::new();
        let stands = |manager: &str| manager == accessor || target == Home::Released(manager);
        for (&id, entry) in &self.kept.operations {
            let comes = stands(&entry.manager) || self.homes[&id] == target;
            let current = comes.then_some((&entry.method, &entry.builder)).into_iter();
            let former = entry.former.iter().filter(|former| stands(&former.manager));
            let names = current.chain(former.map(|former| (&former.method, &former.builder)));
            for name in names.flat_map(|(method, builder)| [method, builder]) {
                if *owners.entry(name).or_insert(id) != id {
                    return false;
                }
            }
        }
        true
    }
}

/// Reports tags whose operations stay in a manager of another name.
fn note_tags(api: &Api, lock: &Listing, homes: &BTreeMap<OperationId, Home<'_>>, kept: &mut Kept) {
    let mut described: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, manager) in api.managers.iter().enumerate() {
        for id in &manager.operations {
            if let Home::Released(accessor) = homes[id] {
                let entry = lock.managers.iter().find(|entry| entry.accessor == accessor);
                let best = || entry.and_then(|entry| describing(api, entry));
                described.entry(accessor).or_insert_with(|| best().unwrap_or(index));
            }
        }
    }
    for (index, manager) in api.managers.iter().enumerate() {
        if find(lock, &manager.name).is_some() {
            continue;
        }
        // The name of a manager that has this tag alone is reported with the other names.
        let mut own = described.iter().filter(|(_, described)| **described == index);
        let own = own.next().map(|(accessor, _)| *accessor).filter(|_| own.next().is_none());
        let mut stay: BTreeMap<&str, Vec<OperationId>> = BTreeMap::new();
        for &id in &manager.operations {
            let Home::Released(accessor) = homes[&id] else { continue };
            if own != Some(accessor) && kept.operations.contains_key(&id) {
                stay.entry(accessor).or_default().push(id);
            }
        }
        let wire = &manager.name.wire;
        for (accessor, operations) in stay {
            let text = format!("the operations of `{wire}` stay in `{accessor}()`");
            let name = manager.name.snake();
            let help = Some(Help::Name {
                purpose: Purpose::Adopt,
                section: "managers",
                key: wire.clone(),
                name: Some(name.clone()),
            });
            let origin = &api.operations[operations[0]].origin;
            kept.notes.push(Change::kept(&format!("manager {accessor}"), text, help, origin));
        }
    }
    for manager in &api.managers {
        let Some(own) = find(lock, &manager.name) else { continue };
        for &id in &manager.operations {
            let Some(entry) = kept.operations.get(&id) else { continue };
            if homes[&id] == Home::Released(&entry.manager) && entry.manager != own.accessor {
                let operation = &api.operations[id];
                let (home, method, id) = (&entry.manager, &entry.method, &operation.name.wire);
                let own = &own.accessor;
                let text =
                    format!("`{home}().{method}` stays there, although the document moves it to `{own}()`");
                let help = Some(Help::Name {
                    purpose: Purpose::Move,
                    section: "operations",
                    key: id.clone(),
                    name: Some(format!("{own}.{method}")),
                });
                kept.notes.push(Change::kept(&entry.key.to_string(), text, help, &operation.origin));
            }
        }
    }
}

/// Returns the index of the tag with the spelling of a released accessor, which describes the manager best.
fn describing(api: &Api, entry: &ManagerEntry) -> Option<usize> {
    api.managers.iter().position(|manager| is_called(entry, &manager.name))
}

/// Returns the released manager with this name or former name.
fn find<'l>(lock: &'l Listing, name: &Name) -> Option<&'l ManagerEntry> {
    lock.managers.iter().find(|manager| {
        is_called(manager, name) || manager.former.iter().any(|former| words(&former.accessor) == name.words)
    })
}

/// Returns `true` if the accessor of a released manager is made of this name.
fn is_called(manager: &ManagerEntry, name: &Name) -> bool {
    let accessor = words(&manager.accessor);
    accessor == name.words
        || accessor.strip_suffix(&["manager".to_owned()]).is_some_and(|rest| rest == name.words)
}

/// Returns the names of a released manager, followed by its former names.
fn former_names(lock: &Listing, accessor: &str) -> Vec<FormerManager> {
    let Some(entry) = lock.managers.iter().find(|manager| manager.accessor == accessor) else {
        return Vec::new();
    };
    let ManagerEntry { accessor, module, ty, feature, former } = entry.clone();
    std::iter::once(FormerManager { accessor, module, ty, feature }).chain(former).collect()
}
