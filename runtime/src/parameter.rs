//! Values of parameters to the text that stands for them in a path, a query, a header, a cookie or a form.

mod escape;
mod style;

#[cfg(test)]
mod tests;

pub(crate) use escape::Escape;
pub(crate) use style::{render, render_value};

/// How the value of a parameter becomes text.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// The style, with the names of OpenAPI.
    pub style: Style,
    /// Whether each item of a list or member of an object stands for itself.
    pub explode: bool,
    /// Whether characters that URLs reserve stay as they are.
    pub allow_reserved: bool,
}

/// The styles of OpenAPI, and what a media type gives to parameters that have `content` and to members of forms.
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
    /// `color=blue%7Cblack%7Cbrown`
    PipeDelimited,
    /// `color%5BR%5D=100&color%5BG%5D=200`
    DeepObject,
    /// `["blue","black"]`, escaped
    Json,
    /// By what it is: text as text, each item of a list by itself, an object as JSON
    Plain,
}

impl Encoding {
    /// What a query or cookie parameter has when its document does not say.
    pub const FORM: Self = Self { style: Style::Form, explode: true, allow_reserved: false };
    /// What a query parameter has whose list is one text, its items with commas between them.
    pub const FORM_JOINED: Self = Self { style: Style::Form, explode: false, allow_reserved: false };
    /// What a path or header parameter has when its document does not say.
    pub const SIMPLE: Self = Self { style: Style::Simple, explode: false, allow_reserved: false };
    /// What a member of a form has when its document does not say, and a parameter whose `content` is text.
    pub const PLAIN: Self = Self { style: Style::Plain, explode: true, allow_reserved: false };
    /// What a parameter with JSON `content` has.
    pub const JSON: Self = Self { style: Style::Json, explode: false, allow_reserved: false };
}
