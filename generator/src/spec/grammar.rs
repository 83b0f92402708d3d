//! Defines the grammar of OpenAPI objects, which tells references from values that look like references.

/// The kind of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    MediaType,
    Encoding,
    Example,
    Link,
    Callback,
    SecurityScheme,
    Schema,
    Discriminator,
    /// The value of a discriminator's mapping: a reference, or the name of a schema.
    MappingTarget,
    /// An extension, which may refer to components.
    Extension,
    /// A value without references: strings, numbers, examples, defaults.
    Value,
}

/// The value of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Member {
    /// An object of this kind, or a list of them.
    Object(Kind),
    /// An object with names chosen by the author, each with a value of this kind.
    Named(Kind),
}

impl Kind {
    /// The sections of `components` and the kind of object in each.
    const SECTIONS: [(&str, Self); 11] = [
        ("schemas", Self::Schema),
        ("responses", Self::Response),
        ("parameters", Self::Parameter),
        ("examples", Self::Example),
        ("requestBodies", Self::RequestBody),
        ("headers", Self::Header),
        ("securitySchemes", Self::SecurityScheme),
        ("links", Self::Link),
        ("callbacks", Self::Callback),
        ("pathItems", Self::PathItem),
        ("mediaTypes", Self::MediaType),
    ];

    /// Returns the kind of the objects in a section of `components`.
    pub(crate) fn in_section(section: &str) -> Self {
        Self::SECTIONS.iter().find(|(name, _)| *name == section).map_or(Self::Extension, |(_, kind)| *kind)
    }

    /// Returns the section of `components` that every version of OpenAPI has for this kind.
    pub(crate) fn section(self) -> Option<&'static str> {
        if matches!(self, Self::PathItem | Self::MediaType) {
            return None;
        }
        Self::SECTIONS.iter().find(|(_, kind)| *kind == self).map(|(name, _)| *name)
    }

    /// Returns the name of the kind, with its article, for messages.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::PathItem => "a path item",
            Self::Operation => "an operation",
            Self::Parameter => "a parameter",
            Self::RequestBody => "a request body",
            Self::Response => "a response",
            Self::Header => "a header",
            Self::MediaType => "a media type",
            Self::Encoding => "an encoding",
            Self::Example => "an example",
            Self::Link => "a link",
            Self::Callback => "a callback",
            Self::SecurityScheme => "a security scheme",
            Self::Schema => "a schema",
            Self::Discriminator => "a discriminator",
            Self::MappingTarget => "the target of a mapping",
            Self::Extension => "an extension",
            Self::Value => "a value",
        }
    }

    /// Returns `false` for extensions among objects of this kind, whose names have a meaning: paths and statuses.
    pub(crate) fn is_member(self, name: &str) -> bool {
        !matches!(self, Self::PathItem | Self::Response) || !name.starts_with("x-")
    }

    /// Returns the kind of a member of an object of this kind.
    pub(crate) fn member(self, key: &str) -> Member {
        use Member::{Named, Object};
        if key.starts_with("x-") {
            return Object(Self::Extension);
        }
        match (self, key) {
            (Self::PathItem | Self::Operation, "parameters") => Object(Self::Parameter),
            (Self::PathItem, method) if is_method(method) => Object(Self::Operation),
            (Self::Operation, "requestBody") => Object(Self::RequestBody),
            (Self::Operation, "responses") => Named(Self::Response),
            (Self::Operation, "callbacks") => Named(Self::Callback),
            (Self::Callback, _) => Object(Self::PathItem),
            (Self::Parameter | Self::Header | Self::MediaType, "schema" | "itemSchema") => {
                Object(Self::Schema)
            }
            (Self::Parameter | Self::Header | Self::RequestBody | Self::Response, "content") => {
                Named(Self::MediaType)
            }
            (Self::Parameter | Self::Header | Self::MediaType, "examples") => Named(Self::Example),
            (Self::Response | Self::Encoding, "headers") => Named(Self::Header),
            (Self::Response, "links") => Named(Self::Link),
            (Self::MediaType, "encoding") => Named(Self::Encoding),
            (Self::Schema, key) => schema_member(key),
            (Self::Discriminator, "mapping") => Named(Self::MappingTarget),
            (Self::Discriminator, "defaultMapping") => Object(Self::MappingTarget),
            (Self::Extension, _) => Object(Self::Extension),
            _ => Object(Self::Value),
        }
    }
}

fn schema_member(key: &str) -> Member {
    match key {
        "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions" => {
            Member::Named(Kind::Schema)
        }
        "items"
        | "prefixItems"
        | "additionalItems"
        | "unevaluatedItems"
        | "contains"
        | "additionalProperties"
        | "unevaluatedProperties"
        | "propertyNames"
        | "allOf"
        | "anyOf"
        | "oneOf"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contentSchema" => Member::Object(Kind::Schema),
        "discriminator" => Member::Object(Kind::Discriminator),
        _ => Member::Object(Kind::Value),
    }
}

fn is_method(key: &str) -> bool {
    matches!(key, "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query")
}
