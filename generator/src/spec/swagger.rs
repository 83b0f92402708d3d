//! Rewrites Swagger 2.0 documents to the shape of OpenAPI 3.0.
//!
//! Files that such a document refers to, and that are no documents themselves, are rewritten where they are referred to.
//! Findings are shown at the place in the 2.0 document, by the origin of each part. Parts of Swagger 2.0 that were left
//! behind in an OpenAPI 3 document are read as meant, with a warning.

mod form;
mod leftovers;
mod located;
mod media;
mod operation;
mod parameter;
mod reference;
mod response;
mod root;
mod schema;
mod security;

use std::collections::{BTreeMap, BTreeSet};

use super::Spec;
use super::moved::in_words_of_swagger;
use super::object_reader::member_types::{MemberType, check_members};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::{DocumentId, Origin, Pointer};
use crate::source::outline::{Occurrence, Outline};
use crate::tree::Node;

use located::Located;
use media::Media;

/// The version of OpenAPI that a rewritten document has.
const VERSION: &str = "3.0.3";

/// Marks a list that is joined by tabs, which no style of OpenAPI 3 says.
pub(crate) const TAB_DELIMITED: &str = "x-tab-delimited";

/// Returns `true` for a Swagger 2.0 document.
pub(super) fn is_swagger(root: &Node) -> bool {
    let version = |key| root.get(key).and_then(Node::scalar_text);
    let is_two = |version: &String| version == "2" || version.starts_with("2.");
    version("swagger").or_else(|| version("openapi")).as_ref().is_some_and(is_two)
}

/// Rewrites all Swagger 2.0 documents, and what was left behind of Swagger 2.0 in other documents.
pub(super) fn rewrite(spec: &mut Spec, diagnostics: &mut Diagnostics) {
    let documents = || (0..spec.documents.len()).map(DocumentId);
    let root = |id: DocumentId| &spec.documents[id.0].root;
    let swagger: BTreeSet<DocumentId> = documents().filter(|id| spec.documents[id.0].is_swagger).collect();
    let mixed: Vec<DocumentId> = documents().filter(|id| leftovers::has(root(*id))).collect();
    if swagger.is_empty() && mixed.is_empty() {
        return;
    }
    let original = spec.clone();
    let origins = documents().map(|id| diagnostics.origin(id)).collect();
    let mut rewriting = Rewriting {
        original: &original,
        origins,
        swagger: &swagger,
        outlines: BTreeMap::new(),
        is_mixed: false,
        pending: Vec::new(),
        seen: BTreeSet::new(),
        diagnostics,
    };
    for &id in &swagger {
        rewriting.diagnostics.set_wording(id, in_words_of_swagger);
        rewriting.at(spec, &Pointer::root(id), Kind::Document);
    }
    for id in mixed {
        rewriting.at(spec, &Pointer::root(id), Kind::Mixed);
    }
    while let Some((place, kind)) = rewriting.pending.pop() {
        rewriting.at(spec, &place, kind);
    }
    for &id in &swagger {
        let origin = rewriting.diagnostics.origin(id);
        reference::follow_moved(&mut spec.documents[id.0].root, &origin);
    }
}

/// The kind of a value that is rewritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// A Swagger 2.0 document.
    Document,
    /// An OpenAPI 3 document with parts of Swagger 2.0.
    Mixed,
    PathItem,
    Parameter,
    Response,
    Schema,
}

/// The state of a rewriting.
struct Rewriting<'s, 'd> {
    /// The documents as they were.
    original: &'s Spec,
    /// The places where their parts are written.
    origins: Vec<Origin>,
    swagger: &'s BTreeSet<DocumentId>,
    /// The positions in texts with findings.
    outlines: BTreeMap<DocumentId, Outline>,
    /// `true` in an OpenAPI 3 document with parts of Swagger 2.0.
    is_mixed: bool,
    /// Places in other files that are still to be rewritten.
    pending: Vec<(Pointer, Kind)>,
    /// The places that were pending at some time.
    seen: BTreeSet<Pointer>,
    diagnostics: &'d mut Diagnostics,
}

impl Rewriting<'_, '_> {
    /// Rewrites the value at a place.
    fn at(&mut self, spec: &mut Spec, place: &Pointer, kind: Kind) {
        let id = place.document;
        let origin = self.diagnostics.origin(id);
        let Some(document) = spec.documents.get_mut(id.0) else { return };
        let root = std::mem::replace(&mut document.root, Node::Null);
        let tokens: Vec<String> = place.tokens().collect();
        let root = Located::new(root, origin).update(&tokens, &mut |part| self.part(id, part, kind));
        let (root, origin) = root.into_parts();
        spec.documents[id.0].root = root;
        self.diagnostics.set_origin(id, origin);
    }

    fn part(&mut self, id: DocumentId, part: Located, kind: Kind) -> Located {
        let media = Media::default();
        match kind {
            Kind::Document => self.document(id, part),
            Kind::Mixed => self.mixed(id, part),
            Kind::PathItem => self.path_item(id, part, &media),
            Kind::Parameter => self.shared_parameter(id, part, &media),
            Kind::Response => self.response(id, part, &media),
            Kind::Schema => part.map(|node| self.schema(id, node)),
        }
    }

    fn warn(&mut self, code: Code, part: &Located, message: impl Into<String>, help: impl Into<String>) {
        self.report(Diagnostic::warning(code, part.written(), message, help));
    }

    /// Reports the members of a part that have a wrong type.
    fn check(&mut self, part: &Located, types: &[(&'static str, MemberType)]) {
        let Some(members) = part.node().as_mapping() else { return };
        let mut findings = Diagnostics::default();
        check_members(types, part.written(), members, &mut findings);
        findings.iter().for_each(|finding| self.report(finding.clone()));
    }

    /// Reports a finding at a place as it is written. Its position is looked up here, since the part may move.
    fn report(&mut self, finding: Diagnostic) {
        let document = finding.pointer.document;
        let source = self.diagnostics.source(document);
        let outline = match self.diagnostics.outline(document) {
            Some(outline) => Some(outline),
            None => source
                .map(|source| &*self.outlines.entry(document).or_insert_with(|| Outline::new(&source.text))),
        };
        let position = outline.map(|outline| outline.locate(&finding.pointer, Occurrence::First).start);
        self.diagnostics.push(Diagnostic { position, ..finding });
    }
}

impl Diagnostics {
    /// Returns where the parts of a document are written.
    fn origin(&self, id: DocumentId) -> Origin {
        self.origin_of(id).cloned().unwrap_or_else(|| Origin::new(Pointer::root(id)))
    }
}
