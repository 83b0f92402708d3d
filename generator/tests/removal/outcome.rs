//! Counts the members that were removed, and collects those that are dropped silently.

use std::collections::{BTreeMap, BTreeSet};

use crate::documents::Document;
use crate::members::Member;
use crate::no_meaning;

/// The number of members that are shown for each kind.
const SHOWN: usize = 3;

/// The members that were removed so far.
#[derive(Default)]
pub(crate) struct Outcome {
    members: usize,
    kinds: BTreeSet<String>,
    /// The places of the members that have no effect, by kind.
    dropped: BTreeMap<String, Vec<String>>,
}

impl Outcome {
    /// Adds a member that has an effect, or that a finding is about.
    pub(crate) fn add_read(&mut self, member: &Member) {
        self.members += 1;
        self.kinds.insert(member.context.clone());
    }

    /// Adds a member without an effect.
    ///
    /// `all` are the members of the document.
    pub(crate) fn add_dropped(&mut self, document: &Document, member: &Member, all: &[Member]) {
        self.add_read(member);
        if no_meaning::exceptions(&document.root, member, all).is_empty() {
            let path = document.path.file_name().unwrap_or_default().to_string_lossy();
            let place = format!("{path} {} {}", document.part, member.pointer());
            self.dropped.entry(member.kind.clone()).or_default().push(place);
        }
    }

    pub(crate) fn assert_nothing_dropped(&self) {
        eprintln!("{} members of {} kinds removed", self.members, self.kinds.len());
        let shown = self.dropped.iter().map(|(kind, places)| {
            let first: Vec<&str> = places.iter().take(SHOWN).map(String::as_str).collect();
            format!("{kind} ({})\n    {}", places.len(), first.join("\n    "))
        });
        let shown: Vec<String> = shown.collect();
        assert!(shown.is_empty(), "no effect and no finding:\n{}", shown.join("\n"));
    }
}
