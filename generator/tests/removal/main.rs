//! Removes members of documents one at a time: each removal changes the package, or a finding is about the member, or
//! the member is known to mean nothing to a client.
//!
//! The usual tests try some members of each kind in the fixtures, and in slices of the documents in `SPEC_CORPUS`. The
//! ignored ones try all members of the fixtures, and `REMOVALS` members of each kind in the slices.

#[path = "../corpus/mod.rs"]
mod corpus;
#[path = "../fixture/mod.rs"]
mod fixture;
#[path = "../../../fuzz/src/slices.rs"]
#[expect(unreachable_pub, reason = "it is public where the fuzzer has it")]
mod slices;

mod documents;
mod effect;
mod members;
mod no_meaning;
mod outcome;
mod wrong_types;

use std::collections::BTreeSet;

use documents::{Document, fixtures, slices_of_published};
use effect::Baseline;
use members::Member;
use outcome::Outcome;

/// The number of members of each kind that the usual test removes from fixtures.
const FEW: usize = 2;

#[test]
fn no_member_of_a_fixture_is_dropped_silently() {
    sample(fixtures(), FEW).assert_nothing_dropped();
}

#[test]
fn no_member_of_a_published_document_is_dropped_silently() {
    sample(slices_of_published(), 1).assert_nothing_dropped();
}

/// The document has a member without effect for each exception.
#[test]
fn no_exception_is_out_of_date() {
    let document = documents::without_meaning();
    let baseline = Baseline::of(&document).expect("the document generates");
    let mut needed = BTreeSet::new();
    for member in members::of(&document.root) {
        let exceptions = no_meaning::own_exceptions(&document.root, &member);
        let is_silent = || {
            !baseline.effect_of_removing(&document, &member)
                && !baseline.effect_of_changing(&document, &member)
        };
        if exceptions.iter().any(|exception| !needed.contains(exception)) && is_silent() {
            needed.extend(exceptions);
        }
    }
    let unused = no_meaning::unused(&needed);
    assert!(unused.is_empty(), "exceptions that are never needed:\n{}", unused.join("\n"));
}

#[test]
#[ignore = "takes minutes"]
fn no_member_at_all_of_a_fixture_is_dropped_silently() {
    let mut outcome = Outcome::default();
    for document in fixtures() {
        remove(&document, &members::of(&document.root), &mut outcome);
    }
    outcome.assert_nothing_dropped();
}

#[test]
#[ignore = "takes as long as it is told to"]
fn no_member_of_a_larger_sample_is_dropped_silently() {
    let number = std::env::var("REMOVALS").ok().and_then(|text| text.parse().ok());
    sample(slices_of_published(), number.unwrap_or(20)).assert_nothing_dropped();
}

#[test]
fn no_value_of_a_wrong_type_is_silent() {
    let documents = ["types.yaml", "types_2_0.yaml"].map(documents::in_this_folder);
    let silent: Vec<String> = documents.iter().flat_map(wrong_types::silent).collect();
    assert!(silent.is_empty(), "no finding about {} values:\n{}", silent.len(), silent.join("\n"));
}

/// Removes some members of each kind.
fn sample(documents: Vec<Document>, number: usize) -> Outcome {
    let mut outcome = Outcome::default();
    for (document, members) in documents::sample(documents, number) {
        remove(&document, &members, &mut outcome);
    }
    outcome
}

/// Removes each member in turn.
fn remove(document: &Document, members: &[Member], outcome: &mut Outcome) {
    let Some(baseline) = Baseline::of(document) else { return };
    let all = members::of(&document.root);
    let mut settled: BTreeSet<Vec<String>> = BTreeSet::new();
    for member in members {
        if settled.contains(&member.tokens) {
            continue;
        }
        if baseline.effect_of_removing(document, member) {
            outcome.add_read(member);
            continue;
        }
        // A member that restates a default is not needed, but one inside it may be read.
        let inner: Vec<&Member> = all.iter().filter(|inner| inner.is_inside(member)).collect();
        let (read, dropped): (Vec<&Member>, Vec<&Member>) =
            inner.iter().partition(|inner| baseline.effect_of_changing(document, inner));
        settled.extend(inner.iter().map(|inner| inner.tokens.clone()));
        let excuses = |outer: &&Member| {
            member.is_inside(outer)
                && !no_meaning::own_exceptions(&document.root, outer).is_empty()
                && !baseline.effect_of_removing(document, outer)
        };
        if all.iter().any(|outer| excuses(&outer)) {
            continue;
        }
        if read.is_empty() && !baseline.effect_of_changing(document, member) {
            outcome.add_dropped(document, member, &all);
            continue;
        }
        outcome.add_read(member);
        let holds_read = |outer: &Member| read.iter().any(|inner| inner.is_inside(outer));
        let outermost =
            |inner: &Member| !dropped.iter().any(|outer| inner.is_inside(outer) && !holds_read(outer));
        for inner in dropped.iter().filter(|inner| !holds_read(inner) && outermost(inner)) {
            outcome.add_dropped(document, inner, &all);
        }
    }
}
