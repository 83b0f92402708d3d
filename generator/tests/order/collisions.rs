//! Adds an item that wants the name of another one, before it and behind it, and checks who gets the name.

use sdk_generator::{Config, Input, Source, generate};

const BASE: &str = r##"
openapi: 3.0.3
info: { title: Shop, version: "1" }
paths:
  # path
  /orders:
    post:
      operationId: create_order
      tags: [groesse]
      parameters:
        # parameter
        - { name: limit, in: query, schema: { type: integer } }
      requestBody:
        content:
          # media type
          application/json:
            schema:
              type: object
              properties:
                # member of the body
                note: { type: string }
                colour: { $ref: "#/components/schemas/Colour" }
      responses:
        "200": { description: Done., content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
  # path
components:
  schemas:
    # schema
    Order:
      type: object
      required: [name]
      properties:
        # member
        name: { type: string }
        kind: { type: string, enum: [a] }
        colours: { type: array, items: { $ref: "#/components/schemas/Colour" } }
        shape: { $ref: "#/components/schemas/Shape" }
        # member
    # schema
    Colour:
      type: string
      enum:
        # value
        - red
        # value
    Shape:
      oneOf:
        # variant
        - { type: object, title: round one, required: [r], properties: { r: { type: number } } }
        # variant
"##;

/// Returns the lines of the listing of the base with additions: each is a mark, and text for its first or its last
/// occurrence.
fn listed(additions: &[(&str, &str)], is_first: bool) -> Vec<String> {
    let mut text = BASE.to_owned();
    for (mark, addition) in additions {
        let line = text.lines().find(|line| line.trim() == format!("# {mark}")).expect("the mark exists");
        let line = format!("{line}\n");
        let indent = &line[..line.len() - line.trim_start().len()];
        let indented: String = addition.lines().map(|line| format!("{indent}{line}\n")).collect();
        let place = if is_first { text.find(&line) } else { text.rfind(&line) };
        text.replace_range(
            place.expect("it was found")..place.expect("it was found") + line.len(),
            &indented,
        );
    }
    let documents = [Source { name: "api.yaml".to_owned(), text }];
    let config = Config::bare("shop-sdk");
    let generated = generate(&Input { documents: &documents, read: &|_| None, config: &config });
    let listing = generated.unwrap_or_else(|found| panic!("{found:?}")).listing.print();
    // The place of a variant is its index.
    let listing = listing.replace("/oneOf/1", "/oneOf/0");
    let mut lines: Vec<String> = listing.lines().map(|line| line.trim().to_owned()).collect();
    lines.sort();
    lines
}

/// Checks lines of the listing, wherever the additions stand.
fn check(additions: &[(&str, &str)], expected: &[&str]) {
    let (before, behind) = (listed(additions, true), listed(additions, false));
    for expected in expected {
        assert!(before.iter().any(|line| line.starts_with(expected)), "`{expected}` is not in {before:#?}");
    }
    assert_eq!(before, behind);
}

#[test]
fn types() {
    let thing = "order: { type: object, properties: { x: { type: string } } }";
    let used = ("member", "other: { $ref: '#/components/schemas/order' }");
    check(&[("schema", thing), used], &["#Order  Order struct", "#order  OrderType struct"]);
    // A component keeps its name, and an inline type gives way.
    let kind = "OrderKind: { type: object, properties: { x: { type: string } } }";
    let used = ("member", "other: { $ref: '#/components/schemas/OrderKind' }");
    let expected = ["#OrderKind  OrderKind struct", "#Order/properties/kind  OrderKindType enum"];
    check(&[("schema", kind), used], &expected);
}

#[test]
fn fields() {
    check(&[("member", "Name: { type: string }")], &["-name*: String", "-Name as name_2: Option<String>"]);
    check(
        &[("member", "NAME: { type: string }")],
        &["-name*: String", "-NAME as name_upper: Option<String>"],
    );
}

#[test]
fn values() {
    check(&[("value", "- RED")], &["-red as Red", "-RED as RedUpper"]);
}

#[test]
fn variants() {
    let schema = "RoundOne: { type: object, required: [s], properties: { s: { type: number } } }";
    let newcomer = "- { $ref: '#/components/schemas/RoundOne' }";
    // The name of a component goes before a title.
    let expected = ["-\"\" as RoundOne: Box<RoundOne>", "-\"\" as RoundOneLower: Box<ShapeRoundOne>"];
    check(&[("schema", schema), ("variant", newcomer)], &expected);
}

#[test]
fn arguments() {
    let newcomer = "- { name: note, in: query, schema: { type: string } }";
    check(&[("parameter", newcomer)], &["query:note: String", "body:note as note_body: String"]);
    let newcomer = "Note: { type: string }";
    check(&[("member of the body", newcomer)], &["body:note: String", "body:Note as note_body: String"]);
    let newcomer = "limit: { type: string }";
    check(&[("member of the body", newcomer)], &["query:limit: i64", "body:limit as limit_body: String"]);
}

#[test]
fn methods_and_builders() {
    let answers = "responses: { '204': { description: Done. } }";
    let newcomer = format!("/other:\n  get: {{ operationId: createOrder, tags: [groesse], {answers} }}");
    check(
        &[("path", &newcomer)],
        &["POST /orders  groesse.create_order ->", "GET /other  groesse.get_order ->"],
    );
    // A builder claims the name of an enum for its responses, too.
    let newcomer =
        format!("/other:\n  get: {{ operationId: create_order_response, tags: [groesse], {answers} }}");
    check(&[("path", &newcomer)], &["builder CreateOrder ", "builder CreateOrderResponse2"]);
}

#[test]
fn managers() {
    let answers = "responses: { '204': { description: Done. } }";
    let newcomer = format!("/other:\n  get: {{ operationId: other, tags: [Größe], {answers} }}");
    check(&[("path", &newcomer)], &["manager groesse groesse GroesseManager groesse"]);
}

#[test]
fn forms_of_a_body() {
    for newcomer in [
        "multipart/form-data: { schema: { type: object, properties: { f: { type: string, format: binary } } } }",
        "text/plain: { schema: { type: string } }",
        "application/vnd.shop.v2+json: { schema: { type: array, items: { type: string } } }",
        "application/x-www-form-urlencoded: { schema: { type: object, properties: { f: { type: string } } } }",
    ] {
        check(&[("media type", newcomer)], &["POST /orders  groesse.create_order -> Order"]);
    }
}
