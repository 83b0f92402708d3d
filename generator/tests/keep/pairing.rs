//! Checks which types of a description count as released ones if documents and names shift.

use sdk_generator::verdict::Weight;
use sdk_generator::{Config, Generated, Listing};

use crate::releases::{changes, config, release};
use crate::{run, run_all};

/// Describes operations that return components, and the components.
fn describe(operations: &[(&str, &str)], components: &[(&str, &str)]) -> String {
    let mut text = "openapi: 3.0.3\ninfo: { title: Shop, version: '1' }\npaths:\n".to_owned();
    for (name, returned) in operations {
        text += &format!(
            "  /{name}:\n    get:\n      operationId: get_{name}\n      tags: [things]\n      responses: {{ \"200\": \
             {{ description: One., content: {{ application/json: {{ schema: \
             {{ $ref: '#/components/schemas/{returned}' }} }} }} }} }}\n"
        );
    }
    text += "components:\n  schemas:\n";
    for (name, members) in components {
        text += &format!("    {name}: {{ type: object, properties: {{ {members} }} }}\n");
    }
    text
}

const ID: &str = "id: { type: string }";
const MAIL: &str = "mail: { type: string }, kind: { type: string, enum: [home, work] }";

#[track_caller]
fn assert_nothing_breaks(generated: &Generated) {
    assert_eq!(changes(generated, Weight::Silent), [""; 0]);
    assert_eq!(changes(generated, Weight::Breaking), [""; 0]);
}

/// Returns the key of the type with this name.
fn key<'l>(listing: &'l Listing, name: &str) -> &'l str {
    let found = listing.types.iter().find(|ty| ty.name == name);
    &found.unwrap_or_else(|| panic!("no {name}: {}", listing.print())).key
}

/// Generates a package from other descriptions under the lock of the first ones.
#[track_caller]
fn changed(before: &[(&str, &str)], after: &[(&str, &str)]) -> (Listing, Generated) {
    let config = Config::bare("shop");
    let lock = run_all(before, &config, None).expect("the description is sound").listing;
    let generated = run_all(after, &config, Some(&lock)).expect("it generates");
    let again = run_all(after, &config, Some(&generated.listing)).expect("it generates");
    assert_eq!(again.listing.print(), generated.listing.print());
    (lock, generated)
}

#[test]
fn a_document_in_front_shifts_no_released_type() {
    let shop = describe(&[("user", "User")], &[("User", MAIL)]);
    let store = describe(&[("shelf", "User")], &[("User", ID)]);
    let one: &[_] = &[("shop.yaml", &*shop)];
    let other: &[_] = &[("store.yaml", &*store), ("shop.yaml", &*shop)];
    let (lock, generated) = changed(one, other);
    assert_nothing_breaks(&generated);
    for ty in &lock.types {
        let entry = generated.listing.types.iter().find(|entry| entry.name == ty.name);
        assert_eq!(entry.expect("it stays").key, ty.key);
    }
    // It goes again.
    let (_, shorter) = changed(other, one);
    let gone = ["GET /shelf: `things().get_shelf` is gone", "User: the type `User` is gone"];
    assert_eq!(changes(&shorter, Weight::Breaking), gone);
}

#[test]
fn documents_that_change_places_keep_their_types() {
    let shop = describe(&[("user", "User")], &[("User", MAIL)]);
    let store = describe(&[("shelf", "User")], &[("User", ID)]);
    let (lock, generated) = changed(
        &[("shop.yaml", &shop), ("store.yaml", &store)],
        &[("store.yaml", &store), ("shop.yaml", &shop)],
    );
    assert_nothing_breaks(&generated);
    let keys = |listing: &Listing| {
        let mut keys: Vec<_> = listing.types.iter().map(|ty| (ty.key.clone(), ty.name.clone())).collect();
        keys.sort();
        keys
    };
    assert_eq!(keys(&generated.listing), keys(&lock));
}

#[test]
fn a_component_whose_name_goes_to_another_one_keeps_it_in_code() {
    let before = describe(&[("user", "User")], &[("User", MAIL)]);
    let after = describe(&[("user", "UserV1"), ("profile", "User")], &[("UserV1", MAIL), ("User", ID)]);
    let (_, generated) = changed(&[("api.yaml", &before)], &[("api.yaml", &after)]);
    assert_nothing_breaks(&generated);
    assert_eq!(key(&generated.listing, "User"), "#UserV1");
    assert_eq!(key(&generated.listing, "UserKind"), "#UserV1/properties/kind");
}

#[test]
fn components_that_swap_names_keep_them_in_code() {
    let before = describe(&[("user", "User"), ("shelf", "Shelf")], &[("User", MAIL), ("Shelf", ID)]);
    let after = describe(&[("user", "Shelf"), ("shelf", "User")], &[("User", ID), ("Shelf", MAIL)]);
    let (_, generated) = changed(&[("api.yaml", &before)], &[("api.yaml", &after)]);
    assert_nothing_breaks(&generated);
    assert_eq!(key(&generated.listing, "User"), "#Shelf");
    assert_eq!(key(&generated.listing, "Shelf"), "#User");
}

#[test]
fn components_that_move_their_names_on_keep_them_in_code() {
    let tag = "tag: { type: string }";
    let released = [("User", MAIL), ("Shelf", ID)];
    let before = describe(&[("user", "User"), ("shelf", "Shelf")], &released);
    // `User` is called `Shelf` now, `Shelf` is called `Rack`, and a new component is called `User`.
    let components = [("Shelf", MAIL), ("Rack", ID), ("User", tag)];
    let after = describe(&[("user", "Shelf"), ("shelf", "Rack"), ("tag", "User")], &components);
    let (_, generated) = changed(&[("api.yaml", &before)], &[("api.yaml", &after)]);
    assert_nothing_breaks(&generated);
    assert_eq!(key(&generated.listing, "User"), "#Shelf");
    assert_eq!(key(&generated.listing, "Shelf"), "#Rack");
}

#[test]
fn a_component_that_operations_reach_in_nested_types_keeps_its_name() {
    let user =
        |name: &str| format!("owner: {{ type: array, items: {{ $ref: '#/components/schemas/{name}' }} }}");
    let before = describe(&[("file", "File")], &[("File", &user("User")), ("User", MAIL)]);
    let after = describe(
        &[("file", "File"), ("profile", "User")],
        &[("File", &user("UserV1")), ("UserV1", MAIL), ("User", ID)],
    );
    let (_, generated) = changed(&[("api.yaml", &before)], &[("api.yaml", &after)]);
    assert_nothing_breaks(&generated);
    assert_eq!(key(&generated.listing, "User"), "#UserV1");
}

#[test]
fn a_component_pairs_by_its_name_unless_all_places_lead_to_a_better_match() {
    let before = describe(&[("user", "User"), ("owner", "User")], &[("User", MAIL)]);
    let config = Config::bare("shop");
    let lock = run(&before, &config, None).expect("the description is sound").listing;
    let both = [("User", MAIL), ("Person", MAIL)];
    let moved = [("User", ID), ("Person", MAIL)];
    let worse = [("User", MAIL), ("Person", ID)];
    for (title, operations, components) in [
        ("one place leads to another component", [("user", "User"), ("owner", "Person")], moved),
        ("both match equally well", [("user", "Person"), ("owner", "Person")], both),
        ("the other one matches worse", [("user", "Person"), ("owner", "Person")], worse),
    ] {
        // Another operation needs the component with the released name.
        let operations = [&operations[..], &[("profile", "User")]].concat();
        let after = describe(&operations, &components);
        let generated = run(&after, &config, Some(&lock)).expect("it generates");
        assert_eq!(key(&generated.listing, "User"), "#User", "{title}");
    }
}

#[test]
fn a_component_that_joins_another_released_one_leaves_that_its_name() {
    let released = [("User", MAIL), ("Person", MAIL)];
    let before = describe(&[("user", "User"), ("person", "Person")], &released);
    let after = describe(
        &[("user", "Person"), ("person", "Person"), ("profile", "User")],
        &[("User", ID), ("Person", MAIL)],
    );
    let (_, generated) = changed(&[("api.yaml", &before)], &[("api.yaml", &after)]);
    assert_eq!(key(&generated.listing, "Person"), "#Person");
    assert_eq!(key(&generated.listing, "User"), "#User");
}

#[test]
fn a_type_that_became_part_of_several_leaves_its_name_to_one() {
    let describe = |first: &str, second: &str, other: &str| {
        format!(
            "openapi: 3.0.3
info: {{ title: Shop, version: '1' }}
paths:
  /holder:
    get:
      operationId: get_holder
      tags: [orders]
      responses:
        \"200\":
          description: One.
          content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Holder' }} }} }}
components:
  schemas:
    Holder:
      type: object
      properties:
        first: {{ $ref: '#/components/schemas/{first}' }}
        second: {{ $ref: '#/components/schemas/{second}' }}
        user: {{ $ref: '#/components/schemas/User' }}
        shelf: {{ $ref: '#/components/schemas/Shelf' }}
    User: {{ type: object, properties: {{ {MAIL} }} }}
    Shelf: {{ type: object, properties: {{ {ID} }} }}
{other}"
        )
    };
    let rack = format!("    Rack: {{ type: object, properties: {{ {ID}, size: {{ type: string }} }} }}\n");
    let lock = release(&describe("Rack", "Rack", &rack), &config(""), None).listing;
    let after = release(&describe("User", "Shelf", ""), &config(""), Some(&lock));
    let aliased = after.listing.types.iter().filter(|ty| ty.former.contains(&"Rack".to_owned()));
    assert_eq!(aliased.map(|ty| ty.name.as_str()).collect::<Vec<_>>(), ["Shelf"]);
}

/// Describes an owner that is a person or a company.
fn describe_owner(person: &str, company: &str, components: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{ title: Shop, version: '1' }}
paths:
  /owner:
    get:
      operationId: get_owner
      tags: [orders]
      responses:
        \"200\":
          description: One.
          content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Owner' }} }} }}
components:
  schemas:
    Owner:
      oneOf:
        - $ref: '#/components/schemas/{person}'
        - $ref: '#/components/schemas/{company}'
        - $ref: '#/components/schemas/Robot'
      discriminator:
        propertyName: kind
        mapping:
          person: '#/components/schemas/{person}'
          company: '#/components/schemas/{company}'
          robot: '#/components/schemas/Robot'
{components}"
    )
}

#[test]
fn a_type_that_takes_the_place_of_two_variants_keeps_the_name_of_one() {
    let component = |name: &str| {
        format!(
            "    {name}: {{ type: object, required: [kind], properties: {{ kind: {{ type: string }}, {ID} }} }}\n"
        )
    };
    let both = component("Person") + &component("Company") + &component("Robot");
    let one = component("Party") + &component("Robot");
    let lock = release(&describe_owner("Person", "Company", &both), &config(""), None).listing;
    let after = release(&describe_owner("Party", "Party", &one), &config(""), Some(&lock));
    assert_eq!(changes(&after, Weight::Silent), [""; 0]);
    let gone =
        ["Company: the type `Company` is gone", "Owner.company: `Owner::Company` is now `Owner::Person`"];
    assert_eq!(changes(&after, Weight::Breaking), gone);
    assert_eq!(key(&after.listing, "Person"), "#Party");
}
