//! An error of a parser to a diagnostic: what it says in our words, with its place.

use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;
use crate::source::Position;

/// What our own reading says of a text that grows too large.
pub(crate) const EXPANSION: &str = "the aliases of this document expand without measure";

const DEPTH: &str = "this document nests more than 127 levels deep, which is not read";
const DEPTH_HELP: &str = "give the inner parts names below `components` and refer to them";

/// Why a text could not be read.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    /// What is wrong, without the place.
    message: String,
    /// What to do.
    help: &'static str,
    /// Where, when the parser says so.
    position: Option<Position>,
}

/// What parsers say that is no matter of syntax: a part of their message, our message, what to do.
const LIMITS: &[(&str, &str, &str)] = &[
    ("recursion limit exceeded", DEPTH, DEPTH_HELP),
    ("repetition limit exceeded", EXPANSION, "write out what the aliases stand for, or use `$ref`"),
    (EXPANSION, EXPANSION, "write out what the aliases stand for, or use `$ref`"),
    (
        "more than one document",
        "several YAML documents stand in this text",
        "put each into a file of its own; `---` starts a new document",
    ),
];

impl SyntaxError {
    /// The error as a finding in the document with this root.
    pub(crate) fn diagnostic(self, root: &Pointer) -> Diagnostic {
        Diagnostic {
            position: self.position,
            ..Diagnostic::error(Code::Syntax, root, self.message, self.help)
        }
    }
}

/// An error of the JSON parser.
pub(crate) fn json(text: &str, error: &serde_json::Error) -> SyntaxError {
    let message = error.to_string();
    let said = message.rsplit_once(" at line ").map_or(message.as_str(), |(said, _)| said);
    let help = "correct the text; it is read as JSON because it starts with a bracket";
    let column = column(text, error.line(), error.column());
    let position = (error.line() > 0).then_some(Position { line: error.line(), column });
    limit(said, position).unwrap_or_else(|| SyntaxError {
        message: format!("this is no valid JSON: {said}"),
        help,
        position,
    })
}

/// `serde_json` counts the bytes of a line, and 0 where it ran out of text at a line end.
fn column(text: &str, line: usize, bytes: usize) -> usize {
    let Some(line) = text.lines().nth(line.saturating_sub(1)) else { return 1 };
    line.char_indices().take_while(|(at, _)| at + 1 < bytes).count() + 1
}

/// An error of the YAML parser.
pub(crate) fn yaml(text: &str, error: &serde_yaml::Error) -> SyntaxError {
    let mut said = error.to_string();
    let position = error.location().map(|place| Position { line: place.line(), column: place.column() });
    if let Some(Position { line, column }) = position {
        said = said.replace(&format!(" at line {line} column {column}"), "");
    }
    limit(&said, position).unwrap_or_else(|| SyntaxError {
        message: format!("this is no valid YAML: {said}"),
        help: yaml_help(text, position),
        position,
    })
}

/// A text that nests too deep to try.
pub(crate) fn too_deep() -> SyntaxError {
    SyntaxError { message: DEPTH.to_owned(), help: DEPTH_HELP, position: None }
}

fn yaml_help(text: &str, position: Option<Position>) -> &'static str {
    let line = position.and_then(|position| text.lines().nth(position.line - 1)).unwrap_or_default();
    let indent = &line[..line.len() - line.trim_start().len()];
    if indent.contains('\t') {
        "replace the tab at the start of the line by spaces: YAML does not indent with tabs"
    } else {
        "correct the text; often the cause is the indentation or a quote above this place"
    }
}

fn limit(said: &str, position: Option<Position>) -> Option<SyntaxError> {
    let (_, message, help) = LIMITS.iter().find(|(part, _, _)| said.contains(part))?;
    Some(SyntaxError { message: (*message).to_owned(), help, position })
}
