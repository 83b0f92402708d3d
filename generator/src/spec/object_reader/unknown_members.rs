//! Reports members that OpenAPI does not define, with the ones that they probably mean.

use super::member_types::MemberType::{self, Any, Count, Flag, List, NamedObjects, Object, Text, Texts};
use crate::diagnostic::nearest::misspelt;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Loss};
use crate::pointer::Pointer;
use crate::spec::grammar::Kind;
use crate::tree::{Mapping, Node};

/// The members of an OpenAPI 3 document.
pub(in crate::spec) const ROOT: &[&str] = &[
    "$self",
    "components",
    // Schemas may be anywhere, since references name their place.
    "$defs",
    "definitions",
    "externalDocs",
    "info",
    "jsonSchemaDialect",
    "openapi",
    "paths",
    "security",
    "servers",
    "tags",
    "webhooks",
];

/// The members of a Swagger 2.0 document.
pub(in crate::spec) const SWAGGER_ROOT: &[&str] = &[
    "basePath",
    "consumes",
    "definitions",
    "externalDocs",
    "host",
    "info",
    // Some documents call it OpenAPI 2.0.
    "openapi",
    "parameters",
    "paths",
    "produces",
    "responses",
    "schemes",
    "security",
    "securityDefinitions",
    "swagger",
    "tags",
];

/// The sections of `components`.
pub(in crate::spec) const COMPONENTS: &[&str] = &[
    "callbacks",
    "examples",
    "headers",
    "links",
    "mediaTypes",
    "parameters",
    "pathItems",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
];

pub(in crate::spec) const INFO: &[&str] =
    &["contact", "description", "license", "summary", "termsOfService", "title", "version"];

pub(in crate::spec) const SERVER: &[&str] = &["description", "name", "url", "variables"];

pub(in crate::spec) const SERVER_VARIABLE: &[&str] = &["default", "description", "enum"];

pub(in crate::spec) const TAG: &[&str] =
    &["description", "externalDocs", "kind", "name", "parent", "summary"];

pub(in crate::spec) const DISCRIMINATOR: &[&str] = &["defaultMapping", "mapping", "propertyName"];

const FLOWS: &[&str] =
    &["authorizationCode", "clientCredentials", "deviceAuthorization", "implicit", "password"];

pub(in crate::spec) const FLOW: &[&str] =
    &["authorizationUrl", "deviceAuthorizationUrl", "refreshUrl", "scopes", "tokenUrl"];

/// The keywords of a schema that mean something to the generator, with the types of their values.
const SCHEMA: &[(&str, MemberType)] = &[
    ("$ref", Text),
    ("additionalProperties", Any),
    ("allOf", List),
    ("anyOf", List),
    ("const", Any),
    ("default", Any),
    ("deprecated", Flag),
    ("description", Text),
    ("discriminator", Any),
    ("enum", List),
    ("example", Any),
    ("exclusiveMaximum", Any),
    ("exclusiveMinimum", Any),
    ("format", Text),
    ("items", Object),
    ("maxItems", Count),
    ("maxLength", Count),
    ("maxProperties", Count),
    ("maximum", Count),
    ("minItems", Count),
    ("minLength", Count),
    ("minProperties", Count),
    ("minimum", Count),
    ("multipleOf", Count),
    ("nullable", Flag),
    ("oneOf", List),
    ("pattern", Text),
    ("patternProperties", NamedObjects),
    ("prefixItems", List),
    ("properties", NamedObjects),
    ("readOnly", Flag),
    ("required", Texts),
    ("title", Text),
    ("type", Texts),
    ("unevaluatedProperties", Any),
    ("uniqueItems", Flag),
    ("writeOnly", Flag),
];

/// Further keywords of a schema, in any draft of JSON Schema.
const OTHER_SCHEMA: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$recursiveAnchor",
    "$recursiveRef",
    "$schema",
    "$vocabulary",
    "additionalItems",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "definitions",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "examples",
    "externalDocs",
    "id",
    "if",
    "maxContains",
    "minContains",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "xml",
];

const OPERATION: &[&str] = &[
    "callbacks",
    "deprecated",
    "description",
    "externalDocs",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "servers",
    "summary",
    "tags",
];

const PARAMETER: &[&str] = &[
    "allowEmptyValue",
    "allowReserved",
    "content",
    "deprecated",
    "description",
    "example",
    "examples",
    "explode",
    "in",
    "name",
    "required",
    "schema",
    "style",
];

const REQUEST_BODY: &[&str] = &["content", "description", "required"];

const RESPONSE: &[&str] = &["content", "description", "headers", "links", "summary"];

const MEDIA_TYPE: &[&str] =
    &["encoding", "example", "examples", "itemEncoding", "itemSchema", "prefixEncoding", "schema"];

const ENCODING: &[&str] = &[
    "allowReserved",
    "contentType",
    "encoding",
    "explode",
    "headers",
    "itemEncoding",
    "prefixEncoding",
    "style",
];

const SECURITY_SCHEME: &[&str] = &[
    "bearerFormat",
    "deprecated",
    "description",
    "flows",
    "in",
    "name",
    "oauth2MetadataUrl",
    "openIdConnectUrl",
    "scheme",
    "type",
];

/// Returns the members of a kind of object; none if any name is possible, or if others report unknown members.
fn members(kind: Kind) -> Option<&'static [&'static str]> {
    let members = match kind {
        Kind::Operation => OPERATION,
        Kind::Parameter | Kind::Header => PARAMETER,
        Kind::RequestBody => REQUEST_BODY,
        Kind::Response => RESPONSE,
        Kind::MediaType => MEDIA_TYPE,
        Kind::Encoding => ENCODING,
        Kind::SecurityScheme => SECURITY_SCHEME,
        Kind::PathItem
        | Kind::Example
        | Kind::Link
        | Kind::Callback
        | Kind::Schema
        | Kind::Discriminator
        | Kind::MappingTarget
        | Kind::Extension
        | Kind::Value => return None,
    };
    Some(members)
}

/// Reports the members of an object that OpenAPI does not define.
pub(in crate::spec) fn check(kind: Kind, pointer: &Pointer, object: &Mapping, diagnostics: &mut Diagnostics) {
    match (kind, members(kind)) {
        (Kind::Schema, _) => check_schema(pointer, object, diagnostics),
        (_, Some(known)) => {
            for key in unknown(object, known) {
                let has_schema = matches!(kind, Kind::Parameter | Kind::Header | Kind::MediaType);
                let finding = if has_schema && is_of_schema(key, object) {
                    beside_schema(kind, pointer, key)
                } else if has_schema {
                    // The keywords stand beside the name in Swagger 2.0.
                    let keywords = SCHEMA.iter().map(|(known, _)| *known);
                    let known: Vec<&str> = known.iter().copied().chain(keywords).collect();
                    finding(kind.noun(), &known, pointer, key)
                } else {
                    finding(kind.noun(), known, pointer, key)
                };
                diagnostics.push(finding);
            }
        }
        (_, None) => {}
    }
}

/// Reports the members of an object other than the known ones.
pub(in crate::spec) fn check_known(
    noun: &str,
    known: &'static [&'static str],
    pointer: &Pointer,
    object: &Mapping,
    diagnostics: &mut Diagnostics,
) {
    for key in unknown(object, known) {
        diagnostics.push(finding(noun, known, pointer, key));
    }
}

/// Reports the flows of OAuth 2.0 that OpenAPI does not define.
pub(in crate::spec) fn check_flows(pointer: &Pointer, flows: &Mapping, diagnostics: &mut Diagnostics) {
    for key in unknown(flows, FLOWS) {
        let meant = misspelt(key, FLOWS.iter().copied());
        diagnostics.push(unknown_flow(&pointer.child(key), key, meant, FLOWS));
    }
}

/// Creates the diagnostic of a flow of OAuth 2.0 that is not one of the known ones.
pub(in crate::spec) fn unknown_flow(
    place: &Pointer,
    flow: &str,
    meant: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    let message = format!("`{flow}` is not a flow of OAuth 2.0; it is left out");
    let help = meant.map_or_else(
        || format!("write one of `{}`", known.join("`, `")),
        |meant| format!("did you mean `{meant}`?"),
    );
    Diagnostic::warning(Code::Malformed, place, message, help).with_loss(Some(Loss::LeftOut))
}

fn unknown<'o>(object: &'o Mapping, known: &'static [&'static str]) -> impl Iterator<Item = &'o String> {
    let is_known = |key: &str| known.contains(&key) || key == "$ref" || key.starts_with("x-");
    object.keys().filter(move |key| !is_known(key))
}

fn finding(noun: &str, known: &[&'static str], pointer: &Pointer, key: &str) -> Diagnostic {
    let message = format!("`{key}` is not a member of {noun}; it is ignored");
    let meant = misspelt(key, known.iter().copied());
    let help = meant.map_or_else(
        || "remove it, or start its name with `x-`".to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    );
    let finding = Diagnostic::warning(Code::Malformed, &pointer.child(key), message, help);
    // A member that means nothing known is documentation.
    if meant.is_some() { finding } else { finding.with_loss(None) }
}

/// Returns `true` for a keyword of a schema that the schema of an object does not have.
fn is_of_schema(key: &str, object: &Mapping) -> bool {
    let schema = object.get("schema");
    SCHEMA.iter().any(|(known, _)| *known == key) && schema.is_none_or(|schema| schema.get(key).is_none())
}

fn beside_schema(kind: Kind, pointer: &Pointer, key: &str) -> Diagnostic {
    let message = format!("`{key}` of {} has no effect outside of its schema; it is ignored", kind.noun());
    Diagnostic::warning(Code::Malformed, &pointer.child(key), message, "move it to `schema`")
}

/// Reports misspelt keywords of a schema. Other unknown ones are allowed.
fn check_schema(pointer: &Pointer, schema: &Mapping, diagnostics: &mut Diagnostics) {
    let is_known = |key: &str| {
        key.starts_with("x-") || SCHEMA.iter().any(|(known, _)| *known == key) || OTHER_SCHEMA.contains(&key)
    };
    for (key, value) in schema.iter().filter(|(key, _)| !is_known(key)) {
        if key == "schema" && is_wrapper(schema, value) {
            let message =
                "`schema` is not a keyword of a schema; it is ignored, so that any value is allowed";
            let help = "write the contents of `schema` here";
            diagnostics.push(Diagnostic::warning(Code::Malformed, &pointer.child(key), message, help));
            continue;
        }
        let fitting = SCHEMA.iter().filter(|(known, ty)| !schema.contains_key(*known) && ty.fits(value));
        let Some(meant) = misspelt(key, fitting.map(|(known, _)| *known)) else { continue };
        let message = format!("`{key}` is not a keyword of a schema; it is ignored");
        let help = format!("did you mean `{meant}`?");
        diagnostics.push(Diagnostic::warning(Code::Malformed, &pointer.child(key), message, help));
    }
}

/// Returns `true` for a schema whose type is described by an object in it.
fn is_wrapper(schema: &Mapping, inner: &Node) -> bool {
    const TYPES: &[&str] = &["$ref", "allOf", "anyOf", "enum", "items", "oneOf", "properties", "type"];
    let has = |members: &Mapping| TYPES.iter().any(|key| members.contains_key(*key));
    inner.as_mapping().is_some_and(has) && !has(schema)
}
