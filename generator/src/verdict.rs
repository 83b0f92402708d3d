//! Compares two listings: what a release changes for the users of a package, and which version it asks for.

mod accept;
mod client;
mod items;
mod operations;
mod renames;
mod types;

pub use items::{ItemId, items};

use crate::listing::Listing;
use crate::pointer::Pointer;

use renames::Renames;

/// How much a change weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Code that was written against the old package compiles and means something else. It has to be accepted.
    Silent,
    /// Code that was written against the old package may not compile.
    Breaking,
    /// Something is new.
    Added,
    /// Something is deprecated.
    Deprecated,
    /// Nothing that code can notice when it compiles, but worth knowing.
    Noted,
    /// A released name or shape that the document alone would change.
    Kept,
}

impl Weight {
    /// The name in output, `breaking`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Breaking => "breaking",
            Self::Added => "added",
            Self::Deprecated => "deprecated",
            Self::Noted => "noted",
            Self::Kept => "kept",
        }
    }
}

/// One change, in the words of somebody who uses the package.
#[derive(Clone, Debug)]
pub struct Change {
    /// How much it weighs.
    pub weight: Weight,
    /// The identity of what changed, as `accept` names it.
    pub at: String,
    /// What changed.
    pub text: String,
    /// The items of the old listing that code can no longer use as before.
    pub items: Vec<ItemId>,
    /// Where the new document has it.
    pub origin: Option<Pointer>,
}

/// The smallest step of a version (Semantic Versioning 2.0.0) that is honest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Nothing changed that users can name.
    Patch,
    /// Something is new.
    Minor,
    /// Something may break.
    Major,
}

/// What changed between two listings.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// The changes, the heaviest first, then by identity.
    pub changes: Vec<Change>,
}

impl Verdict {
    /// Compares an old listing with a new one.
    #[must_use]
    pub fn between(old: &Listing, new: &Listing) -> Self {
        let mut comparison =
            Comparison { old, new, renames: Renames::between(old, new), changes: Vec::new() };
        comparison.client();
        comparison.operations();
        comparison.types();
        let mut changes = comparison.changes;
        changes.sort_by(|one, other| (one.weight, &one.at).cmp(&(other.weight, &other.at)));
        Self { changes }
    }

    /// Adds changes that comparing listings cannot see, such as names that a lock has kept.
    pub fn extend(&mut self, changes: impl IntoIterator<Item = Change>) {
        self.changes.extend(changes);
        self.changes.sort_by(|one, other| (one.weight, &one.at).cmp(&(other.weight, &other.at)));
    }

    /// The changes of a weight.
    pub fn of(&self, weight: Weight) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.weight == weight)
    }

    /// The step that the changes ask for.
    #[must_use]
    pub fn step(&self) -> Step {
        let steps = self.changes.iter().map(|change| match change.weight {
            Weight::Silent | Weight::Breaking => Step::Major,
            Weight::Added | Weight::Deprecated => Step::Minor,
            Weight::Noted | Weight::Kept => Step::Patch,
        });
        steps.max().unwrap_or(Step::Patch)
    }
}

/// A comparison that is under way.
struct Comparison<'a> {
    old: &'a Listing,
    new: &'a Listing,
    renames: Renames<'a>,
    changes: Vec<Change>,
}

impl Comparison<'_> {
    fn add(
        &mut self,
        weight: Weight,
        at: &str,
        text: impl Into<String>,
        items: Vec<ItemId>,
        origin: Option<&Pointer>,
    ) {
        let (at, text, origin) = (at.to_owned(), text.into(), origin.cloned());
        self.changes.push(Change { weight, at, text, items, origin });
    }
}
