//! Mends slips in YAML texts that cost only their place: further documents, and aliases without an anchor.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::pointer::Pointer;
use crate::source::Position;

/// The maximum number of aliases to mend, since the text is read again after each.
const MOST_ALIASES: usize = 100;

/// A slip in a text that can be read nevertheless.
#[derive(Debug)]
pub(crate) enum Slip {
    /// The text has other documents after the first one.
    FurtherDocuments(Position),
    /// An alias has no anchor.
    UnknownAlias {
        /// The name without the asterisk.
        name: String,
        /// The place of the asterisk.
        position: Position,
    },
}

impl Slip {
    /// Returns the place of the slip.
    pub(crate) fn position(&self) -> Position {
        match self {
            Self::FurtherDocuments(position) | Self::UnknownAlias { position, .. } => *position,
        }
    }

    /// Creates the warning for a slip at a pointer.
    pub(crate) fn warning(&self, place: &Pointer) -> Diagnostic {
        let (code, message, help) = match self {
            Self::FurtherDocuments(_) => (
                Code::Unsupported,
                "this text contains several YAML documents; only the first one is read".to_owned(),
                "move each to a file of its own; `---` starts a new document",
            ),
            Self::UnknownAlias { name, .. } => (
                Code::UnresolvedReference,
                format!("no anchor `&{name}` is before this alias; it is read as `null`"),
                "add the anchor, or write the value here",
            ),
        };
        Diagnostic { position: Some(self.position()), ..Diagnostic::warning(code, place, message, help) }
    }

    /// Creates the error for a slip in a text where nothing may be missing.
    pub(crate) fn error(&self, root: &Pointer) -> Diagnostic {
        Diagnostic { severity: Severity::Error, loss: None, ..self.warning(root) }
    }
}

/// Replaces the unknown alias that an error of the parser concerns by a `null` of the same width. Returns `false` for
/// other errors.
pub(super) fn mend(text: &mut Cow<'_, str>, slips: &mut Vec<Slip>, error: &serde_yaml::Error) -> bool {
    if slips.len() >= MOST_ALIASES || !error.to_string().starts_with("unknown anchor") {
        return false;
    }
    let Some(place) = error.location() else { return false };
    let position = Position { line: place.line(), column: place.column() };
    let Some(start) = offset(text, position) else { return false };
    let Some(rest) = text[start..].strip_prefix('*') else { return false };
    let belongs = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-');
    let name = rest[..rest.find(|char| !belongs(char)).unwrap_or(rest.len())].to_owned();
    let end = start + 1 + name.len();
    let null = format!("~{}", " ".repeat(name.chars().count()));
    text.to_mut().replace_range(start..end, &null);
    slips.push(Slip::UnknownAlias { name, position });
    true
}

/// Returns the offset of a position in a text.
fn offset(text: &str, position: Position) -> Option<usize> {
    let line = position.line.checked_sub(1)?;
    let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let chars = text[before..].char_indices().map(|(at, _)| at);
    chars.take(position.column).last().map(|at| before + at)
}
