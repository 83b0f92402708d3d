//! Checks that released names stay usable when the configuration adopts those of the document.

use sdk_generator::Listing;
use sdk_generator::verdict::{Cause, Step, Weight};

use crate::convention::shop::{BEFORE, NAMES, after};
use crate::releases::{changes, config, release};
use crate::run;

#[test]
fn a_new_name_in_the_document_is_told_but_not_taken() {
    let config = config("");
    let lock = release(BEFORE, &config, None).listing;
    let kept = release(&after(), &config, Some(&lock));
    assert_eq!(changes(&kept, Weight::Breaking), [""; 0]);
    assert_eq!(kept.verdict.as_ref().expect("a verdict").step(), Step::Patch);
    insta::assert_snapshot!("kept_names", changes(&kept, Weight::Kept).join("\n"));
    assert_eq!(kept.listing.types[0].name, "Order");
}

#[test]
fn an_adopted_name_leaves_the_released_one_deprecated() {
    let lock = release(BEFORE, &config(""), None).listing;
    let adopted = release(&after(), &config(&format!("names: {NAMES}")), Some(&lock));
    assert_eq!(changes(&adopted, Weight::Breaking), [""; 0]);
    assert_eq!(changes(&adopted, Weight::Kept), [""; 0]);
    assert_eq!(adopted.verdict.as_ref().expect("a verdict").step(), Step::Minor);
    insta::assert_snapshot!("adopted_names", changes(&adopted, Weight::Deprecated).join("\n"));
    insta::assert_snapshot!("adopted_listing", adopted.listing.print());
    for (path, name) in [
        ("src/managers/orders.rs", "adopted_orders"),
        ("src/managers.rs", "adopted_managers"),
        ("src/types/purchase.rs", "adopted_type"),
        ("Cargo.toml", "adopted_manifest"),
    ] {
        let file =
            adopted.files.iter().find(|(other, _)| *other == path).unwrap_or_else(|| panic!("no {path}"));
        insta::assert_snapshot!(name, file.1);
    }
}

#[test]
fn former_names_stay_in_later_releases_until_they_are_dropped() {
    let lock = release(BEFORE, &config(""), None).listing;
    let adopting = config(&format!("names: {NAMES}"));
    let first = release(&after(), &adopting, Some(&lock)).listing;
    let second = release(&after(), &adopting, Some(&first));
    assert_eq!(changes(&second, Weight::Breaking), [""; 0]);
    assert_eq!(second.verdict.as_ref().expect("a verdict").changes.len(), 0);
    assert_eq!(second.listing.print(), first.print());
    let dropping = config(&format!("names: {NAMES}  drop: [Order, stock, orders.add_refund]"));
    let third = release(&after(), &dropping, Some(&first));
    insta::assert_snapshot!("dropped_names", changes(&third, Weight::Breaking).join("\n"));
    let everything = config(&format!("names: {NAMES}  drop: all"));
    let fourth = release(&after(), &everything, Some(&first));
    assert!(!fourth.listing.print().contains("was "), "{}", fourth.listing.print());
    assert_eq!(changes(&fourth, Weight::Breaking).len(), 7);
}

#[test]
fn an_operation_moves_to_a_released_manager_if_its_name_says_so() {
    let lock = release(BEFORE, &config(""), None).listing;
    let moved = BEFORE.replace(
        "operationId: add_refund\n      tags: [orders]",
        "operationId: add_refund\n      tags: [stock]",
    );
    let kept = release(&moved, &config(""), Some(&lock));
    insta::assert_snapshot!("kept_manager", changes(&kept, Weight::Kept).join("\n"));
    let adopted = release(&moved, &config("names: { operations: { add_refund: stock.add } }"), Some(&lock));
    assert_eq!(changes(&adopted, Weight::Breaking), [""; 0]);
    assert_eq!(
        changes(&adopted, Weight::Deprecated),
        ["POST /refunds: `orders().add_refund`: use `stock().add`"]
    );
}

#[test]
fn a_given_name_that_is_taken_is_told() {
    let lock = release(BEFORE, &config(""), None).listing;
    let types = "types: { /components/schemas/Order: OrderColour }";
    let operations = "operations: { fetch_order: add_refund }";
    let managers = "managers: { stock: orders }";
    let taken = config(&format!("names: {{ {types}, {operations}, {managers} }}"));
    let kept = release(BEFORE, &taken, Some(&lock));
    insta::assert_snapshot!("taken_names", changes(&kept, Weight::Kept).join("\n"));
}

#[test]
fn a_former_name_returns_once_it_is_dropped() {
    let lock = release(BEFORE, &config(""), None).listing;
    let forth = "names: { types: { /components/schemas/Order: Purchase } }";
    let second = release(BEFORE, &config(forth), Some(&lock)).listing;
    let back =
        |drop: &str| config(&format!("names: {{ types: {{ /components/schemas/Order: Order }}{drop} }}"));
    let told = changes(&release(BEFORE, &back(""), Some(&second)), Weight::Kept);
    assert_eq!(told.len(), 1, "{told:?}");
    let returned = release(BEFORE, &back(", drop: [Order]"), Some(&second));
    assert_eq!(changes(&returned, Weight::Breaking), [""; 0]);
    let ty = returned.listing.types.iter().find(|ty| ty.name == "Order").expect("the name is back");
    assert_eq!(ty.former, ["Purchase"]);
}

#[test]
fn a_release_is_up_to_date_whatever_the_order_of_its_former_names() {
    let named = |name: &str| config(&format!("names: {{ types: {{ /components/schemas/Order: {name} }} }}"));
    let mut lock = release(BEFORE, &config(""), None).listing;
    for name in ["Purchase", "Deal", "Sale"] {
        let released = release(BEFORE, &named(name), Some(&lock));
        lock = released.listing.clone();
        let again = release(BEFORE, &named(name), Some(&lock));
        assert_eq!(again.listing.print(), released.listing.print());
        for ((path, text), (_, other)) in released.files.iter().zip(again.files.iter()) {
            assert_eq!(text, other, "{path}");
        }
    }
}

#[test]
fn setters_and_fields_are_renamed_by_the_configuration() {
    let lock = release(BEFORE, &config(""), None).listing;
    let renaming = config(
        "names: { parameters: { lang: language }, members: { /components/schemas/Order/properties/colour: color, /components/schemas/Refund/properties/note: remark } }",
    );
    let adopted = release(BEFORE, &renaming, Some(&lock));
    assert_eq!(
        changes(&adopted, Weight::Deprecated),
        [
            "GET /orders/{} query:lang: `orders().fetch_order`: `.lang(…)`: use `.language(…)`",
            "POST /refunds body:note: `orders().add_refund`: `.note(…)`: use `.remark(…)`",
        ]
    );
    assert_eq!(changes(&adopted, Weight::Breaking), ["Order.colour: `Order.colour` is now `Order.color`"]);
}

#[test]
fn a_change_that_the_old_description_leads_to_comes_from_the_generator() {
    let config = config("");
    let mut lock = release(BEFORE, &config, None).listing;
    let compared = |text: &str, lock: &Listing| run(text, &config, Some(lock)).expect("it generates").verdict;
    let verdict = compared(&after(), &lock).expect("a verdict");
    assert!(verdict.changes.iter().all(|change| change.cause == Cause::Description));

    // Another generator did not offer the setter, and called the type otherwise.
    lock.generator = "0.0.1".to_owned();
    lock.operations[1].arguments.retain(|argument| argument.wire != "lang");
    lock.types[0].name = "Bestellung".to_owned();
    lock.operations[1].returns = sdk_generator::listing::RustType::name("Bestellung");
    let mut verdict = compared(&after(), &lock).expect("a verdict");
    assert!(verdict.changes.iter().all(|change| change.cause == Cause::Unknown));
    verdict.attribute(&compared(BEFORE, &lock).expect("a verdict"));
    let by_generator = verdict.changes.iter().filter(|change| change.cause == Cause::Generator);
    let by_generator: Vec<&str> = by_generator.map(|change| change.at.as_str()).collect();
    assert_eq!(by_generator, ["GET /orders/{} query:lang"]);
    assert!(verdict.changes.iter().any(|change| change.cause == Cause::Description));
}

#[test]
fn a_shape_is_tightened_if_the_configuration_says_so() {
    let lock = release(BEFORE, &config(""), None).listing;
    let stricter = BEFORE.replace("Order: { type: object,", "Order: { type: object, required: [id],");
    let kept = release(&stricter, &config(""), Some(&lock));
    assert_eq!(changes(&kept, Weight::Breaking), [""; 0]);
    assert_eq!(changes(&kept, Weight::Kept).len(), 1);
    for tighten in ["tighten: [Order.id]", "tighten: all"] {
        let tightened = release(&stricter, &config(tighten), Some(&lock));
        assert_eq!(changes(&tightened, Weight::Kept), [""; 0]);
        assert!(changes(&tightened, Weight::Breaking)[0].starts_with("Order"), "{tighten}");
    }
    let documents = [sdk_generator::Source { name: "api.yaml".to_owned(), text: stricter }];
    let config = config("tighten: [Order.colour]");
    let input = sdk_generator::Input { documents: &documents, read: &|_| None, config: &config };
    let refused = sdk_generator::generate_since(&input, &lock).expect_err("the entry has no effect");
    assert!(format!("{refused:?}").contains("that can be tightened at `Order.colour`"), "{refused:?}");
}
