//! What a document describes and nothing is made of, to findings that say so.
//!
//! Keywords that only restrict values (`maxLength`, `not`, `contains`, `dependentRequired`) are no loss:
//! a server that gets a wrong value says so, and what it returns is read as it comes. Nor are further
//! examples, and what is documentation alone.

use super::Lowering;
use super::flat::Flat;
use super::media::{MediaKind, kind};
use super::operations::Draft;
use crate::diagnostic::Code;
use crate::pointer::Pointer;
use crate::spec::{Additional, Keywords, Node, Spec};

/// Members of a path item beside its operations.
const PATH_ITEM: &[&str] = &["$ref", "description", "parameters", "servers", "summary"];

/// Keywords of a schema that describe members only for some values.
const CONDITIONAL: &[&str] = &["dependentSchemas", "else", "patternProperties", "then"];

impl Lowering<'_> {
    /// Reports what a path item has beside what OpenAPI 3.0 and 3.1 give it.
    pub(super) fn report_lost_methods(&mut self, path_item: &Pointer) {
        let known: Vec<Pointer> =
            self.spec.operations(path_item).into_iter().map(|(_, place)| place).collect();
        for key in keys(self.spec, path_item) {
            let place = path_item.child(key);
            if !known.contains(&place) && !PATH_ITEM.contains(&key) && !key.starts_with("x-") {
                self.warn(
                    Code::Unsupported,
                    &place,
                    format!("`{key}` is no method of OpenAPI 3.0 or 3.1; it is left out"),
                    "correct the method, or call the path with the client's `request`",
                );
            }
        }
    }

    /// Reports what an operation has that is no part of calling it.
    pub(super) fn report_lost_parts(&mut self, draft: &Draft) {
        let callbacks = draft.pointer.child("callbacks");
        for name in keys(self.spec, &callbacks) {
            self.warn(
                Code::Unsupported,
                &callbacks.child(name),
                format!("the callback `{name}` is a call that the server makes; nothing is generated for it"),
                "receive it with a server of your own",
            );
        }
        for (_, response) in self.spec.responses(&draft.pointer, self.diagnostics) {
            let links = response.child("links");
            for name in keys(self.spec, &links) {
                self.warn(
                    Code::Unsupported,
                    &links.child(name),
                    format!("the link `{name}` is left out; the operation that it leads to has a method"),
                    "call that method with what the response holds",
                );
            }
        }
    }

    /// Reports headers of the parts of a multipart body.
    pub(super) fn report_lost_headers(&mut self, request_body: &Pointer) {
        for (media_type, place) in self.spec.media_types(request_body, self.diagnostics) {
            if kind(&media_type) != MediaKind::Multipart {
                continue;
            }
            for (_, encoding) in self.spec.encodings(&place, self.diagnostics) {
                let headers = encoding.child("headers");
                // The type of a part is said elsewhere (OpenAPI 3.0.4, section 4.8.15).
                let told = |name: &&str| name.eq_ignore_ascii_case("content-type");
                for name in keys(self.spec, &headers).filter(|name| !told(name)) {
                    self.warn(
                        Code::Unsupported,
                        &headers.child(name),
                        format!("the header `{name}` of a part is left out"),
                        "leave it to the server, or send the body with the client's `request`",
                    );
                }
            }
        }
    }

    /// Reports keywords of a schema that describe members which its type does not have.
    pub(super) fn report_lost_members(&mut self, keywords: &Keywords) {
        for key in keys(self.spec, &keywords.pointer) {
            if !CONDITIONAL.contains(&key) {
                continue;
            }
            let place = keywords.pointer.child(key);
            let (lost, what) = match key {
                "patternProperties" => (!by_pattern(keywords, &place), "members with names by pattern"),
                "dependentSchemas" => {
                    let mut schemas = keys(self.spec, &place).map(|name| place.child(name));
                    let adds = schemas.any(|schema| self.adds_members(keywords, &schema));
                    (adds, "members that they add")
                }
                _ => (self.adds_members(keywords, &place), "members that it adds"),
            };
            if lost {
                self.warn(
                    Code::Approximated,
                    &place,
                    format!("`{key}` has no form in a type; {what} are kept untyped"),
                    "name the members below `properties`, or read them from what is kept",
                );
            }
        }
    }

    /// Whether a conditional schema describes members that the schema itself does not.
    fn adds_members(&self, keywords: &Keywords, place: &Pointer) -> bool {
        let known = |name: &str| keywords.properties.iter().any(|(known, _)| known == name);
        !keys(self.spec, &place.child("properties")).all(known)
    }

    /// Reports a parent whose values can be those of children, which it does not list in a union.
    pub(super) fn report_lost_children(&mut self, flat: &Flat) {
        let Some(keywords) = self.keywords(&flat.pointer) else { return };
        let Some(discriminator) = &keywords.discriminator else { return };
        if !flat.unions.is_empty() || !keywords.one_of.is_empty() || !keywords.any_of.is_empty() {
            return;
        }
        let mapped = discriminator.mapping.iter().any(|(_, target)| *target != flat.pointer);
        if mapped || self.has_children(&flat.pointer) {
            self.warn(
                Code::Approximated,
                &flat.pointer.child("discriminator"),
                "the schemas that build on this one are not told apart; what they add is kept untyped",
                "list them in a `oneOf` beside the discriminator",
            );
        }
    }

    fn has_children(&mut self, parent: &Pointer) -> bool {
        let documents: Vec<_> = self.spec.documents().collect();
        let schemas = documents.into_iter().flat_map(|document| self.spec.named_schemas(document));
        schemas.collect::<Vec<_>>().iter().any(|(_, schema)| {
            let parts = self.keywords(schema).map(|keywords| keywords.all_of.clone()).unwrap_or_default();
            parts.iter().any(|part| {
                self.keywords(part).is_some_and(|keywords| keywords.reference.as_ref() == Some(parent))
            })
        })
    }
}

/// The names of the members of an object; none where there is no object.
fn keys<'s>(spec: &'s Spec, place: &Pointer) -> impl Iterator<Item = &'s str> {
    let members = spec.node(place).and_then(Node::as_mapping);
    members.into_iter().flat_map(|members| members.keys()).map(String::as_str)
}

/// Whether the values of members by pattern have the type of those that the schema does not name.
fn by_pattern(keywords: &Keywords, patterns: &Pointer) -> bool {
    match &keywords.additional {
        Additional::Schema(place) => place.parent().as_ref() == Some(patterns),
        Additional::Unspecified | Additional::Denied | Additional::Any => false,
    }
}
