//! Operations: what a caller can ask the API to do, with what, and what comes back.

use super::types::{Docs, Field, TypeRef, Value};
use super::{OperationId, Pagination, Security, Server};
use crate::name::Name;
use crate::pointer::Pointer;

/// A group of operations that share a subject.
#[derive(Clone, Debug)]
pub struct Manager {
    /// Its name, such as `memberships`.
    pub name: Name,
    /// What it is about, in CommonMark.
    pub docs: Docs,
    /// Its operations, in document order.
    pub operations: Vec<OperationId>,
}

/// One thing that a caller can ask the API to do.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The words of the method; `wire` is the operation id of the document, or what stands for it.
    pub name: Name,
    /// Where it stands.
    pub origin: Pointer,
    /// Title and description.
    pub docs: Docs,
    /// The HTTP method in upper case (RFC 9110, section 9).
    pub method: String,
    /// The path template, split; a fragment of the document's path is not part of it.
    pub path: Vec<PathSegment>,
    /// The operation's own servers; empty when those of the API apply.
    pub servers: Vec<Server>,
    /// Parameters: path ones in the order of the path, then query, header, cookie in document order.
    pub parameters: Vec<Parameter>,
    /// What the caller sends.
    pub body: Option<Body>,
    /// What a success returns.
    pub responses: Vec<Response>,
    /// What the document says of failures.
    pub errors: Vec<ErrorResponse>,
    /// How pages follow one another, where the operation returns a list in pages.
    pub pagination: Option<Pagination>,
    /// What a call has to present.
    pub security: Security,
    /// True when callers should use something else.
    pub deprecated: bool,
    /// A page about the operation.
    pub reference_url: Option<String>,
}

/// A piece of a path template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathSegment {
    /// Text as it is, slashes included.
    Literal(String),
    /// The wire name of a path parameter.
    Parameter(String),
}

/// A named value outside the body (OpenAPI 3.0.4, section 4.8.12).
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Where it stands in the document.
    pub origin: Pointer,
    /// Where it goes in the request.
    pub location: Location,
    /// How its value becomes text.
    pub encoding: ParameterEncoding,
    /// True when a call without it fails. A constant (see `constant`) need not be given.
    pub required: bool,
    /// The type of its value.
    pub ty: TypeRef,
    /// The one value that the document allows: it is sent unless the caller gives another.
    pub constant: Option<Value>,
    /// The value that the server assumes.
    pub default: Option<Value>,
    /// A value to show.
    pub example: Option<Value>,
    /// A description in CommonMark.
    pub docs: Docs,
    /// True when callers should not send it any more.
    pub deprecated: bool,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// How a parameter's value becomes text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterEncoding {
    /// By style (OpenAPI 3.0.4, section 4.8.12.3).
    Style {
        /// The style.
        style: Style,
        /// Whether each item or member is a parameter of its own.
        explode: bool,
        /// Whether reserved characters stay as they are (query only).
        allow_reserved: bool,
    },
    /// As a JSON text.
    Json,
}

/// How a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `;color=blue`
    Matrix,
    /// `.blue`
    Label,
    /// `color=blue`
    Form,
    /// `blue`
    Simple,
    /// `blue black`
    SpaceDelimited,
    /// `blue|black`
    PipeDelimited,
    /// `color[R]=100`
    DeepObject,
}

/// What a caller sends.
#[derive(Clone, Debug)]
pub struct Body {
    /// The name of the argument when the body is one: `request_body`.
    pub name: Name,
    /// Where it stands.
    pub origin: Pointer,
    /// The media type to send.
    pub media_type: String,
    /// True when a call without it fails.
    pub required: bool,
    /// What it is made of.
    pub kind: BodyKind,
    /// A value to show.
    pub example: Option<Example>,
    /// A description in CommonMark.
    pub docs: Docs,
}

/// What a request body is made of.
#[derive(Clone, Debug)]
pub enum BodyKind {
    /// A JSON object whose fields are arguments of their own.
    JsonFields(Vec<Field>),
    /// Any other JSON value.
    Json(TypeRef),
    /// `application/x-www-form-urlencoded`, its fields are arguments of their own.
    FormFields(Vec<Field>),
    /// `multipart/form-data`, its parts in the order in which they are sent.
    Multipart(Vec<Part>),
    /// Bytes as they are.
    Binary,
    /// Text as it is.
    Text,
}

/// A part of a multipart body.
#[derive(Clone, Debug)]
pub struct Part {
    /// The part as a field.
    pub field: Field,
    /// True when it is a file: a stream of bytes with a name and a content type.
    pub file: bool,
    /// The arguments beside it that say how the one file is labelled.
    pub labels: Option<Box<FileLabels>>,
    /// The content type that the document gives (OpenAPI 3.0.4, section 4.8.15).
    pub content_type: Option<String>,
}

/// Arguments that label a file in place of what the file says of itself.
#[derive(Clone, Debug)]
pub struct FileLabels {
    /// Its name.
    pub file_name: FileLabel,
    /// Its media type.
    pub content_type: FileLabel,
}

/// An argument that labels a file.
#[derive(Clone, Debug)]
pub struct FileLabel {
    /// The name of the argument.
    pub name: Name,
    /// What it sets.
    pub docs: Docs,
}

/// A success response.
#[derive(Clone, Debug)]
pub struct Response {
    /// The statuses that it is for.
    pub status: StatusRange,
    /// What its body holds.
    pub payload: Payload,
    /// What an event holds, where the caller can ask for a stream of server-sent events instead.
    pub events: Option<TypeRef>,
    /// The names of the headers that the document gives it, as it writes them.
    pub headers: Vec<String>,
    /// A description in CommonMark.
    pub docs: Docs,
    /// Where it stands.
    pub origin: Pointer,
}

/// The statuses that a response is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusRange {
    /// One status.
    Exact(u16),
    /// All of a class: `2` for `2XX`.
    Class(u8),
    /// Any that nothing else names.
    Default,
}

/// What a body holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// Nothing.
    Empty,
    /// A JSON value.
    Json(TypeRef),
    /// Text.
    Text,
    /// Bytes.
    Binary,
    /// Where a redirect leads, without going there.
    Location,
    /// Server-sent events (WHATWG HTML, section 9.2), each a JSON value.
    Events(TypeRef),
}

/// What the document says of a failure.
#[derive(Clone, Debug)]
pub struct ErrorResponse {
    /// The statuses that it is for.
    pub status: StatusRange,
    /// What its body holds.
    pub payload: Payload,
    /// A description in CommonMark.
    pub docs: Docs,
    /// Where it stands.
    pub origin: Pointer,
}

/// A value to show, as the document gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Example(pub Value);

impl Operation {
    /// The path template as one text, `/users/{user_id}`.
    #[must_use]
    pub fn template(&self) -> String {
        self.path
            .iter()
            .map(|segment| match segment {
                PathSegment::Literal(text) => text.clone(),
                PathSegment::Parameter(name) => format!("{{{name}}}"),
            })
            .collect()
    }
}
