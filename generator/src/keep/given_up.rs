//! Looks up what the configuration gives up of a lock, and reports entries without effect.

use std::cell::Cell;

use crate::config::LockEntry;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// The entry that stands for everything.
const ALL: &str = "all";

/// The entries of one list of the configuration.
pub(super) struct GivenUp<'a> {
    entries: Vec<(&'a LockEntry, Cell<bool>)>,
}

impl<'a> GivenUp<'a> {
    pub(super) fn new(entries: &'a [LockEntry]) -> Self {
        Self { entries: entries.iter().map(|entry| (entry, Cell::new(entry.at == ALL))).collect() }
    }

    /// Returns `true` if an entry names the item or everything.
    pub(super) fn covers(&self, at: &str) -> bool {
        let named = self.entries.iter().filter(|(entry, _)| entry.at == at || entry.at == ALL);
        named.inspect(|(_, used)| used.set(true)).count() > 0
    }

    /// Reports entries that name nothing; `what` says what they may name.
    pub(super) fn report_unused(&self, what: &str, diagnostics: &mut Diagnostics) {
        for (entry, _) in self.entries.iter().filter(|(_, used)| !used.get()) {
            let message = format!("the lock keeps no {what} `{}`", entry.at);
            let help = "fix the name, or remove the entry";
            diagnostics.push(Diagnostic::error(Code::UnusedConfig, &entry.pointer, message, help));
        }
    }
}
