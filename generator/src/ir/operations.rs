//! Models operations and the managers that group them.

use super::bodies::Body;
use super::parameters::Parameter;
use super::responses::{Alternative, ErrorResponse, Header, Response};
use super::types::{Docs, ForeignText};
use super::{OperationId, Pagination, Security, Server};
use crate::name::Name;
use crate::pointer::Pointer;

/// The HTTP methods of operations, in upper case (OpenAPI 3.0.4 section 4.8.9).
pub(crate) const METHODS: &[&str] = &["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/// A group of operations that share a subject.
#[derive(Clone, Debug)]
pub struct Manager {
    /// Its name, such as `memberships`.
    pub name: Name,
    /// The segment that most of its paths begin with, for a name in ASCII.
    pub segment: Name,
    /// A description in CommonMark.
    pub docs: Docs,
    /// A short title of its tag.
    pub summary: Option<ForeignText>,
    /// The name of the tag that its tag belongs to.
    pub parent: Option<String>,
    /// Its operations, sorted by document, path and method.
    pub operations: Vec<OperationId>,
}

/// One operation of the API.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The words of the method; `wire` is the operation id of the document, or a substitute for it.
    pub name: Name,
    /// `true` if the configuration names the manager of this operation.
    pub is_placed: bool,
    /// The place in the document.
    pub origin: Pointer,
    /// The position among the operations of all documents, which pages follow.
    pub position: usize,
    /// Title and description.
    pub docs: Docs,
    /// The HTTP method in upper case (RFC 9110 section 9).
    pub method: String,
    /// The segments of the path template, without a fragment.
    pub path: Vec<PathSegment>,
    /// The fragment of the path in the document, which distinguishes operations of one method and path; empty if there
    /// is none.
    pub fragment: String,
    /// The words for the form of the body, such as `json` or `multipart`; empty without a body.
    pub form: Vec<String>,
    /// The words that distinguish it from operations of other documents, or from another method for the same request.
    pub variant: Vec<String>,
    /// The operation's own servers; empty if those of the API apply.
    pub servers: Vec<Server>,
    /// Path parameters in the order of the path, then query, header, cookie in document order.
    pub parameters: Vec<Parameter>,
    /// The name of the header that takes a key by which the server recognizes a repeated request.
    pub idempotency_key: Option<String>,
    /// The order of the arguments, as indices into the order of the documentation; empty if it is that order.
    pub argument_order: Vec<usize>,
    /// `true` if the builder stays `Clone` although it may hold a body that can be sent only once.
    pub keeps_clone: bool,
    /// The request body.
    pub body: Option<Body>,
    /// The success responses.
    pub responses: Vec<Response>,
    /// The error responses.
    pub errors: Vec<ErrorResponse>,
    /// The pagination, if the operation returns a paged list.
    pub pagination: Option<Pagination>,
    /// The credentials that a call needs.
    pub security: Security,
    /// `true` if callers should use something else.
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

/// Returns a path template in which the names of variables are erased, such as `/users/{}`.
#[must_use]
pub fn erased_path(path: &[PathSegment]) -> String {
    let segments = path.iter().map(|segment| match segment {
        PathSegment::Literal(text) => text.as_str(),
        PathSegment::Parameter(_) => "{}",
    });
    segments.collect()
}

impl Operation {
    /// Returns the path template as text, such as `/users/{user_id}`.
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

    /// Returns the other forms of its responses that a caller can ask for, each once.
    #[must_use]
    pub fn alternatives(&self) -> Vec<&Alternative> {
        let mut alternatives: Vec<&Alternative> = Vec::new();
        for alternative in self.responses.iter().flat_map(|response| &response.alternatives) {
            if !alternatives.iter().any(|known| known.name.wire == alternative.name.wire) {
                alternatives.push(alternative);
            }
        }
        alternatives
    }

    /// Returns the headers of its responses, each once.
    #[must_use]
    pub fn headers(&self) -> Vec<&Header> {
        let of_successes = self.responses.iter().flat_map(|response| &response.headers);
        let of_errors = self.errors.iter().flat_map(|error| &error.headers);
        let mut headers: Vec<&Header> = Vec::new();
        for header in of_successes.chain(of_errors) {
            if !headers.iter().any(|known| known.name.wire.eq_ignore_ascii_case(&header.name.wire)) {
                headers.push(header);
            }
        }
        headers
    }
}
