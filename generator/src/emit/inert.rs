//! Makes text of a document inert: nothing in it is compiled, run or followed, wherever it is written.
//!
//! Documents come from anyone, and their texts end up in pages, READMEs, rustdoc, literals and manifests. Pages and
//! rustdoc are doc tests, so a code block in a description would be a program. [`inert`] is the only way out: views and
//! documentation lines take an [`Inert`], and no other function makes one from a document's text.

mod blocks;
mod check;
mod from_html;
mod html;
mod plain;
mod tags;
mod write;

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Add;

use pulldown_cmark::{Event, Parser, Tag};
use serde::Serialize;

use crate::name::capitalised;
pub(crate) use plain::is_plain;
pub(crate) use tags::without_tags;
pub(crate) use write::{html_as_text, write};

/// Text that is safe to write: the generator's own, or a document's after [`inert`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Inert(String);

/// A place that text of a document is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Blocks of CommonMark. Its markup stays; code blocks become plain text.
    Blocks,
    /// A single line of CommonMark. It is plain text: its markup shows.
    Line,
    /// A code span (CommonMark 0.31, section 6.1) with its backticks, and with quotes if it has no visible characters.
    Code,
    /// The destination of a link; empty if it could run something.
    Link,
    /// An HTML comment.
    Comment,
    /// A string literal of Rust, without its quotes.
    Literal,
    /// A basic string of TOML, with its quotes.
    Toml,
}

/// Makes text of a document inert for a place.
pub(crate) fn inert(text: &str, place: Place) -> Inert {
    Inert(match place {
        Place::Blocks => blocks::clean(&visible(text)),
        Place::Line => line(&tags::without_tags(&visible(text))),
        Place::Code => code(&visible(text)),
        Place::Link => link(&visible(text)),
        Place::Comment => comment(&visible(text)),
        // Escapes all invisible characters.
        Place::Literal => text.escape_debug().to_string(),
        Place::Toml => toml(text),
    })
}

/// Checks CommonMark after a change of layout. Text that is no longer inert becomes plain text.
pub(crate) fn checked(text: String) -> Inert {
    Inert(if check::is_inert(&text) { text } else { blocks::plain(&text) })
}

/// Checks lines of CommonMark after a change of layout.
pub(crate) fn checked_lines(lines: Vec<String>) -> Vec<Inert> {
    let text = lines.join("\n");
    if check::is_inert(&text) {
        return lines.into_iter().map(Inert).collect();
    }
    blocks::plain(&text).lines().map(|line| Inert(line.to_owned())).collect()
}

/// Returns the content of a list item whose text is indented by `width`: the generator's head, if any, then inert blocks
/// of CommonMark.
pub(crate) fn item(head: &Inert, text: &str, width: usize) -> Inert {
    let composed = compose(head, text, width);
    let (outer, indentation) = if width > 2 { ("- x\n", " ".repeat(width - 2)) } else { ("", String::new()) };
    if check::is_inert(&format!("{outer}{indentation}- {composed}")) {
        return Inert(composed);
    }
    Inert(compose(head, &blocks::plain(text), width))
}

fn compose(head: &Inert, text: &str, width: usize) -> String {
    let mut item = head.0.clone();
    if !item.is_empty() {
        // A list or a block of code begins only at the start of a line.
        let is_paragraph =
            is_plain(text) || matches!(Parser::new(text).next(), None | Some(Event::Start(Tag::Paragraph)));
        item.push_str(if is_paragraph { " " } else { "\n\n" });
    }
    for (index, line) in text.split('\n').enumerate() {
        item.push_str(if index > 0 { "\n" } else { "" });
        if !line.is_empty() && (item.ends_with('\n')) {
            item.extend(std::iter::repeat_n(' ', width));
        }
        item.push_str(line);
    }
    item
}

impl Inert {
    /// Wraps the generator's own text.
    pub(crate) fn ours(text: &'static str) -> Self {
        Self(text.to_owned())
    }

    /// Keeps the characters of an identifier, a path or a type.
    pub(crate) fn symbol(symbol: &str) -> Self {
        let belongs = |char: &char| char.is_alphanumeric() || "_:<>,()[]&' ".contains(*char);
        Self(symbol.chars().filter(belongs).collect())
    }

    /// Fences lines of code that the generator wrote.
    pub(crate) fn program(language: &'static str, lines: impl IntoIterator<Item = String>) -> Vec<Self> {
        let lines: Vec<String> = lines.into_iter().collect();
        let fence = fence(&lines);
        let opened = format!("{fence}{language}");
        std::iter::once(opened).chain(lines).chain([fence]).map(Self).collect()
    }

    /// Returns the text with an initial capital.
    pub(crate) fn capitalised(self) -> Self {
        Self(capitalised(&self.0))
    }

    /// Returns the text for layout or printing.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Add<&'static str> for Inert {
    type Output = Self;

    fn add(mut self, text: &'static str) -> Self {
        self.0.push_str(text);
        self
    }
}

impl Add for Inert {
    type Output = Self;

    fn add(mut self, text: Self) -> Self {
        self.0.push_str(&text.0);
        self
    }
}

impl From<&'static str> for Inert {
    fn from(text: &'static str) -> Self {
        Self::ours(text)
    }
}

/// Returns a fence that is longer than any in these lines.
pub(crate) fn fence(lines: &[String]) -> String {
    let mut fence = "```".to_owned();
    while lines.iter().any(|line| line.contains(&fence)) {
        fence.push('`');
    }
    fence
}

/// Normalises line ends to line feeds and removes control characters. Characters that change the direction of text become
/// visible escapes, since they make code look like other code.
fn visible(text: &str) -> Cow<'_, str> {
    let stays = |char: char| !char.is_control() && !turns(char) || matches!(char, '\n' | '\t');
    if text.chars().all(stays) {
        return Cow::Borrowed(text);
    }
    let mut visible = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => visible.push('\n'),
            '\n' | '\t' => visible.push(char),
            char if turns(char) => visible.extend(char.escape_unicode()),
            char if char.is_control() => visible.push(' '),
            char => visible.push(char),
        }
    }
    Cow::Owned(visible)
}

/// Returns `true` for a character that changes the direction of text.
fn turns(char: char) -> bool {
    matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Joins the words of a text by single spaces.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn line(text: &str) -> String {
    let text = one_line(text);
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut chars = text.char_indices().peekable();
    while let Some((index, char)) = chars.next() {
        // Within a word an underscore means nothing.
        let after = chars.peek().map(|(_, after)| *after);
        let in_word = before.is_alphanumeric() && after.is_some_and(char::is_alphanumeric);
        let is_markup = matches!(char, '\\' | '`' | '*' | '[' | ']' | '<' | '&' | '~' | '#');
        let opens_block = match char {
            '-' | '+' | '>' | '=' | '|' | ':' => index == 0,
            '.' | ')' => index == digits && digits > 0 && after.is_none_or(|after| after == ' '),
            _ => false,
        };
        if is_markup || opens_block || (char == '_' && !in_word) {
            escaped.push('\\');
        }
        escaped.push(char);
        before = char;
    }
    escaped
}

fn code(text: &str) -> String {
    let text = text.replace(['\n', '\t'], " ");
    if text.trim().is_empty() {
        return format!("`\"{text}\"`");
    }
    let mut fence = "`".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Percent-encodes the characters that could end a link destination; a destination that runs code becomes empty.
fn link(text: &str) -> String {
    if check::acts(text) {
        return String::new();
    }
    let mut destination = String::with_capacity(text.len());
    for char in text.trim().chars() {
        match char {
            ' ' | '(' | ')' | '<' | '>' | '\\' | '`' | '"' => {
                let _ = write!(destination, "%{:02X}", u32::from(char));
            }
            '\n' | '\t' => {}
            char => destination.push(char),
        }
    }
    destination
}

/// Separates double hyphens in the text of a comment, since they could end it.
fn comment(text: &str) -> String {
    let mut comment = String::with_capacity(text.len());
    for char in one_line(text).chars() {
        if char == '-' && comment.ends_with('-') {
            comment.push(' ');
        }
        comment.push(char);
    }
    comment
}

/// Returns a string of TOML, which has the escapes of JSON and a few more.
fn toml(text: &str) -> String {
    let mut toml = String::with_capacity(text.len());
    for char in serde_json::Value::from(text).to_string().chars() {
        if char == '\u{7f}' || turns(char) {
            let _ = write!(toml, "\\u{:04X}", u32::from(char));
        } else {
            toml.push(char);
        }
    }
    toml
}

#[cfg(test)]
mod tests;
