//! Says in words why the body of a successful response is not the JSON that the document describes.

use http::{HeaderMap, StatusCode};

use super::details::{html_page, media_type};
use super::{Error, ErrorKind};
use crate::json::without_mark;

impl Error {
    /// Creates the error of a body that is something else than JSON; `None` if it starts like JSON.
    pub(crate) fn not_json(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Option<Self> {
        let text = without_mark(body).trim_ascii();
        let told = match text.first() {
            None if status == StatusCode::NO_CONTENT || status == StatusCode::RESET_CONTENT => {
                format!(
                    "the server answered {status}, but the document describes a response with a JSON body"
                )
            }
            None => "the body is empty, but the document describes JSON".to_owned(),
            Some(b'{' | b'[' | b'"' | b'-' | b'0'..=b'9') => return None,
            Some(_) if [&b"true"[..], b"false", b"null"].contains(&text) => return None,
            Some(_) => match (html_page(body), media_type(headers).as_str()) {
                (Some(page), _) => format!("the body is {page}, but the document describes JSON"),
                (None, "") => "the body is not JSON".to_owned(),
                (None, media_type) => format!("the body is not JSON; its content type is `{media_type}`"),
            },
        };
        Some(Self::new(ErrorKind::Decoding, told))
    }
}
