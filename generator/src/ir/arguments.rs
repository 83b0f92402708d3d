//! Lists the arguments of an operation: its parameters and the members of its body.

use super::bodies::{Body, BodyKind, FileLabel, FormField, Part};
use super::operations::Operation;
use super::parameters::{Location, Parameter};
use super::types::{Docs, Field, Scalar, TypeRef, Value};
use crate::name::Name;
use crate::pointer::Pointer;

/// One argument of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Argument<'a> {
    /// Its name.
    pub name: &'a Name,
    /// The part of the operation that it sets.
    pub source: ArgumentSource<'a>,
    /// `true` if the method takes it; otherwise it is a setter.
    pub required: bool,
}

/// The part of an operation that an argument sets.
#[derive(Clone, Copy, Debug)]
pub enum ArgumentSource<'a> {
    /// A parameter.
    Parameter(&'a Parameter),
    /// A field of a JSON body.
    Field(&'a Field),
    /// A field of a form.
    FormField(&'a FormField),
    /// A part of a multipart body.
    Part(&'a Part),
    /// The name of the file in a part.
    FileName(&'a Part, &'a FileLabel),
    /// The media type of the file in a part.
    ContentType(&'a Part, &'a FileLabel),
    /// A header of a part.
    PartHeader(&'a Part, &'a Parameter),
    /// The whole request body.
    Body(&'a Body),
}

/// The form in which a caller passes the value of an argument.
#[derive(Clone, Copy, Debug)]
pub enum ArgumentValue<'a> {
    /// As a value of this type.
    Typed(&'a TypeRef),
    /// As a stream of bytes.
    Upload,
    /// As several streams of bytes.
    Uploads,
    /// As streams of bytes, each with a name.
    NamedUploads,
    /// As any number of values of this type.
    JsonLines(&'a TypeRef),
    /// As text, for which the document has no schema.
    Text,
}

impl Operation {
    /// Returns the arguments in the order of the documentation: path, body, query, header, cookie.
    #[must_use]
    pub fn arguments(&self) -> Vec<Argument<'_>> {
        let parameters = |locations: &'static [Location]| {
            self.parameters.iter().filter(|parameter| locations.contains(&parameter.location)).map(
                |parameter| Argument {
                    name: &parameter.name,
                    source: ArgumentSource::Parameter(parameter),
                    required: parameter.required && parameter.constant.is_none(),
                },
            )
        };
        let mut arguments: Vec<_> = parameters(&[Location::Path]).collect();
        arguments.extend(self.body.iter().flat_map(Body::arguments));
        for location in [&[Location::Query], &[Location::Header], &[Location::Cookie]] {
            arguments.extend(parameters(location));
        }
        if self.argument_order.len() == arguments.len() {
            arguments = self.argument_order.iter().map(|&index| arguments[index]).collect();
        }
        arguments
    }

    /// Returns `true` if its builder is `Clone`.
    #[must_use]
    pub fn is_clone(&self) -> bool {
        self.keeps_clone || !self.arguments().iter().any(Argument::is_sent_once)
    }
}

/// Returns the text of a value: a string as it is, anything else as JSON.
#[must_use]
pub fn value_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl<'a> Argument<'a> {
    /// Returns the field of the body that it sets.
    fn field(&self) -> Option<&'a Field> {
        match self.source {
            ArgumentSource::Field(field) => Some(field),
            ArgumentSource::FormField(field) => Some(&field.field),
            ArgumentSource::Part(part) => Some(&part.field),
            ArgumentSource::Parameter(_)
            | ArgumentSource::PartHeader(..)
            | ArgumentSource::FileName(..)
            | ArgumentSource::ContentType(..)
            | ArgumentSource::Body(_) => None,
        }
    }

    fn parameter(&self) -> Option<&'a Parameter> {
        match self.source {
            ArgumentSource::Parameter(parameter) | ArgumentSource::PartHeader(_, parameter) => {
                Some(parameter)
            }
            ArgumentSource::Field(_)
            | ArgumentSource::FormField(_)
            | ArgumentSource::Part(_)
            | ArgumentSource::FileName(..)
            | ArgumentSource::ContentType(..)
            | ArgumentSource::Body(_) => None,
        }
    }

    /// Returns how a caller passes its value.
    #[must_use]
    pub fn value(&self) -> ArgumentValue<'a> {
        match self.source {
            ArgumentSource::Parameter(parameter) | ArgumentSource::PartHeader(_, parameter) => {
                ArgumentValue::Typed(&parameter.ty)
            }
            ArgumentSource::Field(field) => ArgumentValue::Typed(&field.ty),
            ArgumentSource::FormField(field) => ArgumentValue::Typed(&field.field.ty),
            ArgumentSource::Part(part) if part.file && part.spread => ArgumentValue::NamedUploads,
            ArgumentSource::Part(part) if part.file => match part.field.ty.non_null() {
                TypeRef::List(_) => ArgumentValue::Uploads,
                TypeRef::Scalar(_)
                | TypeRef::Tuple(_)
                | TypeRef::Map(_)
                | TypeRef::Nullable(_)
                | TypeRef::Def(_)
                | TypeRef::Any => ArgumentValue::Upload,
            },
            ArgumentSource::Part(part) => ArgumentValue::Typed(&part.field.ty),
            ArgumentSource::Body(body) => match &body.kind {
                BodyKind::Json(ty) => ArgumentValue::Typed(ty),
                BodyKind::JsonLines(ty) => ArgumentValue::JsonLines(ty),
                BodyKind::Binary => ArgumentValue::Upload,
                BodyKind::JsonFields(_)
                | BodyKind::FormFields(_)
                | BodyKind::Multipart(_)
                | BodyKind::Text => ArgumentValue::Text,
            },
            ArgumentSource::FileName(..) | ArgumentSource::ContentType(..) => ArgumentValue::Text,
        }
    }

    /// Returns `true` if its value is passed as one or more streams of bytes.
    #[must_use]
    pub fn is_upload(&self) -> bool {
        match self.value() {
            ArgumentValue::Upload | ArgumentValue::Uploads | ArgumentValue::NamedUploads => true,
            ArgumentValue::Typed(_) | ArgumentValue::JsonLines(_) | ArgumentValue::Text => false,
        }
    }

    /// Returns `true` if its value can be sent only once.
    #[must_use]
    pub fn is_sent_once(&self) -> bool {
        self.is_upload() || matches!(self.value(), ArgumentValue::JsonLines(_))
    }

    /// Returns the example value.
    #[must_use]
    pub fn example(&self) -> Option<&'a Value> {
        if let ArgumentSource::Body(body) = self.source {
            return body.example.as_ref().map(|example| &example.0);
        }
        let of_parameter = self.parameter().and_then(|parameter| parameter.example.as_ref());
        of_parameter.or_else(|| self.field()?.example.as_ref())
    }

    /// Returns the value that the server assumes by default.
    #[must_use]
    pub fn default(&self) -> Option<&'a Value> {
        let of_parameter = self.parameter().and_then(|parameter| parameter.default.as_ref());
        of_parameter.or_else(|| self.field()?.default.as_ref())
    }

    /// Returns `true` if callers should no longer use it.
    #[must_use]
    pub fn is_deprecated(&self) -> bool {
        self.parameter().is_some_and(|parameter| parameter.deprecated)
            || self.field().is_some_and(|field| field.deprecated)
    }

    /// Returns its place in the document.
    #[must_use]
    pub fn origin(&self) -> &'a Pointer {
        match self.source {
            ArgumentSource::Parameter(parameter) | ArgumentSource::PartHeader(_, parameter) => {
                &parameter.origin
            }
            ArgumentSource::Field(field) => &field.origin,
            ArgumentSource::FormField(field) => &field.field.origin,
            ArgumentSource::Part(part)
            | ArgumentSource::FileName(part, _)
            | ArgumentSource::ContentType(part, _) => &part.field.origin,
            ArgumentSource::Body(body) => &body.origin,
        }
    }

    /// Returns the text of the value that is sent unless the caller sets another one.
    #[must_use]
    pub fn constant(&self) -> Option<String> {
        self.parameter()?.constant.as_ref().map(value_text)
    }

    /// Returns its docs.
    #[must_use]
    pub fn docs(&self) -> &'a Docs {
        match self.source {
            ArgumentSource::Parameter(parameter) | ArgumentSource::PartHeader(_, parameter) => {
                &parameter.docs
            }
            ArgumentSource::Field(field) => &field.docs,
            ArgumentSource::FormField(field) => &field.field.docs,
            ArgumentSource::Part(part) => &part.field.docs,
            ArgumentSource::FileName(_, label) | ArgumentSource::ContentType(_, label) => &label.docs,
            ArgumentSource::Body(body) => &body.docs,
        }
    }
}

impl Body {
    fn arguments(&self) -> Vec<Argument<'_>> {
        match &self.kind {
            BodyKind::JsonFields(fields) => {
                fields.iter().filter(|field| !field.read_only).map(Field::argument).collect()
            }
            BodyKind::FormFields(fields) => {
                let sent = fields.iter().filter(|field| !field.field.read_only);
                sent.map(FormField::argument).collect()
            }
            BodyKind::Multipart(parts) => parts.iter().flat_map(Part::arguments).collect(),
            BodyKind::Json(_) | BodyKind::JsonLines(_) | BodyKind::Binary | BodyKind::Text => {
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
    fn arguments(&self) -> Vec<Argument<'_>> {
        let mut arguments = vec![Argument { source: ArgumentSource::Part(self), ..self.field.argument() }];
        if let Some(labels) = &self.labels {
            arguments.extend([
                Argument {
                    name: &labels.file_name.name,
                    source: ArgumentSource::FileName(self, &labels.file_name),
                    required: false,
                },
                Argument {
                    name: &labels.content_type.name,
                    source: ArgumentSource::ContentType(self, &labels.content_type),
                    required: false,
                },
            ]);
        }
        for header in &self.headers {
            let source = ArgumentSource::PartHeader(self, header);
            arguments.push(Argument { name: &header.name, source, required: false });
        }
        arguments
    }
}

impl FormField {
    fn argument(&self) -> Argument<'_> {
        Argument { source: ArgumentSource::FormField(self), ..self.field.argument() }
    }
}

impl Field {
    /// Returns `true` for the streaming flag: the member `stream`, which selects between one value and events.
    #[must_use]
    pub fn asks_for_events(&self) -> bool {
        let ty = if let TypeRef::Nullable(inner) = &self.ty { inner } else { &self.ty };
        self.name.wire == "stream" && *ty == TypeRef::Scalar(Scalar::Boolean)
    }

    fn argument(&self) -> Argument<'_> {
        Argument { name: &self.name, source: ArgumentSource::Field(self), required: self.required }
    }
}
