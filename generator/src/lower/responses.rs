//! Responses of an operation to what a success returns and what a failure holds.

use std::rc::Rc;

use super::Lowering;
use super::all_of::REACH;
use super::media::{MediaKind, kind};
use super::naming::{Naming, Owner};
use super::surfaces::Kind;
use crate::diagnostic::{Code, Diagnostic, Loss};
use crate::ir::{Docs, ErrorResponse, Payload, Response, Scalar, StatusRange, TypeRef};
use crate::pointer::Pointer;
use crate::spec::Node;

/// A response as the document lists it.
struct Documented {
    status: StatusRange,
    pointer: Pointer,
    docs: Docs,
}

impl Lowering<'_> {
    /// The successes and the failures of an operation, in document order.
    pub(super) fn responses(
        &mut self,
        operation: &Pointer,
        owner: &Rc<Owner>,
    ) -> (Vec<Response>, Vec<ErrorResponse>) {
        let documented = self.documented(operation);
        // 304 says that nothing new came: callers who asked for that learn it as they learn of a failure.
        let succeeds = |status: StatusRange| match status {
            StatusRange::Exact(code) => (200..400).contains(&code) && code != 304,
            StatusRange::Class(class) => class == 2 || class == 3,
            StatusRange::Default => false,
        };
        let has_success = documented.iter().any(|response| succeeds(response.status));
        let is_success =
            |status: StatusRange| succeeds(status) || (status == StatusRange::Default && !has_success);
        let several = documented.iter().filter(|response| is_success(response.status)).count() > 1;
        let mut responses = Vec::new();
        let mut errors = Vec::new();
        for Documented { status, pointer, docs } in documented {
            let success = is_success(status);
            let part = if success { "response" } else { "error" };
            let naming = self.response_naming(&pointer, owner, part, status, several || !success);
            let content = self.spec.media_types(&pointer, self.diagnostics);
            let (events, content) = split(content, success);
            let payload = self.payload(&content, &naming);
            if success {
                let headers = self.header_names(&pointer);
                let events = events.map(|place| {
                    let schema = self.spec.schema_of(&place);
                    self.type_of_optional(schema.as_ref(), &naming.with("event"))
                });
                responses.push(Response { status, payload, events, headers, docs, origin: pointer });
            } else {
                errors.push(ErrorResponse { status, payload, docs, origin: pointer });
            }
        }
        (responses, errors)
    }

    fn documented(&mut self, operation: &Pointer) -> Vec<Documented> {
        let mut documented = Vec::new();
        for (status, pointer) in self.spec.responses(operation, self.diagnostics) {
            let Some(status) = self.status(&status, operation) else { continue };
            let Some(node) = self.spec.response(&pointer, self.diagnostics) else { continue };
            let docs =
                Docs { title: None, description: Some(node.description).filter(|text| !text.is_empty()) };
            documented.push(Documented { status, pointer, docs });
        }
        documented
    }

    fn header_names(&self, response: &Pointer) -> Vec<String> {
        let headers = self.spec.node(&response.child("headers"));
        headers.and_then(Node::as_mapping).into_iter().flat_map(|headers| headers.keys().cloned()).collect()
    }

    fn status(&mut self, status: &str, operation: &Pointer) -> Option<StatusRange> {
        let place = operation.child("responses").child(status);
        let range = match status.to_ascii_uppercase().as_bytes() {
            b"DEFAULT" => Some(StatusRange::Default),
            [class @ b'1'..=b'5', b'X', b'X'] => Some(StatusRange::Class(class - b'0')),
            _ => status.parse().ok().filter(|code| (100..600).contains(code)).map(StatusRange::Exact),
        };
        match range {
            None => {
                let finding = Diagnostic::warning(
                    Code::Malformed,
                    &place,
                    format!("`{status}` is no status; the response is left out"),
                    "write a code such as `200`, a class such as `2XX`, or `default`",
                );
                self.diagnostics.push(finding.with_loss(Some(Loss::LeftOut)));
            }
            Some(StatusRange::Exact(100..200) | StatusRange::Class(1)) => {
                self.warn(
                    Code::Unsupported,
                    &place,
                    "an interim response is no result of a call; it is left out",
                    "describe the final response",
                );
                return None;
            }
            Some(_) => {}
        }
        range
    }

    /// A response that several operations refer to names its inline types itself.
    fn response_naming(
        &mut self,
        pointer: &Pointer,
        owner: &Rc<Owner>,
        part: &str,
        status: StatusRange,
        with_status: bool,
    ) -> Naming {
        if !pointer.as_str().starts_with("/paths/") {
            return Naming::of(&self.natural_owner(pointer));
        }
        let status = match status {
            _ if !with_status => String::new(),
            StatusRange::Exact(code) => format!(" {code}"),
            StatusRange::Class(class) => format!(" {class}xx"),
            StatusRange::Default => String::new(),
        };
        Naming::part(owner, format!("{part}{status}"))
    }

    fn payload(&mut self, content: &[(String, Pointer)], naming: &Naming) -> Payload {
        let Some((media_type, place)) = self.preferred(content, RESPONSE_ORDER) else {
            return Payload::Empty;
        };
        let schema = self.spec.schema_of(&place);
        match self.meant_kind(&media_type, schema.as_ref()) {
            MediaKind::Json | MediaKind::OtherJson => self.json_payload(schema.as_ref(), naming),
            MediaKind::Events => Payload::Events(self.type_of_optional(schema.as_ref(), naming)),
            MediaKind::Text => Payload::Text,
            MediaKind::StructuredText => {
                self.report_text(&media_type, &place);
                Payload::Text
            }
            MediaKind::Form | MediaKind::Multipart | MediaKind::Wildcard | MediaKind::Binary => {
                Payload::Binary
            }
        }
    }

    fn json_payload(&mut self, schema: Option<&Pointer>, naming: &Naming) -> Payload {
        match schema {
            Some(schema) if self.is_binary(schema) => Payload::Binary,
            Some(_) | None => Payload::Json(self.type_of_optional(schema, naming)),
        }
    }

    pub(super) fn type_of_optional(&mut self, schema: Option<&Pointer>, naming: &Naming) -> TypeRef {
        schema.map_or(TypeRef::Any, |schema| self.type_of(schema, naming))
    }

    /// What a body of this media type holds. A range such as `*/*` says nothing, so the schema has to.
    pub(super) fn meant_kind(&mut self, media_type: &str, schema: Option<&Pointer>) -> MediaKind {
        let (MediaKind::Wildcard, Some(schema)) = (kind(media_type), schema) else { return kind(media_type) };
        if self.is_binary(schema) {
            MediaKind::Binary
        } else if self.surface(schema).kind == Kind::Scalar(Scalar::String) {
            MediaKind::Text
        } else {
            MediaKind::Json
        }
    }

    /// True for a text with the format `binary`: bytes as they are.
    pub(super) fn is_binary(&mut self, schema: &Pointer) -> bool {
        let mut next = self.keywords(schema);
        for _ in 0..REACH {
            let Some(keywords) = next else { return false };
            if keywords.format.as_deref() == Some("binary") {
                return true;
            }
            let Some(target) = &keywords.reference else { return false };
            next = self.keywords(target);
        }
        false
    }

    /// The media type to use where a document offers several; the others are reported.
    pub(super) fn preferred(
        &mut self,
        content: &[(String, Pointer)],
        order: &[MediaKind],
    ) -> Option<(String, Pointer)> {
        let rank = |media_type: &str| order.iter().position(|known| *known == kind(media_type));
        let (chosen, place) =
            content.iter().min_by_key(|(media_type, _)| rank(media_type).unwrap_or(usize::MAX))?;
        // Bytes are bytes, whatever they are called.
        let differs = |media_type: &str| {
            media_type != chosen
                && (kind(media_type) != MediaKind::Binary || kind(chosen) != MediaKind::Binary)
        };
        for (media_type, place) in content.iter().filter(|(media_type, _)| differs(media_type)) {
            self.warn(
                Code::Unsupported,
                place,
                format!("`{media_type}` is left out, since `{chosen}` is used"),
                "nothing has to be done where one form is enough",
            );
        }
        Some((chosen.clone(), place.clone()))
    }

    pub(super) fn report_text(&mut self, media_type: &str, place: &Pointer) {
        self.warn(
            Code::Approximated,
            place,
            format!("`{media_type}` has no typed form; it is taken as text"),
            "offer `application/json` as well, or work with the text",
        );
    }
}

/// The events of a success that has another form as well, and that form: callers choose between the two.
fn split(content: Vec<(String, Pointer)>, success: bool) -> (Option<Pointer>, Vec<(String, Pointer)>) {
    let (events, others): (Vec<_>, Vec<_>) =
        content.into_iter().partition(|(media_type, _)| kind(media_type) == MediaKind::Events);
    match events.first() {
        Some((_, place)) if success && !others.is_empty() => (Some(place.clone()), others),
        Some(_) | None => (None, events.into_iter().chain(others).collect()),
    }
}

/// The media types that a response is read from, the best first.
const RESPONSE_ORDER: &[MediaKind] = &[
    MediaKind::Json,
    MediaKind::OtherJson,
    MediaKind::Events,
    MediaKind::Wildcard,
    MediaKind::Binary,
    MediaKind::Text,
    MediaKind::StructuredText,
    MediaKind::Form,
    MediaKind::Multipart,
];
