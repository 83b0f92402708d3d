//! The finished model and the findings to what became of each construct: faithful, approximated or left out.

use std::collections::BTreeMap;

use indexmap::{IndexMap, IndexSet};
use serde::Serialize;

use crate::diagnostic::render::{self, Located};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Loss};
use crate::ir::{Api, Body, BodyKind, Field, Operation, Shape, TypeDef};
use crate::pointer::{DocumentId, Pointer};

/// What became of the constructs that were asked for, document by document.
///
/// A construct is something that the document describes at a place of its own and that callers meet:
/// each [`Construct`] that an operation is or reaches. One that a warning is about, or that stands
/// nearest around what the warning is about, is approximated, once however many warnings there are. What
/// is left out has no place in the model, so each place counts of which a warning says so. The rest is
/// faithful. Warnings that the configuration allows count as others do.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The documents with a construct or an entry, in the order in which they were read.
    pub documents: Vec<DocumentReport>,
}

/// What became of the constructs of one document.
#[derive(Clone, Debug, Default)]
pub struct DocumentReport {
    /// The path as the user gave it.
    pub name: String,
    /// How many constructs are as the document says.
    pub faithful: usize,
    /// How many are there, but wider or different.
    pub approximated: usize,
    /// How many are not there.
    pub left_out: usize,
    /// What is not faithful and why, as it was found.
    pub entries: Vec<ReportEntry>,
}

/// Something that is not as the document says.
#[derive(Clone, Debug)]
pub struct ReportEntry {
    /// What became of it.
    pub loss: Loss,
    /// What it belongs to: the construct at its place or nearest around it.
    pub construct: Option<Construct>,
    /// Where, why, and what was done instead.
    pub finding: Diagnostic,
    /// True when the configuration knows of it and silences the warning.
    pub allowed: bool,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Construct {
    /// A method and path.
    Operation,
    /// A parameter of an operation.
    Parameter,
    /// What an operation is sent.
    RequestBody,
    /// A response, also of a failure.
    Response,
    /// A way to authenticate.
    SecurityScheme,
    /// A schema that a type is made from.
    Type,
    /// A member of a schema, or of a body.
    Member,
}

impl Construct {
    /// The name that machine-readable output uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::RequestBody => "request_body",
            Self::Response => "response",
            Self::SecurityScheme => "security_scheme",
            Self::Type => "type",
            Self::Member => "member",
        }
    }
}

impl DocumentReport {
    /// How many of a hundred constructs are faithful; all where there are none.
    #[must_use]
    pub fn faithful_percent(&self) -> f64 {
        let all = self.faithful + self.approximated + self.left_out;
        if all == 0 { 100.0 } else { self.faithful as f64 * 100.0 / all as f64 }
    }
}

impl Report {
    /// Counts what a run made of its documents.
    #[must_use]
    pub fn of(api: &Api, diagnostics: &Diagnostics) -> Self {
        let constructs = constructs(api);
        let mut counts: BTreeMap<DocumentId, Count<'_>> = BTreeMap::new();
        for pointer in constructs.keys() {
            counts.entry(pointer.document).or_default().constructs += 1;
        }
        let shown = diagnostics.iter().map(|finding| (finding, false));
        for (finding, allowed) in shown.chain(diagnostics.allowed().map(|finding| (finding, true))) {
            let Some(loss) = finding.loss else { continue };
            let count = counts.entry(finding.pointer.document).or_default();
            let nearest = nearest(&constructs, &finding.pointer);
            match loss {
                Loss::LeftOut => {
                    count.left_out.insert(&finding.pointer);
                    // Of what stands twice, one is there.
                    let there = finding.code == Code::DuplicateKey;
                    count.gone.extend(
                        constructs.get(&finding.pointer).filter(|_| !there).map(|_| &finding.pointer),
                    );
                }
                Loss::Approximated => match &nearest {
                    Some((place, _)) => drop(count.approximated.insert(place.clone())),
                    None => drop(count.elsewhere.insert(&finding.pointer)),
                },
            }
            let construct = nearest.map(|(_, construct)| construct);
            count.entries.push(ReportEntry { loss, construct, finding: finding.clone(), allowed });
        }
        let documents = counts.into_iter().map(|(document, count)| {
            let name = diagnostics.source(document).map(|source| source.name.clone());
            count.finish(name.unwrap_or_default())
        });
        Self { documents: documents.collect() }
    }

    /// The report as a JSON text. `diagnostics` are those of the run: they know the texts of the documents.
    #[must_use]
    pub fn json(&self, diagnostics: &Diagnostics) -> String {
        let documents: Vec<_> = self.documents.iter().map(|document| document.record(diagnostics)).collect();
        serde_json::to_string_pretty(&JsonReport { documents }).unwrap_or_default() + "\n"
    }
}

/// The counts of a document while findings are added.
#[derive(Default)]
struct Count<'a> {
    constructs: usize,
    approximated: IndexSet<Pointer>,
    /// Approximated, but below no construct.
    elsewhere: IndexSet<&'a Pointer>,
    left_out: IndexSet<&'a Pointer>,
    /// Left out of the package, though the model knows of it.
    gone: IndexSet<&'a Pointer>,
    entries: Vec<ReportEntry>,
}

impl Count<'_> {
    fn finish(self, name: String) -> DocumentReport {
        let gone = self.gone.iter().filter(|place| !self.approximated.contains(**place)).count();
        DocumentReport {
            name,
            faithful: self.constructs - self.approximated.len() - gone,
            approximated: self.approximated.len() + self.elsewhere.len(),
            left_out: self.left_out.len(),
            entries: self.entries,
        }
    }
}

/// The construct at a place, or the nearest around it.
fn nearest(constructs: &IndexMap<&Pointer, Construct>, pointer: &Pointer) -> Option<(Pointer, Construct)> {
    std::iter::successors(Some(pointer.clone()), Pointer::parent)
        .find_map(|place| constructs.get(&place).map(|construct| (place.clone(), *construct)))
}

/// Every construct of a model by its place; what stands at one place is one construct.
fn constructs(api: &Api) -> IndexMap<&Pointer, Construct> {
    let mut constructs = IndexMap::new();
    let mut add = |place, construct| {
        constructs.entry(place).or_insert(construct);
    };
    for (_, operation) in api.operations.iter() {
        operation_constructs(operation, &mut add);
    }
    for scheme in &api.security_schemes {
        add(&scheme.origin, Construct::SecurityScheme);
    }
    for (_, ty) in api.types.iter() {
        add(&ty.origin, Construct::Type);
    }
    for (_, ty) in api.types.iter() {
        fields_of_type(ty).iter().for_each(|field| add(&field.origin, Construct::Member));
    }
    constructs
}

fn operation_constructs<'a>(operation: &'a Operation, add: &mut impl FnMut(&'a Pointer, Construct)) {
    add(&operation.origin, Construct::Operation);
    operation.parameters.iter().for_each(|parameter| add(&parameter.origin, Construct::Parameter));
    if let Some(body) = &operation.body {
        add(&body.origin, Construct::RequestBody);
        fields_of_body(body).into_iter().for_each(|field| add(&field.origin, Construct::Member));
    }
    operation.responses.iter().for_each(|response| add(&response.origin, Construct::Response));
    operation.errors.iter().for_each(|error| add(&error.origin, Construct::Response));
}

fn fields_of_body(body: &Body) -> Vec<&Field> {
    match &body.kind {
        BodyKind::JsonFields(fields) => fields.iter().collect(),
        BodyKind::FormFields(fields) => fields.iter().map(|field| &field.field).collect(),
        BodyKind::Multipart(parts) => parts.iter().map(|part| &part.field).collect(),
        BodyKind::Json(_) | BodyKind::Binary | BodyKind::Text => Vec::new(),
    }
}

fn fields_of_type(ty: &TypeDef) -> &[Field] {
    match &ty.shape {
        Shape::Struct { fields, .. } => fields,
        Shape::Union(_)
        | Shape::Alias(_)
        | Shape::StringEnum(_)
        | Shape::IntegerEnum(_)
        | Shape::ValueEnum(_) => &[],
    }
}

#[derive(Serialize)]
struct JsonReport<'a> {
    documents: Vec<JsonDocument<'a>>,
}

#[derive(Serialize)]
struct JsonDocument<'a> {
    document: &'a str,
    faithful: usize,
    approximated: usize,
    left_out: usize,
    entries: Vec<JsonEntry<'a>>,
}

#[derive(Serialize)]
struct JsonEntry<'a> {
    became: &'static str,
    construct: Option<&'static str>,
    pointer: &'a str,
    /// The overlay that line and column are in, where they are not in the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    line: usize,
    column: usize,
    code: &'static str,
    reason: &'a str,
    help: &'a str,
    allowed: bool,
}

impl DocumentReport {
    fn record<'a>(&'a self, diagnostics: &'a Diagnostics) -> JsonDocument<'a> {
        let findings = self.entries.iter().map(|entry| &entry.finding);
        let located = render::locate_each(findings, diagnostics);
        let mut entries: Vec<_> = self
            .entries
            .iter()
            .zip(&located)
            .map(|(entry, located)| entry.record(located, &self.name))
            .collect();
        entries.sort_by_key(|entry| (entry.file, entry.line, entry.column));
        JsonDocument {
            document: &self.name,
            faithful: self.faithful,
            approximated: self.approximated,
            left_out: self.left_out,
            entries,
        }
    }
}

impl ReportEntry {
    fn record<'a>(&'a self, located: &Located<'a>, document: &str) -> JsonEntry<'a> {
        JsonEntry {
            became: self.loss.as_str(),
            construct: self.construct.map(Construct::as_str),
            pointer: self.finding.pointer.as_str(),
            file: (located.file != document).then_some(located.file),
            line: located.position.line,
            column: located.position.column,
            code: self.finding.code.as_str(),
            reason: &self.finding.message,
            help: &self.finding.help,
            allowed: self.allowed,
        }
    }
}
