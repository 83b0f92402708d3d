//! Parses JSON into a tree that keeps the order of members, and compares two trees.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    /// Null, a Boolean or a number, as written.
    Bare(String),
    /// A string.
    Text(String),
    /// Values in order.
    List(Vec<Json>),
    /// Members in order.
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn null() -> Self {
        Self::Bare("null".to_owned())
    }

    pub(crate) fn bare(value: impl fmt::Display) -> Self {
        Self::Bare(value.to_string())
    }

    pub(crate) fn text(value: impl Into<String>) -> Self {
        Self::Text(value.into())
    }

    pub(crate) fn of(value: &serde_json::Value) -> Self {
        serde_json::from_str(&value.to_string()).unwrap_or_else(|_| Self::null())
    }

    /// Returns a member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Bare(text) if text == "null")
    }

    /// Sets a member of an object; a value of another kind stays unchanged.
    pub(crate) fn set(&mut self, name: &str, value: Self) {
        let Self::Object(members) = self else { return };
        match members.iter_mut().find(|(known, _)| known == name) {
            Some((_, place)) => *place = value,
            None => members.push((name.to_owned(), value)),
        }
    }

    /// Returns the object without a member.
    pub(crate) fn without(&self, name: &str) -> Self {
        let mut rest = self.clone();
        if let Self::Object(members) = &mut rest {
            members.retain(|(known, _)| known != name);
        }
        rest
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bare(text) => f.write_str(text),
            Self::Text(text) => write!(f, "{}", serde_json::Value::from(text.as_str())),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Self::Object(members) => {
                f.write_str("{")?;
                for (index, (name, value)) in members.iter().enumerate() {
                    let name = serde_json::Value::from(name.as_str());
                    write!(f, "{}{name}:{value}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("}")
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text: Box<RawValue> = Deserialize::deserialize(deserializer)?;
        Self::parse(&text).map_err(D::Error::custom)
    }
}

impl Json {
    fn parse(text: &RawValue) -> serde_json::Result<Self> {
        Ok(match text.get().as_bytes() {
            [b'"', ..] => Self::Text(serde_json::from_str(text.get())?),
            [b'[', ..] => Self::List(serde_json::from_str(text.get())?),
            [b'{', ..] => {
                let Members(members) = serde_json::from_str(text.get())?;
                Self::Object(members)
            }
            _ => Self::Bare(text.get().to_owned()),
        })
    }
}

/// The members of an object in order.
struct Members(Vec<(String, Json)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Self(Vec::new()))
    }
}

impl<'de> Visitor<'de> for Members {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self, A::Error> {
        while let Some(member) = map.next_entry()? {
            self.0.push(member);
        }
        Ok(self)
    }
}

/// Describes the first difference between two values, with its path. Numbers are compared by value; the order of
/// members matters.
pub(crate) fn difference(expected: &Json, found: &Json) -> Option<String> {
    let mut path = String::new();
    let difference = differ(expected, found, &mut path)?;
    Some(if path.is_empty() { difference } else { format!("`{path}`: {difference}") })
}

fn differ(expected: &Json, found: &Json, path: &mut String) -> Option<String> {
    match (expected, found) {
        (Json::Bare(one), Json::Bare(other)) if same_bare(one, other) => None,
        (Json::List(one), Json::List(other)) if one.len() == other.len() => {
            one.iter().zip(other).enumerate().find_map(|(index, (one, other))| {
                within(path, &format!("[{index}]"), |path| differ(one, other, path))
            })
        }
        (Json::Object(one), Json::Object(other)) => differ_in_members(one, other, path),
        _ if expected == found => None,
        _ => Some(format!("expected {}, found {}", brief(expected), brief(found))),
    }
}

fn differ_in_members(one: &[(String, Json)], other: &[(String, Json)], path: &mut String) -> Option<String> {
    let names = |members: &[(String, Json)]| members.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let (expected, found) = (names(one), names(other));
    if let Some(name) = expected.iter().find(|name| !found.contains(name)) {
        return Some(format!("`{name}` is missing"));
    }
    if let Some(name) = found.iter().find(|name| !expected.contains(name)) {
        return Some(format!("unexpected `{name}`"));
    }
    if expected != found {
        return Some(format!("the members are ordered differently: {}", found.join(", ")));
    }
    let mut pairs = one.iter().zip(other);
    pairs.find_map(|((name, one), (_, other))| within(path, &step(name), |path| differ(one, other, path)))
}

/// Compares a part of the value; the path is kept if there is a difference.
fn within(path: &mut String, step: &str, look: impl FnOnce(&mut String) -> Option<String>) -> Option<String> {
    let length = path.len();
    path.push_str(if length == 0 { step.strip_prefix('.').unwrap_or(step) } else { step });
    let found = look(path);
    if found.is_none() {
        path.truncate(length);
    }
    found
}

/// Returns the step to a member, as the runtime writes it in a path.
pub(crate) fn step(name: &str) -> String {
    let plain = !name.is_empty() && name.chars().all(|char| char.is_alphanumeric() || "_-$@".contains(char));
    if plain { format!(".{name}") } else { format!("[{name:?}]") }
}

/// Returns `true` if two values that are neither text nor containers are equal. Integers, and numbers with more digits
/// than a float distinguishes, are compared digit by digit, other numbers by value.
fn same_bare(one: &str, other: &str) -> bool {
    let is_exact = |text: &str| {
        let digits = text.split(['e', 'E']).next().unwrap_or_default();
        !text.contains(['.', 'e', 'E']) || digits.chars().filter(char::is_ascii_digit).count() > 17
    };
    let number = |text: &str| text.parse::<f64>().ok();
    let by_value = !(is_exact(one) && is_exact(other)) && number(one).is_some();
    one == other || by_value && number(one) == number(other)
}

fn brief(value: &Json) -> String {
    const MOST: usize = 80;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, difference};

    fn check(one: &str, other: &str, expected: Option<&str>) {
        let parse = |text: &str| serde_json::from_str::<Json>(text).expect("JSON");
        assert_eq!(difference(&parse(one), &parse(other)).as_deref(), expected);
    }

    #[test]
    fn equal_values_do_not_differ() {
        check(r#"{"a":[1,2.0,"é",null]}"#, r#"{"a":[1.0,2,"\u00e9",null]}"#, None);
    }

    #[test]
    fn differences_come_with_their_path() {
        check(
            "9007199254740993",
            "9007199254740992",
            Some("expected 9007199254740993, found 9007199254740992"),
        );
        check(
            r#"{"a":[{"b c":1}]}"#,
            r#"{"a":[{"b c":"1"}]}"#,
            Some(r#"`a[0]["b c"]`: expected 1, found "1""#),
        );
        check(r#"{"a":{"b":null}}"#, r#"{"a":{}}"#, Some("`a`: `b` is missing"));
        check("{}", r#"{"a":1}"#, Some("unexpected `a`"));
        check(r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#, Some("the members are ordered differently: b, a"));
        let digits = "0.12345678901234567890";
        check(
            digits,
            "0.12345678901234567891",
            Some(&format!("expected {digits}, found {}1", &digits[..21])),
        );
        check("[]", "[1]", Some("expected [], found [1]"));
    }

    #[test]
    fn text_survives_a_round_trip() {
        let text = r#"{"b":[true,-1.5,"a\"\\\n"],"a":{}}"#;
        assert_eq!(serde_json::from_str::<Json>(text).expect("JSON").to_string(), text);
    }
}
