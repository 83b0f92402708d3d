//! Tests edges: several matches, deep merges, order, indexes, characters beyond ASCII, limits.

use super::{check, check_found, check_version};

#[test]
fn removal_of_several_items_leaves_the_others() {
    check(
        "tags: [{ name: a }, { name: b, x-old: true }, { name: c }, { name: d, x-old: true }, { name: e }]",
        "- { target: \"$.tags[?@['x-old'] == true]\", remove: true }",
        "tags: [{ name: a }, { name: c }, { name: e }]",
    );
    check("a: [1, 2, 3, 4]", "- { target: '$.a[0, 2, 0]', remove: true }", "a: [2, 4]");
    check("a: [1, 2, 3]", "- { target: '$.a[*]', remove: true }", "a: []");
}

#[test]
fn removal_of_a_value_and_what_is_in_it_removes_both() {
    check("a: { b: { b: { c: 1 } } }\nz: 1", "- { target: '$..b', remove: true }", "a: {}\nz: 1");
    check("a: [[1, 2], [3]]\nz: 1", "- { target: '$.a..*', remove: true }", "a: []\nz: 1");
}

#[test]
fn removal_keeps_the_order_of_the_other_members() {
    check("d: 1\nb: 2\nc: 3\na: 4", "- { target: $.b, remove: true }", "d: 1\nc: 3\na: 4");
}

#[test]
fn the_document_itself_is_not_removed() {
    let found = ["error: the document as a whole cannot be removed"];
    check_found("1.1.0", "a: 1", "- { target: $, remove: true }", &found);
}

#[test]
fn objects_merge_at_every_depth() {
    check(
        "info: { title: A, contact: { name: N, links: [1] }, version: '1' }",
        "- { target: $, update: { info: { contact: { email: e@x, links: [2, 3] }, title: B } } }",
        "info: { title: B, contact: { name: N, links: [1, 2, 3], email: e@x }, version: '1' }",
    );
    check("{}", "- { target: $, update: { a: { b: [] } } }", "a: { b: [] }");
}

#[test]
fn a_value_is_appended_to_each_selected_array() {
    check(
        "a: { p: [1] }\nb: { p: [] }",
        "- { target: $.*.p, update: { name: x } }\n- { target: $.*.p, update: text }\n- { target: $.b.p, update: null }",
        "a: { p: [1, { name: x }, text] }\nb: { p: [{ name: x }, text, null] }",
    );
}

#[test]
fn an_array_is_concatenated_in_1_1_and_one_item_in_1_0() {
    let (document, actions) = ("a: [1]", "- { target: $.a, update: [2, 3] }");
    check_version("1.1.0", document, actions, "a: [1, 2, 3]");
    check_version("1.0.0", document, actions, "a: [1, [2, 3]]");
    check_version("1.0.0", document, "- { target: $, update: { a: [2, 3] } }", "a: [1, 2, 3]");
}

#[test]
fn scalars_are_replaced_in_1_1() {
    check(
        "a: { text: old, number: 1, none: null, list: [x, y] }",
        "- { target: $.a.text, update: new }\n- { target: $.a.number, update: true }\n\
         - { target: $.a.none, update: 2.5 }\n- { target: '$.a.list[-1]', update: z }",
        "a: { text: new, number: true, none: 2.5, list: [x, z] }",
    );
    let found = ["error: version 1.0 of overlays does not update a string"];
    check_found("1.0.3", "a: { text: old }", "- { target: $.a.text, update: new }", &found);
    check_version(
        "1.0.0",
        "a: { text: old }",
        "- { target: $.a, update: { text: new } }",
        "a: { text: new }",
    );
    check_version("1.0.0", "a: { text: old }", "- { target: $.a.text, remove: true }", "a: {}");
}

#[test]
fn values_that_do_not_merge_are_reported() {
    for (document, update, message) in [
        ("a: { b: 1 }", "[1]", "cannot merge an array into an object (`/a` of the document)"),
        ("a: { b: 1 }", "x", "cannot merge a string into an object (`/a` of the document)"),
        ("a: 1", "{}", "cannot merge an object into a number (`/a` of the document)"),
        ("a: x", "[1]", "cannot merge an array into a string (`/a` of the document)"),
        ("a: { b: [1] }", "{ b: 1 }", "cannot merge a number into an array (`/a/b` of the document)"),
        ("a: { b: 1 }", "{ b: [1] }", "cannot merge an array into a number (`/a/b` of the document)"),
        ("a: { b: {} }", "{ b: null }", "cannot merge null into an object (`/a/b` of the document)"),
        ("a: { b: true }", "{ b: {} }", "cannot merge an object into a boolean (`/a/b` of the document)"),
    ] {
        let action = format!("- {{ target: $.a, update: {update} }}");
        check_found("1.1.0", document, &action, &[&format!("error: {message}")]);
    }
}

#[test]
fn a_mismatch_at_many_places_is_one_finding() {
    let found = ["error: cannot merge a string into an object (`/a` of the document)"];
    check_found("1.0.0", "a: {}\nb: {}\nc: {}", "- { target: $.*, update: x }", &found);
}

#[test]
fn values_of_several_kinds_are_not_updated_together_in_1_1() {
    let (document, action) = ("a: { p: {} }\nb: { p: [] }", "- { target: $.*.p, update: { x: 1 } }");
    check_found("1.1.0", document, action, &["error: `$.*.p` selects values of several kinds"]);
    check_version("1.0.0", document, action, "a: { p: { x: 1 } }\nb: { p: [{ x: 1 }] }");
}

#[test]
fn each_action_sees_what_the_one_before_it_left() {
    check(
        "a: { b: 1 }",
        "- { target: $.a, remove: true }\n- { target: $, update: { a: [] } }\n- { target: $.a, update: x }\n\
         - { target: \"$.a[?@ == 'x']\", update: y }",
        "a: [y]",
    );
    let found = ["error: `$.a.b` selects nothing"];
    check_found(
        "1.1.0",
        "a: { b: 1, c: 2 }",
        "- { target: $.a.b, remove: true }\n- { target: $.a.b, update: 2 }",
        &found,
    );
}

#[test]
fn an_update_of_a_value_and_one_in_it_changes_both() {
    check("a: { x: { x: {} } }", "- { target: $..x, update: { y: 1 } }", "a: { x: { x: { y: 1 }, y: 1 } }");
    check("a: { a: {} }", "- { target: $..a, update: { a: { b: 1 } } }", "a: { a: { b: 1, a: { b: 1 } } }");
}

#[test]
fn a_copy_is_taken_before_it_is_put_anywhere() {
    check("a: { b: 1 }", "- { target: $.a, copy: $ }", "a: { b: 1, a: { b: 1 } }");
    check("a: [1, 2]", "- { target: $.a, copy: $.a }", "a: [1, 2, 1, 2]");
    check(
        "a: { x: 1 }\nb: [2]\nc: s",
        "- { target: $.b, copy: $.a }\n- { target: $.b, copy: $.c }",
        "a: { x: 1 }\nb: [2, { x: 1 }, s]\nc: s",
    );
    check(
        "a: 1\nb: 2\nc: { d: 3 }",
        "- { target: '$[\"a\", \"b\"]', copy: $.c.d }",
        "a: 3\nb: 3\nc: { d: 3 }",
    );
}

#[test]
fn a_copy_takes_one_value() {
    let document = "a: [1, 2]\nb: {}";
    let many = ["error: `$.a[*]` selects 2 values; one is copied"];
    check_found("1.1.0", document, "- { target: $.b, copy: '$.a[*]' }", &many);
    check_found("1.1.0", document, "- { target: $.b, copy: $.c }", &["error: `$.c` selects nothing"]);
    let mismatch = ["error: cannot merge an array into an object (`/b` of the document)"];
    check_found("1.1.0", document, "- { target: $.b, copy: $.a }", &mismatch);
}

#[test]
fn keys_with_any_characters_are_selected() {
    check(
        "paths: { '/größe/{id}': { get: {} }, \"/it's\": {}, '/a~b': {} }",
        "- target: \"$.paths['/größe/{id}'].get\"\n  update: { x-ü: ☃ }\n\
         - { target: '$.paths[\"/it''s\"]', remove: true }\n- { target: \"$.paths[?@.get['x-ü'] == '☃'].get\", update: { y: 1 } }\n\
         - { target: \"$['paths']['/a~b']\", update: { z: 1 } }",
        "paths: { '/größe/{id}': { get: { x-ü: ☃, y: 1 } }, '/a~b': { z: 1 } }",
    );
}

#[test]
fn functions_of_queries_are_known() {
    check(
        "tags: [{ name: beta-a }, { name: b }, { name: cc }]",
        "- { target: \"$.tags[?match(@.name, 'beta-.*') || length(@.name) > 1 && search(@.name, 'c')]\", remove: true }",
        "tags: [{ name: b }]",
    );
}

#[test]
fn an_action_without_effect_is_a_warning() {
    let nothing = ["warning: this action changes nothing"];
    for action in [
        "- target: $",
        "- { target: $, remove: false, description: Nothing }",
        "- { target: $, update: {} }",
        "- { target: $.a, update: { b: 1 } }",
        "- { target: $.c, update: [] }",
        "- { target: $.a, copy: $.a }",
    ] {
        let document = "a: { b: 1 }\nc: [1]";
        let node = check_found("1.1.0", document, action, &nothing);
        assert_eq!(node, crate::tree::load(document).expect("it can be read").root);
    }
    let beside = ["warning: `update` has no effect beside `remove: true`"];
    let node = check_found("1.1.0", "a: 1\nb: 2", "- { target: $.a, update: 2, remove: true }", &beside);
    assert_eq!(node, crate::tree::load("b: 2").expect("it can be read").root);
}

#[test]
fn numbers_keep_their_digits() {
    check(
        "a: { most: 170141183460469231731687303715884105727 }",
        "- { target: $.a, update: { least: -9223372036854775809 } }\n- { target: $, update: { b: {} } }\n\
         - { target: $.b, copy: $.a }",
        "a: { most: 170141183460469231731687303715884105727, least: -9223372036854775809 }\n\
         b: { most: 170141183460469231731687303715884105727, least: -9223372036854775809 }",
    );
}

#[test]
fn growth_without_measure_is_an_error() {
    let found = ["error: this action makes the document larger than one that can be read"];
    let repeated = |copy: &str| -> String {
        (0..200).map(|number| format!("- {{ description: '{number}', {copy} }}\n")).collect()
    };
    // Each copy doubles the array, or adds a level.
    let long = format!("a: [[{}]]", "1,".repeat(1000));
    check_found("1.1.0", &long, &repeated("target: $.a, copy: $.a"), &found);
    check_found("1.1.0", "a: {}", &repeated("target: $.a, copy: $"), &found);
}
