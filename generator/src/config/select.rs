//! The section `select` of `sdk.yaml` to which operations a package is made of.

use super::read::{ConfigReader, Section};
use crate::pointer::Pointer;

/// Which operations a package is made of; types that none of them reaches are left out.
///
/// ```yaml
/// select:
///   include: { tags: [files], paths: [/folders/**] }   # what any of these names; all where it is missing
///   exclude: { operations: [post_files_id_copy] }      # but none of these
///   deprecated: false                                  # and nothing that is deprecated
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Select {
    /// What is taken; everything where there is none.
    pub include: Option<Vec<SelectEntry>>,
    /// What is not taken, also where it is included.
    pub exclude: Vec<SelectEntry>,
    /// Whether deprecated operations are taken.
    pub deprecated: Deprecated,
    /// Where the section stands.
    pub pointer: Pointer,
}

/// Whether deprecated operations are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deprecated {
    /// As others are.
    Taken,
    /// None of them.
    LeftOut,
}

/// Something that names operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectEntry {
    /// How it names them.
    pub by: SelectBy,
    /// The name or pattern.
    pub text: String,
    /// Where the entry stands.
    pub pointer: Pointer,
}

/// How an entry names operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelectBy {
    /// By the manager that they belong to, as the document or the configuration calls it.
    Manager,
    /// By one of their tags.
    Tag,
    /// By their ids.
    Operation,
    /// By a pattern of their paths: `*` stands for anything in a segment, `**` for any number of segments.
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
        let select = self.subsection(section, "select", &["include", "exclude", "deprecated"])?;
        let (include, exclude) = (self.selected(&select, "include"), self.selected(&select, "exclude"));
        if let Some(entries) = &include
            && entries.is_empty()
        {
            let help = "name operations by `managers`, `tags`, `operations` or `paths`, or remove `include`";
            self.error(&select.pointer.child("include"), "this includes nothing", help);
        }
        let deprecated = self.deprecated(&select).unwrap_or(Deprecated::Taken);
        Some(Select { include, exclude: exclude.unwrap_or_default(), deprecated, pointer: select.pointer })
    }

    fn selected(&mut self, select: &Section<'_>, key: &str) -> Option<Vec<SelectEntry>> {
        let section = self.subsection(select, key, LIST_KEYS)?;
        let mut entries = Vec::new();
        for (list, by) in LISTS {
            for (pointer, text) in self.texts(&section, list) {
                if *by == SelectBy::Path && !text.starts_with('/') {
                    let help = "begin with `/`, as paths do: `/files/**`";
                    self.error(&pointer, format!("`{text}` is no pattern of paths"), help);
                }
                entries.push(SelectEntry { by: *by, text, pointer });
            }
        }
        Some(entries)
    }

    fn deprecated(&mut self, select: &Section<'_>) -> Option<Deprecated> {
        let (place, node) = select.get("deprecated")?;
        let word = self.scalar(&place, node)?;
        self.choice(&place, &word, &[("true", Deprecated::Taken), ("false", Deprecated::LeftOut)])
    }
}
