//! Checks that additions to a description leave the way in which released methods follow pages.

use sdk_generator::verdict::Weight;

use crate::releases::{changes, compared, config, release};

/// A description of an operation with these query parameters, whose response has these members.
fn list(method: &str, parameters: &[(&str, &str)], members: &[(&str, &str)]) -> String {
    let parameters = parameters
        .iter()
        .map(|(name, ty)| format!("{{ name: {name}, in: query, schema: {{ type: {ty} }} }}"));
    let members = members.iter().map(|(name, ty)| match *ty {
        "list" => format!("{name}: {{ type: array, items: {{ $ref: '#/components/schemas/Order' }} }}"),
        ty if ty.starts_with('{') => format!("{name}: {ty}"),
        ty => format!("{name}: {{ type: {ty} }}"),
    });
    let (parameters, members) =
        (parameters.collect::<Vec<_>>().join(", "), members.collect::<Vec<_>>().join(", "));
    format!(
        r##"
openapi: 3.0.3
info: {{ title: Shop, version: "1" }}
paths:
  /orders:
    {method}:
      operationId: list_orders
      tags: [orders]
      parameters: [{parameters}]
      responses: {{ "200": {{ description: Done., content: {{ application/json: {{ schema: {{ $ref: "#/components/schemas/Page" }} }} }} }} }}
components:
  schemas:
    Page: {{ type: object, properties: {{ {members} }} }}
    Order: {{ type: object, required: [id], properties: {{ id: {{ type: string }} }} }}
"##
    )
}

type Names = &'static [(&'static str, &'static str)];

const OFFSET: (Names, Names) =
    (&[("offset", "integer"), ("limit", "integer")], &[("results", "list"), ("total_count", "integer")]);
const MARKER: (Names, Names) = (&[("cursor", "string")], &[("results", "list"), ("next_page", "string")]);
const NUMBER: (Names, Names) = (&[("page", "integer"), ("per_page", "integer")], &[("results", "list")]);
const URL: (Names, Names) = (&[], &[("results", "list"), ("next_uri", "string")]);
const LAST: (Names, Names) = (&[("after", "string")], &[("results", "list"), ("has_more", "boolean")]);

/// Adds parameters and members in front of the released ones, and behind them.
fn extended((parameters, members): (Names, Names), more: (Names, Names)) -> [String; 2] {
    [
        list("get", &[more.0, parameters].concat(), &[more.1, members].concat()),
        list("get", &[parameters, more.0].concat(), &[members, more.1].concat()),
    ]
}

#[test]
fn additions_do_not_change_how_pages_follow_one_another() {
    let counted: Names = &[("has_more", "boolean"), ("total", "integer"), ("limit", "integer")];
    for (released, more) in [
        (OFFSET, (&[("cursor", "string")][..], &[("next_cursor", "string")][..])),
        (OFFSET, (&[("page", "integer")], &[("total_pages", "integer")])),
        (OFFSET, (&[("skip", "integer")], &[])),
        (OFFSET, (&[("use_marker", "boolean"), ("marker", "string")], &[("next_marker", "string")])),
        (OFFSET, (&[], &[("entries", "list")])),
        (OFFSET, (&[], &[("other", "list")])),
        (OFFSET, (&[], &[("next_url", "string"), ("has_more", "boolean")])),
        (OFFSET, (&[], counted)),
        (MARKER, (&[("page_token", "string")], &[("next_page_token", "string")])),
        (MARKER, (&[], &[("next_cursor", "string")])),
        (MARKER, (&[], &[("entries", "list")])),
        (MARKER, (&[("offset", "integer"), ("limit", "integer")], counted)),
        (NUMBER, (&[("cursor", "string")], &[("next_cursor", "string")])),
        (NUMBER, (&[], &[("next_url", "string")])),
        (NUMBER, (&[], &[("current_page", "integer"), ("page_count", "integer")])),
        (URL, (&[("cursor", "string")], &[("next_cursor", "string")])),
        (URL, (&[], &[("next_url", "string")])),
        (LAST, (&[("cursor", "string")], &[("next_cursor", "string")])),
        (LAST, (&[], &[("entries", "list")])),
    ] {
        let config = config("");
        let lock = release(&list("get", released.0, released.1), &config, None).listing;
        assert_ne!(lock.operations[0].paging, [""; 0]);
        for text in extended(released, more) {
            let newer = release(&text, &config, Some(&lock));
            for weight in [Weight::Silent, Weight::Breaking, Weight::Noted] {
                assert_eq!(changes(&newer, weight), [""; 0], "{more:?}");
            }
            assert_eq!(newer.listing.operations[0].paging, lock.operations[0].paging, "{more:?}");
        }
    }
}

#[test]
fn a_kept_pagination_is_told_and_can_be_given_up() {
    let lock = release(&list("get", OFFSET.0, OFFSET.1), &config(""), None).listing;
    let [text, _] = extended(OFFSET, (&[], &[("entries", "list")]));
    let kept = release(&text, &config(""), Some(&lock));
    assert_eq!(
        changes(&kept, Weight::Kept),
        [
            "GET /orders items: `orders().list_orders` still follows pages by `offset=offset limit=limit items=results total=total_count`, not by `offset=offset limit=limit items=entries total=total_count`; to tighten it: `tighten: [\"GET /orders items\"]`"
        ]
    );
    let tightened = config("tighten: ['GET /orders items']");
    assert_eq!(
        compared(&text, &tightened, &lock, Weight::Silent),
        ["GET /orders: `orders().list_orders().items()` reads `entries` instead of `results`"]
    );
}

#[test]
fn a_pagination_that_lacks_a_part_is_not_kept() {
    let config = config("");
    let lock = release(&list("get", OFFSET.0, OFFSET.1), &config, None).listing;
    let newer = [("cursor", "string")];
    let members = [("results", "list"), ("next_cursor", "string")];
    let newer = release(&list("get", &newer, &members), &config, Some(&lock));
    assert_eq!(changes(&newer, Weight::Kept), [""; 0]);
    assert_eq!(newer.listing.operations[0].paging, ["marker=cursor", "next=next_cursor", "items=results"]);
}
