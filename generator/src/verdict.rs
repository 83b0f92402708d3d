//! Compares two listings: reports the changes for users of a package and the version step they require.

mod accept;
mod access;
mod client;
mod former;
mod index;
mod items;
mod literals;
mod operations;
mod places;
mod renames;
mod responses;
mod setters;
mod types;
mod wire;

pub use accept::{Help, Purpose};
pub use items::{ItemId, items};

use crate::listing::{KeptEntry, Listing};
use crate::pointer::Pointer;

use index::Index;
use renames::Renames;

/// The impact of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Existing code compiles but behaves differently. The change must be accepted.
    Silent,
    /// Existing code may not compile.
    Breaking,
    /// Something was added.
    Added,
    /// Something was deprecated.
    Deprecated,
    /// A change that does not affect compilation but is worth knowing.
    Noted,
    /// A released name or shape was kept although the document differs.
    Kept,
}

impl Weight {
    /// Returns the name used in output, such as `breaking`.
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

/// The origin of a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cause {
    /// The description or the configuration.
    Description,
    /// A newer version of the generator, whose output differs for an unchanged description.
    Generator,
    /// Either: both may have changed.
    #[default]
    Unknown,
}

impl Cause {
    /// Returns the name used in output, such as `generator`, unless it is unknown.
    #[must_use]
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Description => Some("description"),
            Self::Generator => Some("generator"),
            Self::Unknown => None,
        }
    }
}

/// A change, described for users of the package.
#[derive(Clone, Debug)]
pub struct Change {
    /// The impact of the change.
    pub weight: Weight,
    /// The identity of the changed item, as used by `accept`.
    pub at: String,
    /// The description of the change.
    pub text: String,
    /// The entry of the configuration by which maintainers can change the outcome.
    pub help: Option<Help>,
    /// The origin of the change.
    pub cause: Cause,
    /// Items of the old listing that code can no longer use as before.
    pub items: Vec<ItemId>,
    /// The item's place in the new document.
    pub origin: Option<Pointer>,
}

impl Change {
    /// Creates a change that breaks no item and has no place in the document.
    #[must_use]
    pub fn new(weight: Weight, at: impl Into<String>, text: impl Into<String>) -> Self {
        let (at, text) = (at.into(), text.into());
        Self { weight, at, text, help: None, cause: Cause::Unknown, items: Vec::new(), origin: None }
    }

    /// Reports a released name or shape that was kept although the document differs. `help` is the entry of the
    /// configuration that gives it up.
    #[must_use]
    pub fn kept(at: &str, text: impl Into<String>, help: Option<Help>, origin: &Pointer) -> Self {
        Self { help, origin: Some(origin.clone()), ..Self::new(Weight::Kept, at, text) }
    }
}

/// A version step (Semantic Versioning 2.0.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The public items are unchanged.
    Patch,
    /// Something was added.
    Minor,
    /// Something may break.
    Major,
}

/// The changes between two listings.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// The changes by impact, the most severe first, then by identity.
    pub changes: Vec<Change>,
    /// Names and shapes that are kept as in the release, which told them.
    pub told: Vec<Change>,
}

impl Verdict {
    /// Compares an old listing with a new one.
    #[must_use]
    pub fn between(old: &Listing, new: &Listing) -> Self {
        let mut comparison = Comparison {
            old,
            new,
            index: Index::of(new),
            renames: Renames::between(old, new),
            changes: Vec::new(),
        };
        comparison.client();
        comparison.servers();
        comparison.schemes();
        comparison.flows();
        comparison.settings();
        comparison.operations();
        comparison.types();
        comparison.former();
        let mut changes = comparison.changes;
        changes.sort_by(|one, other| (one.weight, &one.at).cmp(&(other.weight, &other.at)));
        Self { changes, told: Vec::new() }
    }

    /// Sets kept names and shapes apart that the release kept as well.
    pub fn settle(&mut self, release: &Listing) {
        let is_told = |change: &Change| {
            let mut told = release.kept.iter();
            change.weight == Weight::Kept
                && told.any(|entry| (&entry.at, &entry.text) == (&change.at, &change.text))
        };
        let changes = std::mem::take(&mut self.changes);
        (self.told, self.changes) = changes.into_iter().partition(is_told);
    }

    /// Returns every kept name and shape as an entry of a lock.
    #[must_use]
    pub fn kept(&self) -> Vec<KeptEntry> {
        let kept = self.of(Weight::Kept).chain(&self.told);
        let mut entries: Vec<KeptEntry> =
            kept.map(|change| KeptEntry { at: change.at.clone(), text: change.text.clone() }).collect();
        entries.sort();
        entries.dedup();
        entries
    }

    /// Adds changes that a comparison cannot detect, such as names kept by a lock.
    pub fn extend(&mut self, changes: impl IntoIterator<Item = Change>) {
        self.changes.extend(changes);
        self.changes.sort_by(|one, other| (one.weight, &one.at).cmp(&(other.weight, &other.at)));
    }

    /// Attributes all changes to the description, since the generator is the one of the release.
    pub fn attribute_to_description(&mut self) {
        self.changes.iter_mut().for_each(|change| change.cause = Cause::Description);
    }

    /// Attributes each change to the generator if the description of the release already leads to it, and the others
    /// to the description. `previous` is the verdict on the description of the release with today's generator.
    pub fn attribute(&mut self, previous: &Self) {
        for change in &mut self.changes {
            let mut known = previous.changes.iter();
            let is_known = known.any(|other| {
                (other.weight, &other.at, &other.text) == (change.weight, &change.at, &change.text)
            });
            change.cause = if is_known { Cause::Generator } else { Cause::Description };
        }
    }

    /// Returns the changes of this impact.
    pub fn of(&self, weight: Weight) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.weight == weight)
    }

    /// Returns `true` if something changed for users. Kept names and shapes are not changes.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        self.changes.iter().any(|change| change.weight != Weight::Kept)
    }

    /// Returns the version step that the changes require.
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

/// The state of a comparison.
struct Comparison<'a> {
    old: &'a Listing,
    new: &'a Listing,
    /// The items of the new listing.
    index: Index<'a>,
    renames: Renames<'a>,
    changes: Vec<Change>,
}

impl Comparison<'_> {
    /// Returns `true` if both listings state the fact wherever it holds.
    fn knows(&self, fact: &str) -> bool {
        [self.old, self.new].iter().all(|listing| listing.facts.iter().any(|known| known == fact))
    }

    fn add(
        &mut self,
        weight: Weight,
        at: &str,
        text: impl Into<String>,
        items: Vec<ItemId>,
        origin: Option<&Pointer>,
    ) {
        let text = text.into();
        let help =
            (weight == Weight::Silent).then(|| Help::Accept { at: at.to_owned(), change: text.clone() });
        self.changes.push(Change { help, items, origin: origin.cloned(), ..Change::new(weight, at, text) });
    }
}
