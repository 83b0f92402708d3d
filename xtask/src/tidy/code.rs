//! Source files as the checks read them: text, code without comments and literals, and the paths in that code.

mod blank;
mod paths;

use std::ops::Range;

pub(super) use paths::{Import, Mention};

/// A source file.
#[derive(Debug)]
pub(super) struct File {
    /// Path below the root of the workspace.
    pub(super) path: String,
    /// The unchanged text.
    pub(super) text: String,
    /// The text with spaces in place of comments, literals, and what `quote!` holds.
    pub(super) whole: String,
    /// The same without unit tests.
    pub(super) code: String,
}

impl File {
    pub(super) fn new(path: String, text: String) -> Self {
        let whole = blank::quoted(&blank::comments_and_literals(&text));
        let code = blank::tests(&whole);
        Self { path, text, whole, code }
    }

    /// Returns every path of at least two segments outside unit tests.
    pub(super) fn mentions(&self) -> Vec<Mention> {
        paths::mentions(&self.code)
    }

    /// Returns every name that a `use` declaration outside unit tests brings in.
    pub(super) fn imports(&self) -> Vec<Import> {
        paths::imports(&self.code)
    }

    /// Returns the lines of the file's documentation that belongs to the file itself (`//!`), without the marker.
    pub(super) fn module_docs(&self) -> impl Iterator<Item = &str> {
        self.text
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
    }
}

/// Returns the place of the bracketed group that opens at or after `start`, brackets included.
pub(super) fn group(code: &str, start: usize) -> Range<usize> {
    blank::group(code, start)
}
