//! Lowers the headers of responses and parts.

use std::rc::Rc;

use crate::diagnostic::Code;
use crate::ir::{Docs, ErrorResponse, Header, ParameterEncoding, Response, Scalar, Style, TypeRef};
use crate::lower::Lowering;
use crate::lower::bodies::media::{MediaKind, kind};
use crate::lower::names::type_names::{Naming, Owner};
use crate::name::Name;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Returns the headers of a response or of a part, without `Content-Type` (OpenAPI 3.0.4 section 4.8.17).
    pub(in crate::lower) fn headers(&mut self, owner: &Pointer, naming: &Rc<Owner>) -> Vec<Header> {
        let mut headers = self.spec.headers(owner, self.diagnostics);
        headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        headers.into_iter().filter_map(|(name, place)| self.header(name, &place, naming)).collect()
    }

    fn header(&mut self, name: String, place: &Pointer, owner: &Rc<Owner>) -> Option<Header> {
        let node = self.spec.header(place, self.diagnostics)?;
        let explode =
            self.spec.node(place)?.get("explode").is_some_and(|explode| explode.as_bool() == Some(true));
        let (schema, encoding) = match self.spec.schema_of(place) {
            Some(schema) => (
                Some(schema),
                ParameterEncoding::Style { style: Style::Simple, explode, allow_reserved: false },
            ),
            None => self.header_content(place),
        };
        let naming = if self.is_own(place) {
            Naming::part(owner, format!("{name} header"))
        } else {
            Naming::of(&self.natural_owner(place))
        };
        let ty = match schema.as_ref().map(|schema| self.type_of(schema, &naming)) {
            // Without a type, it is text.
            None | Some(TypeRef::Any) if encoding != ParameterEncoding::Json => {
                TypeRef::Scalar(Scalar::String)
            }
            None => TypeRef::Any,
            // A header can be absent, but not null.
            Some(TypeRef::Nullable(ty)) => *ty,
            Some(ty) => ty,
        };
        let annotations = schema.as_ref().map(|schema| self.annotations(schema)).unwrap_or_default();
        Some(Header {
            name: Name::new(name),
            ty,
            encoding,
            docs: Docs {
                title: None,
                description: node.description.map(Into::into).or(annotations.docs.description),
            },
            deprecated: node.deprecated.unwrap_or_default() || annotations.deprecated,
            origin: place.clone(),
        })
    }

    /// Reports headers whose type differs between statuses: they are read as the first type.
    pub(in crate::lower) fn report_header_types(&mut self, responses: &[Response], errors: &[ErrorResponse]) {
        let of_successes = responses.iter().flat_map(|response| &response.headers);
        let headers: Vec<&Header> =
            of_successes.chain(errors.iter().flat_map(|error| &error.headers)).collect();
        for (index, header) in headers.iter().enumerate() {
            let is_same = |other: &&&Header| other.name.wire.eq_ignore_ascii_case(&header.name.wire);
            let Some(first) = headers[..index].iter().find(is_same) else { continue };
            if first.ty != header.ty {
                let name = &header.name.wire;
                self.warn(
                    Code::Approximated,
                    &header.origin,
                    format!("header `{name}` has a different type at another status; that type is used"),
                    "use the same type at all statuses",
                );
            }
        }
    }

    /// Returns the schema and the encoding of a header with `content`.
    fn header_content(&mut self, place: &Pointer) -> (Option<Pointer>, ParameterEncoding) {
        let content = self.spec.media_types(place, self.diagnostics);
        let Some((media_type, place)) = content.first() else { return (None, ParameterEncoding::Plain) };
        match kind(media_type) {
            MediaKind::Json | MediaKind::OtherJson => (self.spec.schema_of(place), ParameterEncoding::Json),
            MediaKind::Text => (self.spec.schema_of(place), ParameterEncoding::Plain),
            MediaKind::Form
            | MediaKind::Multipart
            | MediaKind::Events
            | MediaKind::Lines
            | MediaKind::Wildcard
            | MediaKind::Binary
            | MediaKind::StructuredText => (None, ParameterEncoding::Plain),
        }
    }
}
