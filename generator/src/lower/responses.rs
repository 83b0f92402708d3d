//! Lowers the responses of an operation to the results of a success and the bodies of failures.

mod headers;

use std::collections::BTreeSet;
use std::rc::Rc;

use super::Lowering;
use super::bodies::media::{MediaKind, kind};
use super::bodies::media_types::{BodyForm, Released, class, form_words};
use super::names::type_names::{Naming, Owner};
use super::operations::Draft;
use super::schemas::all_of::REACH;
use super::schemas::value_kinds::ValueKind;
use crate::diagnostic::{Code, Diagnostic, Loss};
use crate::ir::{Alternative, Docs, ErrorResponse, Payload, Response, Scalar, StatusRange, TypeRef};
use crate::name::Name;
use crate::pointer::Pointer;

/// A response as listed in the document.
struct Documented {
    status: StatusRange,
    pointer: Pointer,
    docs: Docs,
    /// Set if the response only redirects, which is followed automatically.
    only_redirects: bool,
}

impl Lowering<'_> {
    /// Returns the successes and the failures of an operation, in document order.
    pub(super) fn responses(
        &mut self,
        draft: &Draft,
        owner: &Rc<Owner>,
    ) -> (Vec<Response>, Vec<ErrorResponse>) {
        let documented = self.documented(&draft.pointer);
        let results = documented.iter().filter(|response| is_result(response.status)).count();
        // If there is one result, the call returns it, and redirects that are followed add nothing.
        let succeeds = |response: &Documented| {
            is_result(response.status)
                || (redirects(response.status) && !(results == 1 && response.only_redirects))
        };
        let has_success = documented.iter().any(succeeds);
        let is_success = |response: &Documented| {
            succeeds(response) || (response.status == StatusRange::Default && !has_success)
        };
        let several = documented.iter().filter(|response| is_success(response)).count() > 1;
        // The target of a redirect, if not described, can return anything.
        let is_elsewhere = results == 0 && draft.method == "GET";
        let released = self.released.responses(&draft.method, &draft.path, &draft.fragment);
        let mut responses = Vec::new();
        let mut errors = Vec::new();
        for response in documented {
            let success = is_success(&response);
            let Documented { status, pointer, docs, .. } = response;
            let part = if success { "response" } else { "error" };
            let naming = self.response_naming(&pointer, owner, part, status, several || !success);
            let content = self.response_content(draft, status, &pointer);
            let mut forms = self.response_forms(content, &released).into_iter();
            let chosen = forms.next();
            let payload = match &chosen {
                Some(form) => self.payload(form, &naming),
                None if is_elsewhere && redirects(status) => Payload::Binary,
                None => Payload::Empty,
            };
            let headers = self.headers(&pointer, owner);
            if success {
                let form = chosen.as_ref().map(form_words).unwrap_or_default();
                let media_type = chosen.map(|form| form.media_type).unwrap_or_default();
                let alternatives = forms.map(|form| self.alternative(&form, &naming)).collect();
                let origin = pointer;
                responses.push(Response {
                    status,
                    payload,
                    media_type,
                    form,
                    alternatives,
                    headers,
                    docs,
                    origin,
                });
            } else {
                // The server chooses the form of a failure, whose body is kept as it is.
                self.report_other_failures(chosen.as_ref(), forms);
                errors.push(ErrorResponse { status, payload, headers, docs, origin: pointer });
            }
        }
        (responses, errors)
    }

    /// Reports forms of a failure that have a type of their own, which the type of the chosen form does not show.
    fn report_other_failures(&mut self, chosen: Option<&BodyForm>, others: impl Iterator<Item = BodyForm>) {
        let Some(chosen) = chosen else { return };
        for form in others.filter(|form| form.schema.is_some() && class(form.kind) == MediaKind::Json) {
            self.warn(
                Code::Approximated,
                &form.place,
                format!(
                    "the type of this failure is that of `{}`; a body of type `{}` is read as JSON",
                    chosen.media_type, form.media_type
                ),
                "describe the body by one schema, such as a `oneOf` of both",
            );
        }
    }

    /// Returns the media types of a response; none for one that never has a body (RFC 9110 sections 9.3.2 and 15).
    fn response_content(
        &mut self,
        draft: &Draft,
        status: StatusRange,
        response: &Pointer,
    ) -> Vec<(String, Pointer)> {
        let content = self.spec.media_types(response, self.diagnostics);
        let StatusRange::Exact(code @ (204 | 205 | 304)) = status else {
            return if draft.method == "HEAD" { Vec::new() } else { content };
        };
        if !content.is_empty() {
            let finding = Diagnostic::warning(
                Code::Malformed,
                &response.child("content"),
                format!("a response with status {code} has no body; its content is ignored"),
                "remove the content, or use the status that the server sends with it",
            );
            self.diagnostics.push(finding.with_loss(None));
        }
        Vec::new()
    }

    fn documented(&mut self, operation: &Pointer) -> Vec<Documented> {
        let mut documented = Vec::new();
        for (status, pointer) in self.spec.responses(operation, self.diagnostics) {
            let Some(status) = self.status(&status, operation) else { continue };
            let Some(node) = self.spec.response(&pointer, self.diagnostics) else { continue };
            let description = Some(node.description).filter(|text| !text.is_empty());
            let summary = || Some(self.spec.node(&pointer)?.get("summary")?.as_str()?.to_owned());
            let docs = Docs { title: None, description: description.or_else(summary).map(Into::into) };
            let only_redirects = self.only_redirects(status, &pointer);
            documented.push(Documented { status, pointer, docs, only_redirects });
        }
        documented
    }

    fn only_redirects(&mut self, status: StatusRange, response: &Pointer) -> bool {
        let moved = matches!(status, StatusRange::Exact(301 | 307 | 308));
        let says = |part| self.spec.node(&response.child(part)).is_some();
        redirects(status) && (moved || !(says("headers") || says("content")))
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
                    format!("invalid status `{status}`; the response is left out"),
                    "use a code such as `200`, a class such as `2XX`, or `default`",
                );
                self.diagnostics.push(finding.with_loss(Some(Loss::LeftOut)));
            }
            Some(StatusRange::Exact(100..200) | StatusRange::Class(1)) => {
                self.warn(
                    Code::Unsupported,
                    &place,
                    "an interim response is not the result of a call; it is left out",
                    "describe the final response",
                );
                return None;
            }
            Some(_) => {}
        }
        range
    }

    /// Returns the naming of a response's inline types. If several operations refer to the response, they belong to it.
    fn response_naming(
        &mut self,
        pointer: &Pointer,
        owner: &Rc<Owner>,
        part: &str,
        status: StatusRange,
        with_status: bool,
    ) -> Naming {
        if !self.is_own(pointer) {
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

    /// Returns the forms of a response, the best one first. A response that is either a JSON string or bytes is a file.
    fn response_forms(
        &mut self,
        content: Vec<(String, Pointer)>,
        released: &BTreeSet<String>,
    ) -> Vec<BodyForm> {
        let mut forms = self.forms(content, RESPONSE_ORDER, &Released::Response(released));
        let is_text = forms.first().is_some_and(|best| {
            let schema = best.schema.as_ref().filter(|_| class(best.kind) == MediaKind::Json);
            schema.is_some_and(|schema| self.surface(schema).kind == ValueKind::Scalar(Scalar::String))
        });
        if is_text && let Some(file) = forms.iter().position(|form| form.kind == MediaKind::Binary) {
            forms.swap(0, file);
        }
        forms
    }

    fn payload(&mut self, form: &BodyForm, naming: &Naming) -> Payload {
        match form.kind {
            MediaKind::Json | MediaKind::OtherJson => self.json_payload(form.schema.as_ref(), naming),
            MediaKind::Events => Payload::Events(self.event_type(form, naming)),
            MediaKind::Lines => match self.gateway_result(form) {
                Some(result) => Payload::Results(self.type_of(&result, naming)),
                None => Payload::JsonLines(self.item_type(form, naming)),
            },
            MediaKind::Text => {
                self.report_unused_schema(form);
                Payload::Text
            }
            MediaKind::StructuredText => {
                self.report_text(&form.media_type, &form.place);
                Payload::Text
            }
            MediaKind::Form | MediaKind::Multipart | MediaKind::Wildcard | MediaKind::Binary => {
                self.report_unused_schema(form);
                Payload::Binary
            }
        }
    }

    fn alternative(&mut self, form: &BodyForm, naming: &Naming) -> Alternative {
        let words = form_words(form);
        let part = match form.kind {
            MediaKind::Events => "event".to_owned(),
            MediaKind::Lines => "line".to_owned(),
            MediaKind::Json
            | MediaKind::OtherJson
            | MediaKind::Form
            | MediaKind::Multipart
            | MediaKind::Wildcard
            | MediaKind::Binary
            | MediaKind::Text
            | MediaKind::StructuredText => words.join(" "),
        };
        let payload = self.payload(form, &naming.with(&part));
        let name = Name { words, ..Name::new(form.media_type.as_str()) };
        Alternative { name, payload, origin: form.place.clone() }
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

    /// Returns the kind of a body with this media type. For a range such as `*/*`, the schema decides.
    pub(super) fn meant_kind(&mut self, media_type: &str, schema: Option<&Pointer>) -> MediaKind {
        let (MediaKind::Wildcard, Some(schema)) = (kind(media_type), schema) else { return kind(media_type) };
        if self.is_binary(schema) {
            MediaKind::Binary
        } else if self.surface(schema).kind == ValueKind::Scalar(Scalar::String) {
            MediaKind::Text
        } else {
            MediaKind::Json
        }
    }

    /// Returns `true` for a string with the format `binary`: raw bytes. It may be nullable, or the only variant of a union.
    pub(super) fn is_binary(&mut self, schema: &Pointer) -> bool {
        if self.says_binary(schema) {
            return true;
        }
        let surface = self.surface(schema);
        let naming = self.unnamed();
        let is_text = surface.kind == ValueKind::Scalar(Scalar::String);
        is_text
            && self.flat(&surface.meant, &naming).is_some_and(|flat| flat.format.as_deref() == Some("binary"))
    }

    fn says_binary(&mut self, schema: &Pointer) -> bool {
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

    /// Reports a schema that describes more than text or bytes, which are what callers get.
    pub(super) fn report_unused_schema(&mut self, form: &BodyForm) {
        let Some(schema) = &form.schema else { return };
        let got = match self.surface(schema).kind {
            ValueKind::Scalar(_) | ValueKind::Any | ValueKind::Null => return,
            ValueKind::StringEnum | ValueKind::IntegerEnum | ValueKind::ValueEnum => return,
            ValueKind::List | ValueKind::Map | ValueKind::Object | ValueKind::Union => {
                if matches!(class(form.kind), MediaKind::Text | MediaKind::Events) { "text" } else { "bytes" }
            }
        };
        self.warn(
            Code::Approximated,
            schema,
            format!("the schema of `{}` is not used; the body is {got}", form.media_type),
            "add `application/json`, or encode and decode the body yourself",
        );
    }

    pub(super) fn report_text(&mut self, media_type: &str, place: &Pointer) {
        self.warn(
            Code::Approximated,
            place,
            format!("`{media_type}` cannot be expressed as a type; text is used instead"),
            "add `application/json`, or work with the text",
        );
    }
}

/// Returns `true` for a status whose body is the requested result.
fn is_result(status: StatusRange) -> bool {
    matches!(status, StatusRange::Exact(200..300) | StatusRange::Class(2))
}

/// Returns `true` for a status that redirects. 304 says that nothing has changed, which callers learn as an error.
fn redirects(status: StatusRange) -> bool {
    matches!(status, StatusRange::Exact(300..=303 | 305..400) | StatusRange::Class(3))
}

/// The kinds of media types for a response, in order of preference. Events come last: callers ask for them explicitly.
const RESPONSE_ORDER: &[MediaKind] = &[
    MediaKind::Json,
    MediaKind::OtherJson,
    MediaKind::Wildcard,
    MediaKind::Binary,
    MediaKind::Text,
    MediaKind::StructuredText,
    MediaKind::Form,
    MediaKind::Multipart,
    MediaKind::Lines,
    MediaKind::Events,
];
