//! Assigns distinct identifiers to the members of a scope. If several members want a name, one keeps it by a
//! rule that ignores their order in the document, and the others move on to their next candidate.

use std::collections::{BTreeMap, BTreeSet};

use crate::name::Name;

use super::ident;

/// A member of a scope with its candidate identifiers (rungs), best first.
#[derive(Clone, Debug)]
pub(crate) struct ScopeMember {
    rungs: Vec<String>,
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

/// The identifier of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assigned {
    pub(crate) name: String,
    /// The released name, if a name from the configuration replaces it.
    pub(crate) former: Option<String>,
    /// The name without regard to the release, if the member has a different name and this one is free.
    pub(crate) wanted: Option<String>,
    /// The name from the configuration, if it is taken and the released name stays.
    pub(crate) refused: Option<String>,
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
        let spelled = case(&ident::spelled(name));
        let plain =
            if ident::is_blank(name) || ident::is_signed(name) { spelled.clone() } else { case(name) };
        let spelling = match &name.wire {
            wire if *wire == plain => Spelling::Equal,
            wire if *wire == name.snake() => Spelling::Snake,
            _ => Spelling::Different,
        };
        let identity = (0, name.wire.len(), name.wire.clone());
        Self {
            rungs: vec![plain, spelled],
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
        self.rungs.splice(1..1, rungs);
        self
    }

    /// Adds a rung that distinguishes names by the letter case of the wire name.
    pub(crate) fn or_cased(mut self, name: &Name, case: fn(&Name) -> String) -> Self {
        self.rungs.push(case(&ident::cased(name)));
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
            self.rungs.insert(0, name.to_owned());
            let identity = (0, 0, String::new());
            self.precedence = Precedence { is_derived: false, spelling: Spelling::Equal, identity };
        }
        self
    }

    /// Returns the candidates, best first: the rungs, then the plain identifier with a number.
    fn candidates(&self) -> impl Iterator<Item = String> + '_ {
        let plain = &self.rungs[0];
        let separator = if plain.chars().any(char::is_uppercase) { "" } else { "_" };
        let stem = plain.trim_end_matches('_');
        let numbered = (2_usize..).map(move |number| format!("{stem}{separator}{number}"));
        self.rungs.iter().cloned().chain(numbered)
    }

    /// Returns everything that the member claims with this identifier.
    fn claims(&self, identifier: &str) -> Vec<String> {
        let suffixed = self.suffixes.iter().map(|suffix| ident::suffixed(identifier, suffix));
        std::iter::once(identifier.to_owned()).chain(suffixed).collect()
    }
}

/// Returns the plain name of each released member with another name, if no other member could take it.
fn wanted(members: &[ScopeMember]) -> Vec<Option<String>> {
    let differs =
        |member: &&ScopeMember| member.released.as_ref().is_some_and(|released| *released != member.rungs[0]);
    let mut owners: BTreeMap<&str, usize> =
        members.iter().filter(differs).map(|member| (member.rungs[0].as_str(), 0)).collect();
    for member in members {
        let rungs: BTreeSet<&str> = member.rungs.iter().map(String::as_str).collect();
        for rung in rungs {
            if let Some(count) = owners.get_mut(rung) {
                *count += 1;
            }
        }
    }
    let name = |member: &ScopeMember| {
        let is_own = differs(&member) && owners[member.rungs[0].as_str()] == 1;
        is_own.then(|| member.rungs[0].clone())
    };
    members.iter().map(name).collect()
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
        let released = member.released.iter().filter(|released| **released != member.rungs[0]);
        for name in released.chain([&member.rungs[0]]) {
            *wanted.entry(name.clone()).or_default() += 1;
        }
    }
    let settle = |member: &mut ScopeMember| {
        let Some(released) = member.released.clone() else { return Settled::default() };
        let plain = member.rungs[0].clone();
        let is_free = wanted[&plain] == 1 && (member.is_unreserved || !reserved.contains(&plain.as_str()));
        if !member.is_given || plain == released {
            member.rungs = vec![released];
            Settled::default()
        } else if is_free {
            member.rungs.truncate(1);
            Settled { former: Some(released), refused: None }
        } else {
            member.rungs = vec![released];
            Settled { former: None, refused: Some(plain) }
        }
    };
    members.iter_mut().map(settle).collect()
}

/// Assigns an identifier to each member. Nothing else gets a name that a given one replaces.
pub(crate) fn assign_all(members: &[ScopeMember], reserved: &[&str]) -> Vec<Assigned> {
    let wanted = wanted(members);
    let mut members = members.to_vec();
    let settled = settle(&mut members, reserved);
    let mut replaced: Vec<String> = Vec::new();
    for (member, settled) in members.iter().zip(&settled) {
        replaced.extend(settled.former.iter().flat_map(|former| member.claims(former)));
    }
    let reserved: Vec<&str> = reserved.iter().copied().chain(replaced.iter().map(String::as_str)).collect();
    let names = climb(&members, &reserved);
    let used: BTreeSet<&str> = reserved.iter().copied().chain(names.iter().map(String::as_str)).collect();
    let free = |name: Option<String>| name.filter(|name| !used.contains(name.as_str()));
    let wanted: Vec<Option<String>> = wanted.into_iter().map(free).collect();
    let assigned = names.into_iter().zip(settled).zip(wanted);
    assigned
        .map(|((name, Settled { former, refused }), wanted)| Assigned { name, former, wanted, refused })
        .collect()
}

/// Assigns an identifier to each member, for scopes without former names.
pub(crate) fn assign(members: &[ScopeMember], reserved: &[&str]) -> Vec<String> {
    assign_all(members, reserved).into_iter().map(|assigned| assigned.name).collect()
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
        let identifier = &member.rungs[0];
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

#[cfg(test)]
mod tests {
    use super::*;

    fn member(wire: &str, case: fn(&Name) -> String) -> ScopeMember {
        let name = Name::new(wire);
        ScopeMember::new(&name, case).or_cased(&name, case)
    }

    /// Checks the identifiers of members in the given order, and in the reverse order.
    fn check_members(members: &[ScopeMember], reserved: &[&str], expected: &[&str]) {
        assert_eq!(assign(members, reserved), expected);
        let backwards: Vec<ScopeMember> = members.iter().rev().cloned().collect();
        let expected: Vec<&str> = expected.iter().rev().copied().collect();
        assert_eq!(assign(&backwards, reserved), expected);
    }

    fn check(wires: &[&str], case: fn(&Name) -> String, reserved: &[&str], expected: &[&str]) {
        let members: Vec<ScopeMember> = wires.iter().map(|wire| member(wire, case)).collect();
        check_members(&members, reserved, expected);
    }

    #[test]
    fn names_that_differ_stay() {
        check(&["id", "user-id"], ident::snake, &[], &["id", "user_id"]);
    }

    #[test]
    fn the_one_spelled_like_the_name_keeps_it() {
        check(&["name", "Name"], ident::snake, &[], &["name", "name_2"]);
        check(&["a-b", "a_b"], ident::snake, &[], &["a_minus_b", "a_b"]);
        check(&["thing", "Thing"], ident::pascal, &[], &["ThingLower", "Thing"]);
        check(&["ASC", "asc", "desc"], ident::pascal, &[], &["AscUpper", "Asc", "Desc"]);
    }

    #[test]
    fn the_shorter_one_keeps_the_name_if_no_spelling_decides() {
        check(&["a--b", "a-b"], ident::snake, &[], &["a_minus_minus_b", "a_b"]);
        check(&["aB", "a-b"], ident::snake, &[], &["a_b", "a_minus_b"]);
    }

    #[test]
    fn members_of_one_wire_name_are_told_apart_by_their_identity() {
        let name = Name::new("id");
        let of = |group, identity: &str| ScopeMember::new(&name, ident::snake).identified(group, identity);
        check_members(&[of(0, "bbb"), of(0, "aaa"), of(0, "z")], &[], &["id_3", "id_2", "id"]);
        check_members(&[of(1, "a"), of(0, "bbb")], &[], &["id_2", "id"]);
    }

    #[test]
    fn derived_names_give_way() {
        let kind = |wire| member(wire, ident::pascal).with_rungs(["KindType".to_owned()]);
        check_members(&[kind("Kind").derived(true), kind("kind")], &[], &["KindType", "Kind"]);
    }

    #[test]
    fn a_name_goes_to_the_one_that_wants_it_first() {
        let loser = member("kind", ident::pascal).with_rungs(["KindType".to_owned()]);
        let inline = member("kind type", ident::pascal).derived(true);
        check_members(
            &[loser, member("Kind", ident::pascal), inline],
            &[],
            &["KindLower", "Kind", "KindType"],
        );
    }

    #[test]
    fn a_released_name_stays() {
        let released = member("z-long", ident::snake).released(Some("id"));
        check_members(&[member("id", ident::snake), released], &[], &["id_lower", "id"]);
    }

    #[test]
    fn a_given_name_replaces_the_released_one_if_it_is_free() {
        let given = || member("order", ident::pascal).released(Some("Purchase")).given(true);
        let other = || member("purchase", ident::pascal).with_rungs(["PurchaseType".to_owned()]);
        let assigned = assign_all(&[given(), other()], &[]);
        let former = Some("Purchase".to_owned());
        assert_eq!(assigned[0], Assigned { name: "Order".to_owned(), former, wanted: None, refused: None });
        assert_eq!(assigned[1].name, "PurchaseType");
        let refused = assign_all(&[given()], &["Order"]);
        assert_eq!((refused[0].name.as_str(), refused[0].refused.as_deref()), ("Purchase", Some("Order")));
        assert_eq!(assign(&[given(), member("order", ident::pascal)], &[]), ["Purchase", "Order"]);
    }

    #[test]
    fn a_released_name_tells_which_name_it_keeps_away() {
        let kept = member("order", ident::pascal).released(Some("Purchase"));
        let assigned = assign_all(std::slice::from_ref(&kept), &[]);
        assert_eq!((assigned[0].name.as_str(), assigned[0].wanted.as_deref()), ("Purchase", Some("Order")));
        assert_eq!(assign_all(&[kept, member("order", ident::pascal)], &[])[0].wanted, None);
    }

    #[test]
    fn what_is_reserved_stops_only_those_for_whom_it_is() {
        let free = member("items", ident::snake).unreserved();
        assert_eq!(assign(&[free], &["items"]), ["items"]);
    }

    #[test]
    fn further_claims_are_free_as_well() {
        let nullable = member("a", ident::snake).claiming("_null");
        check_members(&[nullable, member("a_null", ident::snake)], &[], &["a", "a_null_lower"]);
    }

    #[test]
    fn a_reserved_name_climbs_alone() {
        let unknown = member("unknown", ident::pascal).with_rungs(["UnknownValue".to_owned()]);
        check_members(&[unknown, member("known", ident::pascal)], &["Unknown"], &["UnknownValue", "Known"]);
    }
}
