//! Tests reading and writing through member tables: presence, nulls, unknown members, unions, locations of faults.

mod faults;
mod formats;
mod lenient;
mod sample;
mod shapes;
mod times;
mod unions;

use std::collections::BTreeMap;

use serde_json::json;

use super::{Extra, Json, from_slice, to_bytes};
use sample::{Group, Level, Person, Role, Roster, Sparse};

fn read<T: Json>(text: &str) -> T {
    from_slice(text.as_bytes()).unwrap_or_else(|fault| unreadable(text, &fault))
}

fn unreadable<T>(text: &str, fault: &super::DecodeFault) -> T {
    assert_eq!(text, "", "{fault:?}");
    std::process::abort()
}

fn write(value: &dyn Json) -> String {
    String::from_utf8(to_bytes(value).expect("it has a JSON form")).expect("JSON is UTF-8")
}

fn fault<T: Json>(text: &str) -> String {
    match from_slice::<T>(text.as_bytes()) {
        Ok(_) => "it reads".to_owned(),
        Err(fault) => format!("{} @{} {}", fault.path, fault.offset, fault.message),
    }
}

#[track_caller]
fn comes_back<T: Json>(text: &str) {
    assert_eq!(write(&read::<T>(text)), text);
}

#[test]
fn known_members_are_read_into_fields() {
    let person: Person = read(r#"{"id":"1","name":"Ada","age":36,"role":"admin","tags":["a"]}"#);
    assert_eq!(person.id, "1");
    assert_eq!(person.age, Some(36));
    assert_eq!(person.role, Some(Role::Admin));
    assert_eq!(person.tags, ["a"]);
    assert!(person.extra().is_empty());
}

#[test]
fn everything_that_was_read_is_written_back() {
    comes_back::<Person>(r#"{"id":"1","name":"Ada","tags":[]}"#);
    comes_back::<Person>(r#"{"id":"1","name":null,"role":"janitor","tags":[]}"#);
    comes_back::<Person>(r#"{"id":"1","name":"A","tags":[],"new":{"z":1.0,"a":[12345678901234567890123]}}"#);
    comes_back::<Person>(r#"{"id":"1","name":"A","tags":[],"nick":null}"#);
    comes_back::<Level>("7");
    comes_back::<Vec<Option<i64>>>("[1,null,3]");
    comes_back::<BTreeMap<String, bool>>(r#"{"a":true,"b":false}"#);
    comes_back::<serde_json::Value>(r#"{"a":[1,2.5,null]}"#);
}

#[test]
fn a_value_wins_over_a_kept_null() {
    let mut person: Person = read(r#"{"id":"1","name":"A","tags":[],"nick":null}"#);
    assert!(person.nick.is_none() && person.extra().is_null("nick"));
    person.nick = Some("Countess".to_owned());
    assert_eq!(write(&person), r#"{"id":"1","name":"A","tags":[],"nick":"Countess"}"#);
}

#[test]
fn absence_and_null_follow_the_presence() {
    assert_eq!(fault::<Person>(r#"{"name":"A","tags":[]}"#), "id @0 the required member is missing");
    assert_eq!(fault::<Person>(r#"{"id":"1","tags":[]}"#), "name @0 the required member is missing");
    let null = r#"{"id":null,"name":"A","tags":[]}"#;
    assert_eq!(fault::<Person>(null), "id @6 invalid type: null, expected a string");
    assert_eq!(fault::<Roster>(r#"{"owner":null}"#), "owner @9 invalid type: null, expected an object");
}

#[test]
fn null_in_an_optional_member_reads_as_absent_and_is_kept() {
    let null = r#"{"id":"1","name":"A","tags":[],"age":null,"role":null}"#;
    comes_back::<Person>(null);
    let mut person: Person = read(null);
    assert!(person.age.is_none() && person.extra().is_null("age") && person.extra().is_null("role"));
    person.age = Some(36);
    assert_eq!(write(&person), r#"{"id":"1","name":"A","age":36,"tags":[],"role":null}"#);
}

#[test]
fn null_in_a_required_list_reads_as_empty_and_is_kept() {
    let mut person: Person = read(r#"{"id":"1","name":"A","tags":null}"#);
    assert!(person.tags.is_empty() && person.extra().is_null("tags"));
    assert_eq!(write(&person), r#"{"id":"1","name":"A","tags":null}"#);
    assert_eq!(format!("{person:?}"), r#"Person { id: "1", name: "A", tags: null }"#);
    person.tags.push("a".to_owned());
    assert_eq!(write(&person), r#"{"id":"1","name":"A","tags":["a"]}"#);
    comes_back::<Person>(r#"{"id":"1","name":"A","tags":[]}"#);
    assert_eq!(
        write(&read::<Person>(r#"{"id":"1","tags":null,"name":"A","tags":[]}"#)),
        r#"{"id":"1","name":"A","tags":[]}"#
    );
}

#[test]
fn null_is_neither_an_item_nor_a_list_elsewhere() {
    assert!(fault::<Vec<Vec<i64>>>("[null]").contains("invalid type: null"));
    assert!(fault::<Vec<String>>("null").contains("invalid type: null"));
    assert!(fault::<BTreeMap<String, Vec<i64>>>(r#"{"a":null}"#).contains("invalid type: null"));
}

#[test]
fn the_last_of_duplicate_members_wins() {
    let text =
        r#"{"id":"1","id":"2","name":"A","tags":["a"],"tags":["b"],"nick":null,"nick":"N","x":1,"x":2}"#;
    let person: Person = read(text);
    assert_eq!(write(&person), r#"{"id":"2","name":"A","tags":["b"],"nick":"N","x":2}"#);
    let page: Roster = read(
        r#"{"owner":{"id":"1","name":"A","age":3,"tags":[],"y":1},"owner":{"id":"2","name":null,"tags":[]}}"#,
    );
    assert_eq!(write(&page), r#"{"owner":{"id":"2","name":null,"tags":[]}}"#);
}

#[test]
fn integers_may_be_written_as_floats() {
    assert_eq!(read::<Vec<i64>>("[1.0,1e3,-2.0,9007199254740993]"), [1, 1000, -2, 9_007_199_254_740_993]);
    assert_eq!(fault::<i64>("1.5"), " @0 invalid value: floating point `1.5`, expected an integer");
    assert_eq!(fault::<i32>("2147483648"), " @0 2147483648 is out of range for i32");
    assert_eq!(fault::<u32>("-1"), " @0 -1 is out of range for u32");
    assert_eq!(read::<u64>("18446744073709551615"), u64::MAX);
    assert_eq!(fault::<i64>("18446744073709551615"), " @0 18446744073709551615 is out of range for i64");
    assert_eq!(read::<f64>("3").to_bits(), 3_f64.to_bits());
}

#[test]
fn a_number_without_json_form_is_a_fault() {
    let page: BTreeMap<String, Vec<f64>> = [("a".to_owned(), vec![1.0, f64::NAN])].into();
    let error = to_bytes(&page).expect_err("NaN has no JSON form");
    assert_eq!(error.to_string(), "`a[1]`: NaN is not a valid JSON number");
}

#[test]
fn additional_members_have_a_type() {
    let page: Roster =
        read(r#"{"owner":{"id":"1","name":null,"tags":[]},"x":{"id":"2","name":null,"tags":[]}}"#);
    assert_eq!(page.additional["x"].id, "2");
    comes_back::<Roster>(
        r#"{"owner":{"id":"1","name":null,"tags":[]},"x":{"id":"2","name":null,"tags":[]}}"#,
    );
}

#[test]
fn debug_shows_present_members() {
    let text =
        r#"{"id":"1","name":null,"role":"admin","tags":["a"],"TOKEN":"s3cret","new":[{"token":5,"b":1.0}]}"#;
    let person: Person = read(text);
    assert_eq!(
        format!("{person:?}"),
        r#"Person { id: "1", role: "admin", tags: ["a"], TOKEN: ***, new: [{"b":1.0,"token":"***"}] }"#
    );
    let group: Group =
        read(r#"{"members":[{"type":"person","id":"1","name":null,"tags":[],"token":"s3cret"},7]}"#);
    let shown = r#"Group { members: [{id: "1", tags: [], type: "person", token: ***}, 7] }"#;
    assert_eq!(format!("{group:?}"), shown);
    let page: Roster = read(r#"{"owner":{"id":"1","name":null,"tags":[]}}"#);
    assert_eq!(format!("{page:?}"), r#"Roster { owner: {id: "1", tags: []} }"#);
}

#[test]
fn extra_can_be_read_and_changed() {
    let mut person: Person = read(r#"{"id":"1","name":null,"tags":[],"b":1.50,"a":null}"#);
    assert_eq!(person.extra().get("b"), Some(json!(1.5)));
    assert_eq!(person.extra().get_raw("b"), Some("1.50"));
    assert_eq!(person.extra().get_as::<f64>("b").expect("a number"), Some(1.5));
    assert_eq!(person.extra().get_as::<f64>("z").expect("nothing"), None);
    let error = person.extra().get_as::<Vec<String>>("b").expect_err("no list");
    assert_eq!(error.kind(), crate::ErrorKind::Decoding);
    assert_eq!(person.extra().iter().collect::<Vec<_>>(), [("b", "1.50"), ("a", "null")]);
    assert_eq!(serde_json::Value::from(person.extra()), json!({"b": 1.5, "a": null}));
    assert_eq!(person.extra().len(), 2);
    person.extra_mut().insert("c", &json!([true]));
    assert!(person.extra_mut().remove("b") && !person.extra_mut().remove("b"));
    assert_eq!(write(&person), r#"{"id":"1","name":null,"tags":[],"a":null,"c":[true]}"#);
    assert_eq!(std::mem::size_of::<Extra>(), std::mem::size_of::<usize>());
}

#[test]
fn serde_reads_and_writes_the_same() {
    let text = r#"{"id":"1","name":null,"role":"x","tags":[],"new":{"b":1,"a":2}}"#;
    let person: Person = serde_json::from_str(text).expect("it reads");
    assert_eq!(serde_json::to_string(&person).expect("it writes"), text);
    let value = serde_json::to_value(&person).expect("it writes");
    assert_eq!(value, serde_json::from_str::<serde_json::Value>(text).expect("it is JSON"));
    let again: Person = serde_json::from_value(value).expect("it reads");
    assert_eq!(again.extra().get("new"), person.extra().get("new"));
    let error = serde_json::from_str::<Vec<Person>>(r#"[{"id":1}]"#).expect_err("an id is a string");
    assert!(error.to_string().starts_with("`id`: invalid type: integer `1`, expected a string at line 1"));
}

/// `serde_json` hands out raw text only when it is used directly; a deserializer that buffers values cannot.
#[test]
fn serde_reads_through_buffers() {
    #[derive(serde::Deserialize, serde::Serialize)]
    #[serde(untagged)]
    enum Either {
        Person(Person),
    }
    let text = r#"{"id":"1","name":null,"tags":[],"new":{"a":2}}"#;
    let Either::Person(person) = serde_json::from_str(text).expect("it reads");
    assert_eq!(person.extra().get_raw("new"), Some(r#"{"a":2}"#));
}

#[test]
fn an_enum_lists_its_values_and_parses_any_string() {
    let values: Vec<_> = Role::enum_values().iter().map(Role::as_str).collect();
    assert_eq!(values, ["admin", "member"]);
    assert_eq!("admin".parse(), Ok(Role::Admin));
    assert_eq!(Role::from("janitor".to_owned()).as_str(), "janitor");
    assert!(matches!("janitor".parse(), Ok(Role::Unknown(_))));
    let levels: Vec<_> = Level::enum_values().iter().map(Level::as_i64).collect();
    assert_eq!(levels, [1, 2]);
}

#[test]
fn debug_hides_what_is_marked_and_shows_each_member_once() {
    let mut safe: sample::Safe = read(r#"{"pin":"1234","label":null}"#);
    assert_eq!(format!("{safe:?}"), r#"Safe { pin: ***, label: null }"#);
    safe.label = Some("a".to_owned());
    assert_eq!(format!("{safe:?}"), r#"Safe { pin: ***, label: "a" }"#);
    assert_eq!(format!("{:?}", read::<sample::Safe>("{}")), "Safe");
}

#[test]
fn parts_that_a_type_does_not_know_are_detected() {
    use super::writer::has_unknown;

    let with = |member: &str| {
        let person: Person = read(&format!(r#"{{"id":"1","name":null,"tags":[]{member}}}"#));
        has_unknown(&person)
    };
    assert!(!with(""));
    assert!(!with(r#","nick":null"#));
    assert!(with(r#","age":null"#));
    assert!(with(r#","other":null"#));
    assert!(with(r#","role":"janitor""#));
}

#[test]
fn faults_and_raw_values_are_shown_with_their_text() {
    let raw = super::raw_of_text("[1, 2]").expect("JSON");
    assert_eq!(format!("{raw:?}"), "[1, 2]");
    let fault = super::Fault::new("too long").within_member("name");
    assert_eq!(format!("{fault:?}"), "Fault(`name`: too long)");
}

#[test]
fn a_null_beside_typed_additional_members_is_written_back() {
    comes_back::<Sparse>(r#"{"a":1,"note":null}"#);
}
