//! The media types of bodies and responses.

use super::located::Located;
use crate::tree::Node;

pub(super) const JSON: &str = "application/json";
pub(super) const FORM: &str = "application/x-www-form-urlencoded";
pub(super) const MULTIPART: &str = "multipart/form-data";
pub(super) const BYTES: &str = "application/octet-stream";

/// The media types that an operation receives and sends; none if the document does not say.
#[derive(Clone, Debug, Default)]
pub(super) struct Media {
    pub(super) consumes: Vec<String>,
    pub(super) produces: Vec<String>,
    /// The schemes of URLs, such as `https`.
    pub(super) schemes: Vec<String>,
}

impl Media {
    /// Removes the lists of a document or an operation, which replace the outer ones.
    pub(super) fn take(&self, part: &mut Located) -> Self {
        Self {
            consumes: texts(part.take("consumes")).unwrap_or_else(|| self.consumes.clone()),
            produces: texts(part.take("produces")).unwrap_or_else(|| self.produces.clone()),
            schemes: self.schemes.clone(),
        }
    }
}

/// Returns the texts of a list. A single text is a list of one.
pub(super) fn texts(part: Option<Located>) -> Option<Vec<String>> {
    let part = part?;
    if let Some(text) = part.node().as_str() {
        return Some(vec![text.to_owned()]);
    }
    let mut texts: Vec<String> = part
        .node()
        .as_sequence()?
        .iter()
        .filter_map(Node::as_str)
        .map(|text| text.trim().to_owned())
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    texts.retain(|text| !text.is_empty() && seen.insert(text.clone()));
    Some(texts)
}
