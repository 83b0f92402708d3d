//! Describes a fault in the text of a listing.

use std::fmt;

/// A line of a listing that is invalid or contradicts another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The line number, starting at 1.
    pub line: usize,
    /// The error message.
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ParseError {}
