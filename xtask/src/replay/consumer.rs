//! Writes a crate that uses every item of a package, each use as a function on a line of its own.

mod operations;
mod paths;
mod types;

use std::collections::BTreeSet;

use sdk_generator::Listing;
use sdk_generator::verdict::{ItemId, items};

use crate::Failure;
use paths::Paths;

/// A use of an item.
#[derive(Clone, Debug)]
pub(super) struct Use {
    pub(super) id: ItemId,
    /// Items that the code mentions besides its own. If one of them breaks, so does this use.
    pub(super) needs: Vec<ItemId>,
    pub(super) code: Code,
}

/// The form of a use.
#[derive(Clone, Debug)]
pub(super) enum Code {
    /// A Cargo feature, which the manifest enables.
    Feature(String),
    /// The function `used`, without line breaks.
    Function(String),
}

/// The lines before the first use. Values come from `any`, so that each has exactly the listed type.
const HEAD: &str = "#![allow(warnings)]\nfn any<T>() -> T { loop {} }\n";

/// Returns a use for each item of a listing.
pub(super) fn uses(listing: &Listing) -> Result<Vec<Use>, Failure> {
    let mut writer = Writer { listing, paths: Paths::new(listing), uses: Vec::new() };
    writer.package();
    listing.operations.iter().for_each(|operation| writer.operation(operation));
    listing.types.iter().for_each(|ty| writer.ty(ty));
    let mut uses = writer.uses;
    let mut known = BTreeSet::new();
    uses.retain(|used| known.insert(used.id.clone()));
    match items(listing).into_iter().find(|id| !known.contains(id)) {
        Some(id) => Err(Failure::Stopped(format!("replay has no use of the item `{id}`"))),
        None => Ok(uses),
    }
}

/// Returns the text of the crate, and the index of the use on each line, if there is one.
pub(super) fn source<'u>(uses: impl Iterator<Item = (usize, &'u Use)>) -> (String, Vec<Option<usize>>) {
    let mut text = HEAD.to_owned();
    let mut lines = vec![None; HEAD.lines().count()];
    for (index, used) in uses {
        if let Code::Function(code) = &used.code {
            text += &format!("const _: () = {{ {code} }};\n");
            lines.push(Some(index));
        }
    }
    (text, lines)
}

/// Collects the uses of a listing.
struct Writer<'l> {
    listing: &'l Listing,
    paths: Paths<'l>,
    uses: Vec<Use>,
}

impl Writer<'_> {
    fn add(&mut self, id: ItemId, needs: Vec<ItemId>, code: impl Into<String>) {
        let code = Code::Function(code.into());
        self.uses.push(Use { id, needs, code });
    }

    /// Uses the items that a package has once, and its managers.
    fn package(&mut self) {
        let client = &self.listing.client;
        let credential = if client.takes_credential { "any::<sdk::rt::BearerToken>()" } else { "" };
        let path = self.paths.client();
        self.add(
            ItemId::client(),
            Vec::new(),
            format!("fn used() -> {path} {{ {path}::new({credential}) }}"),
        );
        let of_managers = self.listing.managers.iter().map(|manager| &manager.feature);
        for name in self.listing.features.iter().chain(of_managers) {
            let id = ItemId::feature(name);
            self.uses.push(Use { id, needs: Vec::new(), code: Code::Feature(name.clone()) });
        }
        for export in &self.listing.exports {
            let needs = export.feature.iter().map(|feature| ItemId::feature(feature)).collect();
            self.add(ItemId::export(&export.name), needs, format!("use sdk::{};", export.name));
        }
        for flow in self.listing.schemes.iter().flat_map(|scheme| &scheme.flows) {
            let code =
                format!("fn used() {{ sdk::oauth::{}::{}(|endpoint| endpoint); }}", flow.ty, flow.name);
            self.add(ItemId::flow(flow), Vec::new(), code);
        }
        for manager in &self.listing.managers {
            let code = format!(
                "fn used(client: &{path}) -> sdk::managers::{}::{} {{ client.{}() }}",
                manager.module, manager.ty, manager.accessor
            );
            self.add(ItemId::manager(&manager.accessor), vec![ItemId::client()], code);
        }
    }
}
