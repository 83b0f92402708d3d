//! Rewrites the root of a document.

use super::located::Located;
use super::media::{Media, texts};
use super::schema::map_discriminators;
use super::{Kind, Rewriting, VERSION};
use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::{DocumentId, Pointer};
use crate::spec::object_reader::member_types;
use crate::tree::{Mapping, Node};

impl Rewriting<'_, '_> {
    /// Rewrites a Swagger 2.0 document.
    pub(super) fn document(&mut self, id: DocumentId, mut root: Located) -> Located {
        self.check(&root, member_types::ROOT);
        let version = root.written().child("swagger");
        let mut media = Media::default().take(&mut root);
        let schemes = root.take("schemes");
        let at_schemes = schemes.as_ref().map(|schemes| schemes.written().clone());
        media.schemes = texts(schemes).unwrap_or_default();
        let written = root.written().clone();
        let place = at_schemes.unwrap_or_else(|| written.child("host"));
        let servers = self.servers(root.node(), &media.schemes, &place);
        root.take("host");
        root.take("basePath");
        root.take("swagger");
        let mut document = Located::object(&written);
        document.set("openapi", Located::made(VERSION, &version));
        document.set_some("servers", servers);
        let components = self.components(id, &mut root, &media);
        for key in root.keys() {
            let Some(member) = root.take(&key) else { continue };
            let member = match key.as_str() {
                // Schemas of the streams of gRPC gateways.
                "x-stream-definitions" => member.each(|_, schema| schema.map(|node| self.schema(id, node))),
                "paths" => member.each(|template, item| {
                    if template.starts_with("x-") { item } else { self.path_item(id, item, &media) }
                }),
                _ => member,
            };
            document.set(&key, member);
        }
        document.set("components", components);
        document
    }

    /// Collects the named parts of a document.
    fn components(&mut self, id: DocumentId, root: &mut Located, media: &Media) -> Located {
        let mut components = root.take("components").unwrap_or_else(|| Located::object(root.written()));
        if let Some(schemas) = root.take("definitions") {
            let schemas = schemas.each(|_, schema| schema.map(|node| self.schema(id, node)));
            let schemas = schemas.map(|node| {
                if let Node::Mapping(schemas) = node {
                    map_discriminators(schemas);
                }
            });
            components.set("schemas", schemas);
        }
        if let Some(parameters) = root.take("parameters") {
            self.named_parameters(id, parameters, media, &mut components);
        }
        if let Some(responses) = root.take("responses") {
            let responses = responses.each(|_, response| self.response(id, response, media));
            components.set("responses", responses);
        }
        if let Some(schemes) = root.take("securityDefinitions") {
            let schemes = schemes.each(|_, part| self.scheme(part));
            components.set("securitySchemes", schemes);
        }
        components
    }

    /// Adds the parameters that operations refer to. Bodies are there for references from other files, and forms for none:
    /// operations take them over.
    fn named_parameters(
        &mut self,
        id: DocumentId,
        mut named: Located,
        media: &Media,
        components: &mut Located,
    ) {
        let mut parameters = Located::object(named.written());
        let mut bodies = Located::object(named.written());
        for name in named.keys() {
            let Some(part) = named.take(&name) else { continue };
            match part.text("in") {
                Some("body") => bodies.set(&name, self.body(id, part, media)),
                Some("formData") => {}
                _ => parameters.set(&name, self.parameter_or_reference(id, part)),
            }
        }
        components.set("parameters", parameters);
        components.set("requestBodies", bodies);
    }

    fn parameter_or_reference(&mut self, id: DocumentId, part: Located) -> Located {
        if part.get("$ref").is_some() {
            self.referring(id, part, Kind::Parameter)
        } else {
            self.parameter(id, part)
        }
    }

    /// Returns the servers of a document; none if it names neither a host nor a path. HTTPS comes first, and is used if
    /// no scheme is named.
    pub(super) fn servers(&mut self, root: &Node, schemes: &[String], place: &Pointer) -> Option<Located> {
        let text = |key: &str| root.get(key).and_then(Node::as_str).unwrap_or_default().trim();
        let (host, path) = (text("host"), text("basePath").trim_end_matches('/'));
        let path =
            if path.is_empty() || path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let urls: Vec<String> = if host.is_empty() {
            if path.is_empty() { Vec::new() } else { vec![path] }
        } else if let Some((scheme, host)) = host.split_once("://") {
            vec![format!("{scheme}://{}{path}", host.trim_end_matches('/'))]
        } else {
            let host = host.trim_end_matches('/');
            self.schemes(schemes, place).iter().map(|scheme| format!("{scheme}://{host}{path}")).collect()
        };
        let server = |url: String| Node::Mapping(Mapping::from_iter([("url".to_owned(), Node::String(url))]));
        let servers: Vec<Located> = urls.into_iter().map(|url| Located::made(server(url), place)).collect();
        (!servers.is_empty()).then(|| Located::array(servers, place))
    }

    fn schemes(&mut self, schemes: &[String], place: &Pointer) -> Vec<String> {
        let mut usable: Vec<String> = schemes.iter().map(|scheme| scheme.to_ascii_lowercase()).collect();
        usable.retain(|scheme| matches!(scheme.as_str(), "http" | "https"));
        usable.sort_by_key(|scheme| scheme != "https");
        let others = schemes.iter().filter(|scheme| !usable.contains(&scheme.to_ascii_lowercase()));
        let others: Vec<String> = others.map(|scheme| format!("`{scheme}`")).collect();
        if !usable.is_empty() && !others.is_empty() {
            let finding = Diagnostic::warning(
                Code::Unsupported,
                place,
                format!("a client sends HTTP requests; the scheme {} is left out", others.join(", ")),
                "no action is needed if the calls use HTTP",
            );
            self.report(finding);
        }
        if usable.is_empty() && !schemes.is_empty() {
            let part = Located::object(place);
            self.warn(
                Code::Unsupported,
                &part,
                "none of the schemes is supported; HTTPS is used",
                "add `https` to `schemes`",
            );
        }
        if usable.is_empty() { vec!["https".to_owned()] } else { usable }
    }
}
