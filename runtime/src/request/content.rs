//! The body of a request while it is put together.

use std::fmt;

use bytes::Bytes;
use http::HeaderValue;

use super::{Request, Target, replace};
use crate::api::BodyKind;
use crate::body::Source;
use crate::error::Error;
use crate::json::{Json, to_bytes};
use crate::parameter::{Encoding, Escape, render};

/// The body of a request while it is put together.
#[derive(Clone)]
pub(crate) enum Content {
    Unset,
    /// Members of a JSON object with their JSON text.
    Members(Vec<(&'static str, Vec<u8>)>),
    /// Fields of a form with their text, names in it.
    Fields(Vec<(&'static str, String)>),
    Whole {
        /// Where it is not the operation's.
        media_type: Option<HeaderValue>,
        bytes: Bytes,
    },
}

impl Request {
    /// Sets a member of the JSON object that is the body.
    pub fn member(&mut self, name: &'static str, value: &dyn Json) {
        match to_bytes(value) {
            Ok(text) => self.put_member(name, text),
            Err(fault) => self.fail(format!("`{name}` cannot be sent: {fault}")),
        }
    }

    /// Sets a member of the JSON object that is the body to null.
    pub fn member_null(&mut self, name: &'static str) {
        self.put_member(name, b"null".to_vec());
    }

    /// Sets a field of the form that is the body.
    pub fn field(&mut self, name: &'static str, encoding: Encoding, value: &dyn Json) {
        let Some(tree) = self.tree(name, value) else { return };
        let text = render(name, encoding, &tree, Escape::Form);
        if !matches!(self.content, Content::Fields(_)) {
            self.content = Content::Fields(Vec::new());
        }
        let Content::Fields(fields) = &mut self.content else { return };
        match text {
            Some(text) => replace(fields, name, text),
            None => fields.retain(|(set, _)| *set != name),
        }
    }

    /// Sets the JSON value that is the body.
    pub fn json(&mut self, value: &dyn Json) {
        match to_bytes(value) {
            Ok(text) => self.content = Content::Whole { media_type: None, bytes: text.into() },
            Err(fault) => self.fail(format!("the body cannot be sent: {fault}")),
        }
    }

    /// Sets the text that is the body.
    pub fn text(&mut self, text: String) {
        self.content = Content::Whole { media_type: None, bytes: text.into() };
    }

    /// Sets the bytes that are the body.
    pub fn bytes(&mut self, bytes: Bytes) {
        self.content = Content::Whole { media_type: None, bytes };
    }

    fn put_member(&mut self, name: &'static str, text: Vec<u8>) {
        if !matches!(self.content, Content::Members(_)) {
            self.content = Content::Members(Vec::new());
        }
        if let Content::Members(members) = &mut self.content {
            replace(members, name, text);
        }
    }

    /// What is sent and its media type; `None` where there is no body.
    pub(super) fn content(&self) -> Result<Option<(Source, HeaderValue)>, Error> {
        let kind = match &self.target {
            Target::Operation(operation) => operation.body,
            Target::Custom { .. } => BodyKind::None,
        };
        let (bytes, of_its_own) = match &self.content {
            Content::Unset => match kind {
                BodyKind::Json(_) => (Bytes::from_static(b"{}"), None),
                BodyKind::Form => (Bytes::new(), None),
                BodyKind::None
                | BodyKind::JsonValue(_)
                | BodyKind::Multipart
                | BodyKind::Bytes(_)
                | BodyKind::Text(_) => return Ok(None),
            },
            Content::Members(members) => (object(members)?, None),
            Content::Fields(fields) => {
                let fields: Vec<&str> = fields.iter().map(|(_, text)| text.as_str()).collect();
                (fields.join("&").into(), None)
            }
            Content::Whole { media_type, bytes } => (bytes.clone(), media_type.clone()),
        };
        let media_type = match of_its_own {
            Some(media_type) => media_type,
            None => HeaderValue::from_static(match kind {
                BodyKind::Json(media_type)
                | BodyKind::JsonValue(media_type)
                | BodyKind::Bytes(media_type)
                | BodyKind::Text(media_type) => media_type,
                BodyKind::Form => "application/x-www-form-urlencoded",
                BodyKind::None | BodyKind::Multipart => "application/octet-stream",
            }),
        };
        Ok(Some((Source::Bytes(bytes), media_type)))
    }
}

fn object(members: &[(&str, Vec<u8>)]) -> Result<Bytes, Error> {
    let length: usize = members.iter().map(|(name, text)| name.len() + text.len() + 4).sum();
    let mut object = Vec::with_capacity(length + 2);
    object.push(b'{');
    for (index, (name, text)) in members.iter().enumerate() {
        if index > 0 {
            object.push(b',');
        }
        serde_json::to_writer(&mut object, name)
            .map_err(|error| Error::invalid("a member's name cannot be sent").with_source(error))?;
        object.push(b':');
        object.extend_from_slice(text);
    }
    object.push(b'}');
    Ok(object.into())
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unset => f.write_str("none"),
            Self::Members(members) => f.debug_list().entries(members.iter().map(|(name, _)| name)).finish(),
            Self::Fields(fields) => f.debug_list().entries(fields.iter().map(|(name, _)| name)).finish(),
            Self::Whole { bytes, .. } => write!(f, "{} bytes", bytes.len()),
        }
    }
}
