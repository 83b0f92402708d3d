//! Checks changes of paths, of types that others turn up beside, and of what calls need.

use sdk_generator::verdict::{Step, Weight};
use sdk_generator::{Config, Generated, Listing};

use crate::run;

const LINES: &str = r#"
openapi: 3.0.3
info: { title: Shop, version: "1" }
paths:
  /orders/{order}/lines/{line}:
    get:
      operationId: get_line
      parameters:
        - { name: order, in: path, required: true, schema: { type: string } }
        - { name: line, in: path, required: true, schema: { type: string } }
        - { name: scope, in: query, required: true, schema: { type: string } }
      responses: { "204": { description: Fine. } }
"#;

fn changed(before: &str, after: &str) -> (Listing, Generated) {
    let config = Config::bare("shop");
    let lock = run(before, &config, None).expect("the description is sound").listing;
    let generated = run(after, &config, Some(&lock)).expect("it generates");
    (lock, generated)
}

#[track_caller]
fn assert_unchanged(before: &str, after: &str) -> Generated {
    let (lock, generated) = changed(before, after);
    let changes = &generated.verdict.as_ref().expect("a verdict").changes;
    assert!(changes.is_empty(), "{changes:#?}");
    assert_eq!(generated.listing.print(), lock.print());
    generated
}

#[test]
fn a_renamed_variable_changes_nothing() {
    assert_unchanged(
        LINES,
        &LINES.replace("{order}", "{order_id}").replace("name: order,", "name: order_id,"),
    );
}

#[test]
fn variables_that_trade_places_stay_where_they_were() {
    let swapped = LINES.replace("/orders/{order}/lines/{line}", "/orders/{line}/lines/{order}");
    let generated = assert_unchanged(LINES, &swapped);
    let manager = generated.files.iter().find(|(path, _)| path.starts_with("src/managers/"));
    let (_, text) = manager.expect("a manager");
    // The first argument fills the first variable, whatever its name.
    assert!(text.contains(r#"request.path("line", rt::Encoding::SIMPLE, &order);"#), "{text}");
    assert!(text.contains(r#"request.path("order", rt::Encoding::SIMPLE, &line);"#), "{text}");
}

const ITEMS: &str = r##"
openapi: 3.0.3
info: { title: Shop, version: "1" }
paths:
  /a:
    get:
      operationId: list_a
      parameters: [{ name: offset, in: query, schema: { type: integer } }]
      responses:
        "200":
          description: A page.
          content: { application/json: { schema: { $ref: "#/components/schemas/Items" } } }
  /b:
    get:
      operationId: list_b
      parameters: [{ name: offset, in: query, schema: { type: integer } }]
      responses:
        "200":
          description: A page.
          content: { application/json: { schema: { $ref: "#/components/schemas/Items" } } }
components:
  schemas:
    Items:
      type: object
      properties:
        total_count: { type: integer }
        entries:
          type: array
          items: { type: object, properties: { id: { type: string }, kind: { type: string, enum: [x, y] } } }
"##;

#[test]
fn what_a_component_holds_keeps_its_name_if_an_equal_component_turns_up() {
    let (_, own) = ITEMS.split_once("    Items:\n").expect("the component is last");
    let first = ITEMS.replacen("schemas/Items\"", "schemas/OffsetItems\"", 1);
    let (_, generated) = changed(ITEMS, &format!("{first}    OffsetItems:\n{own}"));
    let types = &generated.listing.types;
    let name = |key: &str| types.iter().find(|ty| ty.key == key).map(|ty| ty.name.as_str());
    assert_eq!(name("#Items/properties/entries/items"), Some("ItemsEntry"));
    assert_eq!(name("#Items/properties/entries/items/properties/kind"), Some("ItemsEntryKind"));
    let verdict = generated.verdict.expect("a verdict");
    let broken = verdict.changes.iter().filter(|change| !change.items.is_empty());
    let broken: Vec<&str> = broken.map(|change| change.at.as_str()).collect();
    assert!(broken.iter().all(|at| *at == "GET /a"), "{broken:?}");
}

#[test]
fn what_a_call_needs_is_told_but_breaks_nothing() {
    let secured = |kind: &str| {
        let schemes = format!("components: {{ securitySchemes: {{ key: {{ type: apiKey, {kind} }} }} }}\n");
        format!("{LINES}security: [{{ key: [] }}]\nservers: [{{ url: https://example.com }}]\n{schemes}")
    };
    let before = secured("in: header, name: X-Key");
    let after = secured("in: query, name: key").replace("example.com", "example.org");
    let (_, generated) = changed(&before, &after.replace("{ key: [] }", "{ key: [] }, {}"));
    let verdict = generated.verdict.expect("a verdict");
    let told: Vec<&str> = verdict.changes.iter().map(|change| change.text.as_str()).collect();
    assert_eq!(
        told,
        [
            "`orders().get_line` needs `key or nothing` instead of `key`",
            "the servers are `https://example.org` instead of `https://example.com`",
            "the scheme `key` is `query key` instead of `header X-Key`",
        ]
    );
    assert_eq!(verdict.step(), Step::Patch);
}

#[test]
fn constructors_of_flows_are_compared() {
    let flows = |flows: &str| {
        let schemes = format!("{{ login: {{ type: oauth2, flows: {{ {flows} }} }} }}");
        format!("{LINES}security: [{{ login: [] }}]\ncomponents: {{ securitySchemes: {schemes} }}\n")
    };
    let application = "clientCredentials: { tokenUrl: https://example.com/token, scopes: {} }";
    let user = "authorizationCode: { authorizationUrl: https://example.com/page, tokenUrl: https://example.com/token, scopes: {} }";
    let both = flows(&format!("{application}, {user}"));
    let texts = |before: &str, after: &str| -> Vec<(Weight, String)> {
        let (_, generated) = changed(before, after);
        let changes = generated.verdict.expect("a verdict").changes.into_iter();
        changes.map(|change| (change.weight, change.text)).collect()
    };
    let user_flow = "`oauth::Login::authorization_code`";
    assert_eq!(texts(&flows(application), &both), [(Weight::Added, user_flow.to_owned())]);
    assert_eq!(texts(&both, &flows(application)), [(Weight::Breaking, format!("{user_flow} is gone"))]);
    let moved = flows(application).replace("/token", "/tokens");
    let text = "`oauth::Login::client_credentials` uses `https://example.com/tokens` instead of `https://example.com/token`";
    assert_eq!(texts(&flows(application), &moved), [(Weight::Noted, text.to_owned())]);
}

#[test]
fn another_package_is_another_name_in_code() {
    let lock = run(LINES, &Config::bare("shop"), None).expect("it generates").listing;
    let renamed = run(LINES, &Config::bare("store"), Some(&lock)).expect("it generates");
    let verdict = renamed.verdict.expect("a verdict");
    assert!(verdict.changes.iter().any(|change| change.text == "the package `shop` is now `store`"));
    assert_eq!(verdict.step(), Step::Major);
}
