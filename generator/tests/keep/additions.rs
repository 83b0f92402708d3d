//! Checks that additions to a description break nothing under a lock.

use sdk_generator::Config;
use sdk_generator::verdict::Weight;

use crate::run;

/// A description to add to: each marker is a place where something new may stand.
const SHOP: &str = r##"
openapi: 3.0.3
info: { title: Shop, version: "1" }
paths:
  /orders:
    post:
      operationId: create_order
      tags: [orders]
      parameters:
        - { name: dry_run, in: query, schema: { type: boolean } }
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [customer, item]
              properties:
                # before customer
                customer: { type: string }
                item: { type: string }
                # optional member
                colour: { $ref: "#/components/schemas/Colour" }
          # media type
      responses:
        "200": { description: Done., content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
        # status
    # operation
  # path
components:
  schemas:
    # schema before
    Order:
      type: object
      properties:
        id: { type: string }
        # response member
        payment: { $ref: "#/components/schemas/Payment" }
        address: { $ref: "#/components/schemas/Address" }
    Address: { type: object, properties: { street: { type: string } } }
    Colour: { type: string, enum: [red, green] }
    Payment:
      oneOf:
        # variant before
        - { $ref: "#/components/schemas/Card" }
        - { type: string }
        # variant after
    Card: { type: object, required: [number], properties: { number: { type: string } } }
    # schema after
"##;

/// Additions, each as a replacement in [`SHOP`].
const ADDITIONS: &[(&str, &str, &str)] = &[
    (
        "a parameter",
        "        - { name: dry_run",
        "        - { name: trace, in: header, schema: { type: string } }\n        - { name: dry_run",
    ),
    (
        "a parameter called as a member",
        "        - { name: dry_run",
        "        - { name: colour, in: query, schema: { type: string } }\n        - { name: dry_run",
    ),
    ("an optional member", "                # optional member", "                note: { type: string }"),
    (
        "an optional member in front",
        "                # before customer",
        "                note: { type: string }",
    ),
    (
        "a member that differs in case",
        "                # before customer",
        "                Colour: { type: string }",
    ),
    ("a response member", "        # response member", "        total: { type: integer }"),
    ("a response member that differs in case", "        # response member", "        ID: { type: string }"),
    (
        "a required response member",
        "    Order:\n      type: object",
        "    Order:\n      type: object\n      required: [payment]",
    ),
    (
        "a member that closes a cycle",
        "street: { type: string }",
        "latest: { $ref: \"#/components/schemas/Order\" }, street: { type: string }",
    ),
    ("an enum value", "[red, green]", "[blue, red, green]"),
    ("an enum value that differs in case", "[red, green]", "[RED, red, green]"),
    ("a schema in front", "    # schema before", "    order: { type: string, enum: [a] }"),
    (
        "a component named like an inline type",
        "    # schema after",
        "    CreateOrder: { type: object, properties: { a: { type: string } } }",
    ),
    ("a tag behind", "tags: [orders]", "tags: [orders, shop]"),
    ("a tag in front", "tags: [orders]", "tags: [shop, orders]"),
    ("an error status", "        # status", "        \"404\": { description: Not found. }"),
    (
        "a media type",
        "          # media type",
        "          multipart/form-data: { schema: { type: object, properties: { file: { type: string, format: binary } } } }",
    ),
    ("a variant in front", "        # variant before", "        - { type: integer }"),
    ("a variant behind", "        # variant after", "        - { type: integer }"),
    (
        "an object as a variant",
        "        # variant after",
        "        - { type: object, title: Voucher, required: [code], properties: { code: { type: string } } }",
    ),
    ("a title", "        - { type: string }", "        - { type: string, title: Reference }"),
    (
        "an operation",
        "    # operation",
        "    get: { operationId: list_orders, tags: [orders], responses: { \"200\": { description: All. } } }",
    ),
    (
        "an operation of the same name",
        "  # path",
        "  /old/orders: { post: { operationId: createOrder, tags: [orders], responses: { \"204\": { description: Done. } } } }",
    ),
    ("a description", "Done.", "Done, and sent."),
];

#[test]
fn additions_break_nothing_under_a_lock() {
    let config = Config::bare("shop");
    let lock = run(SHOP, &config, None).expect("the description is sound").listing;
    for (title, from, to) in ADDITIONS {
        assert!(SHOP.contains(from), "{title}: `{from}` is not in the description");
        let text = SHOP.replacen(from, to, 1);
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
