//! Compares the package and the findings of a document with those of the document without a member.

use std::collections::BTreeSet;

use sdk_generator::diagnostic::Loss;
use sdk_generator::{Diagnostic, Diagnostics, Files, Generated, Input, Source, Spec, generate, lower};
use serde_json::Value;

use crate::documents::Document;
use crate::members::Member;

/// The depth to which a finding about a construct that is approximated concerns its parts.
const PARTS: usize = 5;

/// The result for the whole document.
pub(crate) struct Baseline {
    files: Files,
    /// The code and message of each finding.
    findings: BTreeSet<(String, String)>,
    /// The places of the findings, as JSON Pointers into the document as it is written, and `true` for those that say
    /// that the place is left out.
    places: Vec<(String, bool)>,
}

impl Baseline {
    /// Generates a package, unless the document has an error.
    pub(crate) fn of(document: &Document) -> Option<Self> {
        let generated = run(document, &document.root).ok()?;
        let diagnostics = &generated.diagnostics;
        let places = places(diagnostics);
        Some(Self { findings: findings(diagnostics), places, files: generated.files })
    }

    /// Returns `true` if the removal of a member changes the package or the findings, or if a finding of the whole
    /// document is about the member.
    pub(crate) fn effect_of_removing(&self, document: &Document, member: &Member) -> bool {
        self.is_named(member) || self.differs(document, &member.removed_from(&document.root))
    }

    /// Returns `true` if another value of a member that is neither an object nor an array has an effect.
    pub(crate) fn effect_of_changing(&self, document: &Document, member: &Member) -> bool {
        let changed = || member.changed_in(&document.root).is_some_and(|root| self.differs(document, &root));
        self.is_named(member) || changed()
    }

    fn differs(&self, document: &Document, root: &Value) -> bool {
        match run(document, root) {
            Ok(other) => other.files != self.files || findings(&other.diagnostics) != self.findings,
            Err(_) => true,
        }
    }

    /// Returns `true` if a finding is about the member or something in it, or says that what contains it is left out.
    fn is_named(&self, member: &Member) -> bool {
        is_named(&self.places, member)
    }
}

/// Returns the places of the findings of a document, as far as the model is made.
pub(crate) fn places_of(document: &Document) -> Option<Vec<(String, bool)>> {
    let documents = [source(document, &document.root)];
    let mut diagnostics = Diagnostics::default();
    let read = |_: &str| None;
    let input = Input { documents: &documents, read: &read, config: &document.config };
    let spec = Spec::load(&input, &mut diagnostics).ok()?;
    lower::lower(&spec, &document.config, &mut diagnostics);
    Some(places(&diagnostics))
}

fn places(diagnostics: &Diagnostics) -> Vec<(String, bool)> {
    let place = |finding: &Diagnostic| {
        let pointer = diagnostics.written(&finding.pointer);
        (pointer.as_str().to_owned(), finding.loss == Some(Loss::LeftOut))
    };
    diagnostics.iter().chain(diagnostics.allowed()).map(place).collect()
}

/// Returns `true` if a finding is about the member or something in it, or says that what contains it is left out.
pub(crate) fn is_named(places: &[(String, bool)], member: &Member) -> bool {
    let place = member.pointer();
    let inside = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    // A finding about a schema concerns its parts, but one about an operation not all of its schemas.
    let depth = |place: &str| place.matches('/').count();
    let covers = |(found, left_out): &(String, bool)| {
        let concerned = *left_out || depth(&place) <= depth(found) + PARTS;
        inside(found, &place) || concerned && !found.is_empty() && inside(&place, found)
    };
    places.iter().any(covers)
}

fn run(document: &Document, root: &Value) -> Result<Generated, Diagnostics> {
    let documents = [source(document, root)];
    let read = |name: &str| std::fs::read_to_string(document.path.with_file_name(name)).ok();
    generate(&Input { documents: &documents, read: &read, config: &document.config })
}

fn source(document: &Document, root: &Value) -> Source {
    let name = document.path.file_name().expect("a document has a name").to_string_lossy().into_owned();
    Source { name, text: root.to_string() }
}

fn findings(diagnostics: &Diagnostics) -> BTreeSet<(String, String)> {
    let all = diagnostics.iter().chain(diagnostics.allowed());
    all.map(|finding| (finding.code.to_string(), finding.message.clone())).collect()
}
