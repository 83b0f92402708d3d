//! Assigns distinct identifiers to the members of a scope. If several members want a name, one keeps it by a
//! rule that ignores their order in the document, and the others move on to their next candidate.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::name::Name;

use super::ident;

/// A member of a scope with its candidate identifiers.
#[derive(Clone, Debug)]
pub(crate) struct ScopeMember {
    name: Name,
    /// The case style of its identifiers.
    case: fn(&Name) -> String,
    /// The first candidate.
    plain: String,
    /// The other candidates, best first.
    rungs: Vec<Rung>,
    /// Suffixes of further identifiers that the member claims, such as `_null` for an extra setter.
    suffixes: Vec<&'static str>,
    /// `true` if the member may take a reserved word.
    is_unreserved: bool,
    /// The name in the last release.
    released: Option<String>,
    /// `true` if the plain name replaces the released one.
    is_given: bool,
    precedence: Precedence,
}

/// A candidate after the plain one. Few members need it, so most rungs become identifiers only when they are tried.
#[derive(Clone, Debug)]
enum Rung {
    Identifier(String),
    /// The name with its symbols spelled out.
    Spelled,
    /// The name with its letter case spelled out.
    Cased,
}

/// The identifier of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assigned {
    pub(crate) name: String,
    /// The released name, if a name from the configuration replaces it.
    pub(crate) former: Option<String>,
    /// The name without regard to the release, if the released one is different.
    pub(crate) wanted: Option<Wanted>,
    /// The name from the configuration, if it is taken and the released name stays.
    pub(crate) refused: Option<String>,
}

/// The name that a member would have without regard to the release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The plain name, which is free.
    Free(String),
    /// The plain name, which something else has.
    Taken(String),
    /// Another name, since the released one would go to another member.
    Contested(String),
}

/// The precedence of a member's claim to its plain name; the least one keeps it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Precedence {
    is_derived: bool,
    spelling: Spelling,
    /// The text that distinguishes the member from all others, such as its wire name. Shorter ones come first.
    identity: (usize, usize, String),
}

/// The similarity of a wire name and the identifier that its words make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spelling {
    Equal,
    Snake,
    Different,
}

impl ScopeMember {
    /// Creates a member with the rungs common to all names: plain words, then symbols spelled out. The sign
    /// of a number is always spelled out.
    pub(crate) fn new(name: &Name, case: fn(&Name) -> String) -> Self {
        let needs_symbols = ident::is_blank(name) || ident::is_signed(name);
        let plain = if needs_symbols { case(&ident::spelled(name)) } else { case(name) };
        let spelling = match &name.wire {
            wire if *wire == plain => Spelling::Equal,
            wire if *wire == name.snake() => Spelling::Snake,
            _ => Spelling::Different,
        };
        let identity = (0, name.wire.len(), name.wire.clone());
        Self {
            name: name.clone(),
            case,
            plain,
            rungs: vec![Rung::Spelled],
            suffixes: Vec::new(),
            is_unreserved: false,
            released: None,
            is_given: false,
            precedence: Precedence { is_derived: false, spelling, identity },
        }
    }

    /// Distinguishes members by this text instead of the wire name. Those of a lower group come first.
    pub(crate) fn identified(mut self, group: usize, identity: impl Into<String>) -> Self {
        let identity = identity.into();
        self.precedence.identity = (group, identity.len(), identity);
        self
    }

    /// Gives way to members with a name from the document. A derived name has no spelling there.
    pub(crate) fn derived(mut self, is_derived: bool) -> Self {
        if is_derived {
            self.precedence.is_derived = true;
            self.precedence.spelling = Spelling::Different;
        }
        self
    }

    /// Inserts rungs between the plain and the spelled one.
    pub(crate) fn with_rungs(mut self, rungs: impl IntoIterator<Item = String>) -> Self {
        self.rungs.splice(0..0, rungs.into_iter().map(Rung::Identifier));
        self
    }

    /// Adds a rung that distinguishes names by the letter case of the wire name.
    pub(crate) fn or_cased(mut self) -> Self {
        self.rungs.push(Rung::Cased);
        self
    }

    /// Claims the identifier with this suffix as well.
    pub(crate) fn claiming(mut self, suffix: &'static str) -> Self {
        self.suffixes.push(suffix);
        self
    }

    /// Allows the member to take a name reserved for others.
    pub(crate) fn unreserved(self) -> Self {
        Self { is_unreserved: true, ..self }
    }

    /// Uses the released name, if there is one.
    pub(crate) fn released(self, name: Option<&str>) -> Self {
        Self { released: name.map(str::to_owned), ..self }
    }

    /// Replaces the released name by the plain one if that is free.
    pub(crate) fn given(self, is_given: bool) -> Self {
        Self { is_given, ..self }
    }

    /// Wants this name before its own ones, and before other members.
    pub(crate) fn preferring(mut self, name: Option<&str>) -> Self {
        if let Some(name) = name {
            let plain = std::mem::replace(&mut self.plain, name.to_owned());
            self.rungs.insert(0, Rung::Identifier(plain));
            let identity = (0, 0, String::new());
            self.precedence = Precedence { is_derived: false, spelling: Spelling::Equal, identity };
        }
        self
    }

    /// Returns the candidates, best first: the rungs, then the plain identifier with a number.
    fn candidates(&self) -> impl Iterator<Item = String> + '_ {
        let plain = &self.plain;
        let separator = if plain.chars().any(char::is_uppercase) { "" } else { "_" };
        let stem = plain.trim_end_matches('_');
        let numbered = (2_usize..).map(move |number| format!("{stem}{separator}{number}"));
        let rungs = self.rungs.iter().map(|rung| match rung {
            Rung::Identifier(identifier) => identifier.clone(),
            Rung::Spelled => (self.case)(&ident::spelled(&self.name)),
            Rung::Cased => (self.case)(&ident::cased(&self.name)),
        });
        std::iter::once(plain.clone()).chain(rungs).chain(numbered)
    }

    /// Returns everything that the member claims with this identifier.
    fn claims(&self, identifier: &str) -> Vec<String> {
        let suffixed = self.suffixes.iter().map(|suffix| ident::suffixed(identifier, suffix));
        std::iter::once(identifier.to_owned()).chain(suffixed).collect()
    }
}

/// Returns the names that the members would have without regard to the release. Returns `None` if these are the plain
/// names, all of them free, or if nothing is released.
fn unreleased(members: &[ScopeMember], reserved: &[&str]) -> Option<Vec<String>> {
    if members.iter().all(|member| member.released.is_none()) {
        return None;
    }
    let plain: BTreeSet<&str> = members.iter().map(|member| member.plain.as_str()).collect();
    let is_plain = |member: &ScopeMember| {
        let name = &member.plain;
        member.suffixes.is_empty()
            && member.released.as_ref().is_none_or(|released| released == name)
            && (member.is_unreserved || !reserved.contains(&name.as_str()))
    };
    if plain.len() == members.len() && members.iter().all(is_plain) {
        return None;
    }
    let members: Vec<ScopeMember> = members.iter().map(|member| member.clone().released(None)).collect();
    Some(climb(&members, reserved))
}

/// A released member whose name is given.
#[derive(Clone, Debug, Default)]
struct Settled {
    /// The released name, if the given one replaces it.
    former: Option<String>,
    /// The given name, if it is taken.
    refused: Option<String>,
}

/// Settles the names of released members.
fn settle(members: &mut [ScopeMember], reserved: &[&str]) -> Vec<Settled> {
    let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
    for member in members.iter() {
        // A released member whose name is not given leaves its plain name to others.
        let plain = Some(&member.plain).filter(|_| member.released.is_none() || member.is_given);
        for name in BTreeSet::from_iter(plain.into_iter().chain(&member.released)) {
            *wanted.entry(name.clone()).or_default() += 1;
        }
    }
    let settle = |member: &mut ScopeMember| {
        let Some(released) = member.released.clone() else { return Settled::default() };
        let plain = member.plain.clone();
        let is_free =
            wanted.get(&plain) == Some(&1) && (member.is_unreserved || !reserved.contains(&plain.as_str()));
        member.rungs.clear();
        if !member.is_given || plain == released {
            member.plain = released;
            Settled::default()
        } else if is_free {
            Settled { former: Some(released), refused: None }
        } else {
            member.plain = released;
            Settled { former: None, refused: Some(plain) }
        }
    };
    members.iter_mut().map(settle).collect()
}

/// Assigns an identifier to each member. Nothing else gets a name that a given one replaces, or a former one.
pub(crate) fn assign_all(members: &[ScopeMember], reserved: &[&str], former: &[&str]) -> Vec<Assigned> {
    let unreleased = unreleased(members, reserved);
    let reserved = [reserved, former].concat();
    let mut settling = Cow::Borrowed(members);
    let settled = if members.iter().any(|member| member.released.is_some()) {
        settle(settling.to_mut(), &reserved)
    } else {
        vec![Settled::default(); members.len()]
    };
    let mut replaced: Vec<String> = Vec::new();
    for (member, settled) in settling.iter().zip(&settled) {
        replaced.extend(settled.former.iter().flat_map(|former| member.claims(former)));
    }
    let reserved: Vec<&str> = reserved.into_iter().chain(replaced.iter().map(String::as_str)).collect();
    let names = climb(&settling, &reserved);
    let used: BTreeSet<&str> = match unreleased {
        Some(_) => reserved.iter().copied().chain(names.iter().map(String::as_str)).collect(),
        None => BTreeSet::new(),
    };
    let wanted = |index: usize| {
        let member = &members[index];
        let is_other = |name: &&String| member.released.is_some() && **name != names[index];
        let name = unreleased.as_ref()?.get(index).filter(is_other)?;
        Some(match (*name == member.plain, used.contains(name.as_str())) {
            (false, _) => Wanted::Contested(name.clone()),
            (true, true) => Wanted::Taken(name.clone()),
            (true, false) => Wanted::Free(name.clone()),
        })
    };
    let wanted: Vec<Option<Wanted>> = (0..names.len()).map(wanted).collect();
    let assigned = names.into_iter().zip(settled).zip(wanted);
    assigned
        .map(|((name, Settled { former, refused }), wanted)| {
            let wanted = wanted.filter(|_| refused.is_none());
            Assigned { name, former, wanted, refused }
        })
        .collect()
}

/// Assigns an identifier to each member, for scopes without former names.
pub(crate) fn assign(members: &[ScopeMember], reserved: &[&str]) -> Vec<String> {
    assign_all(members, reserved, &[]).into_iter().map(|assigned| assigned.name).collect()
}

/// Finds an identifier for each member. Released names are taken as they are. Of the members that want the
/// same plain name, one keeps it: one with a name from the document before a derived one, then the one whose
/// wire name is spelled like the identifier, then the one with the shorter identity. The others get their first
/// candidate that no member has taken.
fn climb(members: &[ScopeMember], reserved: &[&str]) -> Vec<String> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|&index| &members[index].precedence);
    let mut assigned: Vec<Option<String>> = vec![None; members.len()];
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for (member, assigned) in
        members.iter().zip(&mut assigned).filter(|(member, _)| member.released.is_some())
    {
        let identifier = &member.plain;
        taken.extend(member.claims(identifier));
        *assigned = Some(identifier.clone());
    }
    // A plain name goes to a member that wants it before one that has lost another name.
    for most in [1, usize::MAX] {
        for &index in &order {
            if assigned[index].is_some() {
                continue;
            }
            let member = &members[index];
            let is_free = |claim: &String| {
                !taken.contains(claim) && (member.is_unreserved || !reserved.contains(&claim.as_str()))
            };
            let mut candidates = member.candidates().take(most);
            let identifier = candidates.find(|it| member.claims(it).iter().all(is_free));
            if let Some(identifier) = identifier {
                taken.extend(member.claims(&identifier));
                assigned[index] = Some(identifier);
            }
        }
    }
    assigned.into_iter().map(|it| it.expect("of endless numbers one is free")).collect()
}
