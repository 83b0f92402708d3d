//! Operations: what a caller can ask the API to do, with what, and what comes back.

use super::bodies::Body;
use super::responses::{ErrorResponse, Response};
use super::types::{Docs, TypeRef, Value};
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
    /// The fragment of the document's path, which tells operations of one method and path apart; empty without one.
    pub fragment: String,
    /// The words for the form of the body, such as `json` or `multipart`; empty without a body.
    pub form: Vec<String>,
    /// The words that tell it from operations of other documents, or from another method for the same request.
    pub variant: Vec<String>,
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

/// How the value of a parameter, a header or a member of a form becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// By what it is: text as text, each item of a list by itself, an object as JSON (OpenAPI 3.0.4, section 4.8.15.1).
    Plain,
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
