//! Responses: what comes back, by status.

use super::parameters::ParameterEncoding;
use super::types::{Docs, TypeRef};
use crate::name::Name;
use crate::pointer::Pointer;

/// A success response.
#[derive(Clone, Debug)]
pub struct Response {
    /// The statuses that it is for.
    pub status: StatusRange,
    /// What its body holds.
    pub payload: Payload,
    /// The media type of its body; empty where it has none.
    pub media_type: String,
    /// Other forms of the body that a caller can ask for.
    pub alternatives: Vec<Alternative>,
    /// The headers that the document gives it.
    pub headers: Vec<Header>,
    /// A description in CommonMark.
    pub docs: Docs,
    /// Where it stands.
    pub origin: Pointer,
}

/// A form of a body that a caller can ask for in place of the usual one.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// What it is called beside the others: `events`, `csv`. `wire` is its media type.
    pub name: Name,
    /// What it holds.
    pub payload: Payload,
    /// Where it stands.
    pub origin: Pointer,
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct Header {
    /// Its name.
    pub name: Name,
    /// The type of its value.
    pub ty: TypeRef,
    /// How its text is read.
    pub encoding: ParameterEncoding,
    /// A description in CommonMark.
    pub docs: Docs,
    /// True when callers should not look at it any more.
    pub deprecated: bool,
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
    /// The headers that the document gives it.
    pub headers: Vec<Header>,
    /// A description in CommonMark.
    pub docs: Docs,
    /// Where it stands.
    pub origin: Pointer,
}
