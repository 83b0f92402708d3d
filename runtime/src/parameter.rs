//! Renders parameter values as text for a path, a query, a header, a cookie or a form.

mod escape;
mod header;
mod style;

#[cfg(test)]
mod tests;

pub use header::{Header, HeaderChange, HeaderChanges};

pub(crate) use escape::Escape;
pub(crate) use header::parse as parse_header;
pub(crate) use style::{render, render_value};

/// The serialization of a parameter value.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// The style, named as in OpenAPI.
    pub style: Style,
    /// Set if each item of a list or member of an object is written separately.
    pub explode: bool,
    /// Set if reserved characters (RFC 3986 section 2.2) are not escaped. In a path, only slashes are not; in a cookie, nothing
    /// is escaped that a cookie can contain.
    pub allow_reserved: bool,
}

/// The styles of OpenAPI, and those that a media type implies for parameters with `content` and for form members.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `blue,black,brown`
    Simple,
    /// `.blue.black.brown`
    Label,
    /// `;color=blue,black,brown`
    Matrix,
    /// `color=blue&color=black&color=brown`
    Form,
    /// `color=blue%20black%20brown`
    SpaceDelimited,
    /// `color=blue%09black%09brown`, which only Swagger 2.0 knows (`tsv`)
    TabDelimited,
    /// `color=blue%7Cblack%7Cbrown`
    PipeDelimited,
    /// `color%5BR%5D=100&color%5BG%5D=200`
    DeepObject,
    /// `["blue","black"]`, escaped
    Json,
    /// `["blue","black"]`, escaped, without a name, as the whole query
    JsonQuery,
    /// A scalar as text, each item of a list separately, an object as JSON
    Plain,
}

impl Encoding {
    /// The default for query and cookie parameters.
    pub const FORM: Self = Self { style: Style::Form, explode: true, allow_reserved: false };
    /// A query parameter whose list items are joined by commas.
    pub const FORM_JOINED: Self = Self { style: Style::Form, explode: false, allow_reserved: false };
    /// The default for path and header parameters.
    pub const SIMPLE: Self = Self { style: Style::Simple, explode: false, allow_reserved: false };
    /// The default for form members, and a parameter with text `content`.
    pub const PLAIN: Self = Self { style: Style::Plain, explode: true, allow_reserved: false };
    /// A parameter that is the whole query, as JSON.
    pub const JSON_QUERY: Self = Self { style: Style::JsonQuery, explode: false, allow_reserved: false };
    /// A parameter with JSON `content`.
    pub const JSON: Self = Self { style: Style::Json, explode: false, allow_reserved: false };
}
