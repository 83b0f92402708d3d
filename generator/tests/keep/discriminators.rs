//! Checks that a union whose variants are told apart in another way is told, since the same code sends or reads
//! something else.

use sdk_generator::Listing;
use sdk_generator::verdict::Weight;

use crate::releases::{compared, config, release};

/// A union of two types with these members.
struct Pets<'a> {
    /// The discriminator, or an empty text.
    discriminator: &'a str,
    /// The members of both types.
    members: &'a str,
    is_sent: bool,
    is_read: bool,
}

const MAPPING: &str =
    "{ propertyName: kind, mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } }";

const PETS: Pets<'_> = Pets { discriminator: MAPPING, members: "", is_sent: true, is_read: true };

impl Pets<'_> {
    fn document(&self) -> String {
        let Self { discriminator, members, is_sent, is_read } = self;
        let content = "content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } }";
        let body =
            if *is_sent { format!("requestBody: {{ required: true, {content} }}") } else { String::new() };
        let response = if *is_read { format!(", {content}") } else { String::new() };
        let discriminator = match *discriminator {
            "" => String::new(),
            discriminator => format!("discriminator: {discriminator}"),
        };
        format!(
            r##"
openapi: 3.0.3
info: {{ title: Pets, version: "1" }}
paths:
  /pets:
    post:
      operationId: add
      tags: [pets]
      {body}
      responses: {{ "200": {{ description: Done.{response} }} }}
components:
  schemas:
    Cat: {{ type: object, required: [lives], properties: {{ lives: {{ type: integer, format: int64 }}, {members} }} }}
    Dog: {{ type: object, required: [tricks], properties: {{ tricks: {{ type: string }}, {members} }} }}
    Pet:
      oneOf: [{{ $ref: "#/components/schemas/Cat" }}, {{ $ref: "#/components/schemas/Dog" }}]
      {discriminator}
"##
        )
    }
}

/// Returns the changes between two descriptions with this weight.
fn changes(before: &Pets<'_>, after: &Pets<'_>, weight: Weight) -> Vec<String> {
    let config = config("");
    let lock = release(&before.document(), &config, None).listing;
    let lock = Listing::parse(&lock.print()).expect("a printed listing is sound");
    assert_eq!(compared(&before.document(), &config, &lock, weight), [""; 0]);
    compared(&after.document(), &config, &lock, weight)
}

#[test]
fn a_discriminator_that_comes_or_goes_is_not_silent() {
    let without = Pets { discriminator: "", ..PETS };
    let gone = ["Pet: the shape instead of `kind` selects the variant of `Pet`"];
    let new = ["Pet: `kind` instead of the shape selects the variant of `Pet`"];
    for (is_sent, is_read) in [(true, true), (true, false), (false, true)] {
        let with = Pets { is_sent, is_read, ..PETS };
        let without = Pets { is_sent, is_read, ..without };
        assert_eq!(changes(&with, &without, Weight::Silent), gone, "{is_sent} {is_read}");
        assert_eq!(changes(&without, &with, Weight::Silent), new, "{is_sent} {is_read}");
    }
    // Types that declare the member are sent as before.
    let declared = Pets { members: "kind: { type: string }", is_read: false, ..PETS };
    let undeclared = Pets { discriminator: "", ..declared };
    assert_eq!(changes(&declared, &undeclared, Weight::Silent), [""; 0]);
    assert_eq!(changes(&declared, &undeclared, Weight::Noted), gone);
}

#[test]
fn a_tag_that_the_union_no_longer_adds_is_not_silent() {
    let sent = Pets { is_read: false, ..PETS };
    let declared = Pets { members: "kind: { type: string }", ..sent };
    assert_eq!(
        changes(&sent, &declared, Weight::Silent),
        [
            "Pet.cat: `Pet::Cat` is sent with no tag instead of `cat` as `kind`",
            "Pet.dog: `Pet::Dog` is sent with no tag instead of `dog` as `kind`",
        ]
    );
    let read = Pets { is_sent: false, ..PETS };
    let declared = Pets { members: "kind: { type: string }", ..read };
    assert_eq!(changes(&read, &declared, Weight::Silent), [""; 0]);
}

#[test]
fn values_of_the_tag_that_select_another_variant_are_told() {
    let mapping = |pairs: &[(&str, &str)]| {
        let pairs = pairs.iter().map(|(tag, ty)| format!("{tag}: '#/components/schemas/{ty}'"));
        let pairs = pairs.collect::<Vec<_>>().join(", ");
        format!("{{ propertyName: kind, mapping: {{ {pairs} }} }}")
    };
    let [two, three] = [
        mapping(&[("cat", "Cat"), ("dog", "Dog")]),
        // The released value is the one that is sent, whatever its place.
        mapping(&[("tabby", "Cat"), ("cat", "Cat"), ("dog", "Dog")]),
    ];
    let pets = |discriminator| Pets { discriminator, ..PETS };
    assert_eq!(changes(&pets(&two), &pets(&three), Weight::Silent), [""; 0]);
    assert_eq!(
        changes(&pets(&two), &pets(&three), Weight::Added),
        ["Pet: `kind` = `tabby` is read as `Pet::Cat`"]
    );
    let moved = mapping(&[("cat", "Cat"), ("dog", "Dog"), ("tabby", "Dog")]);
    assert_eq!(
        changes(&pets(&three), &pets(&moved), Weight::Silent),
        [
            "Pet: `kind` = `tabby` is read as `Pet::Dog` instead of `Pet::Cat`",
            "Pet.tabby|cat: `Pet::Cat` is sent with `cat` as `kind` instead of `tabby` as `kind`",
        ]
    );
    let gone = mapping(&[("tabby", "Cat"), ("dog", "Dog")]);
    assert_eq!(
        changes(&pets(&three), &pets(&gone), Weight::Silent),
        ["Pet: `kind` = `cat` is no longer read as `Pet::Cat`"]
    );
}
