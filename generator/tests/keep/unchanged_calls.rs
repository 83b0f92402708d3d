//! Checks that calls which nobody touches do what they did, or that the change is told.

use sdk_generator::Listing;
use sdk_generator::listing::Accepted;
use sdk_generator::verdict::Weight;

use crate::releases::{changes, compared, config, release};

/// A description of an operation with these parameters, this body and these responses.
fn shop(parameters: &str, body: &str, responses: &str) -> String {
    format!(
        r##"
openapi: 3.0.3
info: {{ title: Shop, version: "1" }}
paths:
  /things:
    post:
      operationId: update
      tags: [things]
      parameters: [{parameters}]
      {body}
      responses: {{ {responses} }}
"##
    )
}

const DONE: &str = "'204': { description: Done. }";

fn body(facts: &str, schema: &str) -> String {
    shop(
        "",
        &format!("requestBody: {{ {facts} content: {{ application/json: {{ schema: {schema} }} }} }}"),
        DONE,
    )
}

fn locked(text: &str) -> Listing {
    let lock = release(text, &config(""), None).listing;
    Listing::parse(&lock.print()).expect("a printed listing is sound")
}

fn silent(before: &str, after: &str) -> Vec<String> {
    compared(after, &config(""), &locked(before), Weight::Silent)
}

const NOTES: &str = "{ type: object, properties: { note: { type: string } } }";
const EMPTY: &str =
    "POST /things: `things().update` sends an empty body if the caller sets nothing of it, instead of none";

#[test]
fn calls_that_set_no_member_of_the_body_send_what_they_sent() {
    let [required, optional, unsaid] =
        ["required: true,", "required: false,", ""].map(|facts| body(facts, NOTES));
    let none = shop("", "", DONE);
    // The document demands the body now.
    assert_eq!(silent(&optional, &required), [EMPTY]);
    assert_eq!(silent(&none, &required), [EMPTY]);
    // The document allows what is sent.
    for (before, after, is_empty) in [
        (&required, &optional, true),
        (&unsaid, &optional, true),
        (&required, &unsaid, true),
        (&optional, &unsaid, false),
        (&none, &unsaid, false),
        (&none, &optional, false),
    ] {
        let lock = locked(before);
        let generated = release(after, &config(""), Some(&lock));
        assert_eq!(generated.listing.operations[0].empty_body, is_empty, "{before}\n{after}");
        assert_eq!(changes(&generated, Weight::Silent), [""; 0]);
    }
    let text = "`things().update` still sends an empty body if the caller sets nothing of it, though it can be left out now";
    let lock = locked(&required);
    let kept = release(&optional, &config(""), Some(&lock));
    let help = "; to tighten it: `tighten: [\"POST /things empty_body\"]`";
    assert_eq!(changes(&kept, Weight::Kept), [format!("POST /things empty_body: {text}{help}")]);
    // Giving up the empty body changes what calls send.
    let tightened = config("tighten: ['POST /things empty_body']");
    assert_eq!(
        compared(&optional, &tightened, &lock, Weight::Silent),
        [
            "POST /things: `things().update` sends no body if the caller sets nothing of it, instead of an empty one"
        ]
    );
    // A call with a required member always sends a body.
    let demanding = "{ type: object, required: [note], properties: { note: { type: string } } }";
    assert_eq!(silent(&body("required: false,", demanding), &body("required: true,", demanding)), [""; 0]);
}

fn constant(facts: &str, values: &str) -> String {
    let parameter =
        format!("{{ name: X-Version, in: header, {facts} schema: {{ type: string, enum: [{values}] }} }}");
    shop(&parameter, "", DONE)
}

#[test]
fn a_constant_that_calls_begin_or_cease_to_send_is_told() {
    let [optional, required] = ["", "required: true,"].map(|facts| constant(facts, "v1"));
    let none = shop("", "", DONE);
    assert_eq!(
        silent(&optional, &required),
        [
            "POST /things header:X-Version: `things().update` sends `v1` as `X-Version` if the caller sets nothing else"
        ]
    );
    assert_eq!(
        silent(&required, &none),
        ["POST /things header:X-Version: `things().update` no longer sends `v1` as `X-Version`"]
    );
    assert_eq!(silent(&none, &required), [""; 0]);
    assert_eq!(
        compared(&required, &config(""), &locked(&none), Weight::Added)[0],
        "POST /things header:X-Version: every call of `things().update` sends `v1` as header `X-Version` unless it sets `x_version`"
    );
    // A value of another type is a change for callers of the setter only. Others send it unseen.
    let number =
        constant("required: true,", "v1").replace("type: string, enum: [v1]", "type: integer, enum: [1]");
    assert_eq!(
        silent(&optional, &number),
        [
            "POST /things header:X-Version: `things().update` sends `1` as `X-Version` if the caller sets nothing else"
        ]
    );
}

#[test]
fn an_accepted_request_that_is_repeated_is_told() {
    let accepted = |facts: &str| shop("", "", &format!("{DONE}, '202': {{ description: Later.{facts} }}"));
    let retry = ", headers: { Retry-After: { schema: { type: integer } } }";
    let [returned, awaited] = ["", retry].map(accepted);
    let none = shop("", "", DONE);
    for (text, expected) in
        [(&returned, Some(Accepted::Returned)), (&awaited, Some(Accepted::Awaited)), (&none, None)]
    {
        assert_eq!(locked(text).operations[0].accepted, expected);
    }
    assert_eq!(
        silent(&returned, &awaited),
        [
            "POST /things: `things().update` repeats a request that is answered by 202, instead of returning the response"
        ]
    );
    assert_eq!(
        silent(&awaited, &returned),
        [
            "POST /things: `things().update` returns a response with status 202, instead of repeating the request"
        ]
    );
    assert_eq!(silent(&none, &awaited), [""; 0]);
}

#[test]
fn a_constant_that_reads_another_header_is_not_silent() {
    let header =
        |headers: &str| shop("", "", &format!("'204': {{ description: Done., headers: {{ {headers} }} }}"));
    let text = "{ schema: { type: string } }";
    let before = header(&format!("X-Total: {text}"));
    let breaking = |after: &str| compared(after, &config(""), &locked(&before), Weight::Breaking);
    assert_eq!(
        silent(&before, &header(&format!("x_total: {text}"))),
        ["POST /things: `Update::X_TOTAL` reads the header `x_total` instead of `X-Total`"]
    );
    assert_eq!(breaking(&header("")), ["POST /things: `Update::X_TOTAL` is gone"]);
    assert_eq!(
        breaking(&header("X-Total: { schema: { type: integer } }")),
        ["POST /things: `Update::X_TOTAL` reads `i64` instead of `String`"]
    );
}

#[test]
fn settings_that_users_notice_are_told() {
    let text = shop("", "", DONE);
    let lock = locked(&text);
    let noted = |rest: &str| compared(&text, &config(rest), &lock, Weight::Noted);
    for (rest, expected) in [
        ("secret_keys: [token]", "`secret_keys` (the members whose values are not shown) loses "),
        (
            "cross_origin_headers: [accept]",
            "`cross_origin_headers` (the headers that a redirect to another origin keeps) loses ",
        ),
        (
            "errors: { code: /error/code }",
            "`errors` (the places that errors are read from) gains `code=/error/code`",
        ),
    ] {
        let found = noted(rest);
        assert!(found.len() == 1 && found[0].starts_with(&format!("client: {expected}")), "{found:#?}");
    }
    assert_eq!(noted(""), [""; 0]);
}

#[test]
fn parts_that_are_gone_or_belong_to_the_api_have_a_place() {
    let text = |schemas: &str, rest: &str| {
        let result = "'200': { description: Done., content: { application/json: { schema: { $ref: '#/components/schemas/Kept' } } } }";
        let schemas = format!("schemas: {{ Kept: {{ type: object, properties: {{ {schemas} }} }} }}");
        format!(
            "{}servers: [{{ url: 'https://{rest}.example' }}]\ncomponents:\n  {schemas}\n  securitySchemes: {{ key: {{ type: apiKey, in: header, name: {rest} }} }}\n",
            shop("", "", result)
        )
    };
    let lock = locked(&text("size: { type: object, properties: { width: { type: integer } } }", "a"));
    let generated = release(&text("name: { type: string }", "b"), &config(""), Some(&lock));
    let verdict = generated.verdict.expect("a lock gives a verdict");
    for start in ["the type `KeptSize` is gone", "the servers are", "the scheme `key` is"] {
        let change = verdict.changes.iter().find(|change| change.text.starts_with(start));
        let change = change.unwrap_or_else(|| panic!("{start}: {:#?}", verdict.changes));
        assert!(change.origin.is_some(), "{start}");
    }
}

#[test]
fn members_of_one_direction_follow_the_use_of_their_type() {
    let thing = "components: { schemas: { Thing: { type: object, required: [id, secret], properties: { id: { type: string, readOnly: true }, secret: { type: string, writeOnly: true } } } } }";
    let content = "content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } }";
    let sends = format!("requestBody: {{ required: true, {content} }}");
    let returns = format!("'200': {{ description: Done., {content} }}");
    let of = |body: &str, responses: &str| format!("{}{thing}\n", shop("", body, responses));
    let both = of(&sends, &returns);
    let of_thing = |before: &str, weight| {
        let generated = release(&both, &config(""), Some(&locked(before)));
        let lines = changes(&generated, weight);
        lines.into_iter().filter(|line| line.starts_with("Thing")).collect::<Vec<_>>()
    };
    // The server leaves out what only requests have, so a type that it newly returns cannot demand it.
    let sent = of(&sends, DONE);
    assert_eq!(of_thing(&sent, Weight::Silent), [""; 0]);
    assert_eq!(
        of_thing(&sent, Weight::Breaking),
        [
            "Thing: `Thing::new(secret)` is gone",
            "Thing.secret: `Thing.secret` is `Option<String>` instead of `String`",
        ]
    );
    // A type that is newly sent gets a constructor, and code that reads it compiles.
    let returned = of("", &returns);
    assert_eq!(of_thing(&returned, Weight::Silent), [""; 0]);
    assert_eq!(of_thing(&returned, Weight::Breaking), [""; 0]);
    assert_eq!(of_thing(&returned, Weight::Added), ["Thing: `Thing::new(id)`", "Thing: `Thing` has setters"]);
}

/// A description of an operation that sends and returns a component.
fn exchanged(schema: &str) -> String {
    let content = "content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } }";
    let body = format!("requestBody: {{ required: true, {content} }}");
    let text = shop("", &body, &format!("'200': {{ description: Done., {content} }}"));
    format!("{text}components: {{ schemas: {{ Thing: {schema} }} }}\n")
}

#[test]
fn new_parts_of_a_released_type_are_told() {
    let thing = |required: &str, facts: &str| {
        let facts = format!("name: {{ type: string{facts} }}, size: {{ type: integer }}");
        exchanged(&format!("{{ type: object, {required} properties: {{ {facts} }} }}"))
    };
    let added = |before: &str, after: &str| compared(after, &config(""), &locked(before), Weight::Added);
    let plain = thing("", "");
    assert_eq!(added(&plain, &thing("", ", nullable: true")), ["Thing: `Thing.name` can be set to null"]);
    assert_eq!(added(&thing("", ", readOnly: true"), &plain), ["Thing: `Thing.name` can be set"]);
    assert_eq!(
        added(&thing("required: [name],", ", nullable: true"), &thing("", ", nullable: true")),
        [
            "Thing: `Thing` implements `Default`",
            "Thing: `Thing.name` can be set",
            "Thing: `Thing.name` can be set to null"
        ]
    );
    assert_eq!(added(&plain, &plain), [""; 0]);
}

#[test]
fn a_member_that_was_an_additional_one_is_told_as_such() {
    let thing = |members: &str| {
        exchanged(&format!(
            "{{ type: object, additionalProperties: {{ type: string }}, properties: {{ {members} }} }}"
        ))
    };
    let name = "name: { type: string }";
    let found = compared(
        &thing(&format!("{name}, color: {{ type: string }}")),
        &config(""),
        &locked(&thing(name)),
        Weight::Added,
    );
    assert_eq!(found, ["Thing.color: `Thing.color`, which was in `additional`"]);
}

/// A response with a component as its body.
fn returning(status: &str) -> String {
    let schema = "{ type: object, properties: { name: { type: string } } }";
    format!("'{status}': {{ description: Done., content: {{ application/json: {{ schema: {schema} }} }} }}")
}

#[test]
fn a_result_by_status_is_another_type_though_it_has_the_released_name() {
    let before = shop("", "", &returning("200"));
    let after = shop("", "", &format!("{}, {DONE}", returning("200")));
    assert_eq!(
        compared(&after, &config(""), &locked(&before), Weight::Breaking),
        [
            "POST /things: `things().update` returns the statuses of `UpdateResponse` instead of `UpdateResponse`"
        ]
    );
}

#[test]
fn errors_that_are_no_longer_documented_are_told() {
    let before = shop("", "", &format!("{DONE}, '404': {{ description: Gone. }}"));
    assert_eq!(
        compared(&shop("", "", DONE), &config(""), &locked(&before), Weight::Noted),
        ["POST /things: `things().update`: errors with status 404 are no longer documented"]
    );
}

#[test]
fn a_redirect_that_turns_from_a_result_into_an_error_is_told() {
    let found = "'302': { description: Elsewhere. }";
    let [redirects, both, done] = [found, &format!("{DONE}, {found}"), DONE].map(|text| shop("", "", text));
    let told = |change: &str| {
        format!("POST /things: `things().update`: a redirect to nowhere with status 302 is {change}")
    };
    assert_eq!(locked(&redirects).operations[0].redirects, [302]);
    assert_eq!(silent(&redirects, &done), [told("an error instead of a result")]);
    assert_eq!(silent(&done, &redirects), [told("a result instead of an error")]);
    assert_eq!(silent(&done, &both), [""; 0]);
    // A redirect with headers is a result as well.
    let with_headers = format!(
        "{DONE}, '302': {{ description: Elsewhere., headers: {{ X-A: {{ schema: {{ type: string }} }} }} }}"
    );
    assert_eq!(silent(&done, &shop("", "", &with_headers)), [told("a result instead of an error")]);
}

#[test]
fn a_package_with_json_lines_has_a_lock() {
    let lines = "{ type: object, properties: { name: { type: string } } }";
    let lines = format!("content: {{ application/jsonl: {{ schema: {lines} }} }}");
    let text = shop(
        "",
        &format!("requestBody: {{ required: true, {lines} }}"),
        &format!("'200': {{ description: Done., {lines} }}"),
    );
    let lock = locked(&text);
    for name in ["JsonLines", "JsonLinesBody"] {
        assert!(lock.exports.iter().any(|export| export.name == name), "{name}");
    }
    assert_eq!(silent(&text, &text), [""; 0]);
}

#[test]
fn facts_that_an_older_lock_does_not_state_are_not_changes() {
    let redirects = shop("", "", "'302': { description: Elsewhere. }");
    let redirects = redirects.replace("post:", "get:").replace("update", "find");
    for text in [body("required: true,", NOTES), redirects] {
        let printed = release(&text, &config(""), None).listing.print();
        let older: Vec<&str> = printed
            .lines()
            .filter(|line| !line.starts_with("facts") && !line.starts_with("  redirect"))
            .collect();
        let older = older.join("\n").replace(" [empty_body]", "");
        assert_ne!(older.len(), printed.len());
        let lock = Listing::parse(&older).expect("a listing without these lines is sound");
        assert_eq!(compared(&text, &config(""), &lock, Weight::Silent), [""; 0], "{older}");
    }
}
