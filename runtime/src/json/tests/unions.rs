//! Tests unions: with and without a discriminator, unknown, and nested.

use super::sample::{Circle, Figure, Member};
use super::{comes_back, fault, read};

#[test]
fn the_discriminator_decides() {
    let text = r#"{"members":[{"type":"person","id":"1","name":null,"tags":[]}],"type":"group"}"#;
    let Member::Group(group) = read(text) else { return assert_eq!("a group", "") };
    assert!(matches!(&group.members[..], [Member::Person(person)] if person.id == "1"));
    comes_back::<Member>(r#"{"members":[],"type":"group"}"#);
}

#[test]
fn an_escaped_discriminator_is_recognized() {
    assert!(matches!(read(r#"{"members":[],"ty\u0070e":"gr\u006fup"}"#), Member::Group(_)));
}

#[test]
fn a_number_or_boolean_can_be_a_discriminator() {
    for (value, tag) in [
        ("1", Some("1")),
        ("-1.0", Some("-1")),
        ("1e0", Some("1")),
        ("0.5", Some("0.5")),
        ("5e-1", Some("0.5")),
        ("1.50", Some("1.5")),
        ("true", Some("true")),
        ("false", Some("false")),
        ("\"1\"", Some("1")),
        ("null", None),
        ("[1]", None),
        ("{}", None),
    ] {
        let raw = crate::json::raw_of_text(&format!("{{\"type\":{value}}}")).expect("JSON");
        assert_eq!(raw.tag("type"), tag, "{value}");
        let tag = if value == "null" { Some("null") } else { tag };
        assert_eq!(raw.tag_or_null("type"), tag, "{value}");
    }
}

#[test]
fn a_value_that_fits_no_variant_is_kept() {
    comes_back::<Member>(r#"{"type":"robot","b":1.0,"a":12345678901234567890}"#);
    comes_back::<Member>("5");
    comes_back::<Member>("[5,{\"type\":7}]");
    assert!(
        matches!(read(r#"{"type":"robot"}"#), Member::Unknown(kept) if kept.as_str() == r#"{"type":"robot"}"#)
    );
}

#[test]
fn a_fault_inside_a_variant_has_its_path_and_offset() {
    let text = r#"{ "type":"group", "members":[ {"type":"person","id":"1","name":null,"tags":[7]} ]}"#;
    assert_eq!(fault::<Member>(text), "members[0].tags[0] @76 invalid type: integer `7`, expected a string");
    assert_eq!(&text[76..77], "7");
}

#[test]
fn scalar_unions_display_as_text() {
    use super::sample::Mark;

    for (json, text) in [("7", "7"), (r#""a \" b""#, "a \" b"), (r#"{"a": 1}"#, r#"{"a": 1}"#)] {
        assert_eq!(read::<Mark>(json).to_string(), text);
    }
    assert_eq!(format!("{:>4}", read::<Mark>("7")), "   7");
}

#[test]
fn displaying_a_number_that_is_not_finite_does_not_panic() {
    struct Shown(Vec<f64>);

    impl std::fmt::Display for Shown {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            crate::plain(&self.0, f)
        }
    }

    assert_eq!(Shown(vec![1.0, f64::NAN]).to_string(), "[1.0, NaN]");
    assert_eq!(Shown(vec![1.0]).to_string(), "[1.0]");
}

/// `serde_json` restarts its depth count for each buffered value, so the runtime counts the depth itself.
#[test]
fn nesting_is_limited() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    assert!(matches!(read::<Member>(&deep), Member::List(_)));
    let deep = r#"{"type":"group","members":["#.repeat(1_000) + &"]}".repeat(1_000);
    assert!(fault::<Member>(&deep).ends_with("nested too deeply"));
    let deep = "[".repeat(200) + &"]".repeat(200);
    assert!(fault::<serde_json::Value>(&deep).contains("recursion limit"));
}

#[test]
fn a_discriminator_that_a_variant_leaves_unset_is_written() {
    let circle = Circle::of(None, Some(1.0));
    let text = serde_json::to_string(&Figure::Circle(circle)).expect("it can be written");
    assert_eq!(text, r#"{"radius":1.0,"kind":"circle"}"#);
    let circle = Circle::of(Some("ring"), None);
    let text = serde_json::to_string(&Figure::Circle(circle)).expect("it can be written");
    assert_eq!(text, r#"{"kind":"ring"}"#);
}

#[test]
fn a_value_that_was_read_without_its_discriminator_is_written_without_it() {
    comes_back::<Figure>(r#"{"radius":1.5}"#);
    comes_back::<Figure>(r#"{"radius":1.5,"kind":null}"#);
    comes_back::<Figure>(r#"{"radius":1.5,"other":1}"#);
    comes_back::<Figure>(r#"{"radius":1.5,"kind":"circle"}"#);
    let Figure::Circle(circle) = read(r#"{"radius":1.5}"#) else { return assert_eq!("a circle", "") };
    assert!(circle.extra().is_empty());
}
