//! Reports how faithfully each construct of the documents is generated: faithful, approximated or left out.

use std::collections::BTreeMap;

use indexmap::{IndexMap, IndexSet};
use serde::Serialize;

use crate::diagnostic::render::{self, Located};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Loss};
use crate::ir::{Api, Body, BodyKind, Field, Operation, Shape, TypeDef};
use crate::pointer::{DocumentId, Pointer};

/// The fidelity of the selected constructs, document by document.
///
/// A construct is a part of the document that callers use: each [`Construct`] that is an operation or is reached by
/// one. A construct is approximated if a warning is about it or about something inside it, and counts once however many
/// warnings there are. A construct that is left out is not in the model, so each place counts for which a warning says
/// so. All others are faithful. Warnings that the configuration allows count too.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The documents with a construct or an entry, in the order in which they were read.
    pub documents: Vec<DocumentReport>,
}

/// The fidelity of the constructs of one document.
#[derive(Clone, Debug, Default)]
pub struct DocumentReport {
    /// The path as the user gave it.
    pub name: String,
    /// The number of constructs that match the document.
    pub faithful: usize,
    /// The number of constructs that are wider or different.
    pub approximated: usize,
    /// The number of constructs that are not generated.
    pub left_out: usize,
    /// The constructs that are not faithful, in the order in which they were found.
    pub entries: Vec<ReportEntry>,
}

/// Something that is not faithful to the document.
#[derive(Clone, Debug)]
pub struct ReportEntry {
    /// The kind of loss.
    pub loss: Loss,
    /// The construct at its place, or the nearest one around it.
    pub construct: Option<Construct>,
    /// The warning with place, reason and substitute.
    pub finding: Diagnostic,
    /// `true` if the configuration allows the warning.
    pub allowed: bool,
}

/// The kind of a counted construct.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Construct {
    /// A method and path.
    Operation,
    /// A parameter of an operation.
    Parameter,
    /// The request body of an operation.
    RequestBody,
    /// A response, of a success or a failure.
    Response,
    /// A way to authenticate.
    SecurityScheme,
    /// A schema that a type is made from.
    Type,
    /// A member of a schema, or of a body.
    Member,
}

impl Construct {
    /// Returns the name in machine-readable output.
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
    /// Returns the percentage of faithful constructs; 100 if there are no constructs.
    #[must_use]
    pub fn faithful_percent(&self) -> f64 {
        let all = self.faithful + self.approximated + self.left_out;
        if all == 0 { 100.0 } else { self.faithful as f64 * 100.0 / all as f64 }
    }
}

impl Report {
    /// Counts the constructs of a run.
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
                    // Counts a duplicated construct once.
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

    /// Returns the report as JSON. `diagnostics` must be those of the run, which hold the texts of the documents.
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
    /// Approximated, but not inside a construct.
    elsewhere: IndexSet<&'a Pointer>,
    left_out: IndexSet<&'a Pointer>,
    /// In the model, but left out of the package.
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

/// Returns the construct at a place, or the nearest one around it.
fn nearest(constructs: &IndexMap<&Pointer, Construct>, pointer: &Pointer) -> Option<(Pointer, Construct)> {
    std::iter::successors(Some(pointer.clone()), Pointer::parent)
        .find_map(|place| constructs.get(&place).map(|construct| (place.clone(), *construct)))
}

/// Returns every construct of a model by its place. Each place has one construct.
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
        BodyKind::Json(_) | BodyKind::JsonLines(_) | BodyKind::Binary | BodyKind::Text => Vec::new(),
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
    /// The overlay that line and column refer to, if it is not the document.
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
