//! Rewrites responses.

use super::located::Located;
use super::media::{BYTES, JSON, Media};
use super::{Kind, Rewriting, leftovers};
use crate::pointer::DocumentId;
use crate::spec::object_reader::member_types;
use crate::tree::Node;

impl Rewriting<'_, '_> {
    /// Rewrites a response, or a reference to one.
    pub(super) fn response(&mut self, id: DocumentId, mut part: Located, media: &Media) -> Located {
        if part.get("$ref").is_some() {
            return self.referring(id, part, Kind::Response);
        }
        if self.is_mixed && !leftovers::is_response(part.node()) {
            return part;
        }
        self.check(&part, member_types::SWAGGER_RESPONSE);
        let place = part.written().child("schema");
        self.report_leftover(
            &place,
            "the schema of this response",
            "move it into `content`, below its media type",
        );
        if let Some(headers) = part.take("headers") {
            let headers = headers.each(|_, mut header| {
                self.check(&header, member_types::SWAGGER_PARAMETER);
                self.commas_only(&mut header);
                self.typed(id, header)
            });
            part.set("headers", headers);
        }
        let schema = part.take("schema");
        let mut examples = part.take("examples");
        if let Some(schema) = schema {
            let is_file = schema.get("type").and_then(Node::as_str) == Some("file");
            let schema = schema.map(|node| self.schema(id, node));
            let mut content = Located::object(part.written());
            for media_type in produced(media, is_file, examples.as_ref()) {
                let mut form = Located::object(part.written());
                form.set("schema", schema.clone());
                let example = examples.as_mut().and_then(|examples| examples.take(&media_type));
                form.set_some("example", example);
                content.set(&media_type, form);
            }
            part.set("content", content);
        }
        part
    }
}

/// Returns the media types of a response with a schema: those of the operation, and those of examples, by which some
/// documents tell that errors are JSON although results are not.
fn produced(media: &Media, is_file: bool, examples: Option<&Located>) -> Vec<String> {
    let mut produced = media.produces.clone();
    let shown: Vec<String> = examples.map(Located::keys).unwrap_or_default();
    let is_new = |key: &String| key.contains('/') && !media.produces.contains(key);
    produced.extend(shown.into_iter().filter(is_new));
    match produced.is_empty() {
        true => vec![if is_file { BYTES } else { JSON }.to_owned()],
        false => produced,
    }
}
