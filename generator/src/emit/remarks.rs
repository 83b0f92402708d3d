//! Writes facts about an argument or a member as sentences, the same in rustdoc and on pages.

use super::inert::{Inert, Place, inert};
use crate::ir::{ForeignText, Value};

/// The longest default that is shown, in bytes.
const LONGEST_DEFAULT: usize = 46;

/// Facts that complete a description.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Remarks<'a> {
    /// The value that the server assumes by default.
    pub(crate) default: Option<&'a Value>,
    /// The value that is sent unless the caller sets another one.
    pub(crate) constant: Option<&'a str>,
    pub(crate) is_deprecated: bool,
    /// The description. Facts that it mentions are not repeated.
    pub(crate) said: Option<&'a ForeignText>,
}

impl Remarks<'_> {
    /// Writes one sentence for each fact.
    pub(crate) fn sentences(self) -> Vec<Inert> {
        let said = self.said.map(ForeignText::as_written).unwrap_or_default();
        let default = self.default.and_then(|value| default(value, said));
        let constant = self.constant.map(|sent| code(sent) + " is sent by default.");
        let deprecated = self.is_deprecated && !said.to_lowercase().contains("deprecated");
        let deprecated = deprecated.then(|| Inert::ours("Deprecated by the API."));
        default.into_iter().chain(constant).chain(deprecated).collect()
    }
}

fn default(value: &Value, said: &str) -> Option<Inert> {
    let shown = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    };
    let lower = said.to_lowercase();
    // Numbers are often written with commas: `10,000`.
    let has_value = has_word(said, &shown) || has_word(&said.replace(',', ""), &shown);
    let is_said = has_value && (lower.contains("default") || lower.contains("always"));
    (shown.len() <= LONGEST_DEFAULT && !is_said).then(|| Inert::ours("The default is ") + code(&shown) + ".")
}

/// Returns `true` if the text has these letters or digits as a word of their own.
fn has_word(text: &str, word: &str) -> bool {
    let is_edge = |char: Option<char>| char.is_none_or(|char| !char.is_alphanumeric());
    !word.is_empty()
        && text.match_indices(word).any(|(start, _)| {
            is_edge(text[..start].chars().next_back()) && is_edge(text[start + word.len()..].chars().next())
        })
}

/// A text as a code span.
pub(crate) fn code(text: &str) -> Inert {
    inert(text, Place::Code)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Remarks;
    use crate::ir::ForeignText;

    fn check(said: &str, expected: &[&str]) {
        let default = json!(10000);
        let said = ForeignText::from(said);
        let remarks =
            Remarks { default: Some(&default), constant: None, is_deprecated: true, said: Some(&said) };
        let sentences: Vec<_> = remarks.sentences().iter().map(|one| one.as_str().to_owned()).collect();
        assert_eq!(sentences, expected);
    }

    #[test]
    fn facts_are_sentences() {
        let both = ["The default is `10000`.", "Deprecated by the API."];
        check("", &both);
        check("The default limit.", &both);
        check("At most 10000.", &both);
        check("The default is 100001.", &both);
    }

    #[test]
    fn facts_of_the_description_are_not_repeated() {
        check("Defaults to 10000.", &["Deprecated by the API."]);
        check("The default is 10,000.", &["Deprecated by the API."]);
        check("Deprecated: use `limit`.", &["The default is `10000`."]);
    }
}
