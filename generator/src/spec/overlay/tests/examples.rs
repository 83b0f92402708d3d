//! Tests the kinds of examples that the specification shows, and those of its sets for implementations.

use super::{check, check_found, check_version};

#[test]
fn structured_one_action_mirrors_the_document() {
    check_version(
        "1.0.0",
        "openapi: 3.1.0\ninfo: { title: Zoo, version: '1' }\n\
         paths: { /: { get: {} }, /animals: { get: { tags: [animals] }, post: {} } }",
        "- target: $\n  update:\n    info:\n      x-checked: true\n    paths:\n      /:\n        summary: The zoo\n\
         \x20       get:\n          x-rate-limit: 50\n      /animals:\n        get:\n          summary: Lists animals\n",
        "openapi: 3.1.0\ninfo: { title: Zoo, version: '1', x-checked: true }\n\
         paths: { /: { get: { x-rate-limit: 50 }, summary: The zoo }, \
         /animals: { get: { tags: [animals], summary: Lists animals }, post: {} } }",
    );
}

#[test]
fn structured_an_empty_key_is_told() {
    let document = "info: { title: Zoo }\ncomponents: { schemas: {} }\ntags: [{ name: animals }]";
    let action =
        "- target: $\n  update:\n    info: { x-checked: true }\n    components:\n    tags:\n    x-none:\n";
    let found =
        ["warning: null changes nothing about an object", "warning: null changes nothing about an array"];
    let node = check_found("1.0.0", document, action, &found);
    assert!(
        node.get("x-none").is_some() && node.get("tags").is_some_and(|tags| tags.as_sequence().is_some())
    );
    let found = [
        "error: cannot merge null into an object (`/components` of the document)",
        "error: cannot merge null into an array (`/tags` of the document)",
    ];
    check_found("1.1.0", document, action, &found);
}

#[test]
fn targeted_actions_replace_texts() {
    check(
        "paths: { /keepers: { get: { description: Old } }, /food: { get: { description: Old }, put: {} } }",
        "- { target: \"$.paths['/keepers'].get.description\", update: Who feeds the animals }\n\
         - { target: \"$.paths['/food'].get.description\", update: What they eat }\n\
         - target: $.paths['/food']\n  update: { post: { description: Adds food, x-safe: false } }\n",
        "paths: { /keepers: { get: { description: Who feeds the animals } }, \
         /food: { get: { description: What they eat }, put: {}, post: { description: Adds food, x-safe: false } } }",
    );
}

#[test]
fn wildcards_update_many_objects() {
    check_version(
        "1.0.0",
        "paths:\n  /animals: { get: { parameters: [{ name: filter, in: query }, { name: filter, in: header }] } }\n\
         \x20 /food: { get: {}, put: {} }",
        "- { target: $.paths.*.get, update: { x-safe: true } }\n\
         - target: $.paths.*.get.parameters[?@.name=='filter' && @.in=='query']\n\
         \x20 update: { schema: { $ref: '#/components/schemas/Filter' } }\n",
        "paths:\n  /animals: { get: { parameters: [{ name: filter, in: query, schema: { $ref: '#/components/schemas/Filter' } }, \
         { name: filter, in: header }], x-safe: true } }\n  /food: { get: { x-safe: true }, put: {} }",
    );
}

#[test]
fn arrays_gain_and_lose_items() {
    let document = "paths: { /animals: { get: { parameters: [{ name: page }, { name: spare }], tags: [spare, animals] } } }";
    check_version(
        "1.0.0",
        document,
        "- { target: $.paths.*.get.parameters, update: { name: limit, in: query } }",
        "paths: { /animals: { get: { parameters: [{ name: page }, { name: spare }, { name: limit, in: query }], \
         tags: [spare, animals] } } }",
    );
    check(
        document,
        "- { target: \"$.paths.*.get.parameters[?@.name == 'spare']\", remove: true }\n\
         - { target: \"$.paths.*.get.tags[?@ == 'spare']\", remove: true }",
        "paths: { /animals: { get: { parameters: [{ name: page }], tags: [animals] } } }",
    );
}

#[test]
fn traits_are_selected_by_an_extension() {
    check_version(
        "1.0.0",
        "paths:\n  /animals: { get: { x-traits: [paged], responses: {} } }\n\
         \x20 /keepers/{id}: { get: { x-traits: [cached, paged], parameters: [{ name: id, in: path }] } }\n\
         \x20 /food: { get: { x-traits: [cached] } }\n  /map: { get: {} }",
        "- target: $.paths[?(@.get['x-traits'][?(@ == 'paged')])].get\n\
         \x20 update: { parameters: [{ name: top, in: query }, { name: skip, in: query }] }",
        "paths:\n  /animals: { get: { x-traits: [paged], responses: {}, \
         parameters: [{ name: top, in: query }, { name: skip, in: query }] } }\n\
         \x20 /keepers/{id}: { get: { x-traits: [cached, paged], parameters: [{ name: id, in: path }, \
         { name: top, in: query }, { name: skip, in: query }] } }\n\
         \x20 /food: { get: { x-traits: [cached] } }\n  /map: { get: {} }",
    );
}

const PATHS: &str =
    "paths: { /animals: { get: { summary: Lists } }, /visitors: { delete: { summary: Closes } } }";

#[test]
fn copy_takes_over_every_operation_of_a_path() {
    check(
        PATHS,
        "- { target: '$.paths[\"/visitors\"]', copy: '$.paths[\"/animals\"]', description: Lists visitors too }",
        "paths: { /animals: { get: { summary: Lists } }, \
         /visitors: { delete: { summary: Closes }, get: { summary: Lists } } }",
    );
}

#[test]
fn copy_to_a_path_that_an_action_adds_first() {
    check(
        PATHS,
        "- { target: $.paths, update: { /beasts: {} } }\n\
         - { target: \"$.paths['/beasts']\", copy: \"$.paths['/animals']\" }",
        "paths: { /animals: { get: { summary: Lists } }, /visitors: { delete: { summary: Closes } }, \
         /beasts: { get: { summary: Lists } } }",
    );
}

#[test]
fn three_actions_move_a_path() {
    check(
        PATHS,
        "- { target: $.paths, update: { /beasts: {} } }\n\
         - { target: \"$.paths['/beasts']\", copy: \"$.paths['/animals']\" }\n\
         - { target: \"$.paths['/animals']\", remove: true }",
        "paths: { /visitors: { delete: { summary: Closes } }, /beasts: { get: { summary: Lists } } }",
    );
}

#[test]
fn sets_for_implementations() {
    // A licence, texts of an operation, an example, all servers, one server.
    check_version(
        "1.0.0",
        "info: { title: Zoo }\nservers: [{ url: a, description: Dev }, { url: b }]\n\
         paths: { /pens: { get: { operationId: pens } } }\n\
         components: { schemas: { Pen: { properties: { name: { type: string, example: North } } } } }",
        "- { target: $.info, update: { license: { name: MIT, url: 'https://example.com/mit' } } }\n\
         - { target: \"$.paths['/pens'].get\", update: { description: Every pen, summary: Lists pens } }\n\
         - { target: \"$.components.schemas.Pen.properties['name'].example\", remove: true }\n\
         - { target: \"$.servers[?( @.description == 'Dev' )]\", remove: true }",
        "info: { title: Zoo, license: { name: MIT, url: 'https://example.com/mit' } }\nservers: [{ url: b }]\n\
         paths: { /pens: { get: { operationId: pens, description: Every pen, summary: Lists pens } } }\n\
         components: { schemas: { Pen: { properties: { name: { type: string } } } } }",
    );
    check(
        "servers: [{ url: a }, { url: b }]\npaths: {}",
        "- { target: $.servers, remove: true }\n- { target: $, update: { servers: [{ url: local }] } }",
        "paths: {}\nservers: [{ url: local }]",
    );
    // Responses of one status everywhere, and properties of one type anywhere in a response.
    check_version(
        "1.0.0",
        "paths:\n  /pens: { get: { responses: { '200': { content: { a/b: { schema: { items: { properties: \
         { id: { type: integer }, name: { type: string } } } } } } }, '500': {}, default: {} } } }\n\
         \x20 /food: { get: { responses: { '200': {}, '500': {} } } }",
        "- { target: \"$.paths..responses['500']\", remove: true }\n\
         - { target: \"$.paths..responses['default']\", remove: true }\n\
         - { target: \"$.paths['/pens'].get.responses['200']..properties[?(@.type == 'string')]\", remove: true }",
        "paths:\n  /pens: { get: { responses: { '200': { content: { a/b: { schema: { items: { properties: \
         { id: { type: integer } } } } } } } } } }\n  /food: { get: { responses: { '200': {} } } }",
    );
}

#[test]
fn extensions_are_allowed_everywhere() {
    let overlay = "overlay: 1.0.0\ninfo: { title: T, version: v, x-a: 1 }\nx-b: [2]\nextends: ./a.yaml\n\
                   actions: [{ target: $, update: { a: 1 }, x-c: { d: 3 } }]";
    let (node, _, findings) = super::apply("{}", overlay);
    assert_eq!((node.get("a").is_some(), findings.len()), (true, 0));
    let json = r#"{ "overlay": "1.1.9", "info": { "title": "T", "version": "v", "description": "D" },
                    "actions": [{ "target": "$", "update": { "a": 1 } }] }"#;
    let (node, _, findings) = super::apply("{}", json);
    assert_eq!((node.get("a").is_some(), findings.len()), (true, 0));
}
