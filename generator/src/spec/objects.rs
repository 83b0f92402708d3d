//! Reads the objects of the documents as types of `openapiv3`, each without the parts that have their own accessor.

use openapiv3::{Encoding, Header, Info, MediaType, Operation, Parameter, RequestBody, Response};
use openapiv3::{SecurityScheme, Server, Tag};
use serde_json::Value;

use super::Spec;
use super::keywords::KeywordReader;
use super::normalise::schema::OPEN_UNION;
use super::object_reader::{ObjectReader, Supplied, unexpected};
use super::schema::Keywords;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::{DocumentId, Pointer};
use crate::tree::Node;

const METHODS: &[(&str, &str)] = &[
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

/// Navigation: places of objects in other objects.
impl Spec {
    /// Returns the path items with their templates. References are followed.
    pub fn path_items(&self, document: DocumentId, diagnostics: &mut Diagnostics) -> Vec<(String, Pointer)> {
        let root = Pointer::root(document);
        let mut items = self.children(&root, "paths", diagnostics);
        items.retain(|(template, _)| !template.starts_with("x-"));
        for (template, item) in &items {
            let written = root.child("paths").child(template);
            if written != *item && !self.operations(&written).is_empty() {
                diagnostics.push(Diagnostic::warning(
                    Code::Unsupported,
                    &written,
                    "operations next to the `$ref` of a path item are left out",
                    "move them to the referenced path item, or replace the `$ref` by its contents",
                ));
            }
        }
        items
    }

    /// Returns the operations of a path item with their methods, in document order: first those with a fixed member,
    /// then those of `additionalOperations`.
    #[must_use]
    pub fn operations(&self, path_item: &Pointer) -> Vec<(String, Pointer)> {
        let keys = |place: &Pointer| {
            let members = self.node(place).and_then(Node::as_mapping);
            members.into_iter().flat_map(|members| members.keys())
        };
        let fixed = keys(path_item).filter_map(|key| Some((method(key)?.to_owned(), path_item.child(key))));
        let others = path_item.child(OTHER_METHODS);
        let additional =
            keys(&others).filter(|key| is_method(key)).map(|key| (key.clone(), others.child(key)));
        fixed.chain(additional).collect()
    }

    /// Returns the webhooks of a document, path items by name: those of OpenAPI 3.1, then those of the extension
    /// `x-webhooks`, with which older documents describe them.
    pub fn webhooks(&self, document: DocumentId, diagnostics: &mut Diagnostics) -> Vec<(String, Pointer)> {
        let root = Pointer::root(document);
        let mut webhooks = self.children(&root, "webhooks", diagnostics);
        webhooks.extend(self.children(&root, "x-webhooks", diagnostics));
        webhooks.retain(|(name, _)| !name.starts_with("x-"));
        webhooks
    }

    /// Returns the callbacks of an operation, path items by name. A callback with several URLs has several.
    pub fn callbacks(&self, operation: &Pointer, diagnostics: &mut Diagnostics) -> Vec<(String, Pointer)> {
        let mut callbacks = Vec::new();
        for (name, callback) in self.children(operation, "callbacks", diagnostics) {
            let urls = self.node(&callback).and_then(Node::as_mapping);
            for url in urls.into_iter().flat_map(|urls| urls.keys()).filter(|url| !url.starts_with("x-")) {
                let item = self.resolve(&callback.child(url), diagnostics);
                callbacks.extend(item.map(|item| (name.clone(), item)));
            }
        }
        callbacks
    }

    /// Returns the parameters of a path item or operation. References are followed.
    pub fn parameters(&self, owner: &Pointer, diagnostics: &mut Diagnostics) -> Vec<Pointer> {
        let list = self.items(owner, "parameters", diagnostics);
        list.iter().filter_map(|place| self.resolve(place, diagnostics)).collect()
    }

    /// Returns a member of an object, such as the `requestBody` of an operation. References are followed.
    pub fn member(&self, owner: &Pointer, key: &str, diagnostics: &mut Diagnostics) -> Option<Pointer> {
        self.node(owner)?.get(key)?;
        self.resolve(&owner.child(key), diagnostics)
    }

    /// Returns the members of an object in another one, such as the `headers` of a response or the `schemas` of
    /// `/components`. References are followed. A missing object has no members.
    pub fn children(
        &self,
        owner: &Pointer,
        key: &str,
        diagnostics: &mut Diagnostics,
    ) -> Vec<(String, Pointer)> {
        let place = owner.child(key);
        match self.node(&place) {
            None | Some(Node::Null) => Vec::new(),
            Some(Node::Mapping(members)) => members
                .keys()
                .filter_map(|name| Some((name.clone(), self.resolve(&place.child(name), diagnostics)?)))
                .collect(),
            Some(other) => {
                diagnostics.push(unexpected(&place, "an object", other));
                Vec::new()
            }
        }
    }

    /// Returns the responses of an operation with their statuses as written (`200`, `2XX`, `default`). References are
    /// followed.
    pub fn responses(&self, operation: &Pointer, diagnostics: &mut Diagnostics) -> Vec<(String, Pointer)> {
        let mut responses = self.children(operation, "responses", diagnostics);
        responses.retain(|(status, _)| !status.starts_with("x-"));
        responses
    }

    /// Returns the `content` of a parameter, header, request body or response, by media type.
    pub fn media_types(&self, owner: &Pointer, diagnostics: &mut Diagnostics) -> Vec<(String, Pointer)> {
        self.children(owner, "content", diagnostics)
    }

    /// Returns the headers of a response or encoding, by name.
    pub fn headers(&self, owner: &Pointer, diagnostics: &mut Diagnostics) -> Vec<(String, Pointer)> {
        self.children(owner, "headers", diagnostics)
    }

    /// Returns the encodings of a media type, by property.
    pub fn encodings(&self, media_type: &Pointer, diagnostics: &mut Diagnostics) -> Vec<(String, Pointer)> {
        self.children(media_type, "encoding", diagnostics)
    }

    /// Returns the security schemes of a document, by name.
    pub fn security_schemes(
        &self,
        document: DocumentId,
        diagnostics: &mut Diagnostics,
    ) -> Vec<(String, Pointer)> {
        self.children(&Pointer::root(document).child("components"), "securitySchemes", diagnostics)
    }

    /// Returns the schema of a parameter, header or media type. References are not followed.
    #[must_use]
    pub fn schema_of(&self, owner: &Pointer) -> Option<Pointer> {
        self.node(owner)?.get("schema").map(|_| owner.child("schema"))
    }

    /// Returns the items of an array in an object. A missing array has no items.
    fn items(&self, owner: &Pointer, key: &str, diagnostics: &mut Diagnostics) -> Vec<Pointer> {
        let place = owner.child(key);
        match self.node(&place) {
            None | Some(Node::Null) => Vec::new(),
            Some(Node::Sequence(items)) => (0..items.len()).map(|index| place.child(index)).collect(),
            Some(other) => {
                diagnostics.push(unexpected(&place, "an array", other));
                Vec::new()
            }
        }
    }
}

/// Objects. A missing object is `None`, and so is an invalid one, which is reported. If one member is invalid, only
/// that member is left out.
impl Spec {
    /// Reads the `info` of a document.
    pub fn info(&self, document: DocumentId, diagnostics: &mut Diagnostics) -> Option<Info> {
        const FORM: ObjectReader = ObjectReader::new("an info object")
            .leaves_out(&["contact", "license"])
            .supplies(&[("title", Supplied::TextInstead), ("version", Supplied::TextInstead)]);
        FORM.read(self, &Pointer::root(document).child("info"), diagnostics)
    }

    /// Reads the servers of a document (given by its root), path item or operation, each with its place.
    pub fn servers(&self, owner: &Pointer, diagnostics: &mut Diagnostics) -> Vec<(Pointer, Server)> {
        const FORM: ObjectReader = ObjectReader::new("a server").requires(&["url"]);
        let places = self.items(owner, "servers", diagnostics);
        let read = |place: Pointer| FORM.read(self, &place, diagnostics).map(|server| (place, server));
        places.into_iter().filter_map(read).collect()
    }

    /// Reads the tags that a document describes, each with its place.
    pub fn tags(&self, document: DocumentId, diagnostics: &mut Diagnostics) -> Vec<(Pointer, Tag)> {
        const FORM: ObjectReader =
            ObjectReader::new("a tag").requires(&["name"]).leaves_out(&["externalDocs"]);
        let places = self.items(&Pointer::root(document), "tags", diagnostics);
        let read = |place: Pointer| FORM.read(self, &place, diagnostics).map(|tag| (place, tag));
        places.into_iter().filter_map(read).collect()
    }

    /// Reads an operation, without parameters, request body, responses, callbacks, servers and security.
    pub fn operation(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<Operation> {
        const FORM: ObjectReader = ObjectReader::new("an operation")
            .leaves_out(&["parameters", "requestBody", "callbacks", "servers", "security", "externalDocs"])
            .supplies(&[("responses", Supplied::Object)]);
        FORM.read(self, pointer, diagnostics)
    }

    /// Reads a parameter, without content and examples, and with an empty schema.
    pub fn parameter(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<Parameter> {
        const FORM: ObjectReader = ObjectReader::new("a parameter")
            .requires(&["name", "in"])
            .leaves_out(&["content", "examples"])
            .supplies(&[("schema", Supplied::Object)]);
        FORM.read(self, pointer, diagnostics)
    }

    /// Reads a header, without content and examples, and with an empty schema.
    pub fn header(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<Header> {
        const FORM: ObjectReader = ObjectReader::new("a header")
            .leaves_out(&["content", "examples"])
            .supplies(&[("schema", Supplied::Object)]);
        FORM.read(self, pointer, diagnostics)
    }

    /// Reads a request body, without content.
    pub fn request_body(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<RequestBody> {
        const FORM: ObjectReader = ObjectReader::new("a request body").leaves_out(&["content"]);
        FORM.read(self, pointer, diagnostics)
    }

    /// Reads a response, without headers, content and links.
    pub fn response(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<Response> {
        const FORM: ObjectReader =
            ObjectReader::new("a response").leaves_out(&["headers", "content", "links"]);
        // The description is optional since OpenAPI 3.2.
        let version = self.node(&Pointer::root(pointer.document)).and_then(|root| root.get("openapi"));
        let is_optional = version.and_then(Node::as_str).is_some_and(|text| text.starts_with("3.2"));
        let form = if is_optional {
            FORM.supplies(&[("description", Supplied::OptionalText)])
        } else {
            FORM.supplies(&[("description", Supplied::TextInstead)])
        };
        form.read(self, pointer, diagnostics)
    }

    /// Reads a media type, without schema, examples and encodings.
    pub fn media_type(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<MediaType> {
        const FORM: ObjectReader =
            ObjectReader::new("a media type").leaves_out(&["schema", "examples", "encoding"]);
        FORM.read(self, pointer, diagnostics)
    }

    /// Reads an encoding, without headers. A missing `explode` is read as `false`, whatever the style.
    pub fn encoding(&self, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Option<Encoding> {
        const FORM: ObjectReader = ObjectReader::new("an encoding").leaves_out(&["headers"]);
        FORM.read(self, pointer, diagnostics)
    }

    /// Reads a security scheme.
    pub fn security_scheme(
        &self,
        pointer: &Pointer,
        diagnostics: &mut Diagnostics,
    ) -> Option<SecurityScheme> {
        const FORM: ObjectReader = ObjectReader::new("a security scheme")
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
                    let scopes = |scopes: &Node| {
                        scopes
                            .as_sequence()
                            .unwrap_or_default()
                            .iter()
                            .filter_map(Node::scalar_text)
                            .collect()
                    };
                    alternatives.push(uses.iter().map(|(name, list)| (name.clone(), scopes(list))).collect());
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
        let place = self.resolve(&owner.child("examples").child(name), diagnostics)?;
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
        let enum_ = reader.values("enum");
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
