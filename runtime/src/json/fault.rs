//! Defines the error of reading or writing a JSON value, and collects its path while the calls unwind.

mod locate;

pub(super) use locate::locate;
pub(crate) use locate::of_serde;

use std::fmt;

/// The error of reading or writing a value, with its message and path.
///
/// The path is collected from the inside out while the fault unwinds, so a successful read pays nothing.
pub struct Fault(Box<Inner>);

struct Inner {
    message: String,
    /// Innermost first.
    path: Vec<Segment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    Member(String),
    Index(usize),
}

/// A fault with its location in one text.
#[derive(Clone, Debug)]
pub(crate) struct DecodeFault {
    pub(crate) message: String,
    /// As in `entries[3].role`; empty for the whole text.
    pub(crate) path: String,
    /// The offset in bytes from the start of the text.
    pub(crate) offset: usize,
}

impl Fault {
    pub(crate) fn new(message: impl fmt::Display) -> Self {
        let message = without_text(without_place(message.to_string()));
        Self(Box::new(Inner { message, path: Vec::new() }))
    }

    pub(crate) fn within_member(mut self, name: &str) -> Self {
        self.0.path.push(Segment::Member(name.to_owned()));
        self
    }

    pub(crate) fn within_index(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Index(index));
        self
    }

    pub(super) fn within(mut self, segment: Segment) -> Self {
        self.0.path.push(segment);
        self
    }

    pub(crate) fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the message of a serde error without its line and column, and without strings of the value.
    pub(crate) fn told(error: &serde_json::Error) -> String {
        without_text(without_place(error.to_string()))
    }

    /// Returns the segments of the path, outermost first.
    pub(crate) fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.0.path.iter().rev()
    }

    /// Returns the path, as in `entries[3].role`; empty for the whole text.
    pub(crate) fn path(&self) -> String {
        path(self.segments())
    }
}

/// Returns the path of these segments, outermost first.
pub(super) fn path<'a>(segments: impl Iterator<Item = &'a Segment>) -> String {
    let mut path = String::new();
    for segment in segments {
        let step = match segment {
            Segment::Index(index) => format!("[{index}]"),
            Segment::Member(name) if !is_plain(name) => format!("[{name:?}]"),
            Segment::Member(name) if path.is_empty() => name.clone(),
            Segment::Member(name) => format!(".{name}"),
        };
        path.push_str(&step);
    }
    path
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || "_-$@".contains(letter))
}

/// Removes the line and column at the end of a `serde_json` message. They are relative to the text that was parsed,
/// which may be a part of the whole; path and offset say where instead.
fn without_place(mut message: String) -> String {
    if let Some(at) = message.rfind(" at line ") {
        let place = &message[at + " at line ".len()..];
        if let Some((line, column)) = place.split_once(" column ") {
            if is_digits(line) && is_digits(column) {
                message.truncate(at);
            }
        }
    }
    message
}

/// Removes the string that serde quotes if it expected another type: it may be long, or a secret.
fn without_text(message: String) -> String {
    for what in ["invalid type: string", "invalid value: string"] {
        let rest = message.strip_prefix(what).and_then(|rest| rest.strip_prefix(" \""));
        if let Some((_, expected)) = rest.and_then(|rest| rest.rsplit_once("\", expected ")) {
            return format!("{what}, expected {expected}");
        }
    }
    message
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        if path.is_empty() { f.write_str(self.message()) } else { write!(f, "`{path}`: {}", self.message()) }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fault({self})")
    }
}

impl std::error::Error for Fault {}
