//! Checks that the lines of a listing fit together, since its names become those of a package.

use std::collections::{BTreeMap, BTreeSet};

use super::error::ParseError;
use super::{Listing, RustType};

/// A scope of names. Those after `Module` belong to one item each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    /// Identities of operations.
    Operation,
    /// Accessors of the client.
    Accessor,
    /// Modules of managers.
    Module,
    /// Cargo features.
    Feature,
    /// Types of the document.
    Type,
    /// Methods of the manager with this accessor.
    Method(String),
    /// Types in the module of the manager with this accessor.
    InModule(String),
    /// Methods of a builder, and parameters.
    Argument,
    /// Constants of a builder.
    Constant,
    /// Variants of a result.
    Status,
    /// Fields or variants of a type.
    Member,
}

/// A fact that a line states about other lines.
#[derive(Clone, Debug)]
pub(super) enum Claim {
    /// It defines a name.
    Name(Scope, String),
    /// It defines a former name, which may be the current one of the same item.
    Former(Scope, String),
    /// It belongs to the manager with this accessor.
    Manager(String),
    /// It stands in the manager with this accessor or former accessor.
    FormerManager(String),
    /// It mentions types.
    Type(RustType),
}

/// The claims of all lines.
#[derive(Debug, Default)]
pub(super) struct Claims {
    claims: Vec<(usize, usize, Claim)>,
}

/// Types that no line of a listing defines.
const BUILT_IN: &[&str] = &[
    "BTreeMap",
    "Box",
    "Option",
    "String",
    "Vec",
    "bool",
    "f64",
    "i32",
    "i64",
    "serde_json::Value",
    "u32",
    "u64",
];

impl Claims {
    /// Adds the claims of a line; `item` is the number of the item that it belongs to.
    pub(super) fn add(&mut self, line: usize, item: usize, claims: Vec<Claim>) {
        self.claims.extend(claims.into_iter().map(|claim| (line, item, claim)));
    }

    /// Returns the first line that contradicts another.
    pub(super) fn check(self, listing: &Listing) -> Result<(), ParseError> {
        let homes = homes(listing);
        let exports = listing.exports.iter().map(|export| export.name.as_str());
        let types = listing.types.iter().map(|ty| ty.name.as_str());
        let responses: Vec<String> =
            listing.operations.iter().map(|operation| format!("{}Response", operation.builder)).collect();
        let known: BTreeSet<&str> = BUILT_IN
            .iter()
            .copied()
            .chain(exports)
            .chain(types)
            .chain(responses.iter().map(String::as_str))
            .collect();
        let mut owners: BTreeMap<(Scope, usize, String), (usize, usize, bool)> = BTreeMap::new();
        for (line, item, claim) in self.claims {
            let fail = |message: String| Err(ParseError { line, message });
            let (scope, name, is_former) = match claim {
                Claim::Name(scope, name) => (scope, name, false),
                Claim::Former(scope, name) => (scope, name, true),
                Claim::Manager(accessor) if homes.get(accessor.as_str()) == Some(&accessor.as_str()) => {
                    continue;
                }
                Claim::FormerManager(accessor) if homes.contains_key(accessor.as_str()) => continue,
                Claim::Manager(accessor) | Claim::FormerManager(accessor) => {
                    return fail(format!("unknown manager `{accessor}`"));
                }
                Claim::Type(ty) => match ty.names().into_iter().find(|name| !known.contains(name)) {
                    Some(name) => return fail(format!("unknown type `{name}`")),
                    None => continue,
                },
            };
            let (scope, of) = settled(scope, item, &homes);
            match owners.get(&(scope.clone(), of, name.clone())) {
                Some((_, owner, other_former))
                    if *owner == item && (is_former || *other_former) && scope.may_repeat() => {}
                Some((first, ..)) => {
                    return fail(format!("duplicate {} `{name}`, which line {first} defines", scope.noun()));
                }
                None => {
                    owners.insert((scope, of, name), (line, item, is_former));
                }
            }
        }
        Ok(())
    }
}

impl Scope {
    /// Returns `true` if a former name may be the current one of the same item: only some of its names changed.
    fn may_repeat(&self) -> bool {
        match self {
            Self::Accessor | Self::Module | Self::Feature | Self::Method(_) | Self::InModule(_) => true,
            Self::Operation | Self::Type | Self::Argument | Self::Constant | Self::Status | Self::Member => {
                false
            }
        }
    }

    fn noun(&self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Accessor => "manager",
            Self::Module => "module",
            Self::Feature => "feature",
            Self::Type | Self::InModule(_) => "type",
            Self::Method(_) => "method",
            Self::Argument => "argument",
            Self::Constant => "constant",
            Self::Status => "variant",
            Self::Member => "member",
        }
    }
}

/// Replaces a former accessor by the current one, and adds the item to scopes that each item has.
fn settled(scope: Scope, item: usize, homes: &BTreeMap<&str, &str>) -> (Scope, usize) {
    let current = |accessor: String| homes.get(accessor.as_str()).map_or(accessor, |home| (*home).to_owned());
    match scope {
        Scope::Method(accessor) => (Scope::Method(current(accessor)), 0),
        Scope::InModule(accessor) => (Scope::InModule(current(accessor)), 0),
        Scope::Argument | Scope::Constant | Scope::Status | Scope::Member => (scope, item),
        Scope::Operation | Scope::Accessor | Scope::Module | Scope::Feature | Scope::Type => (scope, 0),
    }
}

/// Returns the current accessor for each current and former one.
fn homes(listing: &Listing) -> BTreeMap<&str, &str> {
    let managers = listing.managers.iter();
    let all = managers.flat_map(|manager| {
        let former = manager.former.iter().map(|former| former.accessor.as_str());
        former.chain([manager.accessor.as_str()]).map(|accessor| (accessor, manager.accessor.as_str()))
    });
    all.collect()
}
