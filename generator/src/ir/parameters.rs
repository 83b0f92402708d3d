//! Parameters: named values outside the body, and how a value becomes text.

use super::types::{Docs, TypeRef, Value};
use crate::name::Name;
use crate::pointer::Pointer;

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
