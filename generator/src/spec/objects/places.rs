//! Finds the places of objects in other objects.

use super::{OTHER_METHODS, is_method, method};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::{DocumentId, Pointer};
use crate::spec::Spec;
use crate::spec::grammar::Kind;
use crate::spec::object_reader::unexpected;
use crate::spec::resolve::Substitute;
use crate::tree::Node;

impl Spec {
    /// Returns the path items with their templates. References are followed.
    pub fn path_items(&self, document: DocumentId, diagnostics: &mut Diagnostics) -> Vec<(String, Pointer)> {
        let root = Pointer::root(document);
        let items = self.children(&root, "paths", Kind::PathItem, diagnostics);
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

    /// Returns `false` for a value that is not an object, and reports it. Null is an object without members.
    fn can_be_object(&self, place: &Pointer, kind: Kind, diagnostics: &mut Diagnostics) -> bool {
        match self.node(place) {
            None | Some(Node::Mapping(_) | Node::Null) => true,
            Some(other) => {
                diagnostics.push(unexpected(place, kind.noun(), other));
                false
            }
        }
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
        let sent =
            |key: &String| method(&key.to_ascii_lowercase()).map_or_else(|| key.clone(), str::to_owned);
        let additional = keys(&others).filter(|key| is_method(key)).map(|key| (sent(key), others.child(key)));
        fixed.chain(additional).collect()
    }

    /// Returns the webhooks of a document, path items by name: those of OpenAPI 3.1, then those of the extension
    /// `x-webhooks`, with which older documents describe them.
    pub fn webhooks(&self, document: DocumentId, diagnostics: &mut Diagnostics) -> Vec<(String, Pointer)> {
        let root = Pointer::root(document);
        let mut webhooks = self.children(&root, "webhooks", Kind::PathItem, diagnostics);
        webhooks.extend(self.children(&root, "x-webhooks", Kind::PathItem, diagnostics));
        webhooks
    }

    /// Returns the callbacks of an operation, path items by name. A callback with several URLs has several.
    pub fn callbacks(&self, operation: &Pointer, diagnostics: &mut Diagnostics) -> Vec<(String, Pointer)> {
        let mut callbacks = Vec::new();
        for (name, callback) in self.children(operation, "callbacks", Kind::Callback, diagnostics) {
            let urls = self.node(&callback).and_then(Node::as_mapping);
            for url in urls.into_iter().flat_map(|urls| urls.keys()).filter(|url| !url.starts_with("x-")) {
                let item = self.resolve_to(Kind::PathItem, &callback.child(url), diagnostics);
                let item = item.filter(|item| self.can_be_object(item, Kind::PathItem, diagnostics));
                callbacks.extend(item.map(|item| (name.clone(), item)));
            }
        }
        callbacks
    }

    /// Returns the parameters of a path item or operation. References are followed.
    pub fn parameters(&self, owner: &Pointer, diagnostics: &mut Diagnostics) -> Vec<Pointer> {
        let list = self.items(owner, "parameters", diagnostics);
        list.iter().filter_map(|place| self.resolve_to(Kind::Parameter, place, diagnostics)).collect()
    }

    /// Returns the request body of an operation. References are followed.
    pub fn body_of(&self, operation: &Pointer, diagnostics: &mut Diagnostics) -> Option<Pointer> {
        self.node(operation)?.get("requestBody")?;
        let body = self.resolve_to(Kind::RequestBody, &operation.child("requestBody"), diagnostics)?;
        self.can_be_object(&body, Kind::RequestBody, diagnostics).then_some(body)
    }

    /// Returns the members of an object in another one, such as the `headers` of a response or the `schemas` of
    /// `/components`. References are followed. A missing object has no members.
    pub(in crate::spec) fn children(
        &self,
        owner: &Pointer,
        key: &str,
        kind: Kind,
        diagnostics: &mut Diagnostics,
    ) -> Vec<(String, Pointer)> {
        let place = owner.child(key);
        match self.node(&place) {
            None | Some(Node::Null) => Vec::new(),
            Some(Node::Mapping(members)) => {
                let mut children = Vec::with_capacity(members.len());
                for name in members.keys().filter(|name| kind.is_member(name)) {
                    let child = self.resolve_to(kind, &place.child(name), diagnostics);
                    let child = child.filter(|child| self.can_be_object(child, kind, diagnostics));
                    children.extend(child.map(|child| (name.clone(), child)));
                }
                children
            }
            Some(other) => {
                diagnostics.push(unexpected(&place, "an object", other));
                Vec::new()
            }
        }
    }

    /// Returns the responses of an operation with their statuses as written (`200`, `2XX`, `default`). References are
    /// followed.
    pub fn responses(&self, operation: &Pointer, diagnostics: &mut Diagnostics) -> Vec<(String, Pointer)> {
        self.children(operation, "responses", Kind::Response, diagnostics)
    }

    /// Returns the `content` of a parameter, header, request body or response, by media type.
    pub fn media_types(&self, owner: &Pointer, diagnostics: &mut Diagnostics) -> Vec<(String, Pointer)> {
        self.children(owner, "content", Kind::MediaType, diagnostics)
    }

    /// Returns the headers of a response or encoding, by name.
    pub fn headers(&self, owner: &Pointer, diagnostics: &mut Diagnostics) -> Vec<(String, Pointer)> {
        self.children(owner, "headers", Kind::Header, diagnostics)
    }

    /// Returns the encodings of a media type, by property.
    pub fn encodings(&self, media_type: &Pointer, diagnostics: &mut Diagnostics) -> Vec<(String, Pointer)> {
        self.children(media_type, "encoding", Kind::Encoding, diagnostics)
    }

    /// Returns the security schemes of a document, by name.
    pub fn security_schemes(
        &self,
        document: DocumentId,
        diagnostics: &mut Diagnostics,
    ) -> Vec<(String, Pointer)> {
        self.children(
            &Pointer::root(document).child("components"),
            "securitySchemes",
            Kind::SecurityScheme,
            diagnostics,
        )
    }

    /// Returns the object that a URI names, where a name is usual. References are followed.
    pub(crate) fn named_by_uri(&self, at: &Pointer, uri: &str) -> Option<Pointer> {
        if !uri.contains(['#', '/']) {
            return None;
        }
        let mut findings = Diagnostics::default();
        let target = self.target(at, uri, Substitute::AnyValue, &mut findings)?;
        self.resolve(&target, &mut findings)
    }

    /// Returns the schema of a parameter, header or media type. References are not followed.
    #[must_use]
    pub fn schema_of(&self, owner: &Pointer) -> Option<Pointer> {
        self.node(owner)?.get("schema").map(|_| owner.child("schema"))
    }

    /// Returns the items of an array in an object. A missing array has no items.
    pub(super) fn items(&self, owner: &Pointer, key: &str, diagnostics: &mut Diagnostics) -> Vec<Pointer> {
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
