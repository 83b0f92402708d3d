//! Models responses by status.

use super::parameters::ParameterEncoding;
use super::types::{Docs, TypeRef};
use crate::name::Name;
use crate::pointer::Pointer;

/// A success response.
#[derive(Clone, Debug)]
pub struct Response {
    /// The statuses of the response.
    pub status: StatusRange,
    /// The content of its body.
    pub payload: Payload,
    /// The media type of its body; empty if it has none.
    pub media_type: String,
    /// The words that distinguish its form from others, such as `json`; empty if it has no body.
    pub form: Vec<String>,
    /// Other forms of the body that a caller can ask for.
    pub alternatives: Vec<Alternative>,
    /// The headers in the document.
    pub headers: Vec<Header>,
    /// A description in CommonMark.
    pub docs: Docs,
    /// The place in the document.
    pub origin: Pointer,
}

/// A form of a body that a caller can ask for instead of the usual one.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// The name that distinguishes it from other forms: `events`, `csv`. `wire` is its media type.
    pub name: Name,
    /// Its content.
    pub payload: Payload,
    /// The place in the document.
    pub origin: Pointer,
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct Header {
    /// Its name.
    pub name: Name,
    /// The type of its value.
    pub ty: TypeRef,
    /// The encoding of its value as text.
    pub encoding: ParameterEncoding,
    /// A description in CommonMark.
    pub docs: Docs,
    /// `true` if callers should no longer use it.
    pub deprecated: bool,
    /// The place in the document.
    pub origin: Pointer,
}

/// The statuses of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusRange {
    /// One status.
    Exact(u16),
    /// A class of statuses: `2` for `2XX`.
    Class(u8),
    /// All statuses without a response of their own.
    Default,
}

/// The content of a response body.
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
    /// The target of a redirect, which is not followed.
    Location,
    /// Server-sent events (WHATWG HTML section 9.2), each a JSON value.
    Events(TypeRef),
    /// JSON values, each on a line of its own or in a sequence (RFC 7464).
    JsonLines(TypeRef),
    /// Objects on lines of their own, each with a value as `result` or a failure as `error`, as gateways of gRPC send
    /// streams.
    Results(TypeRef),
}

/// An error response.
#[derive(Clone, Debug)]
pub struct ErrorResponse {
    /// The statuses of the response.
    pub status: StatusRange,
    /// The content of its body.
    pub payload: Payload,
    /// The headers in the document.
    pub headers: Vec<Header>,
    /// A description in CommonMark.
    pub docs: Docs,
    /// The place in the document.
    pub origin: Pointer,
}
