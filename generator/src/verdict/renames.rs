//! Matches the types of an old listing with those of a new one.

use std::collections::BTreeMap;

use crate::listing::{Listing, RustType, TypeEntry};

/// Pairs of types from two listings with the same name, or else the same place in their documents.
#[derive(Debug)]
pub(super) struct Renames<'a> {
    pairs: BTreeMap<&'a str, &'a TypeEntry>,
}

impl<'a> Renames<'a> {
    pub(super) fn between(old: &'a Listing, new: &'a Listing) -> Self {
        let mut by_name: BTreeMap<&str, &TypeEntry> = BTreeMap::new();
        for ty in &new.types {
            by_name.extend(ty.former.iter().map(|former| (former.as_str(), ty)));
        }
        by_name.extend(new.types.iter().map(|ty| (ty.name.as_str(), ty)));
        let mut by_key: BTreeMap<&str, Vec<&TypeEntry>> = BTreeMap::new();
        for ty in &new.types {
            by_key.entry(&ty.key).or_default().push(ty);
        }
        let released: BTreeMap<&str, &TypeEntry> =
            old.types.iter().map(|ty| (ty.name.as_str(), ty)).collect();
        let mut pairs = BTreeMap::new();
        for ty in &old.types {
            let same_place = || match by_key.get(ty.key.as_str()).map(Vec::as_slice) {
                Some([only]) if !released.contains_key(only.name.as_str()) => Some(*only),
                _ => None,
            };
            if let Some(found) = by_name.get(ty.name.as_str()).copied().or_else(same_place) {
                pairs.insert(ty.name.as_str(), found);
            }
        }
        Self { pairs }
    }

    /// Returns the new type that replaces an old one.
    pub(super) fn new_of(&self, old: &TypeEntry) -> Option<&'a TypeEntry> {
        self.pairs.get(old.name.as_str()).copied()
    }

    /// Returns `true` if the new type replaces the old one in existing code: through a released name that
    /// still refers to it, or through a rename, which is reported only at the type.
    pub(super) fn is_same(&self, old: &RustType, new: &RustType) -> bool {
        match (old, new) {
            (RustType::Name(old), RustType::Name(new)) => {
                old == new || self.pairs.get(old.as_str()).is_some_and(|found| found.name == *new)
            }
            (RustType::Generic(old, before), RustType::Generic(new, after)) => {
                old == new && self.all_same(before, after)
            }
            (RustType::Tuple(before), RustType::Tuple(after)) => self.all_same(before, after),
            (RustType::Name(_) | RustType::Generic(..) | RustType::Tuple(_), _) => false,
        }
    }

    fn all_same(&self, old: &[RustType], new: &[RustType]) -> bool {
        old.len() == new.len() && old.iter().zip(new).all(|(old, new)| self.is_same(old, new))
    }
}
