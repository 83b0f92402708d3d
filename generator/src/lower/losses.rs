//! Reports constructs of a document from which nothing is generated.
//!
//! Keywords that only restrict values (`maxLength`, `not`, `contains`, `dependentRequired`) are not a loss: the server
//! rejects wrong values, and its own values are accepted as they are. Further examples, and members that only document,
//! are not a loss either.

use std::collections::BTreeSet;

use super::Lowering;
use super::operations::Draft;
use super::schemas::flat::{Flat, Others};
use crate::diagnostic::nearest::{misspelt, nearest};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::spec::grammar::Kind;
use crate::spec::objects::{METHODS, OTHER_METHODS, is_method, method};
use crate::spec::{AdditionalProperties, Keywords, Spec};
use crate::tree::Node;

/// The keyword for the members that no other keyword of the schema describes.
const UNEVALUATED: &str = "unevaluatedProperties";

/// Members of a path item other than its operations.
const PATH_ITEM: &[&str] = &["$ref", "description", "parameters", "servers", "summary"];

impl Lowering<'_> {
    /// Reports members of a path item that OpenAPI does not define.
    pub(super) fn report_lost_methods(&mut self, path_item: &Pointer) {
        self.spec.check_members(Kind::PathItem, path_item, self.diagnostics);
        let known: Vec<Pointer> =
            self.spec.operations(path_item).into_iter().map(|(_, place)| place).collect();
        for key in keys(self.spec, path_item) {
            let place = path_item.child(key);
            if key == OTHER_METHODS {
                self.report_invalid_methods(&place);
                continue;
            }
            if !known.contains(&place) && !PATH_ITEM.contains(&key) && !key.starts_with("x-") {
                let members = METHODS.iter().map(|(member, _)| *member).chain(PATH_ITEM.iter().copied());
                let help = misspelt(key, members).map_or_else(
                    || "fix the method, or call the path with the client's `request`".to_owned(),
                    |member| format!("did you mean `{member}`?"),
                );
                let message = format!("`{key}` is not a method of OpenAPI; it is left out");
                self.warn(Code::Unsupported, &place, message, help);
            }
        }
    }

    fn report_invalid_methods(&mut self, methods: &Pointer) {
        for key in keys(self.spec, methods).filter(|key| !key.starts_with("x-")) {
            let place = methods.child(key);
            let member = key.to_ascii_lowercase();
            if !is_method(key) {
                let message = format!("`{key}` is not a valid method; it is left out");
                self.warn(Code::Malformed, &place, message, "write the method as it is sent, such as `COPY`");
            } else if let Some(method) = method(&member) {
                let message =
                    format!("`{key}` is a method with a member of its own; it is sent as `{method}`");
                let help = format!("move the operation to `{member}` of the path item");
                self.diagnostics
                    .push(Diagnostic::warning(Code::Malformed, &place, message, help).with_loss(None));
            }
        }
    }

    /// Reports the links of an operation, which a call does not use.
    pub(super) fn report_lost_parts(&mut self, draft: &Draft) {
        let mut ids = self.operation_ids.take();
        for (_, response) in self.spec.responses(&draft.pointer, self.diagnostics) {
            let links = response.child("links");
            for name in keys(self.spec, &links) {
                let place = links.child(name);
                let target = self.spec.node(&place).and_then(|link| link.get("operationId")?.as_str());
                let ids = ids.get_or_insert_with(|| operation_ids(self.spec));
                let finding = match target.filter(|target| !ids.contains(target)) {
                    Some(target) => Diagnostic::warning(
                        Code::Unsupported,
                        &place,
                        format!("this link is left out; no operation has the ID `{target}`"),
                        nearest(target, ids.iter().copied()).map_or_else(
                            || "fix the ID, or remove the link".to_owned(),
                            |id| format!("did you mean `{id}`?"),
                        ),
                    ),
                    None => Diagnostic::warning(
                        Code::Unsupported,
                        &place,
                        "this link is left out; its target operation has a method",
                        "call that method with values from the response",
                    ),
                };
                // The link documents an operation that is generated.
                self.diagnostics.push(finding.with_loss(None));
            }
        }
        self.operation_ids = ids;
    }

    /// Reports schema keywords that describe members which the type does not have.
    pub(super) fn report_lost_members(&mut self, keywords: &Keywords) {
        for key in &keywords.conditional {
            let place = keywords.pointer.child(key);
            let lost = match *key {
                "dependentSchemas" => {
                    let mut schemas = keys(self.spec, &place).map(|name| place.child(name));
                    schemas.any(|schema| self.adds_members(keywords, &schema))
                }
                _ => self.adds_members(keywords, &place),
            };
            if lost {
                let (kept, help) = match &keywords.additional {
                    AdditionalProperties::Schema(schema) if !self.is_unevaluated(schema) => (
                        "have the type of members without a name",
                        "add the members to `properties`, or widen the schema of the members without a name",
                    ),
                    AdditionalProperties::Schema(_)
                    | AdditionalProperties::Unspecified
                    | AdditionalProperties::Denied
                    | AdditionalProperties::Any => {
                        ("are kept untyped", "add the members to `properties`, or read the untyped ones")
                    }
                };
                let message =
                    format!("`{key}` cannot be expressed as a type; the members that it adds {kept}");
                self.warn(Code::Approximated, &place, message, help);
            }
        }
    }

    /// Returns `true` if a condition of the schema describes members that the schema itself does not.
    pub(super) fn has_conditional_members(&self, keywords: &Keywords) -> bool {
        let at = |key: &str| keywords.pointer.child(key);
        let dependent = at("dependentSchemas");
        let mut schemas = keys(self.spec, &dependent)
            .map(|name| dependent.child(name))
            .chain(["if", "then", "else"].into_iter().map(at));
        schemas.any(|schema| self.adds_members(keywords, &schema))
    }

    /// Ignores the schema of `unevaluatedProperties` beside conditions: it does not apply to the members that they
    /// describe, of which the type knows nothing.
    pub(super) fn free_unevaluated(&mut self, flat: &mut Flat) {
        let Others::Schema(slot) = &flat.others else { return };
        if !flat.conditional || !self.is_unevaluated(&slot.pointer) {
            return;
        }
        let place = slot.pointer.parent().unwrap_or_else(|| slot.pointer.clone()).child(UNEVALUATED);
        flat.others = Others::Any;
        self.warn(
            Code::Approximated,
            &place,
            "a condition describes further members, to which this schema does not apply; members without a name are \
             kept untyped",
            "add the members of the condition to `properties`",
        );
    }

    /// Returns `true` for the schema of `unevaluatedProperties`, which is read as `additionalProperties`.
    fn is_unevaluated(&self, additional: &Pointer) -> bool {
        let owner = additional.parent().and_then(|owner| self.spec.node(&owner));
        let is_one = additional.tokens().last().as_deref() == Some("additionalProperties");
        is_one && owner.and_then(|owner| owner.get(UNEVALUATED)) == self.spec.node(additional)
    }

    /// Returns `true` if a conditional schema describes members that the schema itself does not.
    fn adds_members(&self, keywords: &Keywords, place: &Pointer) -> bool {
        let known = |name: &str| keywords.properties.iter().any(|(known, _)| known == name);
        !keys(self.spec, &place.child("properties")).all(known)
    }
}

/// Returns the IDs of the operations of all documents.
fn operation_ids(spec: &Spec) -> BTreeSet<&str> {
    let path_items =
        spec.documents().flat_map(|document| spec.path_items(document, &mut Diagnostics::default()));
    let operations = path_items.flat_map(|(_, path_item)| spec.operations(&path_item));
    let id = |(_, operation): (String, Pointer)| {
        let operation = spec.resolve(&operation, &mut Diagnostics::default())?;
        spec.node(&operation)?.get("operationId")?.as_str()
    };
    operations.filter_map(id).collect()
}

/// Returns the names of the members of an object; none if there is no object.
fn keys<'s>(spec: &'s Spec, place: &Pointer) -> impl Iterator<Item = &'s str> {
    let members = spec.node(place).and_then(Node::as_mapping);
    members.into_iter().flat_map(|members| members.keys()).map(String::as_str)
}
