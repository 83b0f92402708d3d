//! A package to what the pages about all of it show.

use serde::Serialize;

use super::package::first_operation;
use super::prose::{Prose, escape};
use crate::emit::inert::{Inert, Place, inert};
use crate::emit::remarks::code;
use crate::emit::text::Template;
use crate::emit::{self, Dialect};
use crate::ir::{self, OperationId, Payload, SecurityKind};

/// A page about the whole package; code as it stands in the samples.
#[derive(Debug, Serialize)]
pub(super) struct Guide {
    /// The package, `box-sdk`.
    name: String,
    /// The package as code names it, `box_sdk`.
    library: String,
    /// The client type.
    client: String,
    /// What a sample imports to make a client: one name, or several in braces.
    client_imports: String,
    /// The credential of the samples.
    credential: Option<String>,
    /// True when calls present one.
    has_security: bool,
    schemes: Vec<Scheme>,
    /// True when tokens can be had from a token endpoint, and the maintainers do not tell how.
    shows_tokens: bool,
    /// The operation to show something with.
    call: Option<Call>,
    /// One that returns its items in pages.
    list: Option<Call>,
    /// The servers, where operations differ in them.
    servers: Vec<Inert>,
    /// True when some server has variables.
    variables: bool,
    /// The type of an error's body, where the document gives one.
    error_type: Option<String>,
    /// True when some answer comes as events.
    events: bool,
    /// What the maintainers add.
    own: Option<String>,
}

/// A way to authenticate.
#[derive(Debug, Serialize)]
struct Scheme {
    name: Inert,
    /// What it asks for.
    kind: Inert,
    /// What serves it.
    serves: &'static str,
    docs: Option<Inert>,
}

/// A call in a sample.
#[derive(Debug, Serialize)]
struct Call {
    /// The id of the operation, as a string literal has it.
    id: Inert,
    imports: Vec<String>,
    /// Its lines, indented for the body of a function.
    code: String,
}

/// The layout of a page.
pub(super) fn template(stem: &str) -> Template {
    match stem {
        "authentication" => Template::Authentication,
        "configuration" => Template::Configuration,
        "errors" => Template::Errors,
        "pagination" => Template::Pagination,
        "transfers" => Template::Transfers,
        _ => Template::Testing,
    }
}

/// What the page of this stem shows.
pub(super) fn guide(api: &ir::Api, dialect: &dyn Dialect, stem: &str) -> Guide {
    let package = &api.package;
    let credential = package.sample_credential.as_ref();
    let client = dialect.client_type();
    let operations = || api.managers.iter().flat_map(|manager| &manager.operations).copied();
    let list = operations()
        .filter(|id| dialect.pages_sample(*id).is_some())
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
        schemes: api.security_schemes.iter().map(scheme).collect(),
        shows_tokens: own.is_none()
            && api.security_schemes.iter().any(|one| one.kind == SecurityKind::Bearer),
        call: first_operation(api).map(|id| call(api, dialect, id)),
        list: list.map(|id| call(api, dialect, id)),
        servers: servers(api),
        variables: all_servers(api).any(|server| !server.variables.is_empty()),
        error_type: error_type(api, dialect),
        events: api.operations.iter().any(|(_, operation)| has_events(operation)),
        own: own.map(|page| page.text.trim().to_owned()).filter(|text| !text.is_empty()),
    }
}

/// The servers that requests go to: of each place that names some, the first one counts.
fn all_servers(api: &ir::Api) -> impl Iterator<Item = &ir::Server> {
    let own = api.operations.iter().filter_map(|(_, operation)| operation.servers.first());
    api.servers.first().into_iter().chain(own)
}

/// The servers by their URLs, where there are several.
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

fn scheme(scheme: &ir::SecurityScheme) -> Scheme {
    let (kind, serves) = match &scheme.kind {
        SecurityKind::Bearer => {
            (Inert::ours("a bearer token"), "`BearerToken`, or a credential below that fetches tokens")
        }
        SecurityKind::Basic => (Inert::ours("a user name and a password"), "`BasicAuth`"),
        SecurityKind::HeaderKey(name) => (Inert::ours("a key in the header ") + code(name), "`ApiKey`"),
        SecurityKind::QueryKey(name) => {
            (Inert::ours("a key in the query parameter ") + code(name), "`ApiKey`")
        }
        SecurityKind::CookieKey(name) => (Inert::ours("a key in the cookie ") + code(name), "`ApiKey`"),
        SecurityKind::Other(kind) => (code(kind), "a credential of your own"),
    };
    let docs =
        Prose::new(scheme.docs.description.as_ref()).map(|prose| prose.into_item(&Inert::default(), 4));
    Scheme { name: escape(&scheme.name.wire), kind, serves, docs }
}

fn call(api: &ir::Api, dialect: &dyn Dialect, id: OperationId) -> Call {
    let call = dialect.call(id);
    let wire = &api.operations[id].name.wire;
    Call { id: inert(wire, Place::Literal), imports: call.imports, code: call.lines.join("\n    ") }
}

fn has_events(operation: &ir::Operation) -> bool {
    emit::payloads(operation).any(|payload| matches!(payload, Payload::Events(_)))
}

/// The type of the first error body that the document names.
fn error_type(api: &ir::Api, dialect: &dyn Dialect) -> Option<String> {
    let errors = api.operations.iter().flat_map(|(_, operation)| &operation.errors);
    let mut named = errors.filter(|error| matches!(error.payload, Payload::Json(ir::TypeRef::Def(_))));
    dialect.payload_type(&named.next()?.payload)
}
