//! Keeps the numbers of documents, which are part of the identity of types.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::ways::Ways;
use crate::ir::Api;
use crate::listing::TypeEntry;
use crate::listing::identity::{place_key, type_key};
use crate::pointer::{DocumentId, Pointer};

/// The number of each document in listings: that of the last release, or a new one. Documents that are not in here
/// are numbered in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbers(BTreeMap<DocumentId, usize>);

/// The evidence that a document is a released one: the number of places at which operations lead from a type of one
/// to the type at the same place of the other, and the number of places that both define.
type Evidence = (usize, usize);

impl Numbers {
    /// Finds the released documents of the model by their types, and numbers the others behind them.
    pub(super) fn find(api: &Api, released: &BTreeMap<&str, &TypeEntry>, ways: &Ways<'_>) -> Self {
        let keys = released.values().filter_map(|entry| split(&entry.key));
        let mut known: BTreeSet<usize> = keys.map(|(number, _)| number).collect();
        let documents: BTreeSet<DocumentId> = api.types.iter().map(|(_, def)| def.origin.document).collect();
        let is_single = |number: usize| number == 0;
        if known.iter().all(|number| is_single(*number))
            && documents.iter().all(|document| is_single(document.0))
        {
            return Self::default();
        }
        let evidence = evidence(api, released, ways);
        let mut candidates: Vec<_> = evidence.into_iter().collect();
        candidates.sort_by_key(|((number, document), evidence)| {
            (Reverse(*evidence), number.abs_diff(document.0), *number, *document)
        });
        let mut numbers: BTreeMap<DocumentId, usize> = BTreeMap::new();
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        for ((number, document), _) in candidates {
            if !numbers.contains_key(&document) && taken.insert(number) {
                numbers.insert(document, number);
            }
        }
        for document in documents {
            numbers.entry(document).or_insert_with(|| {
                let number = (document.0..).find(|number| !known.contains(number)).unwrap_or(document.0);
                known.insert(number);
                number
            });
        }
        Self(numbers)
    }

    /// Returns the identity of a type by the place of its definition.
    pub(crate) fn type_key(&self, origin: &Pointer) -> String {
        let number = self.0.get(&origin.document).copied().unwrap_or(origin.document.0);
        type_key(number, origin)
    }
}

fn evidence(
    api: &Api,
    released: &BTreeMap<&str, &TypeEntry>,
    ways: &Ways<'_>,
) -> BTreeMap<(usize, DocumentId), Evidence> {
    let mut evidence: BTreeMap<(usize, DocumentId), Evidence> = BTreeMap::new();
    for (entry, id, count) in ways.iter() {
        let origin = &api.types[id].origin;
        if let Some((number, place)) = split(&entry.key)
            && place == place_key(origin)
        {
            evidence.entry((number, origin.document)).or_default().0 += count;
        }
    }
    let mut numbers: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (number, place) in released.values().filter_map(|entry| split(&entry.key)) {
        numbers.entry(place).or_default().insert(number);
    }
    for (_, def) in api.types.iter() {
        for &number in numbers.get(place_key(&def.origin)).into_iter().flatten() {
            evidence.entry((number, def.origin.document)).or_default().1 += 1;
        }
    }
    evidence
}

/// Splits the identity of a type into the number of its document and the place there.
fn split(key: &str) -> Option<(usize, &str)> {
    let (number, place) = key.split_once('#')?;
    let number = if number.is_empty() { Some(0) } else { number.parse().ok() };
    Some((number?, place))
}
