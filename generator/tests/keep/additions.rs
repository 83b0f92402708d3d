//! Checks that additions to a description break nothing under a lock.

#[path = "../additions/mod.rs"]
mod shop;

use sdk_generator::Config;
use sdk_generator::verdict::Weight;

use crate::run;
use shop::{ADDITIONS, SHOP};

#[test]
fn additions_break_nothing_under_a_lock() {
    for addition @ (title, _) in ADDITIONS {
        assert_only_adds(title, SHOP, &shop::add(SHOP, addition));
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

/// The head of a description whose operation sends and returns a union, whose variants follow.
const PAYMENT: &str = r#"
openapi: 3.0.3
info: { title: Shop, version: "1" }
paths:
  /payments:
    post:
      operationId: create_payment
      tags: [payments]
      requestBody: { required: true, content: { application/json: { schema: { oneOf: VARIANTS } } } }
      responses:
        "200": { description: Done., content: { application/json: { schema: { oneOf: VARIANTS } } } }
"#;

/// Writes an inline object with one required string and an optional title.
fn object(title: &str, member: &str) -> String {
    let title = if title.is_empty() { String::new() } else { format!("title: {title}, ") };
    format!("{{ type: object, {title}required: [{member}], properties: {{ {member}: {{ type: string }} }} }}")
}

/// Generates a package from the second description under the lock of the first one, and checks that nothing breaks.
fn assert_only_adds(title: &str, before: &str, after: &str) {
    let config = Config::bare("shop");
    let lock = run(before, &config, None).expect("the description is sound").listing;
    let generated = run(after, &config, Some(&lock)).expect("a run under a lock gives a package");
    let verdict = generated.verdict.as_ref().expect("a lock gives a verdict");
    let broken: Vec<_> = verdict
        .changes
        .iter()
        .filter(|change| change.weight <= Weight::Breaking)
        .map(|change| (&change.at, &change.text))
        .collect();
    assert!(broken.is_empty(), "{title}: {broken:#?}");
}

#[test]
fn inline_variants_are_found_wherever_they_stand() {
    let (card, cash, gift) = (object("", "card"), object("", "cash"), object("", "gift"));
    let (titled_card, titled_cash, titled_gift) =
        (object("Card", "number"), object("Cash", "amount"), object("Gift", "code"));
    let with_kind = |member: &str| {
        format!(
            "{{ type: object, required: [{member}], properties: {{ note: {{ type: string }}, \
             {member}: {{ type: string }} }} }}"
        )
    };
    let (noted_card, noted_cash, noted_gift) = (with_kind("card"), with_kind("cash"), with_kind("gift"));
    let list = |item: &str| format!("{{ type: array, items: {item} }}");
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("in front", &[&card, &cash], &[&gift, &card, &cash]),
        ("between", &[&card, &cash], &[&card, &gift, &cash]),
        ("reordered", &[&card, &cash], &[&cash, &card]),
        ("with titles, in front", &[&titled_card, &titled_cash], &[&titled_gift, &titled_card, &titled_cash]),
        ("with titles, reordered", &[&titled_card, &titled_cash], &[&titled_cash, &titled_card]),
        ("titles are new", &[&card, &cash], &[&object("Paper", "cash"), &object("Plastic", "card")]),
        (
            "with a shared member, in front",
            &[&noted_card, &noted_cash],
            &[&noted_gift, &noted_card, &noted_cash],
        ),
        ("with a shared member, reordered", &[&noted_card, &noted_cash], &[&noted_cash, &noted_card]),
        (
            "lists, in front",
            &[&list(&card), "{ type: string }"],
            &[&list(&gift), &list(&card), "{ type: string }"],
        ),
        (
            "an enum in front",
            &["{ type: string, enum: [a, b] }", &card],
            &["{ type: string, enum: [c, d] }", "{ type: string, enum: [a, b] }", &card],
        ),
        ("beside text, in front", &["{ type: string }", &card], &[&gift, "{ type: string }", &card]),
    ];
    for (title, before, after) in cases {
        let of = |variants: &[&str]| PAYMENT.replace("VARIANTS", &format!("[{}]", variants.join(", ")));
        assert_only_adds(title, &of(before), &of(after));
    }
}

#[test]
fn a_media_type_beside_a_released_response_becomes_an_alternative() {
    let of = |content: &str| {
        format!(
            r#"
openapi: 3.0.3
info: {{ title: Shop, version: "1" }}
paths:
  /report:
    get:
      operationId: get_report
      tags: [reports]
      responses:
        "200":
          description: Done.
          content:
            {content}
"#
        )
    };
    let event = "{ type: object, properties: { data: { type: string } } }";
    let json = "application/json: { schema: { type: object, properties: { total: { type: integer } } } }";
    for released in [
        "text/csv: { schema: { type: string } }",
        "text/plain: {}",
        "application/xml: { schema: { type: object } }",
        "application/octet-stream: { schema: { type: string, format: binary } }",
        &format!("text/event-stream: {{ schema: {event} }}"),
    ] {
        let (before, after) = (of(released), of(&format!("{released}\n            {json}")));
        assert_only_adds(released, &before, &after);
        let config = Config::bare("shop");
        let lock = run(&before, &config, None).expect("the description is sound").listing;
        let generated = run(&after, &config, Some(&lock)).expect("it generates");
        let listing = generated.listing.print();
        assert!(listing.contains("form application/json send_json: "), "{released}: {listing}");
        let media_type = released.split(": ").next().unwrap_or_default();
        let mut files = generated.files.iter();
        let accepts = [format!("\"{media_type}, */*;q=0.1\""), format!("\"{media_type}\"")];
        let asks = |text: &str| accepts.iter().any(|accept| text.contains(accept));
        assert!(files.any(|(path, text)| path.ends_with(".rs") && asks(text)), "{released}");
    }
}
