//! Reads the objects of the documents as types of `openapiv3`, each without the parts that have their own accessor.

mod places;

use openapiv3::{Encoding, Header, Info, MediaType, Operation, Parameter, RequestBody, Response};
use openapiv3::{SecurityScheme, Server, Tag};
use serde_json::Value;

use super::Spec;
use super::grammar::Kind;
use super::keywords::KeywordReader;
use super::normalise::schema::OPEN_UNION;
use super::object_reader::unknown_members::{
    FLOW, INFO, SERVER, SERVER_VARIABLE, TAG, check_flows, check_known,
};
use super::object_reader::{ObjectReader, Supplied, member_types, unexpected, unknown_members};
use super::schema::Keywords;
use crate::diagnostic::Diagnostics;
use crate::pointer::{DocumentId, Pointer};
use crate::tree::Node;

/// The members of a path item that are operations, with their methods.
pub(crate) const METHODS: &[(&str, &str)] = &[
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
    ("query", "QUERY"),
];

/// Returns the HTTP method of a member of a path item, if it is an operation.
pub(crate) fn method(key: &str) -> Option<&'static str> {
    METHODS.iter().find(|(name, _)| *name == key).map(|(_, method)| *method)
}

/// The member of a path item with operations of other methods.
pub(crate) const OTHER_METHODS: &str = "additionalOperations";

/// Returns `true` for the name of a method (a token of RFC 9110 section 5.6.2).
pub(crate) fn is_method(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_token)
}

/// Security schemes that are required together, each with the scopes that it must grant.
pub type Requirement = Vec<(String, Vec<String>)>;

/// Objects. A missing object is `None`, and so is an invalid one, which is reported. If one member is invalid, only
/// that member is left out.
impl Spec {
    /// Reads the `info` of a document.
    pub fn info(&self, document: DocumentId, diagnostics: &mut Diagnostics) -> Option<Info> {
        const FORM: ObjectReader = ObjectReader::new("an info object")
            .knows(INFO)
            .leaves_out(&["contact", "license"])
            .supplies(&[("title", Supplied::TextInstead), ("version", Supplied::TextInstead)]);
        FORM.read(self, &Pointer::root(document).child("info"), diagnostics)
    }

    /// Reads the servers of a document (given by its root), path item or operation, each with its place.
    pub fn servers(&self, owner: &Pointer, diagnostics: &mut Diagnostics) -> Vec<(Pointer, Server)> {
        const FORM: ObjectReader = ObjectReader::new("a server").knows(SERVER).requires(&["url"]);
        let places = self.items(owner, "servers", diagnostics);
        for place in &places {
            let noun = "a server variable";
            self.check_named(noun, SERVER_VARIABLE, &place.child("variables"), diagnostics);
        }
        let read = |place: Pointer| FORM.read(self, &place, diagnostics).map(|server| (place, server));
        places.into_iter().filter_map(read).collect()
    }

    /// Reads the tags that a document describes, each with its place.
    pub fn tags(&self, document: DocumentId, diagnostics: &mut Diagnostics) -> Vec<(Pointer, Tag)> {
        const FORM: ObjectReader =
            ObjectReader::new("a tag").knows(TAG).requires(&["name"]).leaves_out(&["externalDocs"]);
        let places = self.items(&Pointer::root(document), "tags", diagnostics);
        let read = |place: Pointer| FORM.read(self, &place, diagnostics).map(|tag| (place, tag));
        places.into_iter().filter_map(read).collect()
    }

    /// Reads an operation, without parameters, request body, responses, callbacks, servers and security.
    pub fn operation(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<Operation> {
        const FORM: ObjectReader = ObjectReader::of(Kind::Operation)
            .leaves_out(&["parameters", "requestBody", "callbacks", "servers", "security", "externalDocs"])
            .supplies(&[("responses", Supplied::Object)]);
        FORM.read(self, pointer, diagnostics)
    }

    /// Reads a parameter, without content and examples, and with an empty schema.
    pub fn parameter(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<Parameter> {
        const FORM: ObjectReader = ObjectReader::of(Kind::Parameter)
            .requires(&["name", "in"])
            .leaves_out(&["content", "examples"])
            .supplies(&[("schema", Supplied::Object)]);
        FORM.read(self, pointer, diagnostics)
    }

    /// Reads a header, without content and examples, and with an empty schema.
    pub fn header(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<Header> {
        const FORM: ObjectReader = ObjectReader::of(Kind::Header)
            .leaves_out(&["content", "examples"])
            .supplies(&[("schema", Supplied::Object)]);
        FORM.read(self, pointer, diagnostics)
    }

    /// Reads a request body, without content.
    pub fn request_body(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<RequestBody> {
        const FORM: ObjectReader = ObjectReader::of(Kind::RequestBody).leaves_out(&["content"]);
        FORM.read(self, pointer, diagnostics)
    }

    /// Reads a response, without headers, content and links.
    pub fn response(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<Response> {
        const FORM: ObjectReader =
            ObjectReader::of(Kind::Response).leaves_out(&["headers", "content", "links"]);
        // The description is optional since OpenAPI 3.2.
        let version = self.node(&Pointer::root(pointer.document)).and_then(|root| root.get("openapi"));
        let is_optional = version.and_then(Node::scalar_text).is_some_and(|text| text.starts_with("3.2"));
        let form = if is_optional {
            FORM.supplies(&[("description", Supplied::OptionalText)])
        } else {
            FORM.supplies(&[("description", Supplied::TextInstead)])
        };
        form.read(self, pointer, diagnostics)
    }

    /// Reports the unknown members of the objects that an object has by name.
    fn check_named(
        &self,
        noun: &str,
        known: &'static [&'static str],
        place: &Pointer,
        diagnostics: &mut Diagnostics,
    ) {
        let named = self.node(place).and_then(Node::as_mapping).into_iter().flatten();
        for (name, object) in named.filter(|(name, _)| !name.starts_with("x-")) {
            if let Some(members) = object.as_mapping() {
                check_known(noun, known, &place.child(name), members, diagnostics);
            }
        }
    }

    /// Reports the members of an object that have a wrong type, and the unknown ones.
    pub(crate) fn check_members(&self, kind: Kind, pointer: &Pointer, diagnostics: &mut Diagnostics) {
        if let Some(members) = self.node(pointer).and_then(Node::as_mapping) {
            unknown_members::check(kind, pointer, members, diagnostics);
            member_types::check(kind, pointer, members, diagnostics);
        }
    }

    /// Reads a media type, without schema, examples and encodings.
    pub fn media_type(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<MediaType> {
        const FORM: ObjectReader =
            ObjectReader::of(Kind::MediaType).leaves_out(&["schema", "examples", "encoding"]);
        FORM.read(self, pointer, diagnostics)
    }

    /// Reads an encoding, without headers. A missing `explode` is read as `false`, whatever the style.
    pub fn encoding(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<Encoding> {
        const FORM: ObjectReader = ObjectReader::of(Kind::Encoding).leaves_out(&["headers"]);
        FORM.read(self, pointer, diagnostics)
    }

    /// Reads a security scheme.
    pub fn security_scheme(
        &self,
        pointer: &Pointer,
        diagnostics: &mut Diagnostics,
    ) -> Option<SecurityScheme> {
        let flows = pointer.child("flows");
        if let Some(members) = self.node(&flows).and_then(Node::as_mapping) {
            check_flows(&flows, members, diagnostics);
        }
        self.check_named("a flow", FLOW, &flows, diagnostics);
        const FORM: ObjectReader = ObjectReader::of(Kind::SecurityScheme)
            .requires(&["type", "name", "in", "scheme", "openIdConnectUrl"])
            .supplies(&[("flows", Supplied::ObjectInstead)]);
        FORM.read(self, pointer, diagnostics)
    }

    /// Reads the `security` of a document (given by its root) or operation, whose requirements are alternatives. A
    /// missing `security` is `None`, which differs from an empty list.
    pub fn security(&self, owner: &Pointer, diagnostics: &mut Diagnostics) -> Option<Vec<Requirement>> {
        self.node(owner)?.get("security")?;
        let mut alternatives = Vec::new();
        for place in self.items(owner, "security", diagnostics) {
            match self.node(&place)? {
                Node::Mapping(uses) => {
                    let scheme = |(name, scopes): (&String, &Node)| {
                        (name.clone(), scopes_at(&place.child(name), scopes, diagnostics))
                    };
                    alternatives.push(uses.iter().map(scheme).collect());
                }
                other => diagnostics.push(unexpected(&place, "an object", other)),
            }
        }
        Some(alternatives)
    }

    /// Returns the example of a parameter, header or media type: `example`, or else the first of `examples`.
    pub fn example(&self, owner: &Pointer, diagnostics: &mut Diagnostics) -> Option<Value> {
        let node = self.node(owner)?;
        if let Some(example) = node.get("example") {
            return Some(example.to_json());
        }
        let (name, _) = node.get("examples")?.as_mapping()?.first()?;
        let place = self.resolve_to(Kind::Example, &owner.child("examples").child(name), diagnostics)?;
        let node = self.node(&place)?;
        // `serializedValue` is what goes over the wire, which the value of a text is too.
        let value = ["value", "dataValue", "serializedValue"].iter().find_map(|key| node.get(key))?;
        Some(value.to_json())
    }
}

impl Spec {
    /// Returns the keywords of the schema at this place. A `$ref` is resolved, but its target is not read. Returns none
    /// if there is no schema. Invalid keywords are reported and left out.
    pub fn schema(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<Keywords> {
        let mut reader = KeywordReader::new(self, pointer, diagnostics)?;
        reader.check();
        let enum_ = reader.enum_values();
        let (enum_names, enum_descriptions) = reader.enum_docs(enum_.as_deref());
        let reference = reader.reference();
        Some(Keywords {
            dangling: reference.is_none() && reader.node("$ref").is_some_and(|node| node.as_str().is_some()),
            reference,
            title: reader.text("title"),
            description: reader.text("description"),
            ty: reader.ty(),
            format: reader.text("format"),
            nullable: reader.nullable(),
            read_only: reader.flag("readOnly"),
            write_only: reader.flag("writeOnly"),
            open_union: reader.flag(OPEN_UNION),
            deprecated: reader.flag("deprecated"),
            default: reader.value("default"),
            example: reader.value("example"),
            enum_,
            enum_names,
            enum_descriptions,
            minimum: reader.number("minimum"),
            exclusive_minimum: reader.flag("exclusiveMinimum"),
            maximum: reader.number("maximum"),
            exclusive_maximum: reader.flag("exclusiveMaximum"),
            multiple_of: reader.number("multipleOf"),
            min_length: reader.count("minLength"),
            max_length: reader.count("maxLength"),
            pattern: reader.text("pattern"),
            min_items: reader.count("minItems"),
            max_items: reader.count("maxItems"),
            unique_items: reader.flag("uniqueItems"),
            items: reader.items(),
            tuple: reader.tuple(),
            closed_tuple: reader.closed_tuple(),
            min_properties: reader.count("minProperties"),
            max_properties: reader.count("maxProperties"),
            properties: reader.properties(),
            required: reader.texts("required"),
            additional: reader.additional(),
            all_of: reader.schemas("allOf"),
            one_of: reader.alternatives("oneOf"),
            any_of: reader.alternatives("anyOf"),
            not: reader.node("not").is_some(),
            conditional: reader.conditional(),
            discriminator: reader.discriminator(),
            extensions: reader.extensions(),
            pointer: pointer.clone(),
        })
    }

    /// Returns the named schemas of a document, by name. References are not followed.
    #[must_use]
    pub fn named_schemas(&self, document: DocumentId) -> Vec<(String, Pointer)> {
        let place = Pointer::root(document).child("components").child("schemas");
        let names = self.node(&place).and_then(Node::as_mapping).into_iter().flat_map(|all| all.keys());
        let mut names: Vec<_> = names.map(|name| (name.clone(), place.child(name))).collect();
        names.sort_by(|(one, _), (other, _)| (one.len(), one).cmp(&(other.len(), other)));
        names
    }
}

/// Returns the scopes in a list. Reports what is not one.
fn scopes_at(place: &Pointer, scopes: &Node, diagnostics: &mut Diagnostics) -> Vec<String> {
    match scopes {
        Node::Null => Vec::new(),
        Node::Sequence(scopes) => {
            let text = |(index, scope): (usize, &Node)| {
                let text = scope.as_str().map(str::to_owned);
                if text.is_none() {
                    diagnostics.push(unexpected(&place.child(index), "a scope", scope));
                }
                text
            };
            scopes.iter().enumerate().filter_map(text).collect()
        }
        other => {
            diagnostics.push(unexpected(place, "an array of scopes", other));
            Vec::new()
        }
    }
}
