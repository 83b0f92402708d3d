//! Operations: what a caller can ask the API to do, with what, and what comes back.

use super::bodies::Body;
use super::parameters::Parameter;
use super::responses::{Alternative, ErrorResponse, Header, Response};
use super::types::Docs;
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
    /// The order of the arguments, as indices of the order of the documentation; empty where it is that order.
    pub argument_order: Vec<usize>,
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

    /// The other forms of its answers that a caller can ask for, each once.
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

    /// The headers of its answers, each once.
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
