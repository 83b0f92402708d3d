//! Checks that released methods go on asking for the same content, and that another one is told.

use sdk_generator::Config;
use sdk_generator::listing::Listing;
use sdk_generator::verdict::Weight;

use crate::releases::{changes, compared, config, release};
use crate::run;

/// A description of an operation with these parameters, whose response has this content.
fn report(parameters: &str, content: &str) -> String {
    format!(
        r##"
openapi: 3.0.3
info: {{ title: Shop, version: "1" }}
paths:
  /report:
    get:
      operationId: get_report
      tags: [reports]
      parameters: [{parameters}]
      responses: {{ "200": {{ description: Done., content: {{ {content} }} }} }}
components:
  schemas:
    Report: {{ type: object, properties: {{ total: {{ type: integer }} }} }}
    Page: {{ type: object, properties: {{ entries: {{ type: array, items: {{ type: string }} }}, results: {{ type: array, items: {{ type: string }} }}, offset: {{ type: integer }}, limit: {{ type: integer }}, total_count: {{ type: integer }} }} }}
"##
    )
}

fn of(content: &str) -> String {
    report("", content)
}

fn with(media_type: &str, schema: &str) -> String {
    format!("{media_type:?}: {{ schema: {schema} }}")
}

const TEXT: &str = "{ type: string }";
const REPORT: &str = "{ $ref: '#/components/schemas/Report' }";
const FILE: &str = "{ type: string, format: binary }";

#[test]
fn a_released_method_asks_for_the_same_beside_a_newer_media_type() {
    for (released, newer, schema) in [
        ("text/csv", "application/json", TEXT),
        ("text/plain", "application/json", TEXT),
        ("application/xml", "application/json", TEXT),
        ("*/*", "application/json", TEXT),
        ("text/csv; charset=utf-16", "text/csv", TEXT),
        ("application/json", "application/vnd.shop+json", TEXT),
        ("text/json", "application/json", REPORT),
        ("application/json", "text/json", REPORT),
        ("application/json; version=2", "application/json", REPORT),
        ("application/json", "application/json; charset=utf-8", REPORT),
        ("application/vnd.shop+json", "application/json", REPORT),
        ("application/xml", "application/json", REPORT),
        ("image/png", "image/jpeg", FILE),
        ("image/png", "application/octet-stream", FILE),
    ] {
        let before = of(&with(released, schema));
        let config = Config::bare("shop");
        let lock = run(&before, &config, None).expect("the description is sound").listing;
        let contents = [with(released, schema), with(newer, schema)];
        for content in [contents.join(", "), [contents[1].clone(), contents[0].clone()].join(", ")] {
            let generated = run(&of(&content), &config, Some(&lock))
                .unwrap_or_else(|| panic!("{released} beside {newer}"));
            let (old, new) = (&lock.operations[0], &generated.listing.operations[0]);
            assert_eq!((&old.asks, &old.returns), (&new.asks, &new.returns), "{released} beside {newer}");
            let breaking = changes(&generated, Weight::Breaking);
            assert_eq!(breaking, [""; 0], "{released} beside {newer}");
            // The next run without a change of the description keeps it as well.
            let again = run(&of(&content), &config, Some(&generated.listing)).expect("it generates");
            assert_eq!(again.listing.print(), generated.listing.print());
        }
    }
}

#[test]
fn a_newer_media_type_with_other_members_leaves_the_released_pages() {
    let page = with("application/vnd.shop+json", "{ $ref: '#/components/schemas/Page' }");
    let offset = "{ name: offset, in: query, schema: { type: integer } }";
    let config = Config::bare("shop");
    let lock = run(&report(offset, &page), &config, None).expect("the description is sound").listing;
    assert!(lock.operations[0].item.is_some(), "{}", lock.print());
    let both = format!("{page}, {}", with("application/json", REPORT));
    let generated = run(&report(offset, &both), &config, Some(&lock)).expect("it generates");
    assert_eq!(changes(&generated, Weight::Breaking), [""; 0]);
    assert_eq!(generated.listing.operations[0].paging, lock.operations[0].paging);
}

#[test]
fn a_released_variant_asks_for_the_same_beside_a_newer_media_type() {
    let two = |content: &str| {
        let response = |status: &str, content: &str| {
            format!("{status:?}: {{ description: Done., content: {{ {content} }} }}")
        };
        let csv = with("text/csv", TEXT);
        let responses = [response("200", content), response("202", &csv)].join(", ");
        let single = format!("responses: {{ {} }}", response("200", ""));
        of("").replace(&single, &format!("responses: {{ {responses} }}"))
    };
    let released = two(&with("text/csv", TEXT));
    let beside = two(&[with("application/json", TEXT), with("text/csv", TEXT)].join(", "));
    assert_ne!(released, beside);
    let config = config("");
    let lock = release(&released, &config, None).listing;
    assert_eq!(lock.operations[0].asks, ["text/csv"]);
    let generated = release(&beside, &config, Some(&lock));
    assert_eq!(generated.listing.operations[0].asks, ["text/csv"]);
    assert_eq!(generated.listing.operations[0].statuses, lock.operations[0].statuses);
}

/// Returns the silent changes between two descriptions. The listing survives its text form.
#[track_caller]
fn silent(before: &str, after: &str) -> Vec<String> {
    let config = config("");
    let lock = release(before, &config, None).listing;
    let lock = Listing::parse(&lock.print()).expect("a printed listing is sound");
    assert_eq!(compared(before, &config, &lock, Weight::Silent), [""; 0]);
    compared(after, &config, &lock, Weight::Silent)
}

#[test]
fn another_media_type_in_the_place_of_the_released_one_is_told() {
    let told = |released: &str, newer: &str, schema: &str| {
        silent(&of(&with(released, schema)), &of(&with(newer, schema)))
    };
    for (released, newer, schema) in [
        ("text/csv", "application/json", TEXT),
        ("text/csv", "text/plain", TEXT),
        ("*/*", "application/json", TEXT),
        ("text/json", "application/json", REPORT),
        ("application/json; version=1", "application/json; version=2", REPORT),
    ] {
        let shown = if newer.contains('*') { "application/json" } else { newer };
        let text = format!("`reports().get_report` asks for `{shown}` instead of `{released}`");
        assert_eq!(told(released, newer, schema), [format!("GET /report: {text}")]);
    }
    // Bytes of any kind are asked for, and another type is an error of the compiler.
    assert_eq!(told("image/png", "image/jpeg", FILE), [""; 0]);
    assert_eq!(silent(&of(&with("text/csv", TEXT)), &of(&with("application/json", REPORT))), [""; 0]);
}

#[test]
fn other_pages_are_told() {
    let paged = |offset: &str, schema: &str| {
        let offset = format!("{{ name: {offset}, in: query, schema: {{ type: integer }} }}");
        report(&offset, &with("application/json", schema))
    };
    let page = "{ $ref: '#/components/schemas/Page' }";
    let config = config("");
    let lock = release(&paged("offset", page), &config, None).listing;
    let words = "offset=offset items=entries size=limit place=offset total=total_count";
    assert_eq!(lock.operations[0].paging.join(" "), words);
    let mut printed = lock.print();
    assert!(printed.contains(&format!("  items: String [{words}]")), "{printed}");
    printed = printed.replace(words, "marker=next next=after items=results");
    let verdict =
        sdk_generator::Verdict::between(&lock, &Listing::parse(&printed).expect("the listing is sound"));
    let found: Vec<&str> = verdict.of(Weight::Noted).map(|change| change.text.as_str()).collect();
    assert_eq!(
        found,
        [
            "`reports().get_report` follows pages by `marker=next next=after` instead of `offset=offset size=limit place=offset total=total_count`"
        ]
    );
    // A parameter that is gone is told as a setter that is gone.
    assert_eq!(compared(&paged("skip", page), &config, &lock, Weight::Noted), [""; 0]);
    let found: Vec<&str> = verdict.of(Weight::Silent).map(|change| change.text.as_str()).collect();
    assert_eq!(found, ["`reports().get_report().items()` reads `results` instead of `entries`"]);
}

#[test]
fn a_constant_that_appears_is_told() {
    let version = |facts: &str| {
        let parameter = format!("{{ name: version, in: query, {facts} }}");
        report(&parameter, &with("application/json", REPORT))
    };
    let free = version("schema: { type: string, enum: [v1, v2] }");
    let constant = version("required: true, schema: { type: string, enum: [v1] }");
    assert_eq!(
        silent(&free, &constant),
        [
            "GET /report query:version: `reports().get_report` sends `v1` as `version` if the caller sets nothing else"
        ]
    );
    let config = config("");
    let lock = release(&of(&with("application/json", REPORT)), &config, None).listing;
    assert_eq!(
        compared(&constant, &config, &lock, Weight::Added)[0],
        "GET /report query:version: every call of `reports().get_report` sends `v1` as query `version` unless it sets `version`"
    );
}
