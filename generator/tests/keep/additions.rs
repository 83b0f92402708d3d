//! Checks that additions to a description break nothing under a lock.

#[path = "../additions/mod.rs"]
mod shop;

use sdk_generator::Config;
use sdk_generator::verdict::Weight;

use crate::run;
use shop::{ADDITIONS, SHOP};

#[test]
fn additions_break_nothing_under_a_lock() {
    let config = Config::bare("shop");
    let lock = run(SHOP, &config, None).expect("the description is sound").listing;
    for addition @ (title, _) in ADDITIONS {
        let text = shop::add(SHOP, addition);
        let generated = run(&text, &config, Some(&lock)).expect("a run under a lock gives a package");
        let verdict = generated.verdict.expect("a lock gives a verdict");
        let broken: Vec<_> = verdict
            .changes
            .iter()
            .filter(|change| change.weight <= Weight::Breaking)
            .map(|change| (&change.at, &change.text))
            .collect();
        assert!(broken.is_empty(), "{title}: {broken:#?}");
    }
}

#[test]
fn swapped_members_keep_the_order_of_arguments() {
    let config = Config::bare("shop");
    let lock = run(SHOP, &config, None).expect("the description is sound").listing;
    let members = "                customer: { type: string }\n                item: { type: string }\n";
    let swapped = "                item: { type: string }\n                customer: { type: string }\n";
    let generated = run(&SHOP.replace(members, swapped), &config, Some(&lock)).expect("it generates");
    assert!(generated.verdict.expect("a verdict").changes.is_empty());
    assert_eq!(generated.listing.print(), lock.print());
}
