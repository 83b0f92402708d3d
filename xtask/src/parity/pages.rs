//! Reads the rows of a manager's Markdown page: one for each section that describes an operation.

use super::neutral;
use super::row::{Argument, Row};

/// Returns the operations that a page describes.
pub(super) fn rows(manager: &str, text: &str) -> Vec<Row> {
    sections(text, "## ").into_iter().filter_map(|(title, body)| row(manager, title, body)).collect()
}

fn row(manager: &str, title: &str, body: &str) -> Option<Row> {
    let method = after(body, "by calling function `")?;
    let parts = sections(body, "### ");
    let part = |wanted: &str| {
        let found = parts.iter().find(|(title, _)| title.eq_ignore_ascii_case(wanted));
        found.map_or("", |(_, text)| text)
    };
    Some(Row {
        manager: manager.to_owned(),
        id: between(body, "<!-- sample ", " -->").unwrap_or_default().replace("- -", "--"),
        title: unescape(title),
        method: neutral::method_name(method),
        reference: between(body, "[API Reference](", ")").unwrap_or_default().to_owned(),
        arguments: part("Arguments").lines().filter_map(argument).collect(),
        returns: returns(part("Returns")),
    })
}

/// Splits a text at the headings of a level, outside of code blocks, into titles and bodies.
fn sections<'a>(text: &'a str, mark: &str) -> Vec<(&'a str, &'a str)> {
    let mut starts: Vec<(&str, usize, usize)> = Vec::new();
    let (mut fence, mut place) = (None, 0);
    for line in text.split_inclusive('\n') {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            None if ticks >= 3 => fence = Some(ticks),
            Some(open) if ticks >= open && line.trim_end().len() == ticks => fence = None,
            None => {
                if let Some(title) = line.strip_prefix(mark) {
                    starts.push((title.trim(), place, place + line.len()));
                }
            }
            Some(_) => {}
        }
        place += line.len();
    }
    let ends = starts.iter().skip(1).map(|(_, start, _)| *start).chain([text.len()]);
    starts.iter().zip(ends).map(|((title, _, body), end)| (*title, &text[*body..end])).collect()
}

/// Reads an argument: `- name `type``.
fn argument(line: &str) -> Option<Argument> {
    let (name, rest) = line.strip_prefix("- ")?.split_once(" `")?;
    let (ty, _) = rest.split_once('`')?;
    let (ty, optional) = neutral::argument_type(ty);
    Some(Argument { name: neutral::argument_name(name), ty, required: !optional })
}

/// Returns the type of the result, then those of single statuses: `- 200 `type``.
fn returns(text: &str) -> Vec<String> {
    let whole = after(text, "a value of type `").map_or_else(|| "none".to_owned(), neutral::ty);
    let by_status = text.lines().filter_map(|line| {
        let (status, rest) = line.strip_prefix("- ")?.split_once(' ')?;
        let is_status = status.len() == 3 && status.starts_with(|first: char| first.is_ascii_digit());
        let (ty, _) = rest.strip_prefix('`')?.split_once('`')?;
        is_status.then(|| neutral::ty(ty))
    });
    std::iter::once(whole).chain(by_status).collect()
}

/// Returns the text from the end of `start` to the next backtick.
fn after<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    between(text, start, "`")
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(inside, _)| inside)
}

/// Returns a heading as rendered, without escapes and entities.
fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match chars.peek() {
            Some(next) if char == '\\' && next.is_ascii_punctuation() => {}
            Some(_) | None => plain.push(char),
        }
    }
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
