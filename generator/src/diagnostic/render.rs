//! Renders diagnostics for people and for programs: located, sorted, with an excerpt of the text.

use std::collections::BTreeMap;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::{Code, Diagnostic, Diagnostics, Severity};
use crate::pointer::{DocumentId, Pointer};
use crate::source::language::without_mark;
use crate::source::outline::{Occurrence, Outline};
use crate::source::{Position, Span};

/// Longer lines are cut, since some documents consist of one line of several megabytes.
const LONG_LINE: usize = 400;
/// The number of characters shown on each side of the place in a long line.
const AROUND: usize = 60;

/// The colouring of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// ANSI escape sequences.
    Always,
}

/// The number of findings of one cause that are shown each on its own.
const FEW: usize = 3;

/// A diagnostic with its place in a text.
#[derive(Clone, Debug)]
pub struct Located<'a> {
    /// The diagnostic.
    pub diagnostic: &'a Diagnostic,
    /// The number of places with this finding, of which this is the first.
    pub count: usize,
    /// The place in the document as it is written, or in the tree if an overlay added it.
    pub pointer: Pointer,
    /// The text that contains the place: an overlay, if that is the text to edit.
    document: DocumentId,
    /// The name of that text, as the user gave it; empty if unknown.
    pub file: &'a str,
    /// The start of the place.
    pub position: Position,
    /// The position after the last character.
    end: Position,
    /// The line that contains the start.
    line: &'a str,
}

/// Locates the diagnostics, sorted by document, then by place, then in the order in which they were added.
#[must_use]
pub fn locate(diagnostics: &Diagnostics) -> Vec<Located<'_>> {
    let mut located = locate_each(diagnostics.iter(), diagnostics);
    located.sort_by_key(|located| (located.document, located.position));
    located
}

/// Folds many findings of one cause, which say the same, into the first one.
fn fold(all: Vec<Located<'_>>) -> Vec<Located<'_>> {
    let cause = |located: &Located<'_>| {
        let Diagnostic { severity, code, message, help, .. } = located.diagnostic;
        (located.document, *severity, *code, message.clone(), help.clone())
    };
    let mut causes: BTreeMap<_, usize> = BTreeMap::new();
    for located in &all {
        *causes.entry(cause(located)).or_default() += 1;
    }
    let mut folded = Vec::with_capacity(all.len());
    for located in all {
        match causes.get_mut(&cause(&located)) {
            Some(count) if *count > FEW => {
                folded.push(Located { count: *count, ..located });
                // The others are part of this one.
                *count = 0;
            }
            Some(0) => {}
            Some(_) | None => folded.push(located),
        }
    }
    folded
}

/// Locates some diagnostics in the sources of `diagnostics`, keeping their order.
pub(crate) fn locate_each<'a>(
    findings: impl Iterator<Item = &'a Diagnostic>,
    diagnostics: &'a Diagnostics,
) -> Vec<Located<'a>> {
    let mut texts: BTreeMap<DocumentId, Text<'_>> = BTreeMap::new();
    findings
        .map(|diagnostic| {
            let place = match diagnostic.position {
                Some(_) => diagnostic.pointer.clone(),
                None => diagnostics.written(&diagnostic.pointer),
            };
            let document = place.document;
            let Some(source) = diagnostics.source(document) else {
                return nowhere(diagnostic);
            };
            let text = texts.entry(document).or_insert_with(|| Text::new(&source.text));
            let span = text.span(diagnostic, &place, diagnostics.outline(document));
            let line = text.lines.get(span.start.line.saturating_sub(1)).copied().unwrap_or_default();
            let is_own = document == diagnostic.pointer.document;
            let pointer = if is_own { place } else { diagnostic.pointer.clone() };
            let (file, position, end) = (source.name.as_str(), span.start, span.end);
            Located { diagnostic, count: 1, pointer, document, file, position, end, line }
        })
        .collect()
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The name of the text, as the user gave it.
    pub file: &'a str,
    /// The line and column.
    pub position: Position,
}

/// Locates pointers in the sources of `diagnostics`. A pointer into a text without a source has no place.
#[must_use]
pub fn places<'a>(
    pointers: impl IntoIterator<Item = Option<&'a Pointer>>,
    diagnostics: &'a Diagnostics,
) -> Vec<Option<Place<'a>>> {
    let mut outlines: BTreeMap<DocumentId, Outline> = BTreeMap::new();
    let mut locate = |pointer: &Pointer| {
        let place = diagnostics.written(pointer);
        let source = diagnostics.source(place.document)?;
        let outline = match diagnostics.outline(place.document) {
            Some(outline) => outline,
            None => outlines.entry(place.document).or_insert_with(|| Outline::new(&source.text)),
        };
        let position = outline.locate(&place, Occurrence::First).start;
        Some(Place { file: &source.name, position })
    };
    pointers.into_iter().map(|pointer| locate(pointer?)).collect()
}

/// A text in which diagnostics are located.
struct Text<'a> {
    text: &'a str,
    lines: Vec<&'a str>,
    /// The outline, created when it is first needed, unless it is known already. A syntax error needs none.
    outline: Option<Outline>,
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Self {
        // Columns do not count the byte order mark.
        Self { text, lines: without_mark(text).lines().collect(), outline: None }
    }

    fn span(&mut self, diagnostic: &Diagnostic, place: &Pointer, known: Option<&Outline>) -> Span {
        if let Some(start) = diagnostic.position {
            return Span { start, end: start };
        }
        let occurrence =
            if diagnostic.code == Code::DuplicateKey { Occurrence::Second } else { Occurrence::First };
        match known {
            Some(outline) => outline.locate(place, occurrence),
            None => self.outline.get_or_insert_with(|| Outline::new(self.text)).locate(place, occurrence),
        }
    }
}

fn nowhere(diagnostic: &Diagnostic) -> Located<'_> {
    let position = diagnostic.position.unwrap_or(Position { line: 1, column: 1 });
    let document = diagnostic.pointer.document;
    let pointer = diagnostic.pointer.clone();
    Located { diagnostic, count: 1, pointer, document, file: "", position, end: position, line: "" }
}

/// Renders the diagnostics for people, in the style of `rustc`.
#[must_use]
pub fn human(diagnostics: &Diagnostics, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    let mut text = String::new();
    for located in fold(locate(diagnostics)) {
        text.push_str(&located.human(&renderer));
        text.push_str("\n\n");
    }
    text
}

/// Renders the diagnostics for programs: one JSON object per line, with `kind` (`finding`), `severity`, `code`, `message`,
/// `file`, `line` and `column` (counted from 1, in characters), `pointer` and `help`. A finding that stands for several
/// places has their `count`.
#[must_use]
pub fn json(diagnostics: &Diagnostics) -> String {
    let mut text = String::new();
    for located in fold(locate(diagnostics)) {
        text.push_str(&serde_json::to_string(&located.record()).unwrap_or_default());
        text.push('\n');
    }
    text
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    kind: &'static str,
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    pointer: &'a str,
    help: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
}

impl<'a> Located<'a> {
    fn record(&self) -> JsonFinding<'_> {
        JsonFinding {
            kind: "finding",
            severity: self.diagnostic.severity.as_str(),
            code: self.diagnostic.code.as_str(),
            message: &self.diagnostic.message,
            file: self.file,
            line: self.position.line,
            column: self.position.column,
            pointer: self.pointer.as_str(),
            help: &self.diagnostic.help,
            count: (self.count > 1).then_some(self.count),
        }
    }

    /// Returns the marked text, up to the end of its line.
    #[must_use]
    pub fn marked(&self) -> &'a str {
        let end = if self.end.line == self.position.line { self.end.column } else { usize::MAX };
        let (from, to) = (byte_of(self.line, self.position.column), byte_of(self.line, end));
        &self.line[from..to.max(from)]
    }

    fn human(&self, renderer: &Renderer) -> String {
        let diagnostic = self.diagnostic;
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let message = match self.count {
            1 => diagnostic.message.clone(),
            count => format!("{} (here and in {} other places)", diagnostic.message, count - 1),
        };
        let title = level.primary_title(message).id(diagnostic.code.as_str());
        let (cut, snippet) = self.excerpt();
        let mut group = Group::with_title(title).elements(snippet);
        if !self.pointer.as_str().is_empty() {
            group = group.element(Level::NOTE.message(format!("at {}", self.pointer)));
        }
        if !diagnostic.help.is_empty() {
            group = group.element(Level::HELP.message(diagnostic.help.as_str()));
        }
        let text = renderer.render(&[group]);
        // The renderer counts columns from the start of the excerpt.
        let place = |column: usize| format!("{}:{}:{column}", self.file, self.position.line);
        if cut == 0 {
            text
        } else {
            text.replacen(&place(self.position.column - cut), &place(self.position.column), 1)
        }
    }

    /// Returns the number of characters cut off at the start of the line, and the rest of it as a snippet.
    fn excerpt(&self) -> (usize, Option<Snippet<'a, Annotation<'a>>>) {
        if self.file.is_empty() {
            return (0, None);
        }
        let Position { line, column } = self.position;
        let (text, cut) = window(self.line, column);
        let byte = |column: usize| byte_of(text, column.saturating_sub(cut));
        let from = byte(column);
        let to = if self.end.line == line { byte(self.end.column) } else { text.len() };
        let marked = AnnotationKind::Primary.span(from..to.max(from));
        (cut, Some(Snippet::source(text).line_start(line).path(self.file).annotation(marked)))
    }
}

/// Returns the part of a line to show, and the number of characters before it.
fn window(line: &str, column: usize) -> (&str, usize) {
    if line.len() <= LONG_LINE {
        return (line, 0);
    }
    let cut = column.saturating_sub(1 + AROUND);
    let start = byte_of(line, cut + 1);
    let rest = &line[start..];
    (&rest[..byte_of(rest, 2 * AROUND + 1)], cut)
}

/// Returns the byte offset of a column, which is counted in characters from 1.
fn byte_of(line: &str, column: usize) -> usize {
    line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}
