//! Builds the view of a manager's page, which holds finished strings.

use serde::Serialize;

use super::anchors::Anchors;
use super::prose::{Prose, escape};
use crate::emit::inert::{Inert, Place, fence, inert, one_line, without_tags};
use crate::emit::remarks::Remarks;
use crate::emit::stock_phrases::{repeats_name, telling};
use crate::emit::{self, Dialect, DialectArgument, DialectForm};
use crate::ir::{self, StatusRange};

/// The indentation of the content of a nested list item.
const ITEM: usize = 4;
/// The longest example that is shown; a longer one would bury the description.
const LONGEST_EXAMPLE: usize = 100;

/// The view of a manager's page.
#[derive(Debug, Serialize)]
pub(super) struct ManagerView {
    ty: String,
    operations: Vec<OperationView>,
}

/// The section about an operation.
#[derive(Debug, Serialize)]
struct OperationView {
    title: Inert,
    anchor: String,
    deprecated: bool,
    description: Option<Inert>,
    method: String,
    reference_url: Option<Inert>,
    id: Inert,
    sample: SampleView,
    arguments: Vec<ArgumentView>,
    sends_files: bool,
    returns: String,
    returns_bytes: bool,
    responses: Vec<Inert>,
    forms: Vec<FormView>,
    headers: Vec<ArgumentView>,
    pages: Option<SampleView>,
    errors: Vec<Failure>,
}

/// A block of code.
#[derive(Debug, Serialize)]
pub(super) struct SampleView {
    fence: String,
    language: &'static str,
    code: String,
}

#[derive(Debug, Serialize)]
struct ArgumentView {
    name: String,
    ty: String,
    docs: Option<Inert>,
}

#[derive(Debug, Serialize)]
struct FormView {
    call: String,
    ty: String,
    media_type: Inert,
}

#[derive(Debug, Serialize)]
struct Failure {
    status: String,
    ty: Option<String>,
    docs: Option<Inert>,
}

/// Builds the view of a manager's page.
pub(super) fn manager(api: &ir::Api, dialect: &dyn Dialect, manager: &ir::Manager) -> ManagerView {
    let ty = dialect.manager_type(manager);
    let mut anchors = Anchors::default();
    anchors.add(&ty);
    let mut operations = Vec::new();
    for id in api.in_document_order(manager) {
        let operation = operation(dialect, id, &api.operations[id], &mut anchors);
        anchors.add("Arguments");
        anchors.add("Returns");
        if !operation.headers.is_empty() {
            anchors.add("Headers");
        }
        if operation.pages.is_some() {
            anchors.add("Pagination");
        }
        if !operation.errors.is_empty() {
            anchors.add("Errors");
        }
        operations.push(operation);
    }
    ManagerView { ty, operations }
}

impl SampleView {
    /// Puts lines of code between fences that no line can close.
    pub(super) fn new(language: &'static str, lines: &[String]) -> Self {
        Self { fence: fence(lines), language, code: lines.join("\n") }
    }
}

fn operation(
    dialect: &dyn Dialect,
    id: ir::OperationId,
    operation: &ir::Operation,
    anchors: &mut Anchors,
) -> OperationView {
    let method = dialect.method_name(id);
    // The last argument takes extra headers and is not in the document.
    let taken = operation.arguments().into_iter().map(|argument| argument.required).chain([false]);
    let arguments =
        dialect.arguments(id).into_iter().zip(taken).map(|(shown, required)| argument(shown, required));
    let title = operation
        .docs
        .title
        .as_ref()
        .map(|title| one_line(&without_tags(title.as_written())))
        .filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| method.clone());
    let url = operation.reference_url.as_deref().map(|url| inert(url, Place::Link));
    OperationView {
        title: escape(&title),
        anchor: anchors.add(&title),
        deprecated: operation.deprecated,
        description: description(&operation.docs).map(Prose::into_text),
        reference_url: url.filter(|url| !url.as_str().is_empty()),
        id: inert(&operation.name.wire, Place::Comment),
        sample: SampleView::new(dialect.language(), &dialect.sample(id)),
        arguments: arguments.collect(),
        sends_files: emit::sends_files(operation),
        returns: dialect.return_type(id),
        returns_bytes: emit::returns_bytes(operation),
        responses: responses(dialect, &operation.responses),
        forms: dialect.forms(id).into_iter().map(form).collect(),
        headers: dialect.headers(id).into_iter().map(|header| argument(header, false)).collect(),
        pages: dialect.pages_sample(id).map(|lines| SampleView::new(dialect.language(), &lines)),
        errors: failures(dialect, &operation.errors),
        method,
    }
}

fn argument(argument: DialectArgument, required: bool) -> ArgumentView {
    let remarks = Remarks {
        default: argument.default.as_ref(),
        constant: argument.constant.as_deref(),
        is_deprecated: argument.deprecated,
        said: argument.docs.description.as_ref(),
    };
    let example = argument.example.as_ref().filter(|_| required).and_then(remark);
    let remarks = remarks.sentences().into_iter().chain(example);
    let description = argument.docs.description.as_ref();
    let description = description.filter(|text| !repeats_name(text.as_written(), &argument.name));
    let docs = remarks.fold(Prose::new(description), |prose, remark| match prose {
        Some(prose) => Some(prose.with_remark(&remark)),
        None => Some(Prose::remark(&remark)),
    });
    let docs = docs.map(|prose| prose.into_item(&Inert::default(), ITEM));
    ArgumentView { name: argument.name, ty: argument.ty, docs }
}

fn form(form: DialectForm) -> FormView {
    FormView { call: form.call, ty: form.ty, media_type: escape(&form.media_type) }
}

/// The example as a remark, unless it is an object, null or too long.
fn remark(example: &ir::Value) -> Option<Inert> {
    if example.is_object() || example.is_null() {
        return None;
    }
    let text = example.to_string();
    (text.chars().count() <= LONGEST_EXAMPLE).then(|| Inert::ours("Example: ") + escape(&text))
}

fn description(docs: &ir::Docs) -> Option<Prose> {
    Prose::new(docs.description.as_ref())
}

/// Describes the successes: a single one in a paragraph, several in a list with their statuses and types.
fn responses(dialect: &dyn Dialect, responses: &[ir::Response]) -> Vec<Inert> {
    let described = |response: &ir::Response| Prose::new(telling(&response.docs, response.status));
    match responses {
        [response] => described(response).map(Prose::into_text).into_iter().collect(),
        several => several
            .iter()
            .map(|response| {
                let mut head = Inert::symbol(&status(response.status));
                if let Some(ty) = dialect.payload_type(&response.payload) {
                    head = head + " `" + Inert::symbol(&ty) + "`";
                }
                let item = match described(response) {
                    Some(prose) => prose.into_item(&(head + ":"), 2),
                    None => head,
                };
                Inert::ours("- ") + item
            })
            .collect(),
    }
}

fn failures(dialect: &dyn Dialect, errors: &[ir::ErrorResponse]) -> Vec<Failure> {
    let alone = errors.len() == 1;
    let status = |range: StatusRange| match range {
        StatusRange::Default if alone => "any error status".to_owned(),
        StatusRange::Exact(_) | StatusRange::Class(_) | StatusRange::Default => status(range),
    };
    errors
        .iter()
        .map(|error| Failure {
            status: status(error.status),
            ty: dialect.payload_type(&error.payload),
            docs: Prose::new(telling(&error.docs, error.status))
                .map(|prose| prose.into_item(&Inert::default(), ITEM)),
        })
        .collect()
}

fn status(range: StatusRange) -> String {
    match range {
        StatusRange::Exact(status) => status.to_string(),
        StatusRange::Class(class) => format!("{class}XX"),
        StatusRange::Default => "any other status".to_owned(),
    }
}
