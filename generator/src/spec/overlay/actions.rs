//! Applies the actions of an overlay in order, each to the result of the one before it.

use super::merge::{Kind, Merge};
use super::parse::{Action, Change, Overlay, Version};
use super::query::Query;
use super::tree::{Part, Place, Token, TooLarge, Tree};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::{Origin, Pointer};
use crate::tree::Node;

/// Applies an overlay. Returns its diagnostics.
pub(super) fn apply(overlay: &Overlay, tree: &mut Tree) -> Vec<Diagnostic> {
    let mut applying = Applying { version: overlay.version, tree, findings: Vec::new() };
    for action in &overlay.actions {
        if let Err(TooLarge) = applying.action(action) {
            let message = "this action makes the document larger than one that can be read";
            let help = "select fewer values, or update them with less";
            applying.error(Code::Overlay, &action.pointer, message, help);
            break;
        }
    }
    applying.findings
}

struct Applying<'a> {
    version: Version,
    tree: &'a mut Tree,
    findings: Vec<Diagnostic>,
}

impl Applying<'_> {
    fn action(&mut self, action: &Action) -> Result<(), TooLarge> {
        let places: Vec<Place> = action.target.select(self.tree.view()).into_iter().collect();
        if places.is_empty() {
            self.report_nothing(&action.target);
            return Ok(());
        }
        let before = (self.tree.changes(), self.findings.len());
        match &action.change {
            Change::None => {}
            Change::Remove => self.remove(action, &places),
            Change::Update(node) => {
                let origin = Origin::new(action.pointer.child("update"));
                self.merge(action, &places, &Part { node, origin }, None)?;
            }
            Change::Copy(query) => {
                if let Some((node, origin)) = self.copied(query) {
                    self.merge(action, &places, &Part { node: &node, origin }, Some(&query.pointer))?;
                }
            }
        }
        if (self.tree.changes(), self.findings.len()) == before {
            let message = "this action changes nothing";
            let help = "remove it; the document is already as it says";
            self.findings.push(Diagnostic::warning(Code::UnusedOverlay, &action.pointer, message, help));
        }
        Ok(())
    }

    /// Removes the selected values. Starts with the last one, so that the places of the others stay valid.
    fn remove(&mut self, action: &Action, places: &[Place]) {
        for place in places.iter().rev() {
            match place.split_last() {
                Some((last, parent)) => {
                    if let Some(mut parent) = self.tree.cursor(parent) {
                        parent.remove(last);
                    }
                }
                None => {
                    let help = "select what is to go";
                    let message = "the document as a whole cannot be removed";
                    self.error(Code::Overlay, &action.target.pointer, message, help);
                }
            }
        }
    }

    fn merge(
        &mut self,
        action: &Action,
        places: &[Place],
        part: &Part<'_>,
        copied_by: Option<&Pointer>,
    ) -> Result<(), TooLarge> {
        if self.version == Version::V1_1 && !self.are_alike(places) {
            let message = format!("`{}` selects values of several kinds", action.target);
            let help = "select objects alone, arrays alone or other values alone";
            self.error(Code::Overlay, &action.target.pointer, message, help);
            return Ok(());
        }
        let mut findings = Vec::new();
        let mut merge = Merge { version: self.version, copied_by, findings: &mut findings };
        let merged = places.iter().try_for_each(|place| match self.tree.cursor(place) {
            Some(mut target) => merge.target(&mut target, part),
            None => Ok(()),
        });
        self.findings.extend(findings);
        merged
    }

    fn are_alike(&self, places: &[Place]) -> bool {
        let mut kinds = places.iter().filter_map(|place| self.tree.get(place)).map(Kind::of);
        let first = kinds.next();
        kinds.all(|kind| Some(kind) == first)
    }

    /// Returns the value to copy, with its origin. Reports a query that does not select exactly one.
    fn copied(&mut self, query: &Query) -> Option<(Node, Origin)> {
        let places: Vec<Place> = query.select(self.tree.view()).into_iter().collect();
        match places.as_slice() {
            [] => {
                self.report_nothing(query);
                None
            }
            [place] => {
                let origin = self.tree.origin().descendant(place);
                Some((self.tree.get(place)?.clone(), origin))
            }
            [first, ..] => {
                let message = format!("`{query}` selects {} values; one is copied", places.len());
                let help = format!("select one of them, such as `{}`", normalised(first));
                self.error(Code::Overlay, &query.pointer, message, help);
                None
            }
        }
    }

    fn report_nothing(&mut self, query: &Query) {
        let message = format!("`{query}` selects nothing");
        let help = query.explain(self.tree.view());
        self.error(Code::UnusedOverlay, &query.pointer, message, help);
    }

    fn error(&mut self, code: Code, place: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.findings.push(Diagnostic::error(code, place, message, help));
    }
}

/// Returns a place as a normalized path (RFC 9535).
fn normalised(place: &[Token]) -> String {
    let step = |token: &Token| match token {
        Token::Key(key) => format!("['{}']", key.replace('\\', "\\\\").replace('\'', "\\'")),
        Token::Index(index) => format!("[{index}]"),
    };
    format!("${}", place.iter().map(step).collect::<String>())
}
