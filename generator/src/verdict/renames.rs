//! Matches the types of an old listing with those of a new one.

use std::collections::BTreeMap;

use crate::listing::{Listing, RustType, TypeEntry, TypeKind};

/// Pairs of types from two listings with the same name, or else the same place in their documents.
#[derive(Debug)]
pub(super) struct Renames<'a> {
    pairs: BTreeMap<&'a str, &'a TypeEntry>,
    /// The targets of the old aliases.
    old_aliases: BTreeMap<&'a str, &'a RustType>,
    /// The targets of the new aliases.
    new_aliases: BTreeMap<&'a str, &'a RustType>,
    /// The old types by name.
    old_types: BTreeMap<&'a str, &'a TypeEntry>,
    /// The new types by name.
    new_types: BTreeMap<&'a str, &'a TypeEntry>,
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
        let (old_aliases, new_aliases) = (aliases(old), aliases(new));
        let new_types = new.types.iter().map(|ty| (ty.name.as_str(), ty)).collect();
        Self { pairs, old_aliases, new_aliases, old_types: released, new_types }
    }

    /// Returns the new type that replaces an old one.
    pub(super) fn new_of(&self, old: &TypeEntry) -> Option<&'a TypeEntry> {
        self.pairs.get(old.name.as_str()).copied()
    }

    /// Returns the old type that an alias stands for.
    pub(super) fn old_target<'t>(&self, ty: &'t RustType) -> &'t RustType
    where
        'a: 't,
    {
        expand(ty, &self.old_aliases)
    }

    /// Returns the new type that an alias stands for.
    pub(super) fn new_target<'t>(&self, ty: &'t RustType) -> &'t RustType
    where
        'a: 't,
    {
        expand(ty, &self.new_aliases)
    }

    /// Returns the old union of this name.
    pub(super) fn old_union(&self, ty: &RustType) -> Option<&'a TypeEntry> {
        self.old_type(ty).filter(|ty| ty.kind == TypeKind::Union)
    }

    /// Returns the new union of this name.
    pub(super) fn new_union(&self, ty: &RustType) -> Option<&'a TypeEntry> {
        self.new_type(ty).filter(|ty| ty.kind == TypeKind::Union)
    }

    /// Returns the old type of this name.
    pub(super) fn old_type(&self, ty: &RustType) -> Option<&'a TypeEntry> {
        named(ty, &self.old_types)
    }

    /// Returns the new type of this name.
    pub(super) fn new_type(&self, ty: &RustType) -> Option<&'a TypeEntry> {
        named(ty, &self.new_types)
    }

    /// Returns `true` if the new type replaces the old one in existing code: through a released name that
    /// still refers to it, through a rename, which is reported only at the type, or through an alias.
    pub(super) fn is_same(&self, old: &RustType, new: &RustType) -> bool {
        match (self.old_target(old), self.new_target(new)) {
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

    /// Returns `true` if a parameter of the new type takes values of the old one: parameters of unions and of
    /// arbitrary JSON convert their values.
    pub(super) fn is_accepted(&self, old: &RustType, new: &RustType) -> bool {
        let (value, parameter) = (self.old_target(old), self.new_target(new));
        let is_converted = match parameter {
            RustType::Name(name) if name == "serde_json::Value" => self.is_json(value),
            RustType::Name(_) => self.new_union(parameter).is_some_and(|union| {
                let mut variants = union.members.iter().filter(|variant| variant.has_from);
                variants
                    .any(|variant| variant.ty.as_ref().is_some_and(|ty| self.is_same(value, &ty.unboxed())))
            }),
            RustType::Generic(..) | RustType::Tuple(_) => false,
        };
        is_converted || self.is_same(old, new)
    }

    /// Returns `true` if values of the old type convert into arbitrary JSON.
    fn is_json(&self, old: &RustType) -> bool {
        match self.old_target(old) {
            RustType::Name(name) => {
                ["String", "bool", "f64", "i32", "i64", "u32", "u64"].contains(&name.as_str())
            }
            RustType::Generic(name, items) => name == "Vec" && items.iter().all(|item| self.is_json(item)),
            RustType::Tuple(_) => false,
        }
    }

    /// Returns `true` if both types are absent, or the new one replaces the old one.
    pub(super) fn is_same_option(&self, old: &Option<RustType>, new: &Option<RustType>) -> bool {
        match (old, new) {
            (None, None) => true,
            (Some(old), Some(new)) => self.is_same(old, new),
            (None, Some(_)) | (Some(_), None) => false,
        }
    }

    fn all_same(&self, old: &[RustType], new: &[RustType]) -> bool {
        old.len() == new.len() && old.iter().zip(new).all(|(old, new)| self.is_same(old, new))
    }
}

fn aliases(listing: &Listing) -> BTreeMap<&str, &RustType> {
    listing.types.iter().filter_map(|ty| Some((ty.name.as_str(), ty.target.as_ref()?))).collect()
}

fn named<'a>(ty: &RustType, types: &BTreeMap<&str, &'a TypeEntry>) -> Option<&'a TypeEntry> {
    match ty {
        RustType::Name(name) => types.get(name.as_str()).copied(),
        RustType::Generic(..) | RustType::Tuple(_) => None,
    }
}

/// Returns the type that an alias stands for. A damaged listing may have aliases that stand for each other.
fn expand<'a>(ty: &'a RustType, aliases: &BTreeMap<&str, &'a RustType>) -> &'a RustType {
    let mut found = ty;
    for _ in 0..=aliases.len() {
        match found {
            RustType::Name(name) if aliases.contains_key(name.as_str()) => found = aliases[name.as_str()],
            RustType::Name(_) | RustType::Generic(..) | RustType::Tuple(_) => break,
        }
    }
    found
}
