//! Renders types of a listing as paths into the package.

use std::collections::{BTreeMap, BTreeSet};

use sdk_generator::Listing;
use sdk_generator::listing::{OperationEntry, RustType, TypeEntry};
use sdk_generator::verdict::ItemId;

/// Types of the runtime that a listing names without a path.
const RUNTIME: &[&str] =
    &["Base64", "Base64Url", "Date", "DateTime", "Download", "Events", "Number", "Upload"];

/// The names of a package.
pub(super) struct Paths<'l> {
    listing: &'l Listing,
    types: BTreeMap<&'l str, &'l TypeEntry>,
    /// Modules by the accessor of their manager.
    modules: BTreeMap<&'l str, &'l str>,
}

impl<'l> Paths<'l> {
    pub(super) fn new(listing: &'l Listing) -> Self {
        Self {
            listing,
            types: listing.types.iter().map(|ty| (ty.name.as_str(), ty)).collect(),
            modules: listing
                .managers
                .iter()
                .map(|manager| (manager.accessor.as_str(), manager.module.as_str()))
                .collect(),
        }
    }

    pub(super) fn client(&self) -> String {
        format!("sdk::{}", self.listing.client.name)
    }

    /// Returns the path of an item beside the builder of an operation.
    pub(super) fn beside(&self, operation: &OperationEntry, name: &str) -> String {
        let module = self.modules.get(operation.manager.as_str()).copied().unwrap_or_default();
        format!("sdk::managers::{module}::{name}")
    }

    /// Returns the path of a type of the document.
    pub(super) fn named(&self, ty: &TypeEntry) -> String {
        format!("sdk::types::{}", ty.name)
    }

    /// Renders a type.
    pub(super) fn ty(&self, ty: &RustType) -> String {
        let list = |items: &[RustType]| items.iter().map(|item| self.ty(item)).collect::<Vec<_>>().join(", ");
        match ty {
            RustType::Name(name) => self.name(name),
            RustType::Generic(name, arguments) => format!("{}<{}>", self.name(name), list(arguments)),
            RustType::Tuple(items) => {
                let comma = if items.len() == 1 { "," } else { "" };
                format!("({}{comma})", list(items))
            }
        }
    }

    /// Renders a name. Code need not use an alias, so its target is written out.
    fn name(&self, name: &str) -> String {
        if let Some(ty) = self.types.get(name) {
            return ty.target.as_ref().map_or_else(|| self.named(ty), |target| self.ty(target));
        }
        match name {
            _ if RUNTIME.contains(&name) => format!("sdk::rt::{name}"),
            "BTreeMap" => "std::collections::BTreeMap".to_owned(),
            "serde_json::Value" => "sdk::rt::serde_json::Value".to_owned(),
            _ => name.to_owned(),
        }
    }

    /// Returns the types of the document that a type mentions.
    pub(super) fn mentioned<'t>(&self, types: impl IntoIterator<Item = &'t RustType>) -> Vec<ItemId> {
        let mut names: Vec<&str> = types.into_iter().flat_map(RustType::names).collect();
        let mut found = BTreeSet::new();
        while let Some(name) = names.pop() {
            match self.types.get(name) {
                Some(TypeEntry { target: Some(target), .. }) => names.extend(target.names()),
                Some(ty) => {
                    found.insert(ItemId::ty(ty));
                }
                None => {}
            }
        }
        found.into_iter().collect()
    }
}
