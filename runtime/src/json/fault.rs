//! Why a JSON value could not be read or written, with its path, which is collected while the calls unwind.

use std::fmt;

/// Why a value could not be read or written, and where.
///
/// The path is collected from the inside out while the fault unwinds, so a read that succeeds pays nothing.
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

/// A fault with the place that it has in one text.
#[derive(Clone, Debug)]
pub(crate) struct DecodeFault {
    pub(crate) message: String,
    /// As in `entries[3].role`; empty for the whole text.
    pub(crate) path: String,
    /// Bytes from the start of the text.
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

    pub(crate) fn message(&self) -> &str {
        &self.0.message
    }

    /// What serde says, without the place in the text that it was given and without texts of the value's own.
    pub(crate) fn told(error: &serde_json::Error) -> String {
        without_text(without_place(error.to_string()))
    }

    /// From the outside in.
    pub(crate) fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.0.path.iter().rev()
    }

    /// The place as in `entries[3].role`, empty for the whole text.
    pub(crate) fn path(&self) -> String {
        let mut path = String::new();
        for segment in self.segments() {
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
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || "_-$@".contains(letter))
}

/// `serde_json` ends its messages with a line and column that are relative to whatever text it was given, which
/// may be a part; the place is told by path and offset instead.
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

/// serde repeats the text that stood in place of something else, which may be long, and may be a secret.
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
