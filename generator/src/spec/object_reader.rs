//! A node to a value of `openapiv3`, leaving out the members that are read elsewhere or are wrong.

use serde::de::DeserializeOwned;
use serde::de::value::{Error, MapDeserializer};

use super::Spec;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Loss};
use crate::pointer::Pointer;
use crate::tree::NodeDeserializer;
use crate::tree::{Mapping, Node};

/// How an object is read.
#[derive(Clone, Copy)]
pub(super) struct ObjectReader {
    /// What it is, for messages.
    what: &'static str,
    /// Without these it cannot be read at all.
    required: &'static [&'static str],
    /// These have an accessor of their own, so that what is wrong in them costs only themselves.
    left_out: &'static [&'static str],
    /// These the types of `openapiv3` demand, while we read them elsewhere or can do without.
    supplied: &'static [(&'static str, Supplied)],
}

/// What stands for a member.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Supplied {
    /// An empty object, always: the member is read elsewhere.
    Object,
    /// An empty object, where the member is missing or wrong.
    ObjectInstead,
    /// An empty text, with a warning, where the member is missing or wrong.
    TextInstead,
}

/// Members as they are read.
type Members<'a> = Vec<(&'a str, &'a Node)>;

impl ObjectReader {
    pub(super) const fn new(what: &'static str) -> Self {
        Self { what, required: &[], left_out: &[], supplied: &[] }
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

    /// Reads the object at a place. Reports what is wrong with it; a wrong member costs only itself,
    /// unless the object is nothing without it.
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
        let empty = Empty { object: Node::Mapping(Mapping::new()), text: Node::String(String::new()) };
        let mut members = self.members(written, &empty);
        for (key, supplied) in self.supplied {
            if *supplied == Supplied::TextInstead && !written.contains_key(*key) {
                diagnostics.push(self.missing(pointer, key));
            }
        }
        let error = match parse(&members) {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        // What nothing can be read without is looked at first: without it every member would look wrong.
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

    /// The members that are read here, with what stands for those that are read elsewhere or missing.
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

    /// The required members alone, with what stands for others.
    fn least<'a>(&self, members: &Members<'a>, empty: &'a Empty) -> Members<'a> {
        let required = members.iter().filter(|(key, _)| self.required.contains(key));
        let mut least: Members<'a> = required.copied().collect();
        self.supply(&mut least, empty);
        least
    }

    /// The members that are wrong by themselves, each with what is wrong.
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
            format!("{} needs a `{key}`; an empty one is taken", self.what),
            format!("add `{key}`"),
        )
    }

    fn malformed(&self, pointer: &Pointer, error: &Error) -> Diagnostic {
        Diagnostic::warning(
            Code::Malformed,
            pointer,
            format!("{} is not as OpenAPI wants it: {error}; it is left out", self.what),
            "correct it, or allow this warning in the configuration",
        )
        .with_loss(Some(Loss::LeftOut))
    }

    fn malformed_member(&self, pointer: &Pointer, error: &Error) -> Diagnostic {
        let key = pointer.tokens().last().unwrap_or_default();
        Diagnostic::warning(
            Code::Malformed,
            pointer,
            format!("`{key}` of {} is not as OpenAPI wants it: {error}; it is left out", self.what),
            "correct it, or allow this warning in the configuration",
        )
    }
}

/// What stands for members.
struct Empty {
    object: Node,
    text: Node,
}

impl Empty {
    fn of(&self, supplied: Supplied) -> &Node {
        match supplied {
            Supplied::Object | Supplied::ObjectInstead => &self.object,
            Supplied::TextInstead => &self.text,
        }
    }
}

fn parse<T: DeserializeOwned>(members: &Members<'_>) -> Result<T, Error> {
    let members = members.iter().map(|(key, member)| (*key, NodeDeserializer(member)));
    T::deserialize(MapDeserializer::new(members))
}

/// Reports a node that is not of the kind that belongs at its place.
pub(super) fn unexpected(pointer: &Pointer, expected: &str, found: &Node) -> Diagnostic {
    Diagnostic::warning(
        Code::Malformed,
        pointer,
        format!("{expected} belongs here, but this is {}; it is left out", found.kind()),
        format!("write {expected}"),
    )
    .with_loss(Some(Loss::LeftOut))
}
