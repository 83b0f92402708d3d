//! Builds the views of the guides, the pages about the whole package.

use serde::Serialize;

use super::flows::{self, FlowSample, FlowView};
use super::package::first_operation;
use super::prose::{Prose, escape};
use crate::emit::inert::{Inert, Place, inert};
use crate::emit::remarks::code;
use crate::emit::text::Template;
use crate::emit::{self, Dialect};
use crate::ir::{self, OperationId, Payload, SecurityKind, TypeId};

/// The view of a guide. Code is ready to stand in a sample.
#[derive(Debug, Serialize)]
pub(super) struct Guide {
    /// The name of the package, `box-sdk`.
    name: String,
    /// The name of the package in code, `box_sdk`.
    library: String,
    /// The name of the client type.
    client: String,
    /// The names that a sample imports to create a client: one name, or several in braces.
    client_imports: String,
    /// The expression that creates the credential of the samples.
    credential: Option<String>,
    /// `true` if the document defines security schemes.
    has_security: bool,
    schemes: Vec<Scheme>,
    /// `true` if the API takes bearer tokens and the maintainers wrote no page about getting one.
    shows_tokens: bool,
    /// The name of a flow for which the package has no credential, if there are only such flows.
    bare_flow: Option<&'static str>,
    /// `true` if users can sign in by a page, or the document does not say how tokens are issued.
    user_flow: bool,
    /// The OAuth flow of the sample.
    flow: Option<FlowSample>,
    /// A call for the samples.
    call: Option<Call>,
    /// A call that returns a list in pages.
    list: Option<Call>,
    /// The servers, if operations use different ones.
    servers: Vec<Inert>,
    /// `true` if a server has variables.
    variables: bool,
    /// The type of error bodies, if the document describes one.
    error_type: Option<String>,
    /// `true` if an operation responds with events.
    events: bool,
    /// `true` if an operation responds with a stream of values.
    values: bool,
    /// `true` if an operation takes a stream of values.
    sends_values: bool,
    /// The types of webhooks, one for each document with webhooks.
    webhooks: Vec<WebhooksView>,
    /// The text that the maintainers add.
    own: Option<String>,
}

/// The webhooks of a document.
#[derive(Debug, Serialize)]
struct WebhooksView {
    /// The enum that holds them.
    ty: String,
    /// The variant that the sample shows.
    variant: String,
    /// The header that selects the variant.
    header: Option<Inert>,
    events: Vec<WebhookView>,
}

/// A webhook.
#[derive(Debug, Serialize)]
struct WebhookView {
    name: Inert,
    variant: String,
    /// The type of the body.
    holds: String,
    docs: Option<Inert>,
}

/// A security scheme.
#[derive(Debug, Serialize)]
struct Scheme {
    name: Inert,
    /// The kind of credential that it requires.
    kind: Inert,
    /// The types that satisfy it.
    serves: &'static str,
    docs: Option<Inert>,
    /// The URL of the document that describes the endpoints.
    metadata: Option<Inert>,
    flows: Vec<FlowView>,
}

/// A call in a sample.
#[derive(Debug, Serialize)]
struct Call {
    /// The operation id, escaped for a string literal.
    id: Inert,
    imports: Vec<String>,
    /// The expression, indented for the body of a function.
    code: String,
}

/// Returns the template of a guide.
pub(super) fn template(stem: &str) -> Template {
    match stem {
        "authentication" => Template::Authentication,
        "configuration" => Template::Configuration,
        "errors" => Template::Errors,
        "pagination" => Template::Pagination,
        "transfers" => Template::Transfers,
        "webhook_events" => Template::WebhookEvents,
        _ => Template::Testing,
    }
}

/// Builds the view of the guide with this stem.
pub(super) fn guide(api: &ir::Api, dialect: &dyn Dialect, stem: &str) -> Guide {
    let package = &api.package;
    let credential = package.sample_credential.as_ref();
    let client = dialect.client_type();
    let operations = || api.managers.iter().flat_map(|manager| api.in_document_order(manager));
    let list = operations()
        .filter(|id| dialect.has_pages(*id))
        .min_by_key(|&id| api.operations[id].arguments().iter().filter(|argument| argument.required).count());
    let own = package.pages.iter().find(|page| page.stem == stem);
    Guide {
        name: package.name.clone(),
        library: dialect.library(),
        client_imports: match credential.and_then(|credential| credential.import.as_ref()) {
            Some(import) if *import < client => format!("{{{import}, {client}}}"),
            Some(import) => format!("{{{client}, {import}}}"),
            None => client.clone(),
        },
        client,
        credential: credential.map(|credential| credential.expression.clone()),
        has_security: !api.security_schemes.is_empty(),
        schemes: api.security_schemes.iter().enumerate().map(|one| scheme(one, dialect)).collect(),
        bare_flow: flows::bare_flow(api),
        user_flow: flows::has_user_flow(api),
        flow: flows::sample(api, dialect),
        shows_tokens: own.is_none()
            && api.security_schemes.iter().any(|one| one.kind == SecurityKind::Bearer),
        call: first_operation(api).map(|id| call(api, dialect, id)),
        list: list.map(|id| call(api, dialect, id)),
        servers: servers(api),
        variables: all_servers(api).any(|server| server.url.contains('{')),
        error_type: error_type(api, dialect),
        events: api.operations.iter().any(|(_, operation)| has_events(operation)),
        values: api.operations.iter().any(|(_, operation)| has_values(operation)),
        sends_values: api.operations.iter().any(|(_, operation)| emit::sends_values(operation)),
        webhooks: api.webhooks.iter().map(|id| webhooks(api, dialect, *id)).collect(),
        own: own.map(|page| page.text.trim().to_owned()).filter(|text| !text.is_empty()),
    }
}

/// The servers that requests are sent to: the first one of the API and of each operation with servers of its own.
fn all_servers(api: &ir::Api) -> impl Iterator<Item = &ir::Server> {
    let own = api.operations.iter().filter_map(|(_, operation)| operation.servers.first());
    api.servers.first().into_iter().chain(own)
}

/// The URLs of the servers, if there are several.
fn servers(api: &ir::Api) -> Vec<Inert> {
    let mut urls: Vec<&str> = Vec::new();
    for server in all_servers(api) {
        if !urls.contains(&server.url.as_str()) {
            urls.push(&server.url);
        }
    }
    if urls.len() < 2 {
        return Vec::new();
    }
    let default = api.servers.first().map(|server| server.url.as_str());
    urls.iter().map(|url| code(url) + if default == Some(url) { ", the default one" } else { "" }).collect()
}

fn scheme((index, scheme): (usize, &ir::SecurityScheme), dialect: &dyn Dialect) -> Scheme {
    let (kind, serves) = match &scheme.kind {
        SecurityKind::Bearer if !scheme.flows.is_empty() && scheme.flows.iter().all(flows::is_bare) => {
            (Inert::ours("a bearer token"), "`BearerToken`")
        }
        SecurityKind::Bearer => {
            (Inert::ours("a bearer token"), "`BearerToken`, or a credential below that fetches tokens")
        }
        SecurityKind::Basic => (Inert::ours("a user name and a password"), "`BasicAuth`"),
        SecurityKind::HeaderKey(name) => (Inert::ours("a key in the header ") + code(name), "`ApiKey`"),
        SecurityKind::QueryKey(name) => {
            (Inert::ours("a key in the query parameter ") + code(name), "`ApiKey`")
        }
        SecurityKind::CookieKey(name) => (Inert::ours("a key in the cookie ") + code(name), "`ApiKey`"),
        SecurityKind::Other(kind) => (code(kind), "the transport, or a credential of your own"),
    };
    let docs =
        Prose::new(scheme.docs.description.as_ref()).map(|prose| prose.into_item(&Inert::default(), 4));
    let flows = flows::flows(scheme, index, dialect);
    let metadata = scheme.metadata_url.as_deref().map(code);
    Scheme { name: escape(&scheme.name.wire), kind, serves, docs, metadata, flows }
}

fn call(api: &ir::Api, dialect: &dyn Dialect, id: OperationId) -> Call {
    let call = dialect.call(id);
    let wire = &api.operations[id].name.wire;
    Call { id: inert(wire, Place::Literal), imports: call.imports, code: call.lines.join("\n    ") }
}

fn webhooks(api: &ir::Api, dialect: &dyn Dialect, id: TypeId) -> WebhooksView {
    let (ty, names) = dialect.variants(id);
    let mut view = WebhooksView { variant: String::new(), ty, header: None, events: Vec::new() };
    let ir::Shape::Union(union) = &api.types[id].shape else { return view };
    let header = union.webhooks.as_ref().and_then(|webhooks| webhooks.header.as_ref());
    view.header = header.map(|header| code(header));
    for (variant, name) in union.variants.iter().zip(&names) {
        let holds = dialect.payload_type(&Payload::Json(variant.ty.clone())).unwrap_or_default();
        for webhook in &variant.webhooks {
            let title = webhook.docs.title.as_ref().map(|title| escape(title.as_written()));
            let described = Prose::new(webhook.docs.description.as_ref());
            let docs = described.map(|prose| prose.into_item(&Inert::default(), 2)).or(title);
            let (variant, holds) = (name.clone(), holds.clone());
            view.events.push(WebhookView { name: code(&webhook.name), variant, holds, docs });
        }
    }
    view.events.sort_by(|one, other| one.variant.cmp(&other.variant));
    view.variant = view.events.first().map(|event| event.variant.clone()).unwrap_or_default();
    view
}

fn has_events(operation: &ir::Operation) -> bool {
    emit::payloads(operation).any(|payload| matches!(payload, Payload::Events(_)))
}

fn has_values(operation: &ir::Operation) -> bool {
    emit::payloads(operation).any(|payload| matches!(payload, Payload::JsonLines(_) | Payload::Results(_)))
}

/// The first named type of an error body.
fn error_type(api: &ir::Api, dialect: &dyn Dialect) -> Option<String> {
    let errors = api.operations.iter().flat_map(|(_, operation)| &operation.errors);
    let mut named = errors.filter(|error| matches!(error.payload, Payload::Json(ir::TypeRef::Def(_))));
    dialect.payload_type(&named.next()?.payload)
}
