//! Tests that a part with another type than expected costs only itself where the caller is lenient.

use super::sample::{Group, Member, Person, Roster};
use super::{Json, fault, write};
use crate::json::{Loss, read_leniently};

fn lenient<T: Json>(text: &str) -> Option<(T, Vec<String>)> {
    let mut value = T::blank();
    let losses = read_leniently(text.as_bytes(), &mut value)?;
    let told = |loss: &Loss| format!("{} {} {}", loss.path(), loss.json(), loss.reason());
    Some((value, losses.iter().map(told).collect()))
}

#[test]
fn an_optional_member_that_cannot_be_read_is_kept_and_comes_back() {
    let text = r#"{"id":"1","name":"A","age":"old","role":{"a":[1.50]},"tags":[]}"#;
    assert!(fault::<Person>(text).starts_with("age"));
    let (person, losses) = lenient::<Person>(text).expect("it can be read");
    assert!(person.age.is_none() && person.role.is_none());
    assert_eq!(write(&person), r#"{"id":"1","name":"A","tags":[],"age":"old","role":{"a":[1.50]}}"#);
    assert_eq!(
        losses,
        [
            r#"age "old" invalid type: string, expected an integer"#,
            r#"role {"a":[1.50]} invalid type: map, expected a string"#,
        ]
    );
}

#[test]
fn half_a_surrogate_pair_costs_only_the_member_that_has_it() {
    let text = r#"{"id":"1","name":"A","tags":[],"other":"\ud800"}"#;
    assert_eq!(write(&super::read::<Person>(text)), text);
    let text = r#"{"id":"1","name":"A","nick":"\ud800 x","tags":[]}"#;
    assert!(fault::<Person>(text).starts_with("nick"), "{}", fault::<Person>(text));
    let (person, losses) = lenient::<Person>(text).expect("it can be read");
    assert_eq!((person.nick.as_deref(), losses.len()), (None, 1), "{losses:?}");
    assert!(write(&person).contains(r#""nick":"\ud800 x""#), "{}", write(&person));
}

#[test]
fn an_item_that_cannot_be_read_costs_only_itself() {
    let text = r#"[{"id":"1","name":"A","tags":["a",5,"b"]},{"id":2,"name":"B","age":"x","tags":[]},7]"#;
    let (people, losses) = lenient::<Vec<Person>>(text).expect("it can be read");
    assert_eq!((people.len(), people[0].tags.join("")), (1, "ab".to_owned()));
    assert_eq!(losses.len(), 3, "{losses:?}");
    assert!(losses[0].starts_with("[0].tags[1] 5 ") && losses[2].starts_with("[2] 7 "), "{losses:?}");
    // The member inside the item that is left out is not told by itself.
    assert!(losses[1].starts_with(r#"[1] {"id":2"#) && losses[1].contains("`id`: "), "{losses:?}");
}

#[test]
fn a_required_member_that_cannot_be_read_is_a_fault_for_the_lenient_too() {
    assert!(lenient::<Person>(r#"{"id":1,"name":"A","tags":[]}"#).is_none());
    assert!(lenient::<Person>(r#"{"id":"1","tags":[]}"#).is_none());
    assert!(lenient::<Roster>(r#"{"owner":{"id":"1","name":7,"tags":[]}}"#).is_none());
    assert!(lenient::<Group>("[1]").is_none());
}

#[test]
fn the_lenient_read_everything_else_like_the_strict() {
    for text in [
        r#"{"id":"1","name":null,"age":3,"role":"janitor","tags":null,"nick":null,"more":[1.50]}"#,
        r#"{"id":"1","name":"A","age":null,"tags":["\u00e9"],"age":4}"#,
    ] {
        let (person, losses) = lenient::<Person>(text).expect("it can be read");
        assert_eq!((write(&person), losses), (write(&super::read::<Person>(text)), Vec::new()));
    }
}

#[test]
fn a_union_value_that_cannot_be_read_stays_as_it_came() {
    let text = r#"{"members":[{"type":"person","id":7},{"type":"group","members":[true]},"#.to_owned()
        + r#"{"type":"person","id":"1","name":"A","age":"old","tags":[]}]}"#;
    assert!(fault::<Group>(&text).starts_with("members[0].id"));
    let (group, losses) = lenient::<Group>(&text).expect("it can be read");
    assert!(matches!(
        group.members.as_slice(),
        [Member::Unknown(_), Member::Group(_), Member::Person(person)] if person.id == "1" && person.age.is_none()
    ));
    assert_eq!(
        losses,
        [
            r#"members[0] {"type":"person","id":7} `id`: invalid type: integer `7`, expected a string"#,
            r#"members[2].age "old" invalid type: string, expected an integer"#,
        ]
    );
    let comes_back = write(&group);
    assert!(comes_back.starts_with(r#"{"members":[{"type":"person","id":7},"#), "{comes_back}");
    assert!(comes_back.contains(r#""age":"old""#), "{comes_back}");
}
