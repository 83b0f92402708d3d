//! Checks the JSON types of members that no reader checks while it reads them.

use super::unexpected;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::spec::grammar::Kind;
use crate::tree::{Mapping, Node};

/// The JSON type of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::spec) enum MemberType {
    /// A string. A number or boolean is read as its text.
    Text,
    /// A boolean. Its text is read as it.
    Flag,
    /// An object.
    Object,
    /// An array.
    List,
    /// An array of strings, or one string.
    Texts,
    /// An object or an array.
    ObjectOrList,
    /// An object with a string for each name.
    NamedTexts,
    /// An object with an object for each name.
    NamedObjects,
    /// A number.
    Count,
    /// A value of any type.
    Any,
}

use MemberType::{Flag, List, NamedObjects, NamedTexts, Object, ObjectOrList, Text, Texts};

/// The members of a document of any version.
pub(in crate::spec) const ROOT: &[(&str, MemberType)] = &[
    ("basePath", Text),
    ("components", Object),
    ("consumes", Texts),
    ("definitions", Object),
    ("host", Text),
    ("parameters", Object),
    ("produces", Texts),
    ("responses", Object),
    ("schemes", Texts),
    ("securityDefinitions", Object),
];

/// The members of a path item in Swagger 2.0.
pub(in crate::spec) const SWAGGER_PATH_ITEM: &[(&str, MemberType)] = &[("parameters", List)];

/// The members of an operation in Swagger 2.0.
pub(in crate::spec) const SWAGGER_OPERATION: &[(&str, MemberType)] =
    &[("consumes", Texts), ("parameters", List), ("produces", Texts), ("schemes", Texts)];

/// The members of a parameter or header in Swagger 2.0.
pub(in crate::spec) const SWAGGER_PARAMETER: &[(&str, MemberType)] = &[("collectionFormat", Text)];

/// The members of a field of a form in Swagger 2.0.
pub(in crate::spec) const SWAGGER_FIELD: &[(&str, MemberType)] = &[("name", Text), ("required", Flag)];

/// The members of a response in Swagger 2.0.
pub(in crate::spec) const SWAGGER_RESPONSE: &[(&str, MemberType)] =
    &[("examples", Object), ("headers", Object)];

/// The members of a security scheme in Swagger 2.0.
pub(in crate::spec) const SWAGGER_SCHEME: &[(&str, MemberType)] =
    &[("authorizationUrl", Text), ("flow", Text), ("scopes", NamedTexts), ("tokenUrl", Text), ("type", Text)];

/// The members of a discriminator.
pub(in crate::spec) const DISCRIMINATOR: &[(&str, MemberType)] =
    &[("defaultMapping", Text), ("mapping", NamedTexts), ("propertyName", Text)];

/// Returns the members of a kind of object that no reader checks.
fn members(kind: Kind) -> &'static [(&'static str, MemberType)] {
    match kind {
        Kind::PathItem => &[("additionalOperations", Object), ("description", Text), ("summary", Text)],
        Kind::Operation => {
            &[("description", Text), ("externalDocs", Object), ("operationId", Text), ("summary", Text)]
        }
        Kind::Parameter | Kind::Header => &[
            ("allowEmptyValue", Flag),
            ("allowReserved", Flag),
            ("description", Text),
            ("examples", NamedObjects),
            ("explode", Flag),
            ("name", Text),
        ],
        Kind::RequestBody => &[("description", Text)],
        Kind::Response => &[("description", Text), ("links", Object), ("summary", Text)],
        Kind::MediaType => &[
            ("encoding", Object),
            ("examples", NamedObjects),
            ("itemEncoding", Object),
            ("prefixEncoding", List),
        ],
        Kind::Encoding => &[("contentType", Text)],
        Kind::SecurityScheme => {
            &[("bearerFormat", Text), ("description", Text), ("oauth2MetadataUrl", Text), ("scheme", Text)]
        }
        Kind::Schema => &[
            ("$anchor", Text),
            ("$defs", NamedObjects),
            ("$dynamicAnchor", Text),
            ("$dynamicRef", Text),
            ("$id", Text),
            ("additionalItems", Object),
            ("contains", Object),
            ("contentEncoding", Text),
            ("contentMediaType", Text),
            ("contentSchema", Object),
            ("definitions", NamedObjects),
            ("dependentSchemas", NamedObjects),
            ("else", Object),
            ("if", Object),
            ("not", Object),
            ("patternProperties", NamedObjects),
            ("prefixItems", List),
            ("propertyNames", Object),
            ("then", Object),
            ("x-enum-descriptions", ObjectOrList),
            ("x-enum-varnames", ObjectOrList),
            ("x-enumDescriptions", ObjectOrList),
            ("x-enumNames", ObjectOrList),
            ("x-nullable", Flag),
        ],
        Kind::Discriminator
        | Kind::Example
        | Kind::Link
        | Kind::Callback
        | Kind::MappingTarget
        | Kind::Extension
        | Kind::Value => &[],
    }
}

/// Reports the members of an object that have a wrong type. Returns the names of those that cannot be read.
pub(in crate::spec) fn check(
    kind: Kind,
    pointer: &Pointer,
    object: &Mapping,
    diagnostics: &mut Diagnostics,
) -> Vec<&'static str> {
    check_members(members(kind), pointer, object, diagnostics)
}

/// Reports the members of this list that have a wrong type. A member that is null counts as absent.
pub(in crate::spec) fn check_members(
    types: &[(&'static str, MemberType)],
    pointer: &Pointer,
    object: &Mapping,
    diagnostics: &mut Diagnostics,
) -> Vec<&'static str> {
    let mut wrong = Vec::new();
    for (key, ty) in types {
        let Some(member) = object.get(*key).filter(|member| **member != Node::Null) else { continue };
        let place = pointer.child(key);
        match ty.check(&place, member) {
            Ok(None) => {}
            Ok(Some(finding)) => diagnostics.push(finding),
            Err(finding) => {
                diagnostics.push(finding);
                wrong.push(*key);
            }
        }
    }
    wrong
}

impl MemberType {
    /// Returns a finding about a member that is read as it is meant, or the error of one that cannot be read.
    fn check(self, place: &Pointer, member: &Node) -> Result<Option<Diagnostic>, Diagnostic> {
        match self {
            Self::NamedTexts => named(place, member, "a string", |node| node.as_str().is_some()),
            Self::NamedObjects => named(place, member, "an object", |node| node.as_mapping().is_some()),
            _ if self.fits(member) => Ok(None),
            Self::Text if member.scalar_text().is_some() => Ok(Some(read_as(place, "a string", member))),
            Self::Flag if matches!(member.as_str(), Some("true" | "false")) => {
                Ok(Some(read_as(place, self.noun(), member)))
            }
            Self::Text
            | Self::Flag
            | Self::Object
            | Self::List
            | Self::Texts
            | Self::ObjectOrList
            | Self::Count
            | Self::Any => Err(unexpected(place, self.noun(), member)),
        }
    }

    /// Returns `true` for a value of this type.
    pub(super) fn fits(self, member: &Node) -> bool {
        let is_object = member.as_mapping().is_some();
        let is_list = member.as_sequence().is_some();
        match self {
            Self::Text => member.as_str().is_some(),
            Self::Flag => member.as_bool().is_some(),
            Self::Object | Self::NamedTexts | Self::NamedObjects => is_object,
            Self::List => is_list,
            Self::Texts => {
                let texts = member
                    .as_sequence()
                    .is_some_and(|items| items.iter().all(|item| item.as_str().is_some()));
                texts || member.as_str().is_some()
            }
            Self::ObjectOrList => is_object || is_list,
            Self::Count => member.as_number().is_some(),
            Self::Any => true,
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Flag => "`true` or `false`",
            Self::Object | Self::NamedTexts | Self::NamedObjects => "an object",
            Self::List => "an array",
            Self::Texts => "an array of strings",
            Self::ObjectOrList => "an array or an object",
            Self::Count => "a number",
            Self::Any => "a value",
        }
    }
}

/// Checks an object with a value of one type for each name. A null is absent.
fn named(
    place: &Pointer,
    member: &Node,
    expected: &str,
    fits: fn(&Node) -> bool,
) -> Result<Option<Diagnostic>, Diagnostic> {
    let Some(names) = member.as_mapping() else { return Err(unexpected(place, "an object", member)) };
    let odd = names.iter().find(|(_, value)| !fits(value) && **value != Node::Null);
    Ok(odd.map(|(name, value)| unexpected(&place.child(name), expected, value)))
}

/// Creates the diagnostic of a value that is read as it is meant, so that nothing is lost.
pub(in crate::spec) fn read_as(place: &Pointer, expected: &str, found: &Node) -> Diagnostic {
    let text = found.scalar_text().unwrap_or_default();
    let message = format!("expected {expected}, found {}; it is read as `{text}`", found.kind());
    let help = if expected == "a string" { "put the value in quotes" } else { "remove the quotes" };
    Diagnostic::warning(Code::Malformed, place, message, help).with_loss(None)
}
