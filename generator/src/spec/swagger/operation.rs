//! Rewrites path items and operations.

use super::located::Located;
use super::media::{Media, texts};
use super::{Kind, Rewriting};
use crate::diagnostic::Code;
use crate::pointer::{DocumentId, Pointer};
use crate::spec::object_reader::member_types;
use crate::spec::objects::method;
use crate::tree::Node;

/// The parameters of a path item or an operation.
#[derive(Clone, Debug, Default)]
struct Sorted {
    /// The parameters in the path, the query, headers and cookies.
    parameters: Vec<Located>,
    body: Option<Located>,
    /// A request body that a reference names.
    shared_body: Option<Located>,
    fields: Vec<Located>,
}

impl Rewriting<'_, '_> {
    /// Rewrites a path item and its operations.
    pub(super) fn path_item(&mut self, id: DocumentId, mut part: Located, media: &Media) -> Located {
        part = self.referring(id, part, Kind::PathItem);
        self.check(&part, member_types::SWAGGER_PATH_ITEM);
        let mut shared = Sorted::default();
        if let Some(parameters) = part.take("parameters") {
            let written = parameters.written().clone();
            shared = self.sorted(id, parameters.into_items());
            part.set("parameters", Located::array(std::mem::take(&mut shared.parameters), &written));
        }
        part.each(
            |key, member| {
                if method(key).is_some() { self.operation(id, member, media, &shared) } else { member }
            },
        )
    }

    fn operation(&mut self, id: DocumentId, mut part: Located, media: &Media, shared: &Sorted) -> Located {
        self.check(&part, member_types::SWAGGER_OPERATION);
        let media = media.take(&mut part);
        let place = part.written().child("parameters");
        let mut own = Sorted::default();
        if let Some(parameters) = part.take("parameters") {
            own = self.sorted(id, parameters.into_items());
            let parameters = std::mem::take(&mut own.parameters);
            if !parameters.is_empty() {
                part.set("parameters", Located::array(parameters, &place));
            }
        }
        if part.get("requestBody").is_none()
            && let Some(body) = self.request_body(id, own, shared, &media, &place)
        {
            part.set("requestBody", body);
        }
        if let Some(responses) = part.take("responses") {
            let responses = responses.each(|status, response| {
                if status.starts_with("x-") { response } else { self.response(id, response, &media) }
            });
            part.set("responses", responses);
        }
        self.own_schemes(id, &mut part, &media);
        part
    }

    /// Returns the request body that the parameters of an operation and its path item make.
    fn request_body(
        &mut self,
        id: DocumentId,
        own: Sorted,
        shared: &Sorted,
        media: &Media,
        place: &Pointer,
    ) -> Option<Located> {
        let mut fields = own.fields;
        for field in &shared.fields {
            if !fields.iter().any(|own| own.text("name") == field.text("name")) {
                fields.push(field.clone());
            }
        }
        let body = own.body.or_else(|| shared.body.clone());
        let reference = own.shared_body.or_else(|| shared.shared_body.clone());
        if let Some(field) = fields.first().filter(|_| body.is_some() || reference.is_some()) {
            self.warn(
                Code::Unsupported,
                field,
                "a form beside a body is left out: a request has one body",
                "remove `in: body` or `in: formData` from this operation",
            );
            fields.clear();
        }
        match (body, reference) {
            (Some(body), _) => Some(self.body(id, body, media)),
            (None, Some(reference)) => Some(reference),
            (None, None) if fields.is_empty() => None,
            (None, None) => Some(self.form(id, fields, media, place)),
        }
    }

    /// Sorts parameters by where they are sent. References to bodies and forms are replaced by what they refer to.
    fn sorted(&mut self, id: DocumentId, parameters: Vec<Located>) -> Sorted {
        let mut sorted = Sorted::default();
        for part in parameters {
            let Some(reference) = part.text("$ref").map(str::to_owned) else {
                self.check(&part, member_types::SWAGGER_PARAMETER);
                let help = "describe it with `requestBody`";
                if matches!(part.text("in"), Some("body" | "formData")) {
                    self.report_leftover(&part.written().child("in"), "this part of the body", help);
                }
                match part.text("in") {
                    Some("body") if sorted.body.is_some() => self.second_body(&part),
                    Some("body") => sorted.body = Some(part),
                    Some("formData") => sorted.fields.push(part),
                    _ => sorted.parameters.push(self.parameter(id, part)),
                }
                continue;
            };
            let target = self.referred(id, &reference);
            let location = target.as_ref().and_then(|(_, node)| node.get("in")?.as_str().map(str::to_owned));
            match (location.as_deref(), target) {
                (Some("body"), Some((place, node))) => {
                    if place.document == id {
                        sorted.body = Some(Located::new(node, self.origins[id.0].at(&place)));
                    } else {
                        sorted.shared_body = Some(self.body_reference(id, part, &reference));
                    }
                }
                (Some("formData"), Some((place, node))) => {
                    let origin = self.origins[place.document.0].at(&place);
                    sorted.fields.push(Located::new(node, origin));
                }
                _ => sorted.parameters.push(self.referring(id, part, Kind::Parameter)),
            }
        }
        sorted
    }

    /// Returns a reference to a body in another file.
    fn body_reference(&mut self, id: DocumentId, part: Located, reference: &str) -> Located {
        let reference = self.reference(id, reference, Kind::Parameter);
        let reference = reference.replacen("#/components/parameters/", "#/components/requestBodies/", 1);
        part.map(|node| {
            if let Node::Mapping(members) = node {
                members.insert("$ref".to_owned(), Node::String(reference));
            }
        })
    }

    fn second_body(&mut self, part: &Located) {
        self.warn(
            Code::Unsupported,
            part,
            "a second body is left out: a request has one body",
            "merge the schemas, or describe a form with `in: formData`",
        );
    }

    /// Adds servers to an operation that lists other schemes than the document.
    fn own_schemes(&mut self, id: DocumentId, part: &mut Located, media: &Media) {
        let written = part.take("schemes");
        let Some(place) = written.as_ref().map(|schemes| schemes.written().clone()) else { return };
        let schemes = texts(written).unwrap_or_default();
        if schemes.is_empty() || schemes.iter().any(|scheme| media.schemes.contains(scheme)) {
            return;
        }
        let original = self.original;
        let Some(document) = original.documents.get(id.0) else { return };
        let servers = self.servers(&document.root, &schemes, &place);
        part.set_some("servers", servers);
    }
}
