//! Reports names that the lock keeps although a run without it would give others.

use super::Assigner;
use super::name_collisions::{Assigned, Wanted};
use crate::ir::{Argument, OperationId, TypeId};
use crate::listing::identity::argument_key;
use crate::pointer::Pointer;
use crate::verdict::{Change, Help, Purpose};

/// An entry of `names` in the configuration: its section and key.
struct NameEntry<'a> {
    section: &'static str,
    key: &'a str,
}

impl Assigner<'_> {
    /// Reports the kept name of a manager. If several managers have the tag, the operations that stay are reported.
    pub(super) fn note_manager(&mut self, index: usize, assigned: &Assigned) {
        let manager = &self.api.managers[index];
        let origin = &self.api.operations[manager.operations[0]].origin;
        let at = format!("manager {}", assigned.name);
        self.note_refused(&at, assigned, origin);
        let wire = &manager.name.wire;
        if self.api.managers.iter().filter(|other| other.name.wire == *wire).count() > 1 {
            return;
        }
        let entry = NameEntry { section: "managers", key: wire };
        self.note(&at, &format!("`{}()`", assigned.name), assigned, Some(entry), origin);
    }

    /// Reports the kept name of a method. A name of the configuration would be that of all operations with the same
    /// ID.
    pub(super) fn note_operation(&mut self, id: OperationId, assigned: &Assigned) {
        let Some(entry) = self.kept.operations.get(&id) else { return };
        let operation = &self.api.operations[id];
        let at = entry.key.to_string();
        self.note_refused(&at, assigned, &operation.origin);
        let wire = &operation.name.wire;
        let named = self.api.operations.iter().filter(|(_, other)| other.name.wire == *wire);
        let name = (named.count() == 1).then_some(NameEntry { section: "operations", key: wire });
        let kept = format!("`{}().{}`", entry.manager, assigned.name);
        self.note(&at, &kept, assigned, name, &operation.origin);
    }

    /// Reports the kept name of an argument. Code does not name required ones unless they are members of a struct.
    pub(super) fn note_argument(&mut self, id: OperationId, argument: &Argument<'_>, assigned: &Assigned) {
        let Some(entry) = self.kept.operations.get(&id) else { return };
        if argument.required && entry.bundle.is_none() {
            return;
        }
        let (place, wire) = argument_key(&self.api.operations[id], argument);
        let at = format!("{} {}:{wire}", entry.key, place.as_str());
        let kept = match &entry.bundle {
            Some(bundle) if argument.required => format!("`{bundle}.{}`", assigned.name),
            Some(_) | None => format!("`{}().{}`: `.{}(…)`", entry.manager, entry.method, assigned.name),
        };
        let origin = argument.origin();
        let name = NameEntry { section: "members", key: origin.as_str() };
        self.note(&at, &kept, assigned, Some(name), origin);
    }

    /// Reports the kept name of a type. A name of the configuration would be that of all types at the same place.
    pub(super) fn note_type(&mut self, assigned: &Assigned, origin: &Pointer) {
        self.note_refused(&assigned.name, assigned, origin);
        // Most names are as the document wants them, and a search for each would take quadratic time.
        if assigned.wanted.is_none() {
            return;
        }
        let at_place = self.api.types.iter().filter(|(_, def)| def.origin.as_str() == origin.as_str());
        let name = (at_place.count() == 1).then_some(NameEntry { section: "types", key: origin.as_str() });
        self.note(&assigned.name, &format!("`{}`", assigned.name), assigned, name, origin);
    }

    /// Reports the kept name of a field.
    pub(super) fn note_field(&mut self, id: TypeId, wire: &str, assigned: &Assigned, origin: &Pointer) {
        let Some(entry) = self.kept.types.get(&id) else { return };
        let (at, kept) = (format!("{}.{wire}", entry.name), format!("`{}.{}`", entry.name, assigned.name));
        self.note(&at, &kept, assigned, Some(NameEntry { section: "members", key: origin.as_str() }), origin);
    }

    /// Reports the kept name of a value or variant.
    pub(super) fn note_variant(&mut self, id: TypeId, assigned: &Assigned) {
        let Some(entry) = self.kept.types.get(&id) else { return };
        let at = format!("{}::{}", entry.name, assigned.name);
        self.note(&at, &format!("`{at}`"), assigned, None, &self.api.types[id].origin);
    }

    /// Reports a name of the configuration that is taken.
    fn note_refused(&mut self, at: &str, assigned: &Assigned, origin: &Pointer) {
        let Some(refused) = &assigned.refused else { return };
        let kept = &assigned.name;
        let text = format!("`{kept}` keeps its name, since the name `{refused}` of `names` is taken");
        let help =
            format!("choose another name; if `{refused}` is a former name, add it to `drop` in `names`");
        self.notes.push(Change::kept(at, text, Some(Help::Advice(help)), origin));
    }

    /// Reports a kept name. `entry` is the one of the configuration that would change it.
    fn note(
        &mut self,
        at: &str,
        kept: &str,
        assigned: &Assigned,
        entry: Option<NameEntry<'_>>,
        origin: &Pointer,
    ) {
        let Some(wanted) = &assigned.wanted else { return };
        let text = match (wanted, &entry) {
            (Wanted::Free(name), Some(_)) => {
                format!("{kept} keeps its name, although the document calls it `{name}`")
            }
            (Wanted::Taken(name), _) => {
                format!("{kept} keeps its name, although the document calls it `{name}`: that name is taken")
            }
            (Wanted::Contested(name), _) | (Wanted::Free(name), None) => {
                format!("{kept} keeps its name; without the lock it would be `{name}`")
            }
        };
        let help = entry.map(|NameEntry { section, key }| {
            let (purpose, name) = match wanted {
                Wanted::Free(name) => (Purpose::Adopt, Some(name.clone())),
                Wanted::Taken(_) => (Purpose::Choose, None),
                Wanted::Contested(name) => (Purpose::GiveUp, Some(name.clone())),
            };
            Help::Name { purpose, section, key: key.to_owned(), name }
        });
        self.notes.push(Change::kept(at, text, help, origin));
    }
}
