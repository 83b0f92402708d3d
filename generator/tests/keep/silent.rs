//! Checks that changes are refused if code for the release compiles and means something else.

use sdk_generator::verdict::Weight;
use sdk_generator::{Listing, Verdict};

use crate::releases::{compared, config, release};

/// A description whose required argument, setter and constructor argument are called `a`.
fn shop(wire: &str, schema: &str) -> String {
    format!(
        r##"
openapi: 3.0.3
info: {{ title: Shop, version: "1" }}
paths:
  /calls:
    get:
      operationId: call
      tags: [things]
      parameters:
        - {{ name: {wire}, in: query, required: true, schema: {schema} }}
      responses: {{ "204": {{ description: Done. }} }}
  /things:
    put:
      operationId: put
      tags: [things]
      requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ type: array, items: {{ $ref: "#/components/schemas/Thing" }} }} }} }} }}
      responses: {{ "204": {{ description: Done. }} }}
components:
  schemas:
    Thing: {{ type: object, required: [{wire}], properties: {{ {wire}: {schema} }} }}
    Text: {{ oneOf: [{{ type: string }}, {{ type: integer, format: int64 }}] }}
"##
    )
}

const TEXT: &str = "{ type: string }";
const UNION: &str = "{ $ref: '#/components/schemas/Text' }";
const INT: &str = "{ type: integer, format: int32 }";
const LONG: &str = "{ type: integer, format: int64 }";
const FLAG: &str = "{ type: boolean }";

#[test]
fn arguments_that_take_the_same_values_are_not_exchanged_silently() {
    let config = config("");
    for (before, after, compiles) in [
        (TEXT, "{}", true),
        (TEXT, UNION, true),
        (UNION, TEXT, true),
        (INT, LONG, true),
        (LONG, INT, true),
        (INT, UNION, true),
        (FLAG, UNION, false),
        (TEXT, INT, false),
        (
            "{ type: array, items: { type: integer, format: int32 } }",
            "{ type: array, items: { type: integer } }",
            true,
        ),
        ("{ type: array, items: { type: string } }", "{ type: array, items: { type: integer } }", false),
    ] {
        let lock = release(&shop("a", before), &config, None).listing;
        let silent = compared(&shop("b", after), &config, &lock, Weight::Silent);
        let expected: &[&str] = if compiles { &["GET /calls", "Thing"] } else { &[] };
        let at: Vec<&str> = silent.iter().filter_map(|line| Some(line.split_once(": ")?.0)).collect();
        assert_eq!(at, expected, "{before} {after}: {silent:#?}");
        // The same argument with a type that does not take every value is a change that the compiler finds.
        let retyped = compared(&shop("a", after), &config, &lock, Weight::Silent);
        assert_eq!(retyped, [""; 0], "{before} {after}");
    }
}

/// A description with an optional argument `note`, and a form with one part.
fn form(note: &str, schema: &str, part: &str, content: &str) -> String {
    format!(
        r##"
openapi: 3.0.3
info: {{ title: Shop, version: "1" }}
paths:
  /files:
    post:
      operationId: upload
      tags: [files]
      parameters: [{{ name: {note}, in: query, schema: {schema} }}]
      requestBody: {{ required: true, content: {{ multipart/form-data: {{ schema: {{ type: object, required: [{part}], properties: {{ {part}: {content} }} }} }} }} }}
      responses: {{ "204": {{ description: Done. }} }}
components:
  schemas:
    Text: {{ oneOf: [{{ type: string }}, {{ type: integer, format: int64 }}] }}
"##
    )
}

#[test]
fn texts_are_not_sent_silently_as_files_or_by_other_setters() {
    let config = config("");
    let lock = release(&form("note", INT, "text", TEXT), &config, None).listing;
    let binary = "{ type: string, format: binary }";
    let silent = |text: &str| compared(text, &config, &lock, Weight::Silent);
    assert_eq!(
        silent(&form("Note", LONG, "file", binary)),
        [
            "POST /files (multipart): `files().upload(text)` is now `files().upload(file)`: types that take the same values, other meanings",
            "POST /files (multipart) query:note: `files().upload`: `.note(…)` is sent as query `Note`",
        ]
    );
    assert_eq!(silent(&form("Note", FLAG, "count", INT)), [""; 0]);
}

/// A description whose operation has these optional arguments, and sends a type with these members.
fn optional(arguments: &str, members: &str) -> String {
    format!(
        r##"
openapi: 3.0.3
info: {{ title: Shop, version: "1" }}
paths:
  /things:
    put:
      operationId: put
      tags: [things]
      parameters: [{arguments}]
      requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ type: array, items: {{ $ref: "#/components/schemas/Thing" }} }} }} }} }}
      responses: {{ "204": {{ description: Done. }} }}
components:
  schemas:
    Thing: {{ type: object, properties: {{ {members} }} }}
"##
    )
}

#[test]
fn the_present_name_is_told_if_the_released_one_is_taken() {
    let lang = "{ name: lang, in: query, schema: { type: string } }";
    let lock = release(&optional(lang, "colour: { type: string }"), &config(""), None).listing;
    for (ty, weight) in [("String", Weight::Silent), ("bool", Weight::Breaking)] {
        let mut text = lock.print();
        for (line, replaced) in [
            ("query:lang: String", format!("query:lang as language: String\n  query:Lang as lang: {ty}")),
            (
                "-colour: Option<String> [set]",
                format!("-colour as paint: Option<String> [set]\n  -Colour as colour: Option<{ty}> [set]"),
            ),
        ] {
            assert!(text.contains(line), "{text}");
            text = text.replace(line, &replaced);
        }
        let verdict = Verdict::between(&lock, &Listing::parse(&text).expect("a listing"));
        let found: Vec<&str> = verdict.of(weight).map(|change| change.text.as_str()).collect();
        assert_eq!(
            found,
            [
                "`things().put`: `.lang(…)` is sent as query `Lang`: use `.language(…)`",
                "`Thing.colour` means `Colour`: use `Thing.paint`",
            ]
        );
    }
}

/// A description of one operation and one type.
fn one(path: &str, operation: &str, ty: &str) -> String {
    format!(
        r##"
openapi: 3.0.3
info: {{ title: Shop, version: "1" }}
paths:
  {path}:
    get:
      operationId: {operation}
      tags: [things]
      parameters: [{{ name: q, in: query, required: true, schema: {{ type: string }} }}]
      responses: {{ "200": {{ description: Done., content: {{ application/json: {{ schema: {{ $ref: "#/components/schemas/{ty}" }} }} }} }} }}
components:
  schemas:
    {ty}: {{ type: object, properties: {{ id: {{ type: string }} }} }}
"##
    )
}

/// Both descriptions in one.
fn beside(one: &str, other: &str) -> String {
    let section = |text: &str, from: &str, to: &str| {
        let start = text.find(from).expect("the section starts") + from.len();
        let end = text[start..].find(to).map_or(text.len(), |end| start + end);
        text[start..end].to_owned()
    };
    let paths = section(other, "paths:\n", "components:");
    let schemas = section(other, "schemas:\n", "\u{0}");
    one.replace("components:", &format!("{paths}components:")) + &schemas
}

#[test]
fn a_former_name_is_not_taken_over_silently() {
    let (x, y) = (one("/old", "x", "Order"), one("/new", "x", "Order"));
    let renamed = one("/old", "z", "Purchase");
    let names = "names: { operations: { z: z }, types: { /components/schemas/Purchase: Purchase }";
    let first = release(&x, &config(""), None).listing;
    let second = release(&renamed, &config(&format!("{names} }}")), Some(&first)).listing;
    assert_eq!(second.operations[0].former[0].method, "x");
    assert_eq!(second.types[0].former, ["Order"]);
    let both = beside(&renamed, &y);
    // A newcomer gets another name as long as the former one is kept.
    let kept = config(&format!("{names} }}"));
    assert_eq!(compared(&both, &kept, &second, Weight::Silent), [""; 0]);
    let expected = [
        "GET /old: `things().x` now sends `GET /new`",
        "Purchase: `Order` is another type now, that of `#Order`",
    ];
    let dropping = config(&format!("{names}, drop: [Order, things.x] }}"));
    assert_eq!(compared(&both, &dropping, &second, Weight::Silent), expected);
    // The owner is removed.
    let removed = compared(&y, &config(""), &second, Weight::Silent);
    assert_eq!(removed, expected);
    let gone = compared(&one("/new", "w", "Other"), &config(""), &second, Weight::Breaking);
    for name in ["things().x", "Order"] {
        assert!(
            gone.iter().any(|line| line.ends_with(&format!("the former name `{name}` is gone"))),
            "{gone:#?}"
        );
    }
}

#[test]
fn the_name_of_a_removed_type_is_not_taken_over_silently() {
    let lock = release(&one("/old", "x", "Order"), &config(""), None).listing;
    let inline = one("/new", "y", "order");
    assert_eq!(
        compared(&inline, &config(""), &lock, Weight::Silent),
        ["Order: `Order` is another type now, that of `#order`"]
    );
    // The type of the same operation is the same type.
    let moved = one("/old", "x", "order");
    assert_eq!(compared(&moved, &config(""), &lock, Weight::Silent), [""; 0]);
}

/// A description with a union of two types that do not declare their discriminator.
fn pets(cat: &str, dog: &str) -> String {
    format!(
        r##"
openapi: 3.0.3
info: {{ title: Pets, version: "1" }}
paths:
  /pets:
    post:
      operationId: add
      tags: [pets]
      requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ type: array, items: {{ $ref: "#/components/schemas/Pet" }} }} }} }} }}
      responses: {{ "204": {{ description: Done. }} }}
components:
  schemas:
    Cat: {{ type: object, required: [lives], properties: {{ lives: {{ type: integer, format: int64 }} }} }}
    Dog: {{ type: object, required: [tricks], properties: {{ tricks: {{ type: string }} }} }}
    Pet:
      oneOf: [{{ $ref: "#/components/schemas/Cat" }}, {{ $ref: "#/components/schemas/Dog" }}]
      discriminator:
        propertyName: kind
        mapping: {{ cat: "#/components/schemas/{cat}", dog: "#/components/schemas/{dog}" }}
"##
    )
}

#[test]
fn a_type_is_not_silently_sent_with_another_tag() {
    let config = config("");
    let lock = release(&pets("Cat", "Dog"), &config, None).listing;
    assert_eq!(
        compared(&pets("Dog", "Cat"), &config, &lock, Weight::Silent),
        [
            "Pet.cat: `Pet::from(Cat)` is `Pet::Dog` and sends `dog` instead of `Pet::Cat` with `cat`",
            "Pet.dog: `Pet::from(Dog)` is `Pet::Cat` and sends `cat` instead of `Pet::Dog` with `dog`",
        ]
    );
}

#[test]
fn the_place_of_an_argument_is_part_of_a_silent_change() {
    let config = config("");
    let lock = release(&shop("a", TEXT), &config, None).listing;
    let moved = shop("a", TEXT).replace("in: query", "in: header");
    assert_eq!(
        compared(&moved, &config, &lock, Weight::Silent),
        [
            "GET /calls: `things().call(a)` sends `header:a` instead of `query:a`: the same types, other meanings"
        ]
    );
}
