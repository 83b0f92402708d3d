//! Checks that additions to a description do not change what released code sends, takes and constructs.

use sdk_generator::verdict::Weight;
use sdk_generator::{Generated, Listing};

use crate::releases::{changes, compared, config, release};

/// A description of one operation with these parameters and this request body.
fn operation(parameters: &str, content: &str) -> String {
    format!(
        r##"
openapi: 3.0.3
info: {{ title: Shop, version: "1" }}
paths:
  /orders:
    post:
      operationId: create_order
      tags: [orders]
      parameters: [{parameters}]
      requestBody: {{ required: true, content: {{ {content} }} }}
      responses: {{ "204": {{ description: Done. }} }}
"##
    )
}

/// Generates a release after that of another description, and checks that it breaks nothing.
fn extended(before: &str, after: &str) -> (Listing, Generated) {
    let config = config("");
    let lock = release(before, &config, None).listing;
    for weight in [Weight::Silent, Weight::Breaking] {
        assert_eq!(compared(after, &config, &lock, weight), [""; 0], "{before}{after}");
    }
    let generated = release(after, &config, Some(&lock));
    (lock, generated)
}

#[test]
fn a_body_that_stays_required_has_a_name() {
    let content = "application/json: { schema: { type: array, items: { type: string } } }";
    let before = operation("", content);
    let (_, generated) =
        extended(&before, &before.replace("required: true, content", "required: false, content"));
    let expected = "POST /orders request_body:: `orders().create_order` still requires `request_body`, which is optional \
                    now; to tighten it: `tighten: [\"POST /orders request_body:\"]`";
    assert_eq!(changes(&generated, Weight::Kept), [expected]);
}

/// Returns the file of the manager with all operations.
fn orders(generated: &Generated) -> &str {
    let mut files = generated.files.iter();
    files.find(|(path, _)| *path == "src/managers/orders.rs").expect("a manager").1
}

/// Returns the lines of the listing that users of the release rely on.
fn lines(listing: &Listing, lost: &Listing) -> Vec<String> {
    let (listing, lost) = (listing.print(), lost.print());
    let gone = listing.lines().filter(|line| !lost.lines().any(|other| other == *line));
    gone.map(str::to_owned).collect()
}

#[test]
fn a_released_body_is_sent_as_before_beside_another_with_the_same_members() {
    let schema = "schema: { type: object, required: [item], properties: { item: { type: string } } }";
    let bodies = [
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/merge-patch+json",
    ];
    for released in bodies {
        for newer in bodies.iter().filter(|newer| **newer != released) {
            let before = operation("", &format!("{released}: {{ {schema} }}"));
            for both in [[released, newer], [newer, released]] {
                let content = both.map(|media_type| format!("{media_type}: {{ {schema} }}")).join(", ");
                let (lock, after) = extended(&before, &operation("", &content));
                assert_eq!(lines(&lock, &after.listing), [""; 0]);
                assert_eq!(after.api.operations.iter().count(), 1);
                let body =
                    after.api.operations.iter().next().and_then(|(_, operation)| operation.body.as_ref());
                assert_eq!(body.map(|body| body.media_type.as_str()), Some(released));
            }
        }
    }
}

#[test]
fn a_released_file_is_sent_as_before_beside_another_kind_of_file() {
    let (png, webp) = ("image/png: {}", "image/webp: {}");
    let (_, after) = extended(&operation("", png), &operation("", &format!("{webp}, {png}")));
    assert!(orders(&after).contains("image/png"), "{}", orders(&after));
}

#[test]
fn released_bodies_that_become_alike_both_stay() {
    let form = |members: &str| {
        format!(
            "application/x-www-form-urlencoded: {{ schema: {{ type: object, properties: {{ {members} }} }} }}"
        )
    };
    let json = "application/json: { schema: { type: object, properties: { item: { type: string }, note: { type: string } } } }";
    let before = operation("", &format!("{json}, {}", form("item: { type: string }")));
    let after = operation("", &format!("{json}, {}", form("item: { type: string }, note: { type: string }")));
    let (lock, after) = extended(&before, &after);
    assert_eq!(lines(&lock, &after.listing), [""; 0]);
}

#[test]
fn a_body_that_replaces_the_released_one_is_refused() {
    let schema = "schema: { type: object, required: [item], properties: { item: { type: string } } }";
    let config = config("");
    let form = operation("", &format!("application/x-www-form-urlencoded: {{ {schema} }}"));
    let lock = release(&form, &config, None).listing;
    let json = operation("", &format!("application/json: {{ {schema} }}"));
    assert_eq!(
        compared(&json, &config, &lock, Weight::Silent),
        ["POST /orders (form): `orders().create_order` now sends `POST /orders`"]
    );
}

#[test]
fn a_constant_stays_one_when_values_are_added() {
    let with = |place: &str, values: &str| {
        let schema = format!("{{ type: string, enum: [{values}] }}");
        operation(
            &format!("{{ name: version, in: {place}, required: true, schema: {schema} }}"),
            "application/json: { schema: { type: object, required: [item], properties: { item: { type: string } } } }",
        )
    };
    for place in ["header", "query", "cookie"] {
        let (_, after) = extended(&with(place, "'2024.0'"), &with(place, "'2024.0', '2025.0'"));
        assert!(orders(&after).contains("\"2024.0\""), "{}", orders(&after));
        let (_, after) = extended(&with(place, "'2024.0'"), &with(place, "'2025.0', '2024.0'"));
        assert!(orders(&after).contains("\"2024.0\""), "{}", orders(&after));
    }
    // Another value alone is another request.
    let config = config("");
    let lock = release(&with("header", "'2024.0'"), &config, None).listing;
    assert_eq!(
        compared(&with("header", "'2025.0'"), &config, &lock, Weight::Silent),
        [
            "POST /orders header:version: `orders().create_order` sends `2025.0` as `version` instead of `2024.0`"
        ]
    );
    // The next release keeps it, too, until the configuration gives it up.
    let two = with("header", "'2024.0', '2025.0'");
    let second = release(&two, &config, Some(&lock)).listing;
    assert_eq!(release(&two, &config, Some(&second)).listing.print(), second.print());
    let tighten = crate::releases::config("tighten: ['POST /orders header:version']");
    assert!(changes(&release(&two, &tighten, Some(&lock)), Weight::Breaking)[0].contains("(item, version)"));
}

/// A description of an operation that returns a type, one that sends it if `sends`, and these schemas.
fn types(sends: bool, returned: &str, schemas: &str) -> String {
    let content = |schema: &str| format!("content: {{ application/json: {{ schema: {schema} }} }}");
    let list = r##"{ type: array, items: { $ref: "#/components/schemas/Order" } }"##;
    let put = format!(
        "    put: {{ operationId: put, tags: [orders], requestBody: {{ required: true, {} }}, responses: {{ '204': {{ description: Done. }} }} }}\n",
        content(list)
    );
    format!(
        r##"
openapi: 3.0.3
info: {{ title: Shop, version: "1" }}
paths:
  /orders:
    get: {{ operationId: get, tags: [orders], responses: {{ '200': {{ description: Done., {} }} }} }}
{}components:
  schemas:
    {schemas}
"##,
        content(returned),
        if sends { &put } else { "" }
    )
}

const ORDER: &str = r##"{ $ref: "#/components/schemas/Order" }"##;

/// A schema `Order` with these required members, and these properties.
fn order(required: &str, properties: &str) -> String {
    format!("Order: {{ type: object, required: [{required}], properties: {{ {properties} }} }}")
}

/// Checks that the sequence of descriptions breaks nothing, and that each release is stable.
fn assert_extends(descriptions: &[String]) {
    let config = config("");
    let mut lock = release(&descriptions[0], &config, None).listing;
    for text in descriptions {
        for weight in [Weight::Silent, Weight::Breaking] {
            let mut told = compared(text, &config, &lock, weight);
            // Descriptions may lose this operation, so that requests no longer use its types.
            told.retain(|line| line != "PUT /orders: `orders().put` is gone");
            assert_eq!(told, [""; 0], "{text}");
        }
        let next = release(text, &config, Some(&lock)).listing;
        assert_eq!(release(text, &config, Some(&next)).listing.print(), next.print(), "{text}");
        lock = next;
    }
}

#[test]
fn a_released_type_keeps_its_shape_when_requests_use_it() {
    let id = "id: { type: string, readOnly: true }";
    for (required, properties) in [("id", id), ("id", "id: { type: string }"), ("\"\"", id)] {
        let required = if required == "id" { "id" } else { "" };
        let schema = order(required, &format!("{properties}, note: {{ type: string }}"));
        assert_extends(&[types(false, ORDER, &schema), types(true, ORDER, &schema)]);
        assert_extends(&[types(true, ORDER, &schema), types(false, ORDER, &schema)]);
        let more = order(required, &format!("{properties}, note: {{ type: string }}, a: {{ type: string }}"));
        assert_extends(&[
            types(false, ORDER, &schema),
            types(true, ORDER, &more),
            types(false, ORDER, &more),
        ]);
    }
}

#[test]
fn a_member_that_stayed_optional_stays_so_when_requests_use_its_type() {
    let properties = "id: { type: string }, note: { type: string }";
    let (loose, strict) = (order("", properties), order("id", properties));
    let nullable = order("id", "id: { type: string, nullable: true }, note: { type: string }");
    for loose in [loose, nullable] {
        let (before, after, sent) =
            (types(false, ORDER, &loose), types(false, ORDER, &strict), types(true, ORDER, &strict));
        assert_extends(&[before.clone(), after.clone(), sent.clone(), sent.clone()]);
        assert_extends(&[before, sent.clone(), sent.clone(), after, sent]);
    }
    // A member that requests could leave out and cannot any more is another matter.
    let config = config("");
    let lock = release(&types(true, ORDER, &order("", properties)), &config, None).listing;
    let required = types(true, ORDER, &order("id", properties));
    assert!(!compared(&required, &config, &lock, Weight::Breaking).is_empty());
}

#[test]
fn a_type_that_left_requests_keeps_its_constructor() {
    let (one, two) = ("id: { type: string }", "id: { type: string }, note: { type: string }");
    let (before, after) = (order("id", one), order("id, note", two));
    assert_extends(&[types(true, ORDER, &before), types(false, ORDER, &before), types(false, ORDER, &after)]);
    assert_extends(&[types(true, ORDER, &before), types(false, ORDER, &after)]);
    assert_extends(&[types(true, ORDER, &order("", one)), types(false, ORDER, &order("note", two))]);
}

#[test]
fn additional_members_leave_a_released_body_as_it_is() {
    let body = |rest: &str| {
        operation(
            "",
            &format!(
                "application/json: {{ schema: {{ type: object, required: [item], properties: {{ item: {{ type: string }} }}{rest} }} }}"
            ),
        )
    };
    let open = ", additionalProperties: true";
    for newer in [
        open,
        ", additionalProperties: { type: string }",
        ", nullable: true",
        ", additionalProperties: false",
    ] {
        assert_extends(&[body(""), body(newer), body("")]);
    }
    let config = config("");
    let lock = release(&body(""), &config, None).listing;
    let diagnostics = release(&body(open), &config, Some(&lock)).diagnostics;
    let left_out =
        diagnostics.iter().filter(|found| found.message.starts_with("additional members of this body"));
    assert_eq!(left_out.count(), 1);
    let lock = release(&body(open), &config, None).listing;
    let told = compared(&body(""), &config, &lock, Weight::Breaking);
    assert_eq!(told, ["CreateOrderRequestBody: `CreateOrderRequestBody::additional` is gone"]);
}

#[test]
fn a_copy_in_the_place_of_a_reference_is_the_released_type() {
    let item = "{ type: object, required: [code], properties: { code: { type: string }, size: { type: string, enum: [s, l] } } }";
    let with = |first: &str, second: &str, rest: &str| {
        types(true, ORDER, &format!("{}{rest}", order("", &format!("first: {first}, second: {second}"))))
    };
    let reference = r##"{ $ref: "#/components/schemas/Item" }"##;
    let component = format!("\n    Item: {item}");
    let before = with(reference, reference, &component);
    assert_extends(&[before.clone(), with(item, reference, &component), before.clone()]);
    assert_extends(&[before.clone(), with(reference, item, &component)]);
    assert_extends(&[before.clone(), with(item, item, "")]);
    // Another type in this place is told.
    let other = "{ type: object, properties: { other: { type: string } } }";
    let config = config("");
    let lock = release(&before, &config, None).listing;
    let told = compared(&with(other, reference, &component), &config, &lock, Weight::Breaking);
    assert!(told.iter().any(|line| line.starts_with("Order.first: ")), "{told:?}");
}

#[test]
fn a_second_variant_of_a_union_of_one_is_told() {
    let schemas = |variants: &str| {
        let first = order("choice", &format!("choice: {{ oneOf: [{variants}] }}"));
        format!(
            "{first}\n    Item: {{ type: object, properties: {{ code: {{ type: string }} }} }}\n    Gift: {{ type: object, required: [gift], properties: {{ gift: {{ type: string }} }} }}"
        )
    };
    let (item, gift) =
        (r##"{ $ref: "#/components/schemas/Item" }"##, r##"{ $ref: "#/components/schemas/Gift" }"##);
    let config = config("");
    let lock = release(&types(true, ORDER, &schemas(item)), &config, None).listing;
    let both = types(true, ORDER, &schemas(&format!("{item}, {gift}")));
    let told = compared(&both, &config, &lock, Weight::Breaking);
    assert!(told.iter().any(|line| line.starts_with("Order.choice: ")), "{told:?}");
    assert_eq!(compared(&both, &config, &lock, Weight::Silent), [""; 0]);
}

/// A description of a form with these optional parts.
fn attachments(parts: &str) -> String {
    format!(
        r##"
openapi: 3.0.3
info: {{ title: Shop, version: "1" }}
paths:
  /files:
    post:
      operationId: upload
      tags: [files]
      requestBody: {{ required: true, content: {{ multipart/form-data: {{ schema: {{ type: object, properties: {{ {parts} }} }} }} }} }}
      responses: {{ "204": {{ description: Done. }} }}
"##
    )
}

#[test]
fn a_builder_stays_clone_if_it_can_hold_a_file_now() {
    let before = attachments("note: { type: string }");
    let after = attachments("note: { type: string }, file: { type: string, format: binary }");
    let lock = release(&before, &config(""), None).listing;
    let kept = release(&after, &config(""), Some(&lock));
    assert_eq!(changes(&kept, Weight::Breaking), [""; 0]);
    assert_eq!(
        changes(&kept, Weight::Kept),
        [
            "POST /files (multipart) clone: `Upload` is still `Clone`, although it can hold an upload now; to tighten it: `tighten: [\"POST /files (multipart) clone\"]`"
        ]
    );
    let mut files = kept.files.iter();
    let (_, text) = files.find(|(path, _)| *path == "src/managers/files.rs").expect("a manager");
    assert!(text.contains("#[derive(Clone, Debug)]"), "{text}");
    let tightened = release(&after, &config("tighten: ['POST /files (multipart) clone']"), Some(&lock));
    assert_eq!(
        changes(&tightened, Weight::Breaking),
        ["POST /files (multipart): `Upload` is no longer `Clone`"]
    );
}

#[test]
fn variants_and_values_keep_their_order() {
    let response = |variants: &str, values: &str| {
        format!(
            r##"
openapi: 3.0.3
info: {{ title: Shop, version: "1" }}
paths:
  /orders:
    get:
      operationId: get_order
      tags: [orders]
      responses:
        "200":
          description: An order.
          content:
            application/json:
              schema: {{ type: object, properties: {{ by: {{ oneOf: [{variants}] }}, size: {{ type: string, enum: [{values}] }} }} }}
components:
  schemas:
    Person: {{ type: object, required: [name], properties: {{ name: {{ type: string }}, age: {{ type: integer }} }} }}
    Company: {{ type: object, required: [name], properties: {{ name: {{ type: string }}, seat: {{ type: string }} }} }}
    Club: {{ type: object, required: [name], properties: {{ name: {{ type: string }}, town: {{ type: string }} }} }}
"##
        )
    };
    let [person, company, club] =
        ["Person", "Company", "Club"].map(|name| format!("{{ $ref: '#/components/schemas/{name}' }}"));
    let before = response(&format!("{person}, {company}"), "small, large");
    let after = response(&format!("{company}, {club}, {person}"), "large, huge, small");
    let (_, generated) = extended(&before, &after);
    let members = |kind: &str| -> Vec<String> {
        let types = generated.listing.types.iter().filter(|ty| ty.name.ends_with(kind));
        types.flat_map(|ty| &ty.members).map(|member| member.name.clone()).collect()
    };
    assert_eq!(members("By"), ["Person", "Company", "Club"]);
    assert_eq!(members("Size"), ["Small", "Large", "Huge"]);
}
