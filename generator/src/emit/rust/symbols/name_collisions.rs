//! Assigns distinct identifiers to the members of a scope. Members that collide move on to their next
//! candidate.

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
    /// The precedence among members that want the same name.
    rank: Rank,
}

/// The precedence of a member's claim to its plain name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Gives way to every other member that wants the name.
    Plain,
    /// Takes precedence over plain members.
    Settled,
    /// Takes precedence over all others and over reserved words.
    Released,
}

impl ScopeMember {
    /// Creates a member with the rungs common to all names: plain words, then symbols spelled out. The sign
    /// of a number is always spelled out.
    pub(crate) fn new(name: &Name, case: fn(&Name) -> String) -> Self {
        let spelled = case(&ident::spelled(name));
        let plain =
            if ident::is_blank(name) || ident::is_signed(name) { spelled.clone() } else { case(name) };
        Self { rungs: vec![plain, spelled], suffixes: Vec::new(), is_unreserved: false, rank: Rank::Plain }
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

    /// Returns the identifier used if nothing collides.
    pub(crate) fn plain(&self) -> &str {
        &self.rungs[0]
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

    /// Keeps the plain name unless another settled member has it.
    pub(crate) fn settled(self) -> Self {
        Self { rank: Rank::Settled, ..self }
    }

    /// Uses the released name, if there is one.
    pub(crate) fn released(self, name: Option<&str>) -> Self {
        match name {
            Some(name) => {
                Self { rungs: vec![name.to_owned()], is_unreserved: true, rank: Rank::Released, ..self }
            }
            None => self,
        }
    }

    fn claims(&self, rung: usize) -> impl Iterator<Item = String> + '_ {
        let plain = &self.rungs[rung];
        std::iter::once(plain.clone())
            .chain(self.suffixes.iter().map(move |suffix| ident::suffixed(plain, suffix)))
    }
}

/// Assigns an identifier to each member, in order. Returns the members without a free rung as an error: at
/// least two, or one that only a reserved word blocks.
pub(crate) fn assign(mut members: Vec<ScopeMember>, reserved: &[&str]) -> Result<Vec<String>, Vec<usize>> {
    number(&mut members);
    let mut rungs = vec![0; members.len()];
    loop {
        let colliding = colliding(&members, &rungs, reserved);
        if colliding.is_empty() {
            return Ok(members
                .iter()
                .zip(&rungs)
                .map(|(member, &rung)| member.rungs[rung].clone())
                .collect());
        }
        let mut climbed = false;
        for &index in &colliding {
            if rungs[index] + 1 < members[index].rungs.len() {
                rungs[index] += 1;
                climbed = true;
            }
        }
        if !climbed {
            return Err(colliding.into_iter().collect());
        }
    }
}

/// Adds the last rungs: the plain identifier, numbered among the members that share it.
fn number(members: &mut [ScopeMember]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for member in members.iter_mut().filter(|member| member.rank < Rank::Released) {
        let plain = member.rungs[0].clone();
        let count = seen.entry(plain.clone()).or_default();
        *count += 1;
        let separator = if plain.chars().any(char::is_uppercase) { "" } else { "_" };
        let plain = plain.trim_end_matches('_');
        member.rungs.push(if *count == 1 {
            member.rungs[0].clone()
        } else {
            format!("{plain}{separator}{count}")
        });
        member.rungs.push(format!("{plain}{separator}{}", *count + 1));
    }
}

fn colliding(members: &[ScopeMember], rungs: &[usize], reserved: &[&str]) -> BTreeSet<usize> {
    let mut owners: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, (member, &rung)) in members.iter().zip(rungs).enumerate() {
        for claim in member.claims(rung) {
            owners.entry(claim).or_default().push(index);
        }
    }
    let mut colliding = BTreeSet::new();
    for (claim, who) in &owners {
        let is_reserved =
            reserved.contains(&claim.as_str()) && who.iter().any(|&index| !members[index].is_unreserved);
        let rank = |index: usize| match members[index].rank {
            Rank::Released => Rank::Released,
            Rank::Settled if rungs[index] == 0 && !is_reserved => Rank::Settled,
            Rank::Settled | Rank::Plain => Rank::Plain,
        };
        let highest = who.iter().map(|&index| rank(index)).max().unwrap_or(Rank::Plain);
        let keeps = |index: usize| highest > Rank::Plain && rank(index) == highest;
        let keeping = who.iter().filter(|&&index| keeps(index)).count();
        if who.len() > 1 || is_reserved {
            colliding.extend(who.iter().copied().filter(|&index| keeping != 1 || !keeps(index)));
        }
    }
    colliding
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(wire: &str, case: fn(&Name) -> String) -> ScopeMember {
        let name = Name::new(wire);
        ScopeMember::new(&name, case).or_cased(&name, case)
    }

    fn check(wires: &[&str], case: fn(&Name) -> String, reserved: &[&str], expected: &[&str]) {
        let members = wires.iter().map(|wire| member(wire, case)).collect();
        assert_eq!(assign(members, reserved).expect("the ladder is long enough"), expected);
    }

    #[test]
    fn names_that_differ_stay() {
        check(&["id", "user-id"], ident::snake, &[], &["id", "user_id"]);
    }

    #[test]
    fn those_that_collide_climb() {
        check(&["ASC", "asc", "desc"], ident::pascal, &[], &["AscUpper", "AscLower", "Desc"]);
        check(&["a-b", "a_b"], ident::snake, &[], &["a_minus_b", "a_underscore_b"]);
    }

    #[test]
    fn the_same_name_twice_is_numbered() {
        check(&["id", "id"], ident::snake, &[], &["id", "id_2"]);
    }

    #[test]
    fn others_give_way_to_a_settled_name() {
        let plain = || member("kind", ident::pascal).with_rungs(["KindType".to_owned()]);
        let assign = |members| assign(members, &[]).expect("a rung is free");
        assert_eq!(assign(vec![plain(), plain().settled()]), ["KindType", "Kind"]);
        assert_eq!(assign(vec![plain().settled(), plain().settled()]), ["Kind", "Kind2"]);
    }

    #[test]
    fn what_is_reserved_stops_only_those_for_whom_it_is() {
        let free = member("items", ident::snake).unreserved();
        assert_eq!(assign(vec![free], &["items"]).expect("a rung is free"), ["items"]);
    }

    #[test]
    fn a_reserved_name_climbs_alone() {
        let unknown = member("unknown", ident::pascal).with_rungs(["UnknownValue".to_owned()]);
        let assigned = assign(vec![unknown, member("known", ident::pascal)], &["Unknown"]);
        assert_eq!(assigned.expect("a rung is free"), ["UnknownValue", "Known"]);
    }
}
