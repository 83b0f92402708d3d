//! Merges a value into a value of the document, for `update` and `copy`.

use super::parse::Version;
use super::tree::{Cursor, Part, Token, TooLarge};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;
use crate::tree::Node;

/// The kinds of values that merge in different ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
    /// A string, a number, a boolean or null.
    Scalar,
}

impl Kind {
    pub(super) fn of(node: &Node) -> Self {
        match node {
            Node::Mapping(_) => Self::Object,
            Node::Sequence(_) => Self::Array,
            Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_) => Self::Scalar,
        }
    }
}

/// Merges values and collects the findings.
pub(super) struct Merge<'m> {
    pub(super) version: Version,
    /// The place of the query, if the value is copied from the document.
    pub(super) copied_by: Option<&'m Pointer>,
    pub(super) findings: &'m mut Vec<Diagnostic>,
}

impl<'m> Merge<'m> {
    /// Merges a value into a selected one.
    pub(super) fn target(&mut self, target: &mut Cursor<'_>, part: &Part<'_>) -> Result<(), TooLarge> {
        match (Kind::of(target.node()), Kind::of(part.node)) {
            (Kind::Object, Kind::Object) => self.members(target, part),
            (Kind::Array, Kind::Array) if self.version == Version::V1_1 => concatenate(target, part),
            (Kind::Array, Kind::Object | Kind::Array | Kind::Scalar) => target.append(part),
            (Kind::Scalar, Kind::Scalar) if self.version == Version::V1_0 => {
                let message = format!("version 1.0 of overlays does not update {}", target.node().kind());
                let help = "write `overlay: 1.1.0`, or select the object around it and update the member";
                self.find(Diagnostic::error(Code::Overlay, self.place(part), message, help));
                Ok(())
            }
            (Kind::Scalar, Kind::Scalar) => target.replace(part),
            (Kind::Object, Kind::Array | Kind::Scalar) | (Kind::Scalar, Kind::Object | Kind::Array) => {
                self.mismatch(target, part);
                Ok(())
            }
        }
    }

    fn members(&mut self, target: &mut Cursor<'_>, part: &Part<'_>) -> Result<(), TooLarge> {
        for (key, member) in part.members() {
            match target.child(&Token::Key(key.to_owned())) {
                Some(mut child) => self.member(&mut child, &member)?,
                None => target.insert(key, &member)?,
            }
        }
        Ok(())
    }

    fn member(&mut self, target: &mut Cursor<'_>, part: &Part<'_>) -> Result<(), TooLarge> {
        match (Kind::of(target.node()), Kind::of(part.node)) {
            (Kind::Object, Kind::Object) => self.members(target, part),
            (Kind::Array, Kind::Array) => concatenate(target, part),
            (Kind::Scalar, Kind::Scalar) => target.replace(part),
            // The specification has an example with empty keys (`components:`), which mirrors the document.
            (Kind::Object | Kind::Array, Kind::Scalar)
                if self.version == Version::V1_0 && *part.node == Node::Null =>
            {
                let message = format!("null changes nothing about {}", target.node().kind());
                let place = self.place(part);
                self.find(Diagnostic::warning(Code::UnusedOverlay, place, message, "remove the key"));
                Ok(())
            }
            (Kind::Object, Kind::Array | Kind::Scalar)
            | (Kind::Array, Kind::Object | Kind::Scalar)
            | (Kind::Scalar, Kind::Object | Kind::Array) => {
                self.mismatch(target, part);
                Ok(())
            }
        }
    }

    fn mismatch(&mut self, target: &Cursor<'_>, part: &Part<'_>) {
        let (given, found, at) = (part.node.kind(), target.node().kind(), target.written());
        let message = format!("cannot merge {given} into {found} (`{at}` of the document)");
        let help = "`remove` it in an action before this one to put something else in its place";
        self.find(Diagnostic::error(Code::Overlay, self.place(part), message, help));
    }

    fn place<'p>(&self, part: &'p Part<'_>) -> &'p Pointer
    where
        'm: 'p,
    {
        self.copied_by.unwrap_or(part.origin.written())
    }

    /// Adds a diagnostic unless there is one at its place, since a target can select thousands of values.
    fn find(&mut self, finding: Diagnostic) {
        if self.findings.iter().all(|known| known.pointer != finding.pointer) {
            self.findings.push(finding);
        }
    }
}

fn concatenate(target: &mut Cursor<'_>, part: &Part<'_>) -> Result<(), TooLarge> {
    part.items().try_for_each(|item| target.append(&item))
}
