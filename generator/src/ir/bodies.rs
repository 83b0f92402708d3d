//! Models request bodies.

use super::parameters::{Example, Parameter, ParameterEncoding};
use super::types::{Docs, Field, TypeRef};
use crate::name::Name;
use crate::pointer::Pointer;

/// The request body of an operation.
#[derive(Clone, Debug)]
pub struct Body {
    /// The name of the argument if the body is a single one: `request_body`.
    pub name: Name,
    /// The place in the document.
    pub origin: Pointer,
    /// The media type to send.
    pub media_type: String,
    /// `true` if a call needs the body.
    pub required: bool,
    /// `true` if the document makes the body optional, so that none is sent if no part of it is set.
    pub may_be_empty: bool,
    /// The kind of body.
    pub kind: BodyKind,
    /// An example value.
    pub example: Option<Example>,
    /// A description in CommonMark.
    pub docs: Docs,
}

impl Body {
    /// Returns `true` if its members are separate arguments, so that it can be sent without any, such as `{}` or an
    /// empty form.
    #[must_use]
    pub fn has_members(&self) -> bool {
        match self.kind {
            BodyKind::JsonFields(_) | BodyKind::FormFields(_) | BodyKind::Multipart(_) => true,
            BodyKind::Json(_) | BodyKind::JsonLines(_) | BodyKind::Binary | BodyKind::Text => false,
        }
    }

    /// Returns the members that are separate arguments.
    pub(crate) fn fields(&self) -> Vec<&Field> {
        match &self.kind {
            BodyKind::JsonFields(fields) => fields.iter().collect(),
            BodyKind::FormFields(fields) => fields.iter().map(|field| &field.field).collect(),
            BodyKind::Multipart(parts) => parts.iter().map(|part| &part.field).collect(),
            BodyKind::Json(_) | BodyKind::JsonLines(_) | BodyKind::Binary | BodyKind::Text => Vec::new(),
        }
    }

    /// Returns the same members, to change them.
    pub(crate) fn fields_mut(&mut self) -> Vec<&mut Field> {
        match &mut self.kind {
            BodyKind::JsonFields(fields) => fields.iter_mut().collect(),
            BodyKind::FormFields(fields) => fields.iter_mut().map(|field| &mut field.field).collect(),
            BodyKind::Multipart(parts) => parts.iter_mut().map(|part| &mut part.field).collect(),
            BodyKind::Json(_) | BodyKind::JsonLines(_) | BodyKind::Binary | BodyKind::Text => Vec::new(),
        }
    }
}

/// The kind of a request body.
#[derive(Clone, Debug)]
pub enum BodyKind {
    /// A JSON object whose fields are separate arguments.
    JsonFields(Vec<Field>),
    /// Any other JSON value.
    Json(TypeRef),
    /// `application/x-www-form-urlencoded`, whose fields are separate arguments.
    FormFields(Vec<FormField>),
    /// `multipart/form-data`, with its parts in the order in which they are sent.
    Multipart(Vec<Part>),
    /// JSON values, each on a line of its own, in a sequence (RFC 7464) or in the data of an event.
    JsonLines(TypeRef),
    /// Raw bytes.
    Binary,
    /// Plain text.
    Text,
}

/// A member of a form.
#[derive(Clone, Debug)]
pub struct FormField {
    /// The member as a field.
    pub field: Field,
    /// The encoding of its value as text.
    pub encoding: ParameterEncoding,
}

/// A part of a multipart body.
#[derive(Clone, Debug)]
pub struct Part {
    /// The part as a field.
    pub field: Field,
    /// `true` if it is a file: a stream of bytes with a name and a content type.
    pub file: bool,
    /// `true` if each member of its value is a part of its own, named like the member.
    pub spread: bool,
    /// Further arguments that label the file, if there is a single one.
    pub labels: Option<Box<FileLabels>>,
    /// The content type in the document (OpenAPI 3.0.4 section 4.8.15).
    pub content_type: Option<String>,
    /// Headers of the part; each is a setter.
    pub headers: Vec<Parameter>,
}

/// Arguments that override the labels of a file.
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
    /// A description of what it sets.
    pub docs: Docs,
}
