//! From the model to files. One file depends on no other; nothing here can fail.

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

/// How a target language writes what the documentation names: where an emitter of code and the
/// emitter of pages meet.
pub trait Dialect: Sync {
    /// The package as code names it, `box_sdk`.
    fn library(&self) -> String;
    /// The name of the client type, `BoxClient`.
    fn client_type(&self) -> String;
    /// The language tag of a code block, `rust`.
    fn language(&self) -> &'static str;
    /// The language tag of a block that compiles as it stands, `rust,no_run`.
    fn program_language(&self) -> &'static str;
    /// The name of a manager's type, `MembershipsManager`.
    fn manager_type(&self, manager: &ir::Manager) -> String;
    /// The name of a manager's accessor, `memberships`.
    fn manager_name(&self, manager: &ir::Manager) -> String;
    /// The name of a manager's page: that of the accessor, in ASCII, as files on every system have it.
    fn page_name(&self, manager: &ir::Manager) -> String;
    /// The name of an operation's method, `get_user_memberships`.
    fn method_name(&self, operation: ir::OperationId) -> String;
    /// The arguments of an operation: those of [`ir::Operation::arguments`] in their order, then the
    /// one that takes further headers.
    fn arguments(&self, operation: ir::OperationId) -> Vec<DialectArgument>;
    /// What a call returns, `GroupMemberships` or `()`.
    fn return_type(&self, operation: ir::OperationId) -> String;
    /// The type of an error's body, where the document gives one.
    fn payload_type(&self, payload: &ir::Payload) -> Option<String>;
    /// The other forms in which the answer can be asked for.
    fn forms(&self, operation: ir::OperationId) -> Vec<DialectForm>;
    /// The headers of the answer that the document describes.
    fn headers(&self, operation: ir::OperationId) -> Vec<DialectArgument>;
    /// The visible lines of a call.
    fn sample(&self, operation: ir::OperationId) -> Vec<String>;
    /// The visible lines that go through the items of all pages; none where the operation has no pages.
    fn pages_sample(&self, operation: ir::OperationId) -> Option<Vec<String>>;
    /// The call as an expression with values written out, and the lines that import what it names.
    fn call(&self, operation: ir::OperationId) -> DialectCall;
    /// A whole program that makes this call with values written out, for a reader who has nothing
    /// yet.
    fn program(&self, operation: ir::OperationId) -> Vec<String>;
    /// The same call as [`Self::program`], telling apart what can go wrong; whole as well.
    fn error_sample(&self, operation: ir::OperationId) -> Vec<String>;
}

/// A call as an expression.
#[derive(Clone, Debug)]
pub struct DialectCall {
    /// The lines that import what it names.
    pub imports: Vec<String>,
    /// Its lines.
    pub lines: Vec<String>,
}

/// A form of an answer beside the usual one.
#[derive(Clone, Debug)]
pub struct DialectForm {
    /// The call that asks for it, `send_csv()`.
    pub call: String,
    /// What that call returns.
    pub ty: String,
    /// The media type.
    pub media_type: String,
}

/// The pages of the documentation that are about the whole package, by their stem. What the API does not have has no
/// page, unless the maintainers wrote of it.
pub(crate) fn guide_stems(api: &ir::Api, dialect: &dyn Dialect) -> Vec<&'static str> {
    let is_written = |stem: &str| api.package.pages.iter().any(|page| page.stem == stem);
    let applies = |stem: &str| match stem {
        "authentication" => !api.security_schemes.is_empty(),
        "pagination" => api.operations.ids().any(|id| dialect.pages_sample(id).is_some()),
        "transfers" => api.operations.iter().any(|(_, operation)| transfers(operation)),
        _ => true,
    };
    GUIDES.iter().copied().filter(|stem| applies(stem) || is_written(stem)).collect()
}

/// Pages of the documentation that are no manager's.
pub(crate) const GUIDES: &[&str] =
    &["authentication", "configuration", "errors", "pagination", "testing", "transfers"];

/// True when files, bytes or events go out or come in.
fn transfers(operation: &ir::Operation) -> bool {
    sends_files(operation)
        || payloads(operation).any(|payload| match payload {
            ir::Payload::Binary | ir::Payload::Events(_) => true,
            ir::Payload::Empty | ir::Payload::Json(_) | ir::Payload::Text | ir::Payload::Location => false,
        })
}

/// What a success can hold, in any form.
pub(crate) fn payloads(operation: &ir::Operation) -> impl Iterator<Item = &ir::Payload> {
    let others = operation.alternatives().into_iter().map(|alternative| &alternative.payload);
    operation.responses.iter().map(|response| &response.payload).chain(others)
}

/// True when a caller gives files or bytes.
pub(crate) fn sends_files(operation: &ir::Operation) -> bool {
    operation.body.as_ref().is_some_and(|body| match &body.kind {
        ir::BodyKind::Binary => true,
        ir::BodyKind::Multipart(parts) => parts.iter().any(|part| part.file),
        ir::BodyKind::JsonFields(_)
        | ir::BodyKind::Json(_)
        | ir::BodyKind::FormFields(_)
        | ir::BodyKind::Text => false,
    })
}

/// True when a caller gets bytes as they come.
pub(crate) fn returns_bytes(operation: &ir::Operation) -> bool {
    payloads(operation).any(|payload| *payload == ir::Payload::Binary)
}

/// An argument as the documentation shows it.
#[derive(Clone, Debug)]
pub struct DialectArgument {
    /// The identifier.
    pub name: String,
    /// The type, `Option<i64>` where it is a setter.
    pub ty: String,
    /// What the document says of it.
    pub docs: ir::Docs,
    /// A value to show.
    pub example: Option<ir::Value>,
    /// The value that the server assumes.
    pub default: Option<ir::Value>,
    /// The value that is sent unless the caller gives another.
    pub constant: Option<String>,
    /// True when callers should not give it any more.
    pub deprecated: bool,
}
