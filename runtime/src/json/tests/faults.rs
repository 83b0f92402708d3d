//! Tests that faults have a path and a byte offset, below skipped and unknown members too.

use super::fault;
use super::sample::{Person, Roster};

#[test]
fn a_fault_has_a_path_and_an_offset() {
    let text = r#"[ {"id":"1","name":"A","tags":["a", 5]} ]"#;
    let told = fault::<Vec<Person>>(text);
    assert_eq!(told, "[0].tags[1] @36 invalid type: integer `5`, expected a string");
    let text = r#"{"owner":{"id":"1","name":null,"tags":[]},"a b":{"id":"1","name":null}}"#;
    assert_eq!(fault::<Roster>(text), r#"["a b"].tags @48 the required member is missing"#);
    let text = "{\"owner\":\n{\"id\":\"1\",\"name\":7,\"tags\":[]}}";
    assert_eq!(fault::<Roster>(text), "owner.name @27 invalid type: integer `7`, expected a string");
}

#[test]
fn invalid_json_has_the_offset_of_the_syntax_error() {
    let text = "{\"id\":\"1\",\n\"new\":{\"a\":[1,}}";
    assert_eq!(fault::<Person>(text), "new @25 expected value");
    assert_eq!(&text[25..26], "}");
    assert_eq!(fault::<Person>(""), " @0 EOF while parsing a value");
    assert_eq!(fault::<Person>(r#"{"id":"1""#), " @9 EOF while parsing an object");
    assert_eq!(fault::<Person>("<html>"), " @0 expected value");
    assert_eq!(fault::<i64>("1 2"), " @2 trailing characters");
}

#[test]
fn an_escaped_key_has_the_right_offset() {
    let text = r#"{"i\u0064":1}"#;
    assert_eq!(fault::<Person>(text), "id @11 invalid type: integer `1`, expected a string");
}

/// The text may be a link with a password in it, or a megabyte long.
#[test]
fn a_string_of_the_wrong_type_is_not_quoted() {
    let told = fault::<Vec<i64>>(r#"["hidden\", expected a"]"#);
    assert_eq!(told, "[0] @1 invalid type: string, expected an integer");
    let error = serde_json::from_str::<Vec<i64>>("[\n\"hidden\"]").expect_err("no number");
    assert_eq!(super::super::of_serde(b"[\n\"hidden\"]", &error).0, "invalid type: string, expected i64");
}
