//! Checks that the lines of a listing fit together, since its names become those of a package.

use std::collections::{BTreeMap, BTreeSet};

use super::error::ParseError;
use super::{Listing, RustType};
use crate::name::reserved::{
    BUILDER_METHODS, CLIENT_METHODS, MANAGER_METHODS, MANAGER_MODULES, PRELUDE, STRUCT_METHODS, VARIANTS,
};

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
    /// Fields of a struct.
    Field,
    /// Values of an enum, or variants of a union.
    Variant,
    /// Wire names of the members of a type.
    Wire,
    /// Lines that a listing contains once, by their first word.
    Head,
    /// Lines that an item contains once, by their first word.
    Line,
}

/// A fact that a line states about other lines.
#[derive(Clone, Debug)]
pub(super) enum Claim {
    /// It defines a name.
    Name(Scope, String),
    /// It defines a former name, which may be the current one of the same item.
    Former(Scope, String),
    /// It defines a setter, whose name must not be that of another method of builders.
    Setter(String),
    /// It needs a line that starts with this word and belongs to the same item.
    Needs(&'static str),
    /// It defines a member with this wire name, which is required or not.
    Member(String, bool),
    /// It names the arguments of `new`, the required members of the same type.
    Constructor(Vec<String>),
    /// It belongs to the manager with this accessor.
    Manager(String),
    /// It stands in the manager with this accessor or former accessor.
    FormerManager(String),
    /// It is gated by a Cargo feature.
    Feature(String),
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

    /// Returns the first line that contradicts another, else the first one that lacks a line below it.
    pub(super) fn check(self, listing: &Listing) -> Result<(), ParseError> {
        let homes = homes(listing);
        let known = known_types(listing);
        let features = features(listing);
        let facts = self.facts();
        let mut names = Names { homes: &homes, owners: BTreeMap::new() };
        for (line, item, claim) in self.claims {
            let checked = match claim {
                Claim::Name(scope, name) => names.add(line, item, scope, name, false),
                Claim::Former(scope, name) => names.add(line, item, scope, name, true),
                Claim::Setter(name) => free(&name, BUILDER_METHODS),
                Claim::Needs(_) | Claim::Member(..) => Ok(()),
                Claim::Constructor(wires) => constructor(&wires, facts.members.get(&item)),
                Claim::Manager(accessor) if homes.get(accessor.as_str()) == Some(&accessor.as_str()) => {
                    Ok(())
                }
                Claim::FormerManager(accessor) if homes.contains_key(accessor.as_str()) => Ok(()),
                Claim::Manager(accessor) | Claim::FormerManager(accessor) => {
                    Err(format!("unknown manager `{accessor}`"))
                }
                Claim::Feature(feature) if features.contains(feature.as_str()) => Ok(()),
                Claim::Feature(feature) => Err(format!("unknown feature `{feature}`")),
                Claim::Type(ty) => match ty.names().into_iter().find(|name| !known.contains(*name)) {
                    Some(name) => Err(format!("unknown type `{name}`")),
                    None => Ok(()),
                },
            };
            checked.map_err(|message| ParseError { line, message })?;
        }
        let missing =
            facts.needs.iter().find(|(_, item, word)| !facts.lines.contains(&(*item, word.clone())));
        missing.map_or(Ok(()), |(line, _, word)| {
            Err(ParseError { line: *line, message: format!("missing line `{word}` below this one") })
        })
    }

    /// Collects the facts that other lines need.
    fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        for (line, item, claim) in &self.claims {
            if let Claim::Needs(word) = claim {
                facts.needs.push((*line, *item, (*word).to_owned()));
            }
            if let Claim::Name(Scope::Line, word) = claim {
                facts.lines.insert((*item, word.clone()));
            }
            if let Claim::Member(wire, required) = claim {
                facts.members.entry(*item).or_default().insert(wire.clone(), *required);
            }
        }
        facts
    }
}

/// The facts that lines state about their items, which have numbers.
#[derive(Debug, Default)]
struct Facts {
    /// The first words of lines that an item contains once.
    lines: BTreeSet<(usize, String)>,
    /// The first words of lines that an item needs, with the line that says so.
    needs: Vec<(usize, usize, String)>,
    /// The wire names of members; the value is `true` for required ones.
    members: BTreeMap<usize, BTreeMap<String, bool>>,
}

/// Checks that `new` takes each required member once and nothing else.
fn constructor(wires: &[String], members: Option<&BTreeMap<String, bool>>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for wire in wires {
        match members.and_then(|members| members.get(wire)) {
            None => return Err(format!("unknown member `{wire}`")),
            Some(false) => return Err(format!("`new` names the optional member `{wire}`")),
            Some(true) if !seen.insert(wire) => return Err(format!("`new` names the member `{wire}` twice")),
            Some(true) => {}
        }
    }
    let mut required = members.into_iter().flatten().filter(|(_, required)| **required);
    match required.find(|(wire, _)| !seen.contains(wire)) {
        Some((wire, _)) => Err(format!("`new` leaves out the required member `{wire}`")),
        None => Ok(()),
    }
}

/// Checks that a name is not reserved.
pub(super) fn free(name: &str, reserved: &[&str]) -> Result<(), String> {
    match reserved.contains(&name) {
        true => Err(format!("`{name}` is reserved: generated code uses it otherwise")),
        false => Ok(()),
    }
}

fn features(listing: &Listing) -> BTreeSet<&str> {
    let managers = listing.managers.iter().map(|manager| &manager.feature);
    managers.chain(&listing.features).map(String::as_str).collect()
}

fn known_types(listing: &Listing) -> BTreeSet<String> {
    let built_in = BUILT_IN.iter().map(|name| (*name).to_owned());
    let exports = listing.exports.iter().map(|export| export.name.clone());
    let types = listing.types.iter().map(|ty| ty.name.clone());
    let responses = listing.operations.iter().map(|operation| format!("{}Response", operation.builder));
    built_in.chain(exports).chain(types).chain(responses).collect()
}

/// The names of a listing, by scope and by the item that the scope belongs to.
struct Names<'l> {
    homes: &'l BTreeMap<&'l str, &'l str>,
    /// The line and the item that own each name, and `true` for a former name.
    owners: BTreeMap<(Scope, usize, String), (usize, usize, bool)>,
}

impl Names<'_> {
    /// Adds a name unless it is reserved or another item has it.
    fn add(
        &mut self,
        line: usize,
        item: usize,
        scope: Scope,
        name: String,
        is_former: bool,
    ) -> Result<(), String> {
        free(&name, scope.reserved())?;
        let (scope, of) = settled(scope, item, self.homes);
        match self.owners.get(&(scope.clone(), of, name.clone())) {
            Some((_, owner, other_former))
                if *owner == item && (is_former || *other_former) && scope.may_repeat() =>
            {
                Ok(())
            }
            Some((first, ..)) => {
                Err(format!("duplicate {} `{name}`, which line {first} defines", scope.noun()))
            }
            None => {
                self.owners.insert((scope, of, name), (line, item, is_former));
                Ok(())
            }
        }
    }
}

impl Scope {
    /// Returns `true` if a former name may be the current one of the same item: only some of its names changed.
    fn may_repeat(&self) -> bool {
        match self {
            Self::Accessor | Self::Module | Self::Feature | Self::Method(_) | Self::InModule(_) => true,
            Self::Operation
            | Self::Type
            | Self::Argument
            | Self::Constant
            | Self::Status
            | Self::Field
            | Self::Variant
            | Self::Wire
            | Self::Head
            | Self::Line => false,
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
            Self::Field | Self::Variant => "member",
            Self::Wire => "wire name",
            Self::Head | Self::Line => "line",
        }
    }

    /// Returns the names that generated code needs for itself.
    fn reserved(&self) -> &'static [&'static str] {
        match self {
            Self::Accessor => CLIENT_METHODS,
            Self::Module => MANAGER_MODULES,
            Self::Type | Self::InModule(_) => PRELUDE,
            Self::Method(_) => MANAGER_METHODS,
            Self::Field => STRUCT_METHODS,
            Self::Variant => VARIANTS,
            Self::Operation
            | Self::Feature
            | Self::Argument
            | Self::Constant
            | Self::Status
            | Self::Wire
            | Self::Head
            | Self::Line => &[],
        }
    }
}

/// Replaces a former accessor by the current one, and adds the item to scopes that each item has.
fn settled(scope: Scope, item: usize, homes: &BTreeMap<&str, &str>) -> (Scope, usize) {
    let current = |accessor: String| homes.get(accessor.as_str()).map_or(accessor, |home| (*home).to_owned());
    match scope {
        Scope::Method(accessor) => (Scope::Method(current(accessor)), 0),
        Scope::InModule(accessor) => (Scope::InModule(current(accessor)), 0),
        Scope::Argument
        | Scope::Constant
        | Scope::Status
        | Scope::Field
        | Scope::Variant
        | Scope::Wire
        | Scope::Line => (scope, item),
        Scope::Operation | Scope::Accessor | Scope::Module | Scope::Feature | Scope::Type | Scope::Head => {
            (scope, 0)
        }
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
