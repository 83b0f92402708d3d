//! Builds the views of the README and of the documentation index.

use serde::Serialize;

use super::prose::{Prose, escape};
use super::view::SampleView;
use crate::emit::Dialect;
use crate::emit::inert::Inert;
use crate::ir::{self, OperationId, Payload};

/// The view of the README.
#[derive(Debug, Serialize)]
pub(super) struct Readme {
    name: String,
    version: String,
    /// The name of the package in code.
    library: String,
    /// The description of the package, as a sentence.
    summary: Inert,
    api: Inert,
    api_version: Inert,
    repository: Option<String>,
    license: Option<String>,
    introduction: Option<String>,
    credentials: Option<String>,
    program: Option<SampleView>,
    errors: Option<SampleView>,
    guides: Vec<GuideLink>,
    managers: Vec<ManagerLink>,
}

/// The view of the documentation index.
#[derive(Debug, Serialize)]
pub(super) struct Index {
    name: String,
    guides: Vec<GuideLink>,
    managers: Vec<ManagerLink>,
}

/// A link to a guide.
#[derive(Debug, Serialize)]
struct GuideLink {
    title: &'static str,
    page: &'static str,
    /// The topics of the guide.
    about: &'static str,
}

#[derive(Debug, Serialize)]
struct ManagerLink {
    ty: String,
    accessor: String,
    page: String,
    /// A short title.
    summary: Option<Inert>,
    /// The subject that it belongs to.
    parent: Option<Inert>,
    docs: Option<Inert>,
}

/// Builds the view of the README, with links to the pages of these names.
pub(super) fn readme(api: &ir::Api, dialect: &dyn Dialect, pages: &[String]) -> Readme {
    let package = &api.package;
    let first = first_operation(api);
    let sample = |lines: Vec<String>| SampleView::new(dialect.program_language(), &lines);
    let page = |stem: &str| {
        let page = package.pages.iter().find(|page| page.stem == stem)?;
        Some(page.text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    Readme {
        name: package.name.clone(),
        version: package.version.clone(),
        library: dialect.library(),
        summary: sentence(package.description.as_written()),
        api: escape(api.info.title_after_article()),
        api_version: escape(api.info.version.as_written()),
        repository: package.repository.clone(),
        license: package.license.clone(),
        introduction: page("introduction"),
        credentials: page("credentials"),
        program: first.map(|id| sample(dialect.program(id))),
        errors: first.map(|id| sample(dialect.error_sample(id))),
        guides: guides(api, dialect),
        managers: managers(api, dialect, pages),
    }
}

/// Builds the view of the index, with links to the pages of these names.
pub(super) fn index(api: &ir::Api, dialect: &dyn Dialect, pages: &[String]) -> Index {
    Index {
        name: api.package.name.clone(),
        guides: guides(api, dialect),
        managers: managers(api, dialect, pages),
    }
}

fn guides(api: &ir::Api, dialect: &dyn Dialect) -> Vec<GuideLink> {
    let guide = |page| match page {
        "authentication" => GuideLink { page, title: "Authentication", about: "credentials and tokens" },
        "configuration" => {
            GuideLink { page, title: "Configuration", about: "timeouts, retries, headers, proxies" }
        }
        "errors" => GuideLink { page, title: "Errors", about: "kinds of errors and their details" },
        "pagination" => GuideLink { page, title: "Pagination", about: "iterating over paginated lists" },
        "transfers" => {
            GuideLink { page, title: "Uploads and downloads", about: "streaming files, bytes and events" }
        }
        "webhook_events" => {
            GuideLink { page, title: "Webhook events", about: "reading the webhooks that the API sends" }
        }
        page => GuideLink { page, title: "Testing", about: "testing your code without a server" },
    };
    crate::emit::guide_stems(api, dialect).into_iter().map(guide).collect()
}

fn managers(api: &ir::Api, dialect: &dyn Dialect, pages: &[String]) -> Vec<ManagerLink> {
    let manager = |(manager, page): (&ir::Manager, &String)| ManagerLink {
        ty: dialect.manager_type(manager),
        accessor: dialect.manager_name(manager),
        page: page.clone(),
        summary: manager.summary.as_ref().map(|summary| escape(summary.as_written())),
        parent: manager.parent.as_deref().map(escape),
        docs: Prose::new(manager.docs.description.as_ref())
            .map(|prose| prose.into_item(&Inert::default(), 4)),
    };
    api.managers.iter().zip(pages).map(manager).collect()
}

/// The operation for the first sample: one that changes nothing, requires few arguments and returns a value.
pub(super) fn first_operation(api: &ir::Api) -> Option<OperationId> {
    let operations = api.managers.iter().flat_map(|manager| api.in_document_order(manager));
    operations.min_by_key(|&id| {
        let operation = &api.operations[id];
        let shows =
            matches!(operation.responses.as_slice(), [one] if matches!(one.payload, Payload::Json(_)));
        let arguments = operation.arguments();
        let required = arguments.iter().filter(|argument| argument.required).count();
        (operation.deprecated, operation.method != "GET", !shows, required)
    })
}

/// Adds a final dot to a text that has none.
fn sentence(text: &str) -> Inert {
    let text = escape(text);
    if text.as_str().is_empty() || text.as_str().ends_with(['.', '!', '?']) { text } else { text + "." }
}
