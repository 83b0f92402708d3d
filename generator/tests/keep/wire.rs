//! Checks that a changed form of a request on the wire is told, although the same code compiles.

use sdk_generator::listing::Listing;
use sdk_generator::verdict::Weight;

use crate::releases::{compared, config, release};

/// A description of an operation with these parameters, this request body and this schema of a union.
fn shop(parameters: &str, body: &str, discriminator: &str) -> String {
    format!(
        r##"
openapi: 3.0.3
info: {{ title: Shop, version: "1" }}
paths:
  /things:
    post:
      operationId: put
      tags: [things]
      parameters: [{parameters}]
      requestBody: {{ required: true, content: {{ {body} }} }}
      responses: {{ "200": {{ description: Done., content: {{ application/json: {{ schema: {{ $ref: "#/components/schemas/Pet" }} }} }} }} }}
components:
  schemas:
    Pet:
      oneOf: [{{ $ref: "#/components/schemas/Cat" }}, {{ $ref: "#/components/schemas/Dog" }}]
      discriminator: {{ propertyName: {discriminator}, mapping: {{ a: "#/components/schemas/Cat", b: "#/components/schemas/Dog" }} }}
    Cat: {{ type: object, required: [kind, type], properties: {{ kind: {{ type: string }}, type: {{ type: string }} }} }}
    Dog: {{ type: object, required: [kind, type], properties: {{ kind: {{ type: string }}, type: {{ type: string }} }} }}
"##
    )
}

fn list(wire: &str, facts: &str) -> String {
    format!("{{ name: {wire}, in: query, {facts}schema: {{ type: array, items: {{ type: string }} }} }}")
}

fn constant(value: &str) -> String {
    format!("{{ name: X-Version, in: header, required: true, schema: {{ type: string, enum: [{value}] }} }}")
}

fn multipart(facts: &str) -> String {
    format!(
        "multipart/form-data: {{ schema: {{ type: object, properties: {{ note: {{ type: string }} }} }}, encoding: {{ note: {{ {facts} }} }} }}"
    )
}

fn form(facts: &str) -> String {
    let list = "{ type: array, items: { type: string } }";
    format!(
        "application/x-www-form-urlencoded: {{ schema: {{ type: object, properties: {{ ids: {list} }} }}, encoding: {{ ids: {{ {facts} }} }} }}"
    )
}

fn text(media_type: &str) -> String {
    format!("{media_type}: {{ schema: {{ type: string }} }}")
}

/// Returns the changes between two descriptions that compile and have to be accepted. The listing survives its text form.
#[track_caller]
fn silent(before: &str, after: &str) -> Vec<String> {
    let config = config("");
    let lock = release(before, &config, None).listing;
    let printed = lock.print();
    let lock = Listing::parse(&printed).expect("a printed listing is sound");
    assert_eq!(lock.print(), printed);
    assert_eq!(compared(before, &config, &lock, Weight::Silent), [""; 0]);
    compared(after, &config, &lock, Weight::Silent)
}

#[test]
fn a_changed_form_on_the_wire_is_told() {
    let body = text("text/plain");
    let with = |parameter: &str| shop(parameter, &body, "kind");
    let sends = |body: &str| shop("", body, "kind");
    let mut lines = Vec::new();
    for (before, after) in [
        (with(&list("ids", "")), with(&list("ids", "explode: false, "))),
        (with(&list("ids", "")), with(&list("ids", "style: pipeDelimited, explode: false, "))),
        (with(&list("ids", "allowReserved: true, ")), with(&list("ids", ""))),
        (with(&list("ids", "")), with(&list("Ids", ""))),
        (with(&constant("v1")), with(&constant("v2"))),
        (sends(&multipart("contentType: text/plain")), sends(&multipart("contentType: text/csv"))),
        (sends(&form("style: form")), sends(&form("style: pipeDelimited, explode: false"))),
        (sends(&text("text/csv")), sends(&text("text/csv; charset=utf-16"))),
        (sends(&text("text/csv")), sends(&text("text/plain"))),
        (shop("", &body, "kind"), shop("", &body, "type")),
    ] {
        let found = silent(&before, &after);
        assert_ne!(found, [""; 0], "{before}\n{after}");
        lines.extend(found);
    }
    insta::assert_snapshot!("wire", lines.join("\n"));
}

#[test]
fn an_encoding_that_makes_no_difference_is_not_told() {
    let scalar = |facts: &str| format!("{{ name: id, in: query, {facts}schema: {{ type: string }} }}");
    let body = text("text/plain");
    for (before, after) in [
        (scalar(""), scalar("explode: false, ")),
        (list("ids", ""), list("ids", "style: form, explode: true, ")),
    ] {
        assert_eq!(silent(&shop(&before, &body, "kind"), &shop(&after, &body, "kind")), [""; 0]);
    }
    assert_eq!(silent(&shop("", &form(""), "kind"), &shop("", &form("style: form"), "kind")), [""; 0]);
}

#[test]
fn another_conversion_is_another_type() {
    let instant = |schema: &str| format!("{{ name: at, in: query, required: true, schema: {schema} }}");
    let of = |schema: &str| shop(&instant(schema), &text("text/plain"), "kind");
    let config = config("");
    let lock = release(&of("{ type: string, format: date-time }"), &config, None).listing;
    for schema in ["{ type: integer, format: int64 }", "{ type: string, format: date }"] {
        assert_eq!(compared(&of(schema), &config, &lock, Weight::Breaking).len(), 1, "{schema}");
    }
}
