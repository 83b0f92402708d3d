//! Remarks about an argument or a member to the sentences that rustdoc and pages share.

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
    pub(crate) fn sentences(self) -> Vec<String> {
        let default = self.default.and_then(default);
        let constant = self.constant.map(|sent| format!("{} is sent unless this is set.", code(sent)));
        let deprecated = self.is_deprecated.then(|| "The API deprecates it.".to_owned());
        default.into_iter().chain(constant).chain(deprecated).collect()
    }
}

fn default(value: &Value) -> Option<String> {
    let shown = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    };
    (shown.len() <= LONGEST_DEFAULT).then(|| format!("The default is {}.", code(&shown)))
}

/// A text as a code span (CommonMark 0.31, section 6.1), one without visible characters in quotes.
pub(crate) fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r', '\t'], " ");
    if text.trim().is_empty() {
        return format!("`\"{text}\"`");
    }
    let mut fence = "`".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}
