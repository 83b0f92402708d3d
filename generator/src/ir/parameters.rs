//! Models parameters, and the encoding of their values as text.

use super::types::{Docs, TypeRef, Value};
use crate::name::Name;
use crate::pointer::Pointer;

/// A named value outside the body (OpenAPI 3.0.4 section 4.8.12).
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// The place in the document.
    pub origin: Pointer,
    /// The part of the request that carries it.
    pub location: Location,
    /// The encoding of its value as text.
    pub encoding: ParameterEncoding,
    /// `true` if a call needs it. Callers need not set a constant (see `constant`).
    pub required: bool,
    /// The type of its value.
    pub ty: TypeRef,
    /// The only value that the document allows, which is sent unless the caller sets another one.
    pub constant: Option<Value>,
    /// The value that the server assumes by default.
    pub default: Option<Value>,
    /// An example value.
    pub example: Option<Value>,
    /// A description in CommonMark.
    pub docs: Docs,
    /// `true` if callers should no longer send it.
    pub deprecated: bool,
}

/// The part of a request that carries a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// The path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// The `Cookie` header.
    Cookie,
}

/// The encoding of the value of a parameter, a header or a form member as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterEncoding {
    /// By style (OpenAPI 3.0.4 section 4.8.12.3).
    Style {
        /// The style.
        style: Style,
        /// `true` if each item or member is a separate parameter.
        explode: bool,
        /// `true` if reserved characters are not escaped (query only).
        allow_reserved: bool,
    },
    /// As JSON text.
    Json,
    /// As JSON text that is the whole query.
    JsonQuery,
    /// A scalar as text, each item of a list separately, an object as JSON (OpenAPI 3.0.4 section 4.8.15.1).
    Plain,
}

/// The style of a parameter.
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
    /// `blue`, a tab and `black`, which only Swagger 2.0 knows (`tsv`)
    TabDelimited,
    /// `blue|black`
    PipeDelimited,
    /// `color[R]=100`
    DeepObject,
}

/// An example value, as given in the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Example(pub Value);
