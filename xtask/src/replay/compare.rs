//! Compares the uses that fail to compile with the items that the verdict calls broken.

use std::collections::BTreeSet;

use sdk_generator::verdict::{ItemId, Weight};

use super::compile::Failing;
use super::consumer::Use;
use super::package::{Package, Release};
use super::silent;

/// A step from one version to the next.
pub(super) struct Step<'a> {
    pub(super) release: &'a Release,
    pub(super) package: &'a Package,
    /// The uses of the release.
    pub(super) uses: &'a [Use],
}

/// The result of a comparison.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    /// The number of uses.
    pub(super) uses: usize,
    /// The uses that fail to compile.
    pub(super) broken: usize,
    /// The broken uses that mention another item that breaks, such as the fields of a type that is gone.
    pub(super) following: usize,
    /// The items that the verdict calls broken, without silent changes.
    pub(super) told: usize,
    /// Broken uses that the verdict does not name, each with the compiler's error.
    pub(super) missed: Vec<(ItemId, String)>,
    /// Items that the verdict calls broken although their uses compile, each with the verdict's text.
    pub(super) careful: Vec<(ItemId, String)>,
    /// Uses that compile and mean something else, and are refused.
    pub(super) refused: Vec<String>,
    /// Uses that compile and mean something else, and are not refused.
    pub(super) silent: Vec<String>,
    /// The breaking changes of the verdict, each with the number of its items.
    pub(super) breaking: Vec<(String, usize)>,
}

impl Step<'_> {
    pub(super) fn compare(&self, failing: &Failing) -> Comparison {
        let changes = || self.package.verdict.changes.iter();
        let items = |weight: Weight| -> BTreeSet<&ItemId> {
            changes().filter(|change| change.weight == weight).flat_map(|change| &change.items).collect()
        };
        let (refused, breaking) = (items(Weight::Silent), items(Weight::Breaking));
        let told = |id: &ItemId| refused.contains(id) || breaking.contains(id);
        let mut comparison = Comparison {
            uses: self.uses.len(),
            told: breaking.len(),
            breaking: changes()
                .filter(|change| change.weight == Weight::Breaking)
                .map(|change| (format!("{}: {}", change.at, change.text), change.items.len()))
                .collect(),
            careful: changes()
                .filter(|change| change.weight == Weight::Breaking)
                .flat_map(|change| change.items.iter().map(|id| (id.clone(), change.text.clone())))
                .filter(|(id, _)| !failing.contains_key(id))
                .collect(),
            ..Comparison::default()
        };
        comparison.careful.sort();
        comparison.careful.dedup_by(|one, other| one.0 == other.0);
        for used in self.uses {
            let Some(message) = failing.get(&used.id) else { continue };
            let follows = used.needs.iter().any(|id| failing.contains_key(id));
            comparison.broken += 1;
            comparison.following += usize::from(follows);
            if !told(&used.id) && !follows {
                comparison.missed.push((used.id.clone(), message.clone()));
            }
        }
        for (id, text) in silent::changes(&self.release.lock, &self.package.listing) {
            if !failing.contains_key(&id) {
                let list =
                    if refused.contains(&id) { &mut comparison.refused } else { &mut comparison.silent };
                list.push(format!("{id}: {text}"));
            }
        }
        comparison
    }
}
