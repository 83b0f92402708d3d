//! Converts parser errors to diagnostics, with messages of our own.

use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;
use crate::source::Position;

/// The message of our own loader for a text that grows too large.
pub(crate) const EXPANSION: &str = "the aliases of this document expand to more values than the limit";
const EXPANSION_HELP: &str = "replace the aliases by their contents or by `$ref`";

const DEPTH: &str = "this document is nested more than 127 levels deep";
const DEPTH_HELP: &str = "give inner parts names of their own, and refer to them by `$ref`";

/// The reason why a text could not be read.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    /// The problem, without its place.
    message: String,
    /// The way to solve it.
    help: &'static str,
    /// The position, if the parser reports it.
    position: Option<Position>,
}

/// Parser errors that do not concern the syntax: a part of the parser's message, our message, and our help.
const LIMITS: &[(&str, &str, &str)] = &[
    ("recursion limit exceeded", DEPTH, DEPTH_HELP),
    ("repetition limit exceeded", EXPANSION, EXPANSION_HELP),
    (EXPANSION, EXPANSION, EXPANSION_HELP),
];

impl SyntaxError {
    /// Creates the diagnostic of the error, in the document with this root.
    pub(crate) fn diagnostic(self, root: &Pointer) -> Diagnostic {
        Diagnostic {
            position: self.position,
            ..Diagnostic::error(Code::Syntax, root, self.message, self.help)
        }
    }
}

/// Converts an error of the JSON parser.
pub(crate) fn json(text: &str, error: &serde_json::Error) -> SyntaxError {
    let message = error.to_string();
    let said = message.rsplit_once(" at line ").map_or(message.as_str(), |(said, _)| said);
    let help = "fix the syntax; the text is read as JSON because it starts with a bracket";
    let column = column(text, error.line(), error.column());
    let position = (error.line() > 0).then_some(Position { line: error.line(), column });
    limit(said, position).unwrap_or_else(|| SyntaxError {
        message: format!("invalid JSON: {said}"),
        help,
        position,
    })
}

/// Converts a column of `serde_json`, which is in bytes, and 0 if the text ends after a line break.
fn column(text: &str, line: usize, bytes: usize) -> usize {
    let Some(line) = text.lines().nth(line.saturating_sub(1)) else { return 1 };
    line.char_indices().take_while(|(at, _)| at + 1 < bytes).count() + 1
}

/// Converts an error of the YAML parser.
pub(crate) fn yaml(text: &str, error: &serde_yaml::Error) -> SyntaxError {
    let mut said = error.to_string();
    let position = error.location().map(|place| Position { line: place.line(), column: place.column() });
    if let Some(Position { line, column }) = position {
        said = said.replace(&format!(" at line {line} column {column}"), "");
    }
    limit(&said, position).unwrap_or_else(|| SyntaxError {
        message: format!("invalid YAML: {said}"),
        help: yaml_help(text, position),
        position,
    })
}

/// Creates the error of a text that is too deeply nested to be parsed.
pub(crate) fn too_deep() -> SyntaxError {
    SyntaxError { message: DEPTH.to_owned(), help: DEPTH_HELP, position: None }
}

fn yaml_help(text: &str, position: Option<Position>) -> &'static str {
    let line = position.and_then(|position| text.lines().nth(position.line - 1)).unwrap_or_default();
    let indent = &line[..line.len() - line.trim_start().len()];
    if indent.contains('\t') {
        "replace the tab at the start of the line by spaces; YAML does not allow tabs for indentation"
    } else {
        "fix the syntax; the cause is often the indentation, or a quote above this line"
    }
}

fn limit(said: &str, position: Option<Position>) -> Option<SyntaxError> {
    let (_, message, help) = LIMITS.iter().find(|(part, _, _)| said.contains(part))?;
    Some(SyntaxError { message: (*message).to_owned(), help, position })
}
