//! Adds query parameters and members of the body that the document does not describe.

use bytes::Bytes;

use super::content::{media_type, object};
use super::parts::{is_json, tree_part};
use super::{Content, Request, Target, replace};
use crate::api::BodyKind;
use crate::body::BodySource;
use crate::json::{Members, Tree};
use crate::parameter::Escape;

impl Request {
    /// Sets a query parameter, in place of an earlier one with this name.
    pub(crate) fn extra_query(&mut self, name: String, value: &str) {
        let pair = Escape::Unreserved.pair(&name, value);
        replace(&mut self.query, name, pair);
    }

    /// Sets a member of the body, in place of an earlier one with this name.
    pub(crate) fn extra_member(&mut self, name: String, value: &serde_json::Value) {
        let kind = match &self.target {
            Target::Operation(operation) => operation.body,
            Target::Custom { .. } => BodyKind::None,
        };
        match (&mut self.content, kind) {
            (Content::Whole { media_type: own, source: BodySource::Bytes(body) }, _) => {
                let own = own.as_ref().and_then(|own| own.to_str().ok());
                let changed = if is_json(own.unwrap_or(media_type(kind))) {
                    with_member(body, &name, value)
                } else {
                    None
                };
                match changed {
                    Some(changed) => *body = changed,
                    None => self.fail(no_members(&name)),
                }
            }
            (Content::Members(_), _) | (Content::Unset, BodyKind::Json(_)) => {
                self.put_member(name, value.to_string().into_bytes());
            }
            (Content::Fields(_), _) | (Content::Unset, BodyKind::Form) => self.extra_field(name, value),
            (Content::Parts(_), _) | (Content::Unset, BodyKind::Multipart(..)) => {
                let Some(tree) = self.tree(&name, value) else { return };
                self.part_of(name).values = vec![tree_part(tree, None)];
            }
            (Content::Whole { .. }, _)
            | (
                Content::Unset,
                BodyKind::None
                | BodyKind::JsonValue(_)
                | BodyKind::Bytes(_)
                | BodyKind::Text(_)
                | BodyKind::JsonLines(_),
            ) => self.fail(no_members(&name)),
        }
    }

    fn extra_field(&mut self, name: String, value: &serde_json::Value) {
        let Some(tree) = self.tree(&name, value) else { return };
        let text = match tree {
            Tree::Bare(text) | Tree::Text(text) => text,
            tree @ (Tree::Null | Tree::List(_) | Tree::Object(_)) => tree.to_string(),
        };
        let pair = Escape::Form.pair(&name, &text);
        match &mut self.content {
            Content::Fields(fields) => replace(fields, name, pair),
            Content::Unset | Content::Members(_) | Content::Parts(_) | Content::Whole { .. } => {
                self.content = Content::Fields(vec![(name.into(), pair)]);
            }
        }
    }
}

fn no_members(name: &str) -> String {
    format!("`{name}` cannot be added: the body is neither a JSON object nor a form")
}

/// Returns the text of a JSON object with this member; `None` if it is not an object. Other members keep their text.
fn with_member(body: &[u8], name: &str, value: &serde_json::Value) -> Option<Bytes> {
    let Members(members) = serde_json::from_slice(body).ok()?;
    let mut members: Vec<_> =
        members.into_iter().map(|(name, text)| (name, text.get().as_bytes().to_vec())).collect();
    replace(&mut members, name.to_owned(), value.to_string().into_bytes());
    object(&members).ok()
}
