//! Tests that a value has one JSON form, whichever way leads to `serde_json`.
#![expect(unreachable_pub, dead_code, reason = "what the macros emit is public in an SDK")]

use serde::Serialize;
use serde_json::Value;

use super::{Person, read, write};
use crate as rt;

#[derive(Clone)]
struct Team {
    people: Vec<Person>,
    weight: Option<f64>,
    extra: rt::Extra,
}

rt::object! {
    Team;
    "the \"people\"" => people: REQUIRED,
    "weight" => weight: NULLABLE,
}

const NAMES: &str = r#"["",null,"a \"quote\"\n","\u0001","ünïcode \u2028","null"]"#;

fn people() -> Vec<Person> {
    let names: Vec<Option<String>> = serde_json::from_str(NAMES).expect("names");
    let ages = ["", r#","age":-7"#, r#","nick":null"#, r#","age":null,"new \"key\"":[1.50, {}]"#];
    let text = |index: usize| {
        let name = serde_json::to_string(&names[index % names.len()]).expect("a name");
        format!(r#"{{"id":"{index}","name":{name},"tags":[{name}]{}}}"#, ages[index % ages.len()])
            .replace("[null]", "[]")
    };
    (0..400).map(|index| read(&text(index))).collect()
}

/// Returns a value whose text is handed over in several parts.
fn team() -> Team {
    let team = Team { people: people(), weight: Some(0.5), extra: rt::Extra::default() };
    assert!(write(&team).len() > 16_000, "{}", write(&team).len());
    team
}

#[test]
fn every_way_to_serde_json_writes_the_same() {
    let team = team();
    let text = write(&team);
    assert!(text.contains(r#""new \"key\"":[1.50, {}]"#), "{text}");
    assert_eq!(serde_json::to_string(&team).expect("text"), text);
    let mut by_another_serializer = std::io::Cursor::new(Vec::new());
    serde_json::to_writer(&mut by_another_serializer, &team).expect("text");
    assert_eq!(String::from_utf8(by_another_serializer.into_inner()).expect("UTF-8"), text);

    let value: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(serde_json::to_value(&team).expect("a value"), value);
    let pretty = serde_json::to_string_pretty(&team).expect("text");
    assert!(pretty.contains("\n      \"id\": \"0\",\n"), "{}", &pretty[..100]);
    assert_eq!(serde_json::from_str::<Value>(&pretty).expect("JSON"), value);
}

/// A type with derived code around a value.
#[derive(Serialize)]
struct Around {
    before: u8,
    team: Team,
    people: Vec<Person>,
    after: bool,
}

#[test]
fn a_value_is_written_inside_derived_code() {
    let (team, people) = (team(), people());
    let (team_text, people_text) = (write(&team), write(&people));
    let around = Around { before: 1, team, people, after: true };
    let expected = format!(r#"{{"before":1,"team":{team_text},"people":{people_text},"after":true}}"#);
    assert_eq!(serde_json::to_string(&around).expect("text"), expected);
}

#[test]
fn every_way_to_serde_json_reports_the_same_fault() {
    let team = Team { weight: Some(f64::INFINITY), ..team() };
    let expected = "`weight`: inf is not a valid JSON number";
    assert_eq!(serde_json::to_string(&team).expect_err("infinite").to_string(), expected);
    assert_eq!(serde_json::to_string_pretty(&team).expect_err("infinite").to_string(), expected);
    assert_eq!(rt::json::to_bytes(&team).expect_err("infinite").to_string(), expected);
}
