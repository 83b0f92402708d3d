//! Request bodies: what a caller sends, and what it is made of.

use super::operations::{Argument, ArgumentSource, Example, Parameter, ParameterEncoding};
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
    /// The content type that the document gives (OpenAPI 3.0.4, section 4.8.15).
    pub content_type: Option<String>,
    /// Headers of its own that a caller can give it; each is a setter.
    pub headers: Vec<Parameter>,
}

impl Body {
    pub(super) fn arguments(&self) -> Vec<Argument<'_>> {
        match &self.kind {
            BodyKind::JsonFields(fields) => {
                fields.iter().filter(|field| !field.read_only).map(Field::argument).collect()
            }
            BodyKind::FormFields(fields) => fields
                .iter()
                .filter(|field| !field.field.read_only)
                .map(|field| Argument { source: ArgumentSource::FormField(field), ..field.field.argument() })
                .collect(),
            BodyKind::Multipart(parts) => parts.iter().flat_map(Part::arguments).collect(),
            BodyKind::Json(_) | BodyKind::Binary | BodyKind::Text => {
                vec![Argument {
                    name: &self.name,
                    source: ArgumentSource::Body(self),
                    required: self.required,
                }]
            }
        }
    }
}

impl Part {
    /// The part, then its headers.
    fn arguments(&self) -> Vec<Argument<'_>> {
        let mut arguments = vec![Argument { source: ArgumentSource::Part(self), ..self.field.argument() }];
        for header in &self.headers {
            let source = ArgumentSource::PartHeader(self, header);
            arguments.push(Argument { name: &header.name, source, required: false });
        }
        arguments
    }
}

impl Field {
    fn argument(&self) -> Argument<'_> {
        Argument { name: &self.name, source: ArgumentSource::Field(self), required: self.required }
    }
}
