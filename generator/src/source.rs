//! Defines the texts of the input and positions in them.

pub(crate) mod language;
pub(crate) mod outline;
pub(crate) mod yaml_stream;

/// A document as text.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path, as the user gave it.
    pub name: String,
    /// The text.
    pub text: String,
}

/// A line and column in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
}

/// A range of text. The end is the position after its last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: Position,
    pub(crate) end: Position,
}
