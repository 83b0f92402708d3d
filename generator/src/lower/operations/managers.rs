//! Groups operations into managers.

pub(in crate::lower) mod tags;

use std::collections::BTreeMap;

use super::Draft;
use crate::config::ManagerNames;
use crate::ir::{Arena, Docs, Manager, Operation, PathSegment};
use crate::lower::Lowering;
use crate::name::{Name, words};

impl Lowering<'_> {
    /// Returns the wire name of the manager of an operation: the extension that the configuration names, else the first
    /// tag, preferably one that groups operations, else the first literal segment of the path.
    pub(in crate::lower) fn manager_wire_name(
        &self,
        node: &openapiv3::Operation,
        path: &[PathSegment],
    ) -> String {
        let extension = match &self.config.managers {
            ManagerNames::Tag => None,
            ManagerNames::Extension(key) => node.extensions.get(key).and_then(|value| value.as_str()),
        };
        let named = |text: &&str| !words(text).is_empty();
        let tags = || node.tags.iter().map(String::as_str);
        extension
            .filter(named)
            .or_else(|| tags().find(|tag| named(tag) && !self.is_mark(tag)))
            .or_else(|| tags().find(named))
            .map_or_else(|| first_segment(path), str::to_owned)
    }

    /// Returns the managers, in the order of their names. Wire names with the same words make one manager.
    pub(in crate::lower) fn managers(
        &mut self,
        drafts: &[Draft],
        operations: &Arena<Operation>,
    ) -> Vec<Manager> {
        let mut managers: BTreeMap<Vec<String>, Manager> = BTreeMap::new();
        for (draft, id) in drafts.iter().zip(operations.ids()) {
            let mut name = Name::new(draft.manager.as_str());
            if let Some(words) = self.overrides.manager(&draft.manager) {
                name.give(words);
            }
            let manager = managers.entry(name.words.clone()).or_insert_with(|| Manager {
                name,
                segment: Name::new(""),
                docs: Docs::default(),
                summary: None,
                parent: None,
                operations: Vec::new(),
            });
            manager.operations.push(id);
        }
        let mut managers: Vec<Manager> = managers.into_values().collect();
        let docs = self.tag_docs();
        for manager in &mut managers {
            let said = docs.get(&manager.name.wire);
            manager.segment = Name::new(common_segment(manager, operations));
            manager.docs = said.map(|said| said.docs.clone()).unwrap_or_default();
            manager.summary = said.and_then(|said| self.tag_text(&said.tag, "summary")).map(Into::into);
            manager.parent = said.and_then(|said| self.tag_text(&said.tag, "parent"));
        }
        managers
    }
}

/// Returns the first segment of most operations of a manager; of several such segments the first in the alphabet.
/// If it is in another script, the operations may have names in Latin letters.
fn common_segment(manager: &Manager, operations: &Arena<Operation>) -> String {
    let segment = most_common(manager.operations.iter().map(|id| first_segment(&operations[*id].path)));
    let subjects = || most_common(manager.operations.iter().filter_map(|id| subject(&operations[*id])));
    match segment {
        Some(segment) if segment.chars().all(is_latin) => segment,
        Some(segment) => subjects().unwrap_or(segment),
        None => String::new(),
    }
}

/// Returns `true` for a character up to the end of the Latin letters of Unicode, which have spellings in ASCII.
fn is_latin(letter: char) -> bool {
    letter <= '\u{24f}'
}

/// Returns the name of an operation without its verb, if it is ASCII.
fn subject(operation: &Operation) -> Option<String> {
    let words = &operation.name.words;
    let subject = if words.len() > 1 { &words[1..] } else { words };
    (!subject.is_empty() && subject.iter().all(|word| word.is_ascii())).then(|| subject.join("-"))
}

/// Returns the text that occurs most often; of several such texts the first in the alphabet.
fn most_common(texts: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    let most = counts.values().max().copied();
    counts.into_iter().find(|(_, count)| Some(*count) == most).map(|(text, _)| text)
}

fn first_segment(path: &[PathSegment]) -> String {
    let literals = path.iter().filter_map(|segment| match segment {
        PathSegment::Literal(text) => Some(text),
        PathSegment::Parameter(_) => None,
    });
    let segments =
        || literals.clone().flat_map(|text| text.split('/')).filter(|text| !words(text).is_empty());
    let segment = segments().find(|segment| !is_prefix(segment)).or_else(|| segments().next());
    segment.unwrap_or("default").to_owned()
}

/// Returns `true` for a segment that all paths of an API start with: `api`, `rest`, or a version such as `v1`, `2.1`,
/// `v2beta1`, `2024-01-31`.
pub(super) fn is_prefix(segment: &str) -> bool {
    let lower = segment.to_ascii_lowercase();
    if ["api", "apis", "rest"].contains(&lower.as_str()) {
        return true;
    }
    let number = lower.strip_prefix('v').unwrap_or(&lower);
    let stages = ["alpha", "beta", "rc", "preview"];
    let rest = stages.iter().fold(number.to_owned(), |rest, stage| rest.replace(stage, ""));
    number.starts_with(|char: char| char.is_ascii_digit())
        && rest.chars().all(|char| char.is_ascii_digit() || matches!(char, '.' | '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::is_prefix;

    #[test]
    fn versions_and_api_are_prefixes() {
        for segment in ["api", "API", "rest", "v1", "V2", "2.1", "v1.0", "v2beta1", "v1alpha", "2024-01-31"] {
            assert!(is_prefix(segment), "{segment}");
        }
        for segment in ["apidocs", "users", "v", "version", "2fa", "beta", "vault"] {
            assert!(!is_prefix(segment), "{segment}");
        }
    }
}
