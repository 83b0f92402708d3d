//! Encodes the parts of a form as one `multipart/form-data` body (RFC 7578) without reading files into memory.

use std::borrow::Cow;

use bytes::{Bytes, BytesMut};
use http::{HeaderName, HeaderValue};

use crate::body::BodySource;

/// A named part of a form. A list has one value for each item.
#[derive(Clone)]
pub(crate) struct FormPart {
    pub(crate) name: Cow<'static, str>,
    pub(crate) values: Vec<PartValue>,
    /// Overrides the file names of the values.
    pub(crate) file_name: Option<String>,
    /// Overrides the content types of the values.
    pub(crate) content_type: Option<HeaderValue>,
    /// Further headers, sent with each value.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
}

#[derive(Clone)]
pub(crate) struct PartValue {
    /// Set for files only.
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<HeaderValue>,
    pub(crate) source: BodySource,
}

/// A file in memory of at most this many bytes is copied into the text around it.
const SMALL: usize = 16 * 1024;

/// Returns the body and its media type with the boundary. The random bits must be new for each form.
pub(crate) fn encode(media_type: &str, parts: &[FormPart], random: [u64; 2]) -> (BodySource, String) {
    let boundary = format!("{:016x}{:016x}", random[0], random[1]);
    let mut body = Assembly::default();
    for part in parts {
        for value in &part.values {
            body.push(&head(&boundary, part, value), &value.source);
        }
    }
    body.text.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body.flush();
    (body.into_source(), format!("{media_type}; boundary={boundary}"))
}

fn head(boundary: &str, part: &FormPart, value: &PartValue) -> Vec<u8> {
    let name = escaped(&part.name);
    let mut head = format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"");
    if let Some(file_name) = part.file_name.as_ref().or(value.file_name.as_ref()) {
        head.push_str("; filename=\"");
        head.push_str(&escaped(file_name));
        head.push('"');
    }
    let mut head = head.into_bytes();
    if let Some(content_type) = part.content_type.as_ref().or(value.content_type.as_ref()) {
        head.extend_from_slice(b"\r\ncontent-type: ");
        head.extend_from_slice(content_type.as_bytes());
    }
    for (name, value) in &part.headers {
        head.extend_from_slice(format!("\r\n{name}: ").as_bytes());
        head.extend_from_slice(value.as_bytes());
    }
    head.extend_from_slice(b"\r\n\r\n");
    head
}

/// Escapes a name as browsers do (WHATWG HTML, "multipart/form-data encoding algorithm"): UTF-8, with quotation marks
/// and line breaks percent-encoded.
fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A body being assembled: finished sources, followed by text that still grows.
#[derive(Default)]
struct Assembly {
    sources: Vec<BodySource>,
    text: BytesMut,
}

impl Assembly {
    fn push(&mut self, head: &[u8], source: &BodySource) {
        self.text.extend_from_slice(head);
        match source {
            BodySource::Bytes(bytes) if bytes.len() <= SMALL => self.text.extend_from_slice(bytes),
            BodySource::Bytes(_)
            | BodySource::Replayable { .. }
            | BodySource::Once(_)
            | BodySource::Joined(_)
            | BodySource::Watched(..) => {
                self.flush();
                self.sources.push(source.clone());
            }
        }
        self.text.extend_from_slice(b"\r\n");
    }

    fn flush(&mut self) {
        let text: Bytes = self.text.split().freeze();
        self.sources.push(BodySource::Bytes(text));
    }

    fn into_source(mut self) -> BodySource {
        match (self.sources.len(), self.sources.pop()) {
            (1, Some(only)) => only,
            (_, last) => BodySource::Joined(self.sources.into_iter().chain(last).collect()),
        }
    }
}
