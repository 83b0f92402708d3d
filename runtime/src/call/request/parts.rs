//! Sets the parts of a form from arguments.

use std::borrow::Cow;

use bytes::Bytes;
use http::HeaderValue;

use super::{Request, Target};
use crate::api::BodyKind;
use crate::body::multipart::{FormPart, PartValue, encode};
use crate::body::{BodySource, Upload, UploadParts};
use crate::error::Error;
use crate::json::{Json, Tree, to_bytes};
use crate::parameter::Encoding;

impl Request {
    /// Sets a part of the form in the body. A scalar is sent as text and an object as JSON; a list becomes one part for
    /// each item, unless the document declares it as JSON.
    pub fn part(&mut self, name: &'static str, value: &dyn Json) {
        let content_type = self.part_type(name);
        let Some(tree) = self.tree(name, value) else { return };
        let values = match tree {
            Tree::Null => Vec::new(),
            Tree::List(items) if !content_type.is_some_and(is_json) => {
                items.into_iter().map(|item| tree_part(item, content_type)).collect()
            }
            Tree::Bare(_) | Tree::Text(_) if !content_type.is_some_and(is_json) => {
                vec![tree_part(tree, content_type)]
            }
            Tree::Bare(_) | Tree::Text(_) | Tree::List(_) | Tree::Object(_) => match to_bytes(value) {
                Ok(text) => vec![json_part(text.into(), content_type)],
                Err(fault) => return self.fail(format!("`{name}` cannot be sent: {fault}")),
            },
        };
        self.put_part(name, values);
    }

    /// Sets a part for each member of an object, like [`Request::part`] with the member's name.
    pub fn part_members(&mut self, name: &'static str, value: &dyn Json) {
        let Some(Tree::Object(members)) = self.tree(name, value) else { return };
        for (name, member) in members {
            let values = match member {
                Tree::Null => Vec::new(),
                Tree::List(items) => items.into_iter().map(|item| tree_part(item, None)).collect(),
                Tree::Bare(_) | Tree::Text(_) | Tree::Object(_) => vec![tree_part(member, None)],
            };
            self.part_of(name).values = values;
        }
    }

    /// Sets files of the form in the body, each under its own name.
    pub fn part_file_members(
        &mut self,
        uploads: impl IntoIterator<Item = (impl Into<String>, impl Into<Upload>)>,
    ) {
        for (name, upload) in uploads {
            let name = name.into();
            match file_part(&name, upload.into(), "application/octet-stream") {
                Ok(value) => self.part_of(name).values = vec![value],
                Err(message) => self.fail(format!("`{name}` cannot be sent: {message}")),
            }
        }
    }

    /// Sets a file of the form in the body.
    pub fn part_file(&mut self, name: &'static str, upload: Upload) {
        self.part_files(name, [upload]);
    }

    /// Sets several files of the form in the body, all under one name.
    pub fn part_files(&mut self, name: &'static str, uploads: impl IntoIterator<Item = impl Into<Upload>>) {
        let content_type = self.part_type(name).unwrap_or("application/octet-stream");
        let values: Result<_, String> =
            uploads.into_iter().map(|upload| file_part(name, upload.into(), content_type)).collect();
        match values {
            Ok(values) => self.put_part(name, values),
            Err(message) => self.fail(format!("`{name}` cannot be sent: {message}")),
        }
    }

    /// Sets a header of a part.
    pub fn part_header(
        &mut self,
        part: &'static str,
        name: &'static str,
        encoding: Encoding,
        value: &dyn Json,
    ) {
        let Some(tree) = self.tree(name, value) else { return };
        match super::header_of(name, encoding, &tree) {
            Ok(None) => {}
            Ok(Some((name, value))) => super::replace(&mut self.part_of(part).headers, name, value),
            Err(message) => self.fail(message),
        }
    }

    /// Sets the file name of a part, instead of the upload's own.
    pub fn part_file_name(&mut self, name: &'static str, file_name: String) {
        self.part_of(name).file_name = Some(file_name);
    }

    /// Sets the media type of a part's file, instead of the upload's own.
    pub fn part_content_type(&mut self, name: &'static str, content_type: String) {
        match HeaderValue::try_from(content_type) {
            Ok(content_type) => self.part_of(name).content_type = Some(content_type),
            Err(_) => self.fail(format!("the media type of `{name}` is not a valid header value")),
        }
    }

    /// Returns name and content type of each part in the document.
    fn parts(&self) -> &'static [(&'static str, &'static str)] {
        match &self.target {
            Target::Operation(operation) => match operation.body {
                BodyKind::Multipart(_, parts) => parts,
                BodyKind::None
                | BodyKind::Json(_)
                | BodyKind::JsonValue(_)
                | BodyKind::Form
                | BodyKind::Bytes(_)
                | BodyKind::Text(_)
                | BodyKind::JsonLines(_) => &[],
            },
            Target::Custom { .. } => &[],
        }
    }

    fn part_type(&self, name: &str) -> Option<&'static str> {
        let (_, content_type) = self.parts().iter().find(|(known, _)| *known == name)?;
        Some(*content_type).filter(|content_type| !content_type.is_empty())
    }

    fn put_part(&mut self, name: &'static str, values: Vec<PartValue>) {
        self.part_of(name).values = values;
    }

    /// Returns the part with this name, inserted in document order if it is not set yet.
    pub(super) fn part_of(&mut self, name: impl Into<Cow<'static, str>>) -> &mut FormPart {
        let name = name.into();
        let known = self.parts();
        let place = |name: &str| known.iter().position(|(known, _)| *known == name).unwrap_or(known.len());
        let parts = self.content.parts();
        let index = parts.iter().position(|part| part.name == name).unwrap_or_else(|| {
            let index = parts.partition_point(|part| place(&part.name) <= place(&name));
            parts.insert(
                index,
                FormPart {
                    name,
                    values: Vec::new(),
                    file_name: None,
                    content_type: None,
                    headers: Vec::new(),
                },
            );
            index
        });
        &mut parts[index]
    }

    /// Encodes a form with a new boundary.
    pub(super) fn form(
        &self,
        media_type: &str,
        parts: &[FormPart],
    ) -> Result<(BodySource, HeaderValue), Error> {
        let platform = self.client.platform()?;
        let (source, media_type) = encode(media_type, parts, [platform.random(), platform.random()]);
        let media_type = HeaderValue::try_from(media_type)
            .map_err(|_| Error::invalid("the media type of the form is not a valid header value"))?;
        Ok((source, media_type))
    }
}

pub(super) fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.ends_with("/json") || essence.ends_with("+json")
}

fn json_part(text: Bytes, content_type: Option<&'static str>) -> PartValue {
    let content_type = HeaderValue::from_static(content_type.unwrap_or("application/json"));
    PartValue { file_name: None, content_type: Some(content_type), source: BodySource::Bytes(text) }
}

/// Makes a part from a value that the document does not declare as JSON: a scalar becomes text.
pub(super) fn tree_part(tree: Tree, content_type: Option<&'static str>) -> PartValue {
    match tree {
        Tree::Bare(text) | Tree::Text(text) => PartValue {
            file_name: None,
            content_type: content_type.map(HeaderValue::from_static),
            source: BodySource::Bytes(text.into()),
        },
        tree @ (Tree::Null | Tree::List(_) | Tree::Object(_)) => {
            json_part(tree.to_string().into(), content_type)
        }
    }
}

/// Makes a part from a file. It always has a file name, because servers recognize files by it.
fn file_part(name: &str, upload: Upload, content_type: &'static str) -> Result<PartValue, String> {
    let UploadParts { source, file_name, content_type: own } = upload.into_parts()?;
    Ok(PartValue {
        file_name: Some(file_name.unwrap_or_else(|| name.to_owned())),
        content_type: Some(own.unwrap_or_else(|| HeaderValue::from_static(content_type))),
        source,
    })
}
