//! Tests where findings about a changed document point.

use super::apply;
use crate::pointer::{DocumentId, Pointer};

/// Checks where the value at a place is written: `document` or `overlay`, and the pointer in it.
#[track_caller]
fn check(document: &str, actions: &str, places: &[(&str, &str)]) {
    let overlay = format!("overlay: 1.1.0\ninfo: {{ title: T, version: v }}\nactions:\n{actions}");
    let (_, origin, findings) = apply(document, &overlay);
    assert_eq!(findings, Vec::<String>::new());
    for (place, expected) in places {
        let written = origin.locate(&Pointer::new(DocumentId(0), place));
        let text = if written.document == DocumentId(0) { "document" } else { "overlay" };
        assert_eq!(format!("{text} {written}"), *expected, "{place}");
    }
}

#[test]
fn merged_members_are_the_overlays_and_the_others_the_documents() {
    check(
        "a: { b: { c: 1, d: 2 } }",
        "- { target: $.a, update: { b: { d: 3, e: { f: 4 } } } }",
        &[
            ("", "document "),
            ("/a/b", "document /a/b"),
            ("/a/b/c", "document /a/b/c"),
            ("/a/b/d", "overlay /actions/0/update/b/d"),
            ("/a/b/e/f", "overlay /actions/0/update/b/e/f"),
        ],
    );
}

#[test]
fn an_equal_value_stays_the_documents() {
    let places = [("/a/b", "document /a/b"), ("/a/c", "overlay /actions/0/update/c")];
    check("a: { b: 1, c: 2 }", "- { target: $.a, update: { b: 1, c: 3 } }", &places);
}

#[test]
fn items_keep_their_places_when_others_go_and_come() {
    check(
        "a: [{ n: 0 }, { n: 1 }, { n: 2 }]",
        "- { target: '$.a[0]', remove: true }\n- { target: $.a, update: [{ n: 3 }, { n: 4 }] }\n\
         - { target: '$.a[?@.n == 2 || @.n == 3]', remove: true }",
        &[("/a/0/n", "document /a/1/n"), ("/a/1/n", "overlay /actions/1/update/1/n")],
    );
}

#[test]
fn a_copy_is_written_where_its_source_is() {
    check(
        "a: { b: { c: 1 } }\nd: {}\ne: []",
        "- { target: $.a.b, update: { x: 2 } }\n- { target: $.d, copy: $.a }\n- { target: $.e, copy: $.a.b }",
        &[
            ("/d/b/c", "document /a/b/c"),
            ("/d/b/x", "overlay /actions/0/update/x"),
            ("/e/0/c", "document /a/b/c"),
            ("/e/0/x", "overlay /actions/0/update/x"),
        ],
    );
}

#[test]
fn a_removed_member_that_comes_back_is_the_overlays() {
    check(
        "a: { b: { c: 1 } }",
        "- { target: $.a.b, remove: true }\n- { target: $.a, update: { b: { c: 2 } } }",
        &[("/a/b/c", "overlay /actions/1/update/b/c")],
    );
}
