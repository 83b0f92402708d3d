//! Reads the section `select` of `sdk.yaml`, which selects the operations of a package.

use super::read::{ConfigReader, Section};
use crate::pointer::Pointer;

/// The selection of a package's operations. Types that none of them uses are left out.
///
/// ```yaml
/// select:
///   include: { tags: [files], paths: [/folders/**] }   # operations that match any of these; all by default
///   exclude: { operations: [post_files_id_copy] }      # except these
///   deprecated: false                                  # and except deprecated ones
///   webhooks: true                                     # and the webhooks of the document
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Select {
    /// Operations to include; all by default.
    pub include: Option<Vec<SelectEntry>>,
    /// Operations to exclude, even if they are included.
    pub exclude: Vec<SelectEntry>,
    /// The treatment of deprecated operations.
    pub deprecated: Deprecated,
    /// `true` if the webhooks of the documents are included; without a selection, they are. Callbacks belong to their
    /// operations.
    pub webhooks: bool,
    /// The place of the section.
    pub pointer: Pointer,
}

/// The treatment of deprecated operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deprecated {
    /// They are treated like others.
    Taken,
    /// They are left out.
    LeftOut,
}

/// An entry that matches operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectEntry {
    /// The property to match.
    pub by: SelectBy,
    /// The name or pattern.
    pub text: String,
    /// The place of the entry.
    pub pointer: Pointer,
}

/// The property of operations that an entry matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelectBy {
    /// The name of their manager, as in the document or in the configuration.
    Manager,
    /// One of their tags.
    Tag,
    /// Their operation ID.
    Operation,
    /// Their path, by a pattern: `*` matches any part of a segment, `**` any number of segments.
    Path,
}

const LISTS: &[(&str, SelectBy)] = &[
    ("managers", SelectBy::Manager),
    ("tags", SelectBy::Tag),
    ("operations", SelectBy::Operation),
    ("paths", SelectBy::Path),
];
const LIST_KEYS: &[&str] = &["managers", "tags", "operations", "paths"];

impl ConfigReader<'_> {
    pub(super) fn select(&mut self, section: &Section<'_>) -> Option<Select> {
        let select = self.subsection(section, "select", &["include", "exclude", "deprecated", "webhooks"])?;
        let (include, exclude) = (self.selected(&select, "include"), self.selected(&select, "exclude"));
        if let Some(entries) = &include
            && entries.is_empty()
        {
            let help = "list `managers`, `tags`, `operations` or `paths`, or remove `include`";
            self.error(&select.pointer.child("include"), "`include` is empty", help);
        }
        let taken = [("true", Deprecated::Taken), ("false", Deprecated::LeftOut)];
        let deprecated = self.choice_of(&select, "deprecated", &taken);
        let webhooks = self.choice_of(&select, "webhooks", &[("true", true), ("false", false)]);
        Some(Select {
            include,
            exclude: exclude.unwrap_or_default(),
            deprecated: deprecated.unwrap_or(Deprecated::Taken),
            webhooks: webhooks.unwrap_or(false),
            pointer: select.pointer,
        })
    }

    fn selected(&mut self, select: &Section<'_>, key: &str) -> Option<Vec<SelectEntry>> {
        let section = self.subsection(select, key, LIST_KEYS)?;
        let mut entries = Vec::new();
        for (list, by) in LISTS {
            for (pointer, text) in self.texts(&section, list) {
                if *by == SelectBy::Path && !text.starts_with('/') {
                    let help = "start with `/`, such as `/files/**`";
                    self.error(&pointer, format!("invalid path pattern `{text}`"), help);
                }
                entries.push(SelectEntry { by: *by, text, pointer });
            }
        }
        Some(entries)
    }

    /// Reads the value of a key as one of several words.
    fn choice_of<T: Copy>(&mut self, select: &Section<'_>, key: &str, known: &[(&str, T)]) -> Option<T> {
        let (place, node) = select.get(key)?;
        let word = self.scalar(&place, node)?;
        self.choice(&place, &word, known)
    }
}
