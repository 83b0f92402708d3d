//! Request bodies: what a caller sends, and what it is made of.

use super::parameters::{Example, Parameter, ParameterEncoding};
use super::types::{Docs, Field, TypeRef};
use crate::name::Name;
use crate::pointer::Pointer;

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
    /// True when the document says that a call may go without it, so that none is sent where nothing of it is set.
    pub may_be_empty: bool,
    /// What it is made of.
    pub kind: BodyKind,
    /// A value to show.
    pub example: Option<Example>,
    /// A description in CommonMark.
    pub docs: Docs,
}

impl Body {
    /// The members that are arguments of their own.
    pub(crate) fn fields_mut(&mut self) -> Vec<&mut Field> {
        match &mut self.kind {
            BodyKind::JsonFields(fields) => fields.iter_mut().collect(),
            BodyKind::FormFields(fields) => fields.iter_mut().map(|field| &mut field.field).collect(),
            BodyKind::Multipart(parts) => parts.iter_mut().map(|part| &mut part.field).collect(),
            BodyKind::Json(_) | BodyKind::Binary | BodyKind::Text => Vec::new(),
        }
    }
}

/// What a request body is made of.
#[derive(Clone, Debug)]
pub enum BodyKind {
    /// A JSON object whose fields are arguments of their own.
    JsonFields(Vec<Field>),
    /// Any other JSON value.
    Json(TypeRef),
    /// `application/x-www-form-urlencoded`, its fields are arguments of their own.
    FormFields(Vec<FormField>),
    /// `multipart/form-data`, its parts in the order in which they are sent.
    Multipart(Vec<Part>),
    /// Bytes as they are.
    Binary,
    /// Text as it is.
    Text,
}

/// A member of a form.
#[derive(Clone, Debug)]
pub struct FormField {
    /// The member as a field.
    pub field: Field,
    /// How its value becomes text.
    pub encoding: ParameterEncoding,
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
    /// Headers of its own that a caller can give it; each is a setter.
    pub headers: Vec<Parameter>,
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
