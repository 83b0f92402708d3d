//! Finds what was left behind of Swagger 2.0 in an OpenAPI 3 document.

use super::Rewriting;
use super::located::Located;
use super::media::Media;
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::{DocumentId, Pointer};
use crate::spec::objects::method;
use crate::tree::{Mapping, Node};

/// Returns `true` if a parameter of the document or the schema of a response is written as in Swagger 2.0.
pub(super) fn has(root: &Node) -> bool {
    if root.get("openapi").is_none() || super::is_swagger(root) {
        return false;
    }
    let components = root.get("components");
    let named = |key: &str| members(components.and_then(|components| components.get(key)));
    members(root.get("paths")).any(|(_, item)| in_path_item(item))
        || named("parameters").any(|(_, parameter)| is_parameter(parameter))
        || named("responses").any(|(_, response)| is_response(response))
}

fn in_path_item(item: &Node) -> bool {
    let operations = members(Some(item)).filter(|(key, _)| method(key).is_some());
    in_parameters(item)
        || operations.into_iter().any(|(_, operation)| {
            in_parameters(operation)
                || members(operation.get("responses")).any(|(_, response)| is_response(response))
        })
}

fn in_parameters(owner: &Node) -> bool {
    owner.get("parameters").and_then(Node::as_sequence).unwrap_or_default().iter().any(is_parameter)
}

/// Returns `true` for a parameter that is sent in a body, or has its type beside its name.
pub(super) fn is_parameter(node: &Node) -> bool {
    let location = node.get("in").and_then(Node::as_str);
    let has = |key| node.get(key).is_some();
    matches!(location, Some("body" | "formData"))
        || (location.is_some() && has("type") && !has("schema") && !has("content"))
}

/// Returns `true` for a response with a schema, but without media types.
pub(super) fn is_response(node: &Node) -> bool {
    node.get("schema").is_some_and(|schema| schema.as_mapping().is_some()) && node.get("content").is_none()
}

fn members(node: Option<&Node>) -> impl Iterator<Item = (&String, &Node)> {
    node.and_then(Node::as_mapping).into_iter().flat_map(Mapping::iter)
}

impl Rewriting<'_, '_> {
    /// Rewrites the parts of Swagger 2.0 in an OpenAPI 3 document.
    pub(super) fn mixed(&mut self, id: DocumentId, mut root: Located) -> Located {
        self.is_mixed = true;
        let media = Media::default();
        if let Some(paths) = root.take("paths") {
            let paths =
                paths.each(
                    |_, item| {
                        if in_path_item(item.node()) { self.path_item(id, item, &media) } else { item }
                    },
                );
            root.set("paths", paths);
        }
        if let Some(mut components) = root.take("components") {
            if let Some(parameters) = components.take("parameters") {
                let parameters = parameters.each(|_, part| self.mixed_parameter(id, part));
                components.set("parameters", parameters);
            }
            if let Some(responses) = components.take("responses") {
                let responses = responses.each(|_, part| self.response(id, part, &media));
                components.set("responses", responses);
            }
            root.set("components", components);
        }
        self.is_mixed = false;
        root
    }

    fn mixed_parameter(&mut self, id: DocumentId, part: Located) -> Located {
        let sent_in_body = matches!(part.text("in"), Some("body" | "formData"));
        if sent_in_body || !is_parameter(part.node()) { part } else { self.parameter(id, part) }
    }

    /// Reports a part that is written as in Swagger 2.0.
    pub(super) fn report_leftover(&mut self, place: &Pointer, what: &str, help: &str) {
        if self.is_mixed {
            let message = format!("{what} is written as in Swagger 2.0; it is read so");
            self.report(Diagnostic::warning(Code::Malformed, place, message, help).with_loss(None));
        }
    }
}
