//! Cleans blocks of CommonMark.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TextMergeStream};

use super::from_html::from_html;
use super::write::{html_as_text, write};
use super::{check, html};
use crate::emit::clean_links::without_strays;
use crate::emit::text_edits::{Patch, apply};
use crate::ir::flat;

/// The number of times that a text is cleaned before it becomes plain text: a removal can uncover more.
const TRIES: usize = 3;

/// Removes compiled code, active HTML and broken links. Text that needs no change stays as its author wrote it.
pub(super) fn clean(text: &str) -> String {
    // Without a tag before them, markers can nest.
    let converted = flat(from_html(text.trim()).trim().to_owned());
    let mut text = without_strays(&converted).trim().to_owned();
    for _ in 0..TRIES {
        if check::is_inert(&text) {
            return text;
        }
        let patched = without_strays(&patched(&text)).trim().to_owned();
        if check::is_inert(&patched) {
            return patched;
        }
        text = without_strays(&rewritten(&patched)).trim().to_owned();
    }
    if check::is_inert(&text) { text } else { plain(&text) }
}

/// Escapes all markup.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() * 2);
    let mut is_blank = true;
    for line in text.lines() {
        let mut words = line.split_whitespace().peekable();
        if words.peek().is_none() {
            is_blank = true;
            continue;
        }
        if !plain.is_empty() {
            plain.push_str(if is_blank { "\n\n" } else { "\n" });
        }
        is_blank = false;
        for (index, word) in words.enumerate() {
            plain.push_str(if index > 0 { " " } else { "" });
            for char in word.chars() {
                plain.extend(char.is_ascii_punctuation().then_some('\\'));
                plain.push(char);
            }
        }
    }
    plain
}

/// Marks fenced code as `text`, and turns HTML that is active or reaches beyond the text into text.
fn patched(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut patches: Vec<Patch> = Vec::new();
    let mut markup: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => patches.extend(fenced(text, range)),
            Event::Html(_) | Event::InlineHtml(_) => markup.push(range),
            _ => {}
        }
    }
    if !html::is_harmless(markup.iter().map(|range| &text[range.clone()])) {
        for range in markup {
            let opened = text[range.clone()].match_indices('<');
            patches.extend(opened.map(|(offset, _)| {
                let place = range.start + offset;
                (place..place, "\\".to_owned())
            }));
        }
    }
    apply(text, patches)
}

/// Sets the language of a code block, and closes the block if necessary.
fn fenced(text: &str, range: Range<usize>) -> Vec<Patch> {
    let block = text[range.clone()].trim_end();
    let fence: String = block.chars().take_while(|char| matches!(char, '`' | '~')).collect();
    let first = block.lines().next().unwrap_or_default();
    let info = range.start + fence.len()..range.start + first.len();
    let last = block.rsplit_once('\n').map_or("", |(_, last)| last).trim();
    let is_closed = last.starts_with(&fence) && last.chars().all(|char| fence.starts_with(char));
    let mut patches = vec![(info, "text".to_owned())];
    // One in a list or a quote ends with it.
    let is_outermost = range.start == 0 || text[..range.start].ends_with('\n');
    if !is_closed && is_outermost {
        patches.push((range.end..range.end, format!("\n{fence}")));
    }
    patches
}

/// Parses the text and writes it again.
fn rewritten(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    // The writer closes a code block only after a line end.
    let ended = format!("{text}\n");
    let events = TextMergeStream::new(Parser::new_ext(&ended, options).flat_map(html_as_text));
    let events: Vec<Event<'_>> = events.map(as_text).collect();
    let Some(written) = write(&events) else { return plain(text) };
    // The writer indents blank lines of a list item, too.
    let lines: Vec<&str> =
        written.lines().map(|line| if line.trim().is_empty() { "" } else { line }).collect();
    lines.join("\n")
}

fn as_text(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::CodeBlock(_)) => Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced("text".into()))),
        event => event,
    }
}
