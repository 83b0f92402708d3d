//! Text to a located tree: JSON through `serde_json`, anything else through `serde_yaml`.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::node::{Mapping, Node, Number};
use crate::diagnostic::{Code, Diagnostic, Position};
use crate::pointer::Pointer;

/// A document that was read.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The tree. Where a member stood twice it holds the first.
    pub(crate) root: Node,
    /// JSON Pointers of members that stood twice.
    pub(crate) duplicates: Vec<String>,
}

/// Why a text could not be read.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    /// What the parser says, without its own mention of the place.
    pub(crate) message: String,
    /// Line, from 1; 0 when the parser names none.
    pub(crate) line: usize,
    /// Column in characters, from 1.
    pub(crate) column: usize,
    /// The language that the text was read as.
    pub(crate) language: Language,
}

/// The language of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// RFC 8259.
    Json,
    /// YAML 1.2.
    Yaml,
}

/// The language of a text, by its first character that is not blank.
pub(crate) fn language(text: &str) -> Language {
    let first = without_mark(text).trim_start().chars().next();
    if matches!(first, Some('{' | '[')) { Language::Json } else { Language::Yaml }
}

/// The text without the byte order mark that some editors put first.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Reads a text.
///
/// # Errors
///
/// The first syntax error, or that the text expands beyond all measure.
pub(crate) fn load(text: &str) -> Result<Loaded, SyntaxError> {
    let language = language(text);
    let text = without_mark(text);
    let mut reading = Reading { language, budget: 1_000_000 + text.len(), duplicates: Vec::new() };
    let root = match language {
        Language::Json => read_json(text, &mut reading),
        Language::Yaml => read_yaml(text, &mut reading),
    }?;
    let duplicates = reading.duplicates.into_iter().map(|tokens| pointer(&tokens)).collect();
    Ok(Loaded { root, duplicates })
}

fn read_json(text: &str, reading: &mut Reading) -> Result<Node, SyntaxError> {
    let mut json = serde_json::Deserializer::from_str(text);
    let root = ReadNode(reading).deserialize(&mut json);
    root.and_then(|root| json.end().map(|()| root)).map_err(|error| {
        let message = error.to_string();
        let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
        SyntaxError {
            message: message.to_owned(),
            line: error.line(),
            column: column(text, error.line(), error.column()),
            language: Language::Json,
        }
    })
}

fn read_yaml(text: &str, reading: &mut Reading) -> Result<Node, SyntaxError> {
    ReadNode(reading).deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| {
        let message = error.to_string();
        let (line, column) = error.location().map_or((0, 0), |place| (place.line(), place.column()));
        SyntaxError { message: without_place(&message), line, column, language: Language::Yaml }
    })
}

/// `serde_json` counts the bytes of a line, and 0 where it ran out of text at a line end.
fn column(text: &str, line: usize, bytes: usize) -> usize {
    let Some(line) = text.lines().nth(line.saturating_sub(1)) else { return 1 };
    let before = line.char_indices().take_while(|(at, _)| at + 1 < bytes).count();
    before + 1
}

/// `serde_yaml` puts the path before a message of ours, and places into and behind every message.
fn without_place(message: &str) -> String {
    let end = message.rfind(" at line ").unwrap_or(message.len());
    let message = &message[..end];
    message.to_owned()
}

fn pointer(tokens: &[String]) -> String {
    tokens.iter().rev().map(|token| format!("/{}", token.replace('~', "~0").replace('/', "~1"))).collect()
}

/// What is carried through one document.
struct Reading {
    language: Language,
    /// How many values may still come: aliases can make a small text an endless tree.
    budget: usize,
    /// Members that stood twice: tokens, innermost first.
    duplicates: Vec<Vec<String>>,
}

impl Reading {
    fn spend<E: Error>(&mut self) -> Result<(), E> {
        self.budget = self
            .budget
            .checked_sub(1)
            .ok_or_else(|| E::custom("the aliases of this document expand without measure"))?;
        Ok(())
    }

    /// Puts the token of the value that was just read before what was found in it.
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
        let mut members = Mapping::new();
        while let Some(key) = access.next_key_seed(ReadKey)? {
            let found_before = self.0.duplicates.len();
            let member = access.next_value_seed(ReadNode(self.0))?;
            self.0.prefix(found_before, &key);
            if members.contains_key(&key) {
                self.0.duplicates.push(vec![key]);
            } else {
                members.insert(key, member);
            }
        }
        if self.0.language == Language::Yaml {
            merge(&mut members);
        }
        members.shrink_to_fit();
        Ok(Node::Mapping(members))
    }

    /// A tag that YAML does not know, such as `!secret`: only the value counts.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Node, A::Error> {
        let (_, tagged) = access.variant_seed(ReadKey)?;
        tagged.newtype_variant_seed(self)
    }
}

/// JSON has no such numbers, so they stay what the author wrote.
fn not_finite(value: f64) -> &'static str {
    if value.is_nan() {
        ".nan"
    } else if value.is_sign_negative() {
        "-.inf"
    } else {
        ".inf"
    }
}

/// A key is its text, also where YAML would read a number or a truth value: `200:`, `on:`, `1.10:`.
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
        f.write_str("a key that is a text")
    }

    fn visit_str<E>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E>(self, value: String) -> Result<String, E> {
        Ok(value)
    }
}

/// Replaces YAML's merge key `<<` by the members that it brings; the object's own win, then earlier ones.
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

impl SyntaxError {
    /// The error as a finding in the document with this root.
    pub(crate) fn diagnostic(&self, root: &Pointer) -> Diagnostic {
        let language = match self.language {
            Language::Json => "JSON",
            Language::Yaml => "YAML",
        };
        let message = format!("this is no valid {language}: {}", self.message);
        let help = match self.language {
            Language::Json => "correct the text; it is read as JSON because it starts with a bracket",
            Language::Yaml => {
                "correct the text; often the cause is the indentation or a quote above this place"
            }
        };
        let position = (self.line > 0).then_some(Position { line: self.line, column: self.column });
        Diagnostic { position, ..Diagnostic::error(Code::Syntax, root, message, help) }
    }
}
