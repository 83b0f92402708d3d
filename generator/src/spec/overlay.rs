//! Applies overlays (OpenAPI Overlay 1.0 and 1.1) to documents, before the dialect is normalised.
//!
//! An overlay corrects a document that is not ours to edit. A diagnostic about a value that comes from an overlay points
//! at the line of the overlay, any other at that of the document.

mod actions;
mod merge;
mod parse;
mod query;
#[cfg(test)]
mod tests;
mod tree;

use super::Input;
use super::file_paths::{leads_away, normalise_path, referred_path};
use crate::config;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::{DocumentId, Origin, Pointer};
use crate::source::Source;
use crate::tree::Node;

use parse::Overlay;
use tree::Tree;

/// Returns the document ID of an overlay, by its index among all overlays of a run.
const fn document(index: usize) -> DocumentId {
    DocumentId(usize::MAX / 2 + index)
}

/// The overlays of a run.
#[derive(Debug)]
pub(super) struct Overlays(Vec<Listed>);

/// An overlay and the document that it changes.
#[derive(Debug)]
struct Listed {
    overlay: Overlay,
    /// The path of the document.
    file: String,
    /// The place of that path in the overlay or the configuration.
    pointer: Pointer,
    applied: bool,
}

impl Overlays {
    /// Reads the overlays that the configuration lists.
    pub(super) fn read(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Self {
        let mut overlays = Vec::new();
        let mut index = 0;
        for (source, entry) in input.documents.iter().zip(&input.config.documents) {
            for entry in &entry.overlays {
                overlays.extend(listed(document(index), source, entry, input, diagnostics));
                index += 1;
            }
        }
        Self(overlays)
    }

    /// Returns `true` if an overlay changes the document with this path.
    pub(super) fn concern(&self, path: &str) -> bool {
        self.0.iter().any(|listed| listed.file == path)
    }

    /// Applies the overlays for a document in the order of the configuration.
    pub(super) fn apply(
        &mut self,
        id: DocumentId,
        path: &str,
        root: &mut Node,
        diagnostics: &mut Diagnostics,
    ) {
        if !self.concern(path) {
            return;
        }
        let mut tree = Tree::new(std::mem::replace(root, Node::Null), Origin::new(Pointer::root(id)));
        for listed in self.0.iter_mut().filter(|listed| listed.file == path) {
            listed.applied = true;
            for finding in actions::apply(&listed.overlay, &mut tree) {
                diagnostics.push(finding);
            }
        }
        let (changed, origin) = tree.into_parts();
        *root = changed;
        diagnostics.set_origin(id, origin);
    }

    /// Reports overlays for documents that the run does not read.
    pub(super) fn report_unapplied<'p>(
        &self,
        read: impl Iterator<Item = &'p str> + Clone,
        diagnostics: &mut Diagnostics,
    ) {
        for listed in self.0.iter().filter(|listed| !listed.applied) {
            let message = format!("no document of this run is `{}`", listed.file);
            let help = nearest(&listed.file, read.clone()).map_or_else(
                || {
                    "name the document, or a file that it refers to; `overlays: [{ path: …, file: … }]` in the \
                     configuration names it in place of `extends`"
                        .to_owned()
                },
                |path| format!("did you mean `{path}`?"),
            );
            diagnostics.push(Diagnostic::error(Code::UnusedOverlay, &listed.pointer, message, help));
        }
    }
}

/// Reads one overlay.
fn listed(
    id: DocumentId,
    document: &Source,
    entry: &config::Overlay,
    input: &Input<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Listed> {
    let name = normalise_path(&input.config.beside(&entry.path));
    let Some(text) = (input.read)(&name) else {
        let message = format!("the overlay `{name}` cannot be read");
        let help = "correct the path; it is relative to the configuration";
        diagnostics.push(Diagnostic::error(Code::Config, &entry.pointer, message, help));
        return None;
    };
    let source = Source { name, text };
    diagnostics.add_source(id, &source);
    let root = Pointer::root(id);
    let overlay = parse::parse(&root, &source.text, diagnostics)?;
    let extends = overlay.extends.as_deref().filter(|extends| !leads_away(extends));
    let (file, pointer) = match (&entry.file, extends) {
        (Some(file), _) => (referred_path(&document.name, file), entry.pointer.clone()),
        (None, Some(extends)) => (referred_path(&source.name, extends), root.child("extends")),
        (None, None) => (normalise_path(&document.name), entry.pointer.clone()),
    };
    Some(Listed { overlay, file, pointer, applied: false })
}
