//! Keeps the texts of documents, and where the parts of a tree are written.

use std::sync::Arc;

use super::{Diagnostic, Diagnostics};
use crate::pointer::{DocumentId, Origin, Pointer};
use crate::source::Source;
use crate::source::outline::Outline;

/// The text of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct DocumentText {
    source: Option<Source>,
    /// Its outline, if it is known already.
    outline: Option<Arc<Outline>>,
    /// The places where its parts are written, if something changed it, such as an overlay.
    origin: Option<Origin>,
    /// Replaces the places in messages by those in the version that the document is written in.
    wording: Option<fn(&str) -> String>,
}

impl Diagnostics {
    /// Keeps the text of a document, so that diagnostics can quote it.
    pub fn add_source(&mut self, document: DocumentId, source: &Source) {
        self.texts.entry(document).or_default().source = Some(source.clone());
    }

    /// Returns the text of a document.
    #[must_use]
    pub fn source(&self, document: DocumentId) -> Option<&Source> {
        self.texts.get(&document)?.source.as_ref()
    }

    /// Keeps the outline of a document, which says where diagnostics are in its text.
    pub(crate) fn set_outline(&mut self, document: DocumentId, outline: Outline) {
        self.texts.entry(document).or_default().outline = Some(Arc::new(outline));
    }

    /// Returns the outline of a document, if it is known already.
    pub(crate) fn outline(&self, document: DocumentId) -> Option<&Outline> {
        self.texts.get(&document)?.outline.as_deref()
    }

    /// Stores where the parts of a document are written after something changed it, such as an overlay.
    pub fn set_origin(&mut self, document: DocumentId, origin: Origin) {
        self.texts.entry(document).or_default().origin = Some(origin);
    }

    /// Returns where the parts of a document are written, if something changed it.
    #[must_use]
    pub fn origin_of(&self, document: DocumentId) -> Option<&Origin> {
        self.texts.get(&document)?.origin.as_ref()
    }

    /// Words the messages about a document as its version does.
    pub(crate) fn set_wording(&mut self, document: DocumentId, wording: fn(&str) -> String) {
        self.texts.entry(document).or_default().wording = Some(wording);
    }

    /// Returns a finding in the words of the document that it is about.
    pub(super) fn worded(&self, finding: Diagnostic) -> Diagnostic {
        match self.texts.get(&finding.pointer.document).and_then(|text| text.wording) {
            Some(wording) => {
                let (message, help) = (wording(&finding.message), wording(&finding.help));
                Diagnostic { message, help, ..finding }
            }
            None => finding,
        }
    }

    /// Returns the place in a text where a person edits the value at `place`.
    #[must_use]
    pub fn written(&self, place: &Pointer) -> Pointer {
        let origin = self.texts.get(&place.document).and_then(|text| text.origin.as_ref());
        origin.map_or_else(|| place.clone(), |origin| origin.locate(place))
    }
}
