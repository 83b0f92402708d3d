//! Rewrites parameters in a body or a form as request bodies.

use super::Rewriting;
use super::located::Located;
use super::media::{FORM, JSON, MULTIPART, Media};
use super::parameter::Joined;
use crate::pointer::{DocumentId, Pointer};
use crate::spec::object_reader::member_types;
use crate::tree::Node;

impl Rewriting<'_, '_> {
    /// Rewrites a parameter in the body.
    pub(super) fn body(&mut self, id: DocumentId, mut part: Located, media: &Media) -> Located {
        let written = part.written().clone();
        let schema = match part.take("schema") {
            Some(schema) => schema.map(|node| self.schema(id, node)),
            None => self.schema_beside(id, &mut part),
        };
        let json = [JSON.to_owned()];
        let media_types = if media.consumes.is_empty() { &json[..] } else { &media.consumes };
        let mut examples = part.take("x-examples").or_else(|| part.take("examples"));
        let example = part.take("x-example").or_else(|| part.take("example"));
        let mut content = Located::object(&written);
        for media_type in media_types {
            let mut form = Located::object(&written);
            form.set("schema", schema.clone());
            let own = examples.as_mut().and_then(|examples| examples.take(media_type));
            form.set_some("example", own.or_else(|| example.clone()));
            content.set(media_type, form);
        }
        let mut body = Located::object(&written);
        for key in part.keys() {
            if key != "in" && key != "name" {
                let member = part.take(&key);
                body.set_some(&key, member);
            }
        }
        body.set("content", content);
        body
    }

    /// Rewrites the parameters in a form as a request body. `written` is the place of the list of parameters.
    pub(super) fn form(
        &mut self,
        id: DocumentId,
        fields: Vec<Located>,
        media: &Media,
        written: &Pointer,
    ) -> Located {
        let media_types = form_media(&fields, media);
        let is_multipart = media_types.iter().any(|media_type| media_type.starts_with(MULTIPART));
        let mut properties = Located::object(written);
        let mut encoding = Located::object(written);
        let mut required = Vec::new();
        for mut field in fields {
            self.check(&field, member_types::SWAGGER_FIELD);
            let Some(name) = field.text("name").map(str::to_owned) else { continue };
            if field.flag("required") {
                required.push(Located::made(Node::String(name.clone()), &field.written().child("name")));
            }
            let of_files =
                field.get("items").and_then(|items| items.get("type")).and_then(Node::as_str) == Some("file");
            let place = field.written().clone();
            // The items of a list are parts of their own anyway.
            let joined = self.joined(&mut field, is_multipart).filter(|_| !of_files);
            if let Some(joined) = joined.filter(|joined| !(is_multipart && *joined == Joined::Repeated)) {
                let mut style = Located::object(&place);
                joined.style(&mut style, &place);
                encoding.set(&name, style);
            }
            properties.set(&name, self.property(id, field));
        }
        let mut schema = Located::object(written);
        schema.set("type", Located::made("object", written));
        schema.set("properties", properties);
        let has_required = !required.is_empty();
        if has_required {
            schema.set("required", Located::array(required, written));
        }
        let mut form = Located::object(written);
        form.set("schema", schema);
        if !encoding.keys().is_empty() {
            form.set("encoding", encoding);
        }
        let mut content = Located::object(written);
        for media_type in media_types {
            content.set(&media_type, form.clone());
        }
        let mut body = Located::object(written);
        body.set("content", content);
        if has_required {
            body.set("required", Located::made(true, written));
        }
        body
    }

    /// Rewrites a parameter in a form as a property.
    fn property(&mut self, id: DocumentId, mut field: Located) -> Located {
        let mut schema = match field.take("schema") {
            Some(schema) => schema.map(|node| self.schema(id, node)),
            None => self.schema_beside(id, &mut field),
        };
        field.rename("x-example", "example");
        for key in field.keys() {
            if !matches!(key.as_str(), "in" | "name" | "required" | "allowEmptyValue")
                && schema.get(&key).is_none()
            {
                let member = field.take(&key);
                schema.set_some(&key, member);
            }
        }
        schema
    }
}

/// Returns the media types of a form: those that the document lists, if they can hold it.
fn form_media(fields: &[Located], media: &Media) -> Vec<String> {
    let is_file = |node: &Node| node.get("type").and_then(Node::as_str) == Some("file");
    let has_file =
        fields.iter().any(|field| is_file(field.node()) || field.get("items").is_some_and(is_file));
    let can_hold = |media_type: &&String| {
        let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        essence == MULTIPART || (essence == FORM && !has_file)
    };
    let found: Vec<String> = media.consumes.iter().filter(can_hold).cloned().collect();
    if !found.is_empty() {
        return found;
    }
    vec![if has_file { MULTIPART } else { FORM }.to_owned()]
}
