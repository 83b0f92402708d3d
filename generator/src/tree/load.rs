//! Loads a text as a tree: JSON with `serde_json`, anything else with `serde_yaml`.

use std::borrow::Cow;
use std::fmt;

use indexmap::map::Entry;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::node::{Mapping, Node, Number};
use super::slips::{self, Slip};
use super::syntax::{self, SyntaxError};
use crate::source::language::{Language, language, nests_too_deep, without_mark};
use crate::source::yaml_stream::first_document;

/// A loaded document.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The tree. Of members with the same key it has the first.
    pub(crate) root: Node,
    /// JSON Pointers of duplicate keys.
    pub(crate) duplicates: Vec<String>,
    /// Slips that cost only their place.
    pub(crate) slips: Vec<Slip>,
    /// The text that was read, if aliases had to be mended.
    pub(crate) mended: Option<String>,
}

/// Loads a text.
///
/// # Errors
///
/// Returns the first syntax error, or an error if the text expands to too many values.
pub(crate) fn load(text: &str) -> Result<Loaded, SyntaxError> {
    let language = language(text);
    let text = without_mark(text);
    let mut mending = Mending::default();
    let mut reading = Reading::new(language, text);
    let root = match language {
        Language::Json => read_json(text, &mut reading).or_else(|error| {
            // YAML has brackets as well, with unquoted keys.
            read_yaml(text, &mut reading, &mut mending).map_err(|_| error)
        }),
        Language::Yaml => read_yaml(text, &mut reading, &mut mending),
    }?;
    let duplicates = reading.duplicates.into_iter().map(|tokens| pointer(&tokens)).collect();
    Ok(Loaded { root, duplicates, slips: mending.slips, mended: mending.text })
}

/// The slips of a text, and the text without them.
#[derive(Default)]
struct Mending {
    slips: Vec<Slip>,
    text: Option<String>,
}

fn read_json(text: &str, reading: &mut Reading) -> Result<Node, SyntaxError> {
    let mut json = serde_json::Deserializer::from_str(text);
    let root = ReadNode(reading).deserialize(&mut json);
    root.and_then(|root| json.end().map(|()| root)).map_err(|error| syntax::json(text, &error))
}

/// Reads the first document of a YAML stream.
fn read_yaml(text: &str, reading: &mut Reading, mending: &mut Mending) -> Result<Node, SyntaxError> {
    if nests_too_deep(text) {
        return Err(syntax::too_deep());
    }
    let first = first_document(text);
    let mut text: Cow<'_, str> = first.text;
    loop {
        *reading = Reading::new(Language::Yaml, &text);
        let yaml = serde_yaml::Deserializer::from_str(&text);
        match ReadNode(reading).deserialize(yaml) {
            Ok(root) => {
                mending.text = (!mending.slips.is_empty()).then(|| text.into_owned());
                mending.slips.extend(first.next.map(Slip::FurtherDocuments));
                return Ok(root);
            }
            Err(error) if slips::mend(&mut text, &mut mending.slips, &error) => {}
            Err(error) => return Err(syntax::yaml(&text, &error)),
        }
    }
}

fn pointer(tokens: &[String]) -> String {
    tokens.iter().rev().map(|token| format!("/{}", token.replace('~', "~0").replace('/', "~1"))).collect()
}

/// The state of loading one document.
struct Reading {
    language: Language,
    /// The number of values still allowed, since aliases can turn a small text into an endless tree.
    budget: usize,
    /// The tokens of duplicate keys, innermost first.
    duplicates: Vec<Vec<String>>,
}

impl Reading {
    fn new(language: Language, text: &str) -> Self {
        Self { language, budget: 1_000_000 + text.len(), duplicates: Vec::new() }
    }

    fn spend<E: Error>(&mut self) -> Result<(), E> {
        self.budget = self.budget.checked_sub(1).ok_or_else(|| E::custom(syntax::EXPANSION))?;
        Ok(())
    }

    /// Adds the token of the value just read to the duplicates found in it.
    fn prefix(&mut self, found_before: usize, token: &dyn fmt::Display) {
        for tokens in &mut self.duplicates[found_before..] {
            tokens.push(token.to_string());
        }
    }
}

struct ReadNode<'a>(&'a mut Reading);

impl<'de> DeserializeSeed<'de> for ReadNode<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        self.0.spend()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ReadNode<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    /// Reads an empty YAML text.
    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(Number::new(value.to_string())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(Number::new(value.to_string())))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        Ok(Node::Number(Number::new(value.to_string())))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        Ok(Node::Number(Number::new(value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        if beyond_64_bits(value) {
            // Large numbers are bounds of integers, so all digits are written.
            return Ok(Node::Number(Number::new(format!("{value:.0}"))));
        }
        Ok(serde_json::Number::from_f64(value).map_or_else(
            || Node::String(not_finite(value).to_owned()),
            |number| Node::Number(Number::new(number.to_string())),
        ))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        loop {
            let found_before = self.0.duplicates.len();
            let Some(item) = access.next_element_seed(ReadNode(self.0))? else { break };
            self.0.prefix(found_before, &items.len());
            items.push(item);
        }
        Ok(Node::Sequence(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut members = Mapping::default();
        while let Some(key) = access.next_key_seed(ReadKey)? {
            let found_before = self.0.duplicates.len();
            let member = access.next_value_seed(ReadNode(self.0))?;
            self.0.prefix(found_before, &key);
            match members.entry(key) {
                Entry::Vacant(entry) => drop(entry.insert(member)),
                Entry::Occupied(entry) => self.0.duplicates.push(vec![entry.key().clone()]),
            }
        }
        if self.0.language == Language::Yaml {
            merge(&mut members);
        }
        members.shrink_to_fit();
        Ok(Node::Mapping(members))
    }

    /// Reads a value with an unknown YAML tag, such as `!secret`, and ignores the tag.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Node, A::Error> {
        let (_, tagged) = access.variant_seed(ReadKey)?;
        tagged.newtype_variant_seed(self)
    }
}

/// Returns `true` for a number that `serde_json` reports as a double because it does not fit into 64 bits.
fn beyond_64_bits(value: f64) -> bool {
    const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;
    const TWO_TO_127: f64 = TWO_TO_63 * TWO_TO_63 * 2.0;
    value.abs() >= TWO_TO_63 && value.abs() < TWO_TO_127
}

/// Returns the YAML text of a number that JSON cannot represent.
fn not_finite(value: f64) -> &'static str {
    if value.is_nan() {
        ".nan"
    } else if value.is_sign_negative() {
        "-.inf"
    } else {
        ".inf"
    }
}

/// Reads a key as its text, even if YAML would read it as a number or boolean: `200:`, `on:`, `1.10:`.
struct ReadKey;

impl<'de> DeserializeSeed<'de> for ReadKey {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_string(self)
    }
}

impl Visitor<'_> for ReadKey {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string as key")
    }

    fn visit_str<E>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E>(self, value: String) -> Result<String, E> {
        Ok(value)
    }
}

/// Replaces YAML's merge key `<<` by the members that it adds. The object's own members take precedence, then those
/// of earlier sources.
fn merge(members: &mut Mapping) {
    let mergeable = match members.get("<<") {
        Some(Node::Mapping(_)) => true,
        Some(Node::Sequence(items)) => items.iter().all(|item| item.as_mapping().is_some()),
        Some(Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_)) | None => false,
    };
    if !mergeable {
        return;
    }
    let sources = match members.shift_remove("<<") {
        Some(Node::Sequence(items)) => items,
        Some(source) => vec![source],
        None => Vec::new(),
    };
    for source in sources {
        let Node::Mapping(source) = source else { continue };
        for (key, member) in source {
            members.entry(key).or_insert(member);
        }
    }
}
