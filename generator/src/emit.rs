//! Emits the files of a package from the model. Each file is independent of the others, and nothing here can fail.

pub mod rust;
pub mod markdown;
pub mod manifest;
mod remarks;
mod stock_phrases;
mod inert;
mod clean_links;
mod text_edits;
pub(crate) mod text;

use crate::ir;

/// The spelling of an API in a target language. An emitter of code implements it for the emitter of pages.
pub trait Dialect: Sync {
    /// The name of the package in code, `box_sdk`.
    fn library(&self) -> String;
    /// The name of the client type, `BoxClient`.
    fn client_type(&self) -> String;
    /// The language tag of a code block, `rust`.
    fn language(&self) -> &'static str;
    /// The language tag of a code block that compiles on its own, `rust,no_run`.
    fn program_language(&self) -> &'static str;
    /// The name of a manager's type, `MembershipsManager`.
    fn manager_type(&self, manager: &ir::Manager) -> String;
    /// The name of a manager's accessor, `memberships`.
    fn manager_name(&self, manager: &ir::Manager) -> String;
    /// The name of a manager's page: the name of the accessor in ASCII, which every file system accepts.
    fn page_name(&self, manager: &ir::Manager) -> String;
    /// The name of an operation's method, `get_user_memberships`.
    fn method_name(&self, operation: ir::OperationId) -> String;
    /// The arguments of an operation: those of [`ir::Operation::arguments`] in their order, then the argument for
    /// extra headers.
    fn arguments(&self, operation: ir::OperationId) -> Vec<DialectArgument>;
    /// The type that a call returns, `GroupMemberships` or `()`.
    fn return_type(&self, operation: ir::OperationId) -> String;
    /// The type of an error body, if the document describes one.
    fn payload_type(&self, payload: &ir::Payload) -> Option<String>;
    /// The name of an enum, and the names of its variants in order.
    fn variants(&self, ty: ir::TypeId) -> (String, Vec<String>);
    /// The type and the function that create the credential of a flow; `None` if there are none.
    fn flow_constructor(&self, scheme: usize, flow: &ir::OAuthFlow) -> Option<(String, &'static str)>;
    /// The other formats in which the response is available.
    fn forms(&self, operation: ir::OperationId) -> Vec<DialectForm>;
    /// The response headers that the document describes.
    fn headers(&self, operation: ir::OperationId) -> Vec<DialectArgument>;
    /// The visible lines of a call.
    fn sample(&self, operation: ir::OperationId) -> Vec<String>;
    /// `true` if the operation has pages.
    fn has_pages(&self, operation: ir::OperationId) -> bool;
    /// The visible lines that iterate over the items of all pages; `None` if the operation has no pages.
    fn pages_sample(&self, operation: ir::OperationId) -> Option<Vec<String>>;
    /// The call as an expression with literal values, and the imports that it needs.
    fn call(&self, operation: ir::OperationId) -> DialectCall;
    /// A complete program that makes this call with literal values.
    fn program(&self, operation: ir::OperationId) -> Vec<String>;
    /// A complete program that makes the call of [`Self::program`] and handles its errors.
    fn error_sample(&self, operation: ir::OperationId) -> Vec<String>;
}

/// A call as an expression.
#[derive(Clone, Debug)]
pub struct DialectCall {
    /// The imports that it needs.
    pub imports: Vec<String>,
    /// The lines of the expression.
    pub lines: Vec<String>,
}

/// A format of a response other than the default one.
#[derive(Clone, Debug)]
pub struct DialectForm {
    /// The call that requests it, `send_csv()`.
    pub call: String,
    /// The type that the call returns.
    pub ty: String,
    /// The media type.
    pub media_type: String,
}

/// The stems of the guides, the pages about the whole package. A feature that the API lacks has no guide, unless the
/// maintainers wrote one.
pub(crate) fn guide_stems(api: &ir::Api, dialect: &dyn Dialect) -> Vec<&'static str> {
    let is_written = |stem: &str| api.package.pages.iter().any(|page| page.stem == stem);
    let applies = |stem: &str| match stem {
        "authentication" => !api.security_schemes.is_empty(),
        "pagination" => api.operations.ids().any(|id| dialect.has_pages(id)),
        "transfers" => api.operations.iter().any(|(_, operation)| transfers(operation)),
        "webhook_events" => !api.webhooks.is_empty(),
        _ => true,
    };
    GUIDES.iter().copied().filter(|stem| applies(stem) || is_written(stem)).collect()
}

/// The stems of all guides.
pub(crate) const GUIDES: &[&str] =
    &["authentication", "configuration", "errors", "pagination", "testing", "transfers", "webhook_events"];

/// Returns `true` if the operation transfers files, bytes, events or streams of values.
fn transfers(operation: &ir::Operation) -> bool {
    sends_files(operation)
        || sends_values(operation)
        || payloads(operation).any(|payload| match payload {
            ir::Payload::Binary
            | ir::Payload::Events(_)
            | ir::Payload::JsonLines(_)
            | ir::Payload::Results(_) => true,
            ir::Payload::Empty | ir::Payload::Json(_) | ir::Payload::Text | ir::Payload::Location => false,
        })
}

/// The payloads of all successes, in every format.
pub(crate) fn payloads(operation: &ir::Operation) -> impl Iterator<Item = &ir::Payload> {
    let others = operation.alternatives().into_iter().map(|alternative| &alternative.payload);
    operation.responses.iter().map(|response| &response.payload).chain(others)
}

/// Returns `true` if a caller passes files or bytes.
pub(crate) fn sends_files(operation: &ir::Operation) -> bool {
    operation.body.as_ref().is_some_and(|body| match &body.kind {
        ir::BodyKind::Binary => true,
        ir::BodyKind::Multipart(parts) => parts.iter().any(|part| part.file),
        ir::BodyKind::JsonFields(_)
        | ir::BodyKind::Json(_)
        | ir::BodyKind::FormFields(_)
        | ir::BodyKind::JsonLines(_)
        | ir::BodyKind::Text => false,
    })
}

/// Returns `true` if a caller passes a stream of values.
pub(crate) fn sends_values(operation: &ir::Operation) -> bool {
    operation.body.as_ref().is_some_and(|body| matches!(body.kind, ir::BodyKind::JsonLines(_)))
}

/// Returns `true` if a caller receives bytes as a stream.
pub(crate) fn returns_bytes(operation: &ir::Operation) -> bool {
    payloads(operation).any(|payload| *payload == ir::Payload::Binary)
}

/// An argument, as the documentation shows it.
#[derive(Clone, Debug)]
pub struct DialectArgument {
    /// The identifier.
    pub name: String,
    /// The type, `Option<i64>` for a setter.
    pub ty: String,
    /// The documentation in the document.
    pub docs: ir::Docs,
    /// An example value.
    pub example: Option<ir::Value>,
    /// The value that the server assumes by default.
    pub default: Option<ir::Value>,
    /// The value that is sent unless the caller sets another one.
    pub constant: Option<String>,
    /// `true` if callers should no longer use it.
    pub deprecated: bool,
}
