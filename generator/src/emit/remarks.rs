//! Remarks about an argument or a member to the sentences that rustdoc and pages share.

use super::inert::{Inert, Place, inert};
use crate::ir::Value;

/// How long a default may be to be worth a sentence.
const LONGEST_DEFAULT: usize = 46;

/// What is to be said beside the description.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Remarks<'a> {
    /// The value that the server assumes.
    pub(crate) default: Option<&'a Value>,
    /// The value that is sent unless the caller gives another.
    pub(crate) constant: Option<&'a str>,
    pub(crate) is_deprecated: bool,
}

impl Remarks<'_> {
    /// A sentence for each.
    pub(crate) fn sentences(self) -> Vec<Inert> {
        let default = self.default.and_then(default);
        let constant = self.constant.map(|sent| code(sent) + " is sent unless this is set.");
        let deprecated = self.is_deprecated.then(|| Inert::ours("The API deprecates it."));
        default.into_iter().chain(constant).chain(deprecated).collect()
    }
}

fn default(value: &Value) -> Option<Inert> {
    let shown = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    };
    (shown.len() <= LONGEST_DEFAULT).then(|| Inert::ours("The default is ") + code(&shown) + ".")
}

/// A text as a code span.
pub(crate) fn code(text: &str) -> Inert {
    inert(text, Place::Code)
}
