//! Assembles the body of a request.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::HeaderValue;

use super::{Request, Target, replace};
use crate::api::BodyKind;
use crate::body::multipart::FormPart;
use crate::body::{BodySource, JsonLinesBody, Upload, UploadParts};
use crate::error::Error;
use crate::json::{Json, to_bytes};
use crate::parameter::{Encoding, Escape, render};

/// The body of a request while it is assembled.
#[derive(Clone)]
pub(crate) enum Content {
    Unset,
    /// Members of a JSON object, as JSON text.
    Members(Vec<(Cow<'static, str>, Vec<u8>)>),
    /// Fields of a form, as text that includes their names.
    Fields(Vec<(Cow<'static, str>, String)>),
    /// Parts of a form, in the order of the document.
    Parts(Vec<FormPart>),
    Whole {
        /// Set if it differs from the operation's.
        media_type: Option<HeaderValue>,
        source: BodySource,
    },
}

impl Content {
    /// Returns the parts of a form. Other content is discarded.
    pub(super) fn parts(&mut self) -> &mut Vec<FormPart> {
        loop {
            match self {
                Self::Parts(parts) => return parts,
                Self::Unset | Self::Members(_) | Self::Fields(_) | Self::Whole { .. } => {
                    *self = Self::Parts(Vec::new());
                }
            }
        }
    }
}

impl Request {
    /// Sets a member of the JSON object in the body.
    pub fn member(&mut self, name: &'static str, value: &dyn Json) {
        match to_bytes(value) {
            Ok(text) => self.put_member(name, text),
            Err(fault) => self.fail(format!("`{name}` cannot be sent: {fault}")),
        }
    }

    /// Sets a member of the JSON object in the body to null.
    pub fn member_null(&mut self, name: &'static str) {
        self.put_member(name, b"null".to_vec());
    }

    /// Sets a field of the form in the body.
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

    /// Sets the body to a JSON value.
    pub fn json(&mut self, value: &dyn Json) {
        match to_bytes(value) {
            Ok(text) => self.set_whole(text.into()),
            Err(fault) => self.fail(format!("the body cannot be sent: {fault}")),
        }
    }

    /// Sets the body to a text.
    pub fn text(&mut self, text: String) {
        self.set_whole(text.into());
    }

    /// Sets the body to an upload.
    pub fn upload(&mut self, upload: Upload) {
        match upload.into_parts() {
            Ok(UploadParts { source, content_type, .. }) => {
                self.content = Content::Whole { media_type: content_type, source };
            }
            Err(message) => self.fail(message),
        }
    }

    /// Sets the body to JSON values, each on a line, in an event or in a part of its own.
    pub fn json_lines<T: Json + 'static>(&mut self, values: JsonLinesBody<T>) {
        let kind = match &self.target {
            Target::Operation(operation) => operation.body,
            Target::Custom { .. } => BodyKind::None,
        };
        let random = match self.client.platform() {
            Ok(platform) => [platform.random(), platform.random()],
            // Without a platform no request is sent.
            Err(_) => [0, 0],
        };
        let made = values.into_source(media_type(kind), random).and_then(|(source, media_type)| {
            let media_type = media_type.map(HeaderValue::try_from).transpose();
            Ok((source, media_type.map_err(|error| error.to_string())?))
        });
        match made {
            Ok((source, media_type)) => self.content = Content::Whole { media_type, source },
            Err(message) => self.fail(format!("the body cannot be sent: {message}")),
        }
    }

    fn set_whole(&mut self, bytes: Bytes) {
        self.content = Content::Whole { media_type: None, source: BodySource::Bytes(bytes) };
    }

    pub(super) fn put_member(&mut self, name: impl Into<Cow<'static, str>>, text: Vec<u8>) {
        if !matches!(self.content, Content::Members(_)) {
            self.content = Content::Members(Vec::new());
        }
        if let Content::Members(members) = &mut self.content {
            replace(members, name.into(), text);
        }
    }

    /// Returns the payload and its media type; `None` if there is no body.
    pub(super) fn content(&self) -> Result<Option<(BodySource, HeaderValue)>, Error> {
        let (kind, may_be_empty) = match &self.target {
            Target::Operation(operation) => (operation.body, operation.may_be_empty),
            Target::Custom { .. } => (BodyKind::None, false),
        };
        let usual = media_type(kind);
        let media_type = || HeaderValue::from_static(usual);
        let (bytes, media_type) = match &self.content {
            Content::Unset if may_be_empty => return Ok(None),
            Content::Unset => match kind {
                BodyKind::Json(_) => (Bytes::from_static(b"{}"), media_type()),
                BodyKind::Form => (Bytes::new(), media_type()),
                BodyKind::Multipart(..) => return self.form(usual, &[]).map(Some),
                BodyKind::None
                | BodyKind::JsonValue(_)
                | BodyKind::Bytes(_)
                | BodyKind::Text(_)
                | BodyKind::JsonLines(_) => return Ok(None),
            },
            Content::Members(members) => (object(members)?, media_type()),
            Content::Fields(fields) => {
                let fields: Vec<&str> = fields.iter().map(|(_, text)| text.as_str()).collect();
                (fields.join("&").into(), media_type())
            }
            Content::Parts(parts) => return self.form(usual, parts).map(Some),
            Content::Whole { media_type: of_its_own, source } => {
                let media_type = of_its_own.clone().unwrap_or_else(media_type);
                return Ok(Some((source.clone(), media_type)));
            }
        };
        Ok(Some((BodySource::Bytes(bytes), media_type)))
    }
}

pub(super) const fn media_type(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::Json(media_type)
        | BodyKind::JsonValue(media_type)
        | BodyKind::Multipart(media_type, _)
        | BodyKind::Bytes(media_type)
        | BodyKind::Text(media_type)
        | BodyKind::JsonLines(media_type) => media_type,
        BodyKind::Form => "application/x-www-form-urlencoded",
        BodyKind::None => "application/octet-stream",
    }
}

pub(super) fn object(members: &[(Cow<'_, str>, Vec<u8>)]) -> Result<Bytes, Error> {
    let length: usize = members.iter().map(|(name, text)| name.len() + text.len() + 4).sum();
    let mut object = Vec::with_capacity(length + 2);
    object.push(b'{');
    for (index, (name, text)) in members.iter().enumerate() {
        if index > 0 {
            object.push(b',');
        }
        serde_json::to_writer(&mut object, name)
            .map_err(|error| Error::invalid("the name of a member cannot be sent").with_source(error))?;
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
            Self::Parts(parts) => f.debug_list().entries(parts.iter().map(|part| &part.name)).finish(),
            Self::Whole { source, .. } => source.fmt(f),
        }
    }
}
