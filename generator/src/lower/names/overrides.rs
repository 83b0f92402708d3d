//! Looks up names and relaxations of the configuration, and reports entries without effect.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::routes;
use crate::config::{Config, NameRoute, OverrideTarget};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::name::words;
use crate::pointer::Pointer;

/// The overrides of the configuration for single places.
pub(in crate::lower) struct Overrides<'a> {
    operations: BTreeMap<&'a str, OverrideEntry<'a>>,
    routes: Vec<(&'a NameRoute, Cell<bool>)>,
    parameters: BTreeMap<&'a str, OverrideEntry<'a>>,
    reference_urls: BTreeMap<&'a str, OverrideEntry<'a>>,
    managers: BTreeMap<&'a str, OverrideEntry<'a>>,
    types: BTreeMap<&'a str, OverrideEntry<'a>>,
    members: BTreeMap<&'a str, OverrideEntry<'a>>,
    relaxed: BTreeMap<&'a str, OverrideEntry<'a>>,
    /// Operations that are not selected: their overrides need not have an effect.
    left_out: Vec<Pointer>,
    /// Entries that another entry for the same target replaces.
    repeated: Vec<OverrideEntry<'a>>,
}

#[derive(Clone)]
struct OverrideEntry<'a> {
    name: &'a str,
    pointer: &'a Pointer,
    target: &'a str,
    kind: &'static str,
    used: Cell<bool>,
}

impl<'a> Overrides<'a> {
    pub(in crate::lower) fn new(config: &'a Config) -> Self {
        let mut overrides = Self {
            operations: BTreeMap::new(),
            routes: config.routes.iter().map(|route| (route, Cell::new(false))).collect(),
            parameters: BTreeMap::new(),
            reference_urls: BTreeMap::new(),
            managers: BTreeMap::new(),
            types: BTreeMap::new(),
            members: BTreeMap::new(),
            relaxed: BTreeMap::new(),
            left_out: Vec::new(),
            repeated: Vec::new(),
        };
        for entry in &config.overrides {
            let (map, target, kind) = match &entry.target {
                OverrideTarget::Operation(id) => (&mut overrides.operations, id, "operation"),
                OverrideTarget::Parameter(wire) => (&mut overrides.parameters, wire, "parameter"),
                OverrideTarget::ReferenceUrl(id) => (&mut overrides.reference_urls, id, "operation"),
                OverrideTarget::Manager(wire) => (&mut overrides.managers, wire, "manager"),
                OverrideTarget::Type(at) => (&mut overrides.types, at, "schema"),
                OverrideTarget::Member(at) => (&mut overrides.members, at, "member"),
            };
            let entry = OverrideEntry {
                name: &entry.name,
                pointer: &entry.pointer,
                target,
                kind,
                used: Cell::new(false),
            };
            overrides.repeated.extend(map.insert(target, entry));
        }
        for relax in &config.relax {
            let entry = OverrideEntry {
                name: "",
                pointer: &relax.pointer,
                target: &relax.at,
                kind: "member",
                used: Cell::new(false),
            };
            overrides.repeated.extend(overrides.relaxed.insert(&relax.at, entry));
        }
        overrides
    }

    /// Returns the words of an operation, by its id.
    pub(in crate::lower) fn operation(&self, id: &str) -> Option<Vec<String>> {
        let entry = self.operations.get(id)?;
        entry.used.set(true);
        let words = words(entry.name.rsplit_once('.').map_or(entry.name, |(_, method)| method));
        (!words.is_empty()).then_some(words)
    }

    /// Returns the manager of an operation that is named `manager.method`, by its id.
    pub(in crate::lower) fn placed(&self, id: &str) -> Option<String> {
        let (manager, _) = self.operations.get(id)?.name.rsplit_once('.')?;
        (!words(manager).is_empty()).then(|| manager.to_owned())
    }

    /// Returns the words of an operation, by its method and path.
    pub(in crate::lower) fn route(&self, method: &str, template: &str) -> Option<Vec<String>> {
        let (name, used) = self.routes.iter().find_map(|(route, used)| {
            let name = routes::name(route, method, template)?;
            Some((name, used))
        })?;
        used.set(true);
        let words = words(&name);
        (!words.is_empty()).then_some(words)
    }

    /// Returns the words of a parameter, by its wire name.
    pub(in crate::lower) fn parameter(&self, wire: &str) -> Option<Vec<String>> {
        named(&self.parameters, wire)
    }

    /// Returns the reference page of an operation, by its id.
    pub(in crate::lower) fn reference_url(&self, id: &str) -> Option<String> {
        let entry = self.reference_urls.get(id)?;
        entry.used.set(true);
        Some(entry.name.to_owned())
    }

    /// Returns the words of a manager, by its wire name.
    pub(in crate::lower) fn manager(&self, wire: &str) -> Option<Vec<String>> {
        named(&self.managers, wire)
    }

    /// Returns the words of the type at a place.
    pub(in crate::lower) fn type_(&self, pointer: &Pointer) -> Option<Vec<String>> {
        named(&self.types, pointer.as_str())
    }

    /// Returns the words of the member or enum value at a place.
    pub(in crate::lower) fn member(&self, pointer: &Pointer) -> Option<Vec<String>> {
        named(&self.members, pointer.as_str())
    }

    /// Returns `true` if the member at this place may be missing or null, whatever the document says.
    pub(in crate::lower) fn relaxes(&self, pointer: &Pointer) -> bool {
        self.relaxed.get(pointer.as_str()).inspect(|entry| entry.used.set(true)).is_some()
    }

    /// Records an operation that is not selected.
    pub(in crate::lower) fn leave_out(&mut self, operation: Pointer) {
        self.left_out.push(operation);
    }

    /// Returns `true` if a place is inside an operation that is not selected.
    fn is_left_out(&self, place: &str) -> bool {
        self.left_out
            .iter()
            .any(|operation| place.strip_prefix(operation.as_str()).is_some_and(|rest| rest.starts_with('/')))
    }

    /// Returns the places in the document of entries without effect so far.
    pub(in crate::lower) fn unused_places(&self) -> impl Iterator<Item = &str> {
        let maps = [&self.types, &self.members, &self.relaxed];
        let unused = maps.into_iter().flat_map(BTreeMap::values).filter(|entry| !entry.used.get());
        unused.map(|entry| entry.target)
    }

    /// Reports every entry without effect.
    pub(in crate::lower) fn report_unused(&self, diagnostics: &mut Diagnostics) {
        for (route, _) in self.routes.iter().filter(|(_, used)| !used.get()) {
            diagnostics.push(Diagnostic::error(
                Code::UnusedConfig,
                &route.pointer,
                format!("no operation matches the route `{}`", route.text),
                "fix the route, or remove the entry",
            ));
        }
        let maps = [
            &self.operations,
            &self.parameters,
            &self.reference_urls,
            &self.managers,
            &self.types,
            &self.members,
            &self.relaxed,
        ];
        let unused = maps.into_iter().flat_map(BTreeMap::values).filter(|entry| !entry.used.get());
        let unused = unused.filter(|entry| !self.is_left_out(entry.target));
        for entry in unused.chain(&self.repeated) {
            diagnostics.push(Diagnostic::error(
                Code::UnusedConfig,
                entry.pointer,
                format!("no {} `{}` matches this entry", entry.kind, entry.target),
                "fix the target, or remove the entry",
            ));
        }
    }
}

fn named(map: &BTreeMap<&str, OverrideEntry<'_>>, target: &str) -> Option<Vec<String>> {
    let entry = map.get(target)?;
    entry.used.set(true);
    let words = words(entry.name);
    (!words.is_empty()).then_some(words)
}
