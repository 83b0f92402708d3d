//! Reads a node as a type of `openapiv3`, without the members that are invalid or read elsewhere.

pub(super) mod member_types;
pub(super) mod unknown_members;

use serde::de::DeserializeOwned;
use serde::de::value::{Error, MapDeserializer};

use super::Spec;
use super::grammar::Kind;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Loss};
use crate::pointer::Pointer;
use crate::tree::NodeDeserializer;
use crate::tree::{Mapping, Node};

/// The rules for reading a kind of object.
#[derive(Clone, Copy)]
pub(super) struct ObjectReader {
    /// The name of the object, with its article, for messages.
    what: &'static str,
    /// The kind of the object, whose members are checked before they are read.
    kind: Kind,
    /// All members that OpenAPI defines, if the kind does not tell.
    known: &'static [&'static str],
    /// Members without which the object cannot be read.
    required: &'static [&'static str],
    /// Members that have an accessor of their own, so that an error in them does not affect the object.
    left_out: &'static [&'static str],
    /// Members that `openapiv3` requires, but that are read elsewhere or optional here.
    supplied: &'static [(&'static str, Supplied)],
}

/// The value that replaces a member.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Supplied {
    /// An empty object in any case, since the member is read elsewhere.
    Object,
    /// An empty object if the member is missing or invalid.
    ObjectInstead,
    /// An empty string, with a warning, if the member is missing or invalid.
    TextInstead,
    /// An empty string if the member is missing, or with a warning if it is invalid.
    OptionalText,
}

/// The members to read.
type Members<'a> = Vec<(&'a str, &'a Node)>;

impl ObjectReader {
    pub(super) const fn new(what: &'static str) -> Self {
        Self { what, kind: Kind::Value, known: &[], required: &[], left_out: &[], supplied: &[] }
    }

    pub(super) const fn of(kind: Kind) -> Self {
        Self { kind, ..Self::new(kind.noun()) }
    }

    pub(super) const fn knows(self, known: &'static [&'static str]) -> Self {
        Self { known, ..self }
    }

    pub(super) const fn requires(self, required: &'static [&'static str]) -> Self {
        Self { required, ..self }
    }

    pub(super) const fn leaves_out(self, left_out: &'static [&'static str]) -> Self {
        Self { left_out, ..self }
    }

    pub(super) const fn supplies(self, supplied: &'static [(&'static str, Supplied)]) -> Self {
        Self { supplied, ..self }
    }

    /// Reads the object at a place and reports its errors. An invalid member is left out, unless it is required.
    pub(super) fn read<T: DeserializeOwned>(
        &self,
        spec: &Spec,
        pointer: &Pointer,
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        let node = spec.node(pointer)?;
        let Some(written) = node.as_mapping() else {
            diagnostics.push(unexpected(pointer, self.what, node));
            return None;
        };
        if self.known.is_empty() {
            unknown_members::check(self.kind, pointer, written, diagnostics);
        } else {
            unknown_members::check_known(self.what, self.known, pointer, written, diagnostics);
        }
        let odd = member_types::check(self.kind, pointer, written, diagnostics);
        let empty = Empty { object: Node::Mapping(Mapping::default()), text: Node::String(String::new()) };
        let mut members = self.members(written, &empty);
        members.retain(|(key, _)| !odd.contains(key));
        self.supply(&mut members, &empty);
        for (key, supplied) in self.supplied {
            if *supplied == Supplied::TextInstead && !written.contains_key(*key) {
                diagnostics.push(self.missing(pointer, key));
            }
        }
        let error = match parse(&members) {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        // Required members are checked first: if one is invalid, every other member would seem to be.
        let least = self.least(&members, &empty);
        if let Err(error) = parse::<T>(&least) {
            diagnostics.push(self.malformed(pointer, &error));
            return None;
        }
        let wrong = self.wrong::<T>(&members, &least);
        if wrong.is_empty() {
            diagnostics.push(self.malformed(pointer, &error));
            return None;
        }
        for (key, error) in &wrong {
            diagnostics.push(self.malformed_member(&pointer.child(key), error));
        }
        members.retain(|(key, _)| wrong.iter().all(|(wrong, _)| wrong != key));
        self.supply(&mut members, &empty);
        parse(&members).map_err(|error| diagnostics.push(self.malformed(pointer, &error))).ok()
    }

    /// Returns the members that are read here, with replacements for the others.
    fn members<'a>(&self, written: &'a Mapping, empty: &'a Empty) -> Members<'a> {
        let elsewhere =
            |key: &str| self.left_out.contains(&key) || self.supplied.contains(&(key, Supplied::Object));
        let written = written.iter().map(|(key, member)| (key.as_str(), member));
        let mut members: Members<'a> = written.filter(|(key, _)| !elsewhere(key)).collect();
        self.supply(&mut members, empty);
        members
    }

    fn supply<'a>(&self, members: &mut Members<'a>, empty: &'a Empty) {
        for (key, supplied) in self.supplied {
            if members.iter().all(|(member, _)| member != key) {
                members.push((key, empty.of(*supplied)));
            }
        }
    }

    /// Returns only the required members, with replacements for the others.
    fn least<'a>(&self, members: &Members<'a>, empty: &'a Empty) -> Members<'a> {
        let required = members.iter().filter(|(key, _)| self.required.contains(key));
        let mut least: Members<'a> = required.copied().collect();
        self.supply(&mut least, empty);
        least
    }

    /// Returns the invalid members, each with its error.
    fn wrong<T: DeserializeOwned>(&self, members: &Members<'_>, least: &Members<'_>) -> Vec<(String, Error)> {
        let mut wrong = Vec::new();
        for (key, member) in members {
            if self.required.contains(key) {
                continue;
            }
            let mut alone: Members<'_> = least.iter().filter(|(name, _)| name != key).copied().collect();
            alone.push((key, member));
            if let Err(error) = parse::<T>(&alone) {
                wrong.push(((*key).to_owned(), error));
            }
        }
        wrong
    }

    fn missing(&self, pointer: &Pointer, key: &str) -> Diagnostic {
        Diagnostic::warning(
            Code::Malformed,
            pointer,
            format!("{} requires `{key}`; an empty one is used", self.what),
            format!("add `{key}`"),
        )
        // Only documentation is missing.
        .with_loss(None)
    }

    fn malformed(&self, pointer: &Pointer, error: &Error) -> Diagnostic {
        Diagnostic::warning(
            Code::Malformed,
            pointer,
            format!("{} that does not conform to OpenAPI is left out: {error}", self.what),
            "fix it, or allow this warning in the configuration",
        )
        .with_loss(Some(Loss::LeftOut))
    }

    fn malformed_member(&self, pointer: &Pointer, error: &Error) -> Diagnostic {
        let key = pointer.tokens().last().unwrap_or_default();
        Diagnostic::warning(
            Code::Malformed,
            pointer,
            format!("`{key}` of {} does not conform to OpenAPI and is left out: {error}", self.what),
            "fix it, or allow this warning in the configuration",
        )
    }
}

/// The values that replace members.
struct Empty {
    object: Node,
    text: Node,
}

impl Empty {
    fn of(&self, supplied: Supplied) -> &Node {
        match supplied {
            Supplied::Object | Supplied::ObjectInstead => &self.object,
            Supplied::TextInstead | Supplied::OptionalText => &self.text,
        }
    }
}

fn parse<T: DeserializeOwned>(members: &Members<'_>) -> Result<T, Error> {
    let members = members.iter().map(|(key, member)| (*key, NodeDeserializer(member)));
    T::deserialize(MapDeserializer::new(members))
}

/// Creates the diagnostic of a node with an unexpected type.
pub(super) fn unexpected(pointer: &Pointer, expected: &str, found: &Node) -> Diagnostic {
    Diagnostic::warning(
        Code::Malformed,
        pointer,
        format!("expected {expected}, found {}; it is left out", found.kind()),
        format!("write {expected}"),
    )
    .with_loss(Some(Loss::LeftOut))
}
