//! Rewrites parameters and headers, whose types stand beside their names in Swagger 2.0.

use super::located::Located;
use super::{Rewriting, TAB_DELIMITED, leftovers};
use crate::diagnostic::{Code, Diagnostic, Loss};
use crate::pointer::{DocumentId, Pointer};
use crate::spec::object_reader::member_types;
use crate::tree::Node;

use super::media::Media;

/// Members of a parameter that say which values it takes.
const OF_SCHEMA: &[&str] = &[
    "additionalProperties",
    "allOf",
    "default",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "multipleOf",
    "pattern",
    "properties",
    "type",
    "uniqueItems",
    "x-enum-descriptions",
    "x-enum-varnames",
    "x-enumDescriptions",
    "x-enumNames",
    "x-nullable",
];

/// The way in which the items of a list are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joined {
    Comma,
    Space,
    Tab,
    Pipe,
    /// Not at all: each item has a name of its own.
    Repeated,
}

impl Joined {
    fn of(part: &Located) -> Option<Self> {
        match part.text("collectionFormat")? {
            "csv" => Some(Self::Comma),
            "ssv" => Some(Self::Space),
            "tsv" => Some(Self::Tab),
            "pipes" => Some(Self::Pipe),
            "multi" => Some(Self::Repeated),
            _ => None,
        }
    }

    /// Adds the style with which OpenAPI 3 says the same in a query or a form.
    pub(super) fn style(self, part: &mut Located, place: &Pointer) {
        let style = match self {
            Self::Comma | Self::Repeated => "form",
            Self::Space | Self::Tab => "spaceDelimited",
            Self::Pipe => "pipeDelimited",
        };
        part.set("style", Located::made(style, place));
        part.set("explode", Located::made(self == Self::Repeated, place));
        if self == Self::Tab {
            part.set(TAB_DELIMITED, Located::made(true, place));
        }
    }
}

/// Returns `true` if the member says which values a parameter takes.
pub(super) fn is_of_schema(key: &str) -> bool {
    OF_SCHEMA.contains(&key)
}

impl Rewriting<'_, '_> {
    /// Rewrites a parameter that operations refer to. A body becomes a request body.
    pub(super) fn shared_parameter(&mut self, id: DocumentId, part: Located, media: &Media) -> Located {
        self.check(&part, member_types::SWAGGER_PARAMETER);
        match part.text("in") {
            Some("body") => self.body(id, part, media),
            Some("formData") => part,
            _ => self.parameter(id, part),
        }
    }

    /// Rewrites a parameter in the path, the query, a header or a cookie.
    pub(super) fn parameter(&mut self, id: DocumentId, mut part: Located) -> Located {
        if self.is_mixed && !leftovers::is_parameter(part.node()) {
            return part;
        }
        let help = "write `schema: { type: … }` instead of `type`";
        self.report_leftover(&part.written().child("type"), "the type of this parameter", help);
        self.without_files(&mut part);
        if !self.is_mixed && part.text("in") == Some("cookie") {
            let message = "Swagger 2.0 has no parameters in cookies; it is sent as in OpenAPI 3";
            let place = part.written().child("in");
            let finding =
                Diagnostic::warning(Code::Malformed, &place, message, "convert the document to OpenAPI 3");
            self.report(finding.with_loss(None));
        }
        if part.text("in") == Some("query") {
            let place = part.written().child("collectionFormat");
            if let Some(joined) = self.joined(&mut part, false) {
                joined.style(&mut part, &place);
            }
        } else {
            self.commas_only(&mut part);
        }
        part.rename("x-example", "example");
        part.rename("x-examples", "examples");
        self.typed(id, part)
    }

    /// Turns a file outside of a form into text, and reports it.
    fn without_files(&mut self, part: &mut Located) {
        if part.text("type") != Some("file") {
            return;
        }
        let place = part.written().child("type");
        part.set("type", Located::made("string", &place));
        let message = "only a form can hold a file; the parameter is sent as text";
        let help = "write `in: formData`, or `type: string`";
        self.report(Diagnostic::warning(Code::Malformed, &place, message, help));
    }

    /// Removes how a list outside of a query is joined. Reports anything but commas.
    pub(super) fn commas_only(&mut self, part: &mut Located) {
        if self.joined(part, false).is_some_and(|joined| joined != Joined::Comma) {
            self.warn(
                Code::Approximated,
                part,
                "only lists in a query can be separated by something else than commas; commas are used",
                "remove `collectionFormat`, or write `csv`",
            );
        }
    }

    /// Moves the type of a parameter or header to a schema.
    pub(super) fn typed(&mut self, id: DocumentId, mut part: Located) -> Located {
        if part.get("$ref").is_some() || part.get("content").is_some() {
            return part;
        }
        if let Some(schema) = part.take("schema") {
            part.set("schema", schema.map(|node| self.schema(id, node)));
            return part;
        }
        let schema = self.schema_beside(id, &mut part);
        if !schema.keys().is_empty() {
            part.set("schema", schema);
        }
        part
    }

    /// Removes the members of a parameter that say which values it takes, and returns them as a schema.
    pub(super) fn schema_beside(&mut self, id: DocumentId, part: &mut Located) -> Located {
        let mut schema = Located::object(part.written());
        for key in part.keys().iter().filter(|key| is_of_schema(key)) {
            let member = part.take(key);
            schema.set_some(key, member);
        }
        schema.map(|node| self.schema(id, node))
    }

    /// Returns how a list is joined, and removes the member that says so. Other values have nothing to join.
    pub(super) fn joined(&mut self, part: &mut Located, parts: bool) -> Option<Joined> {
        let joined = Joined::of(part);
        let written = part.take("collectionFormat");
        if part.text("type") != Some("array") {
            return None;
        }
        if joined.is_none()
            && let Some(written) = &written
        {
            self.warn(
                Code::Malformed,
                written,
                "unknown `collectionFormat`; the items are separated by commas",
                "write `csv`, `ssv`, `tsv`, `pipes` or `multi`",
            );
        }
        let inner = part.get("items").and_then(|items| items.get("collectionFormat"));
        if inner.and_then(Node::as_str).is_some_and(|format| format != "csv") {
            let place = part.written().child("items").child("collectionFormat");
            let finding = Diagnostic::warning(
                Code::Approximated,
                &place,
                "the items of lists in a list are separated by commas, as the outer list",
                "describe the value as a string, and join it by hand",
            );
            self.report(finding.with_loss(Some(Loss::Approximated)));
        }
        let fallback = if parts { Joined::Repeated } else { Joined::Comma };
        Some(joined.unwrap_or(fallback))
    }
}
