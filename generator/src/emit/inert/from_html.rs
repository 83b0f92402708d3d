//! Rewrites HTML in descriptions as CommonMark, which rustdoc, pages and editors show alike.
//!
//! Blocks are converted as a whole. Elements in a line are replaced tag by tag, since the text between them may be
//! CommonMark. Unknown tags are dropped, and placeholders such as `<token>` stay as text.

use std::borrow::Cow;
use std::ops::Range;

use htmd::HtmlToMarkdown;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::code;
use super::html::{Element, is_open_ended};
use super::tags::{TagKind, Tags, WITHOUT_TEXT};
use crate::emit::text_edits::{Patch, apply};

/// The number of elements inside each other that are converted; a page nests far fewer.
const MOST_NESTED: usize = 64;

/// Rewrites the HTML in CommonMark.
pub(super) fn from_html(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let tags = Tags::of(text);
    let blocks = convert_blocks(text, &tags);
    let lines = convert_lines(&blocks, &tags);
    if lines == text { Cow::Borrowed(text) } else { Cow::Owned(lines) }
}

fn events(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    Parser::new_ext(text, options).into_offset_iter()
}

/// Converts the blocks of HTML that are not in a list or a quote. Blocks that only blank lines separate are one.
fn convert_blocks(text: &str, tags: &Tags) -> String {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut depth = 0_usize;
    for (event, range) in events(text) {
        match event {
            Event::Start(Tag::HtmlBlock) if depth == 0 => match blocks.last_mut() {
                Some(last) if text[last.end..range.start].trim().is_empty() => last.end = range.end,
                _ => blocks.push(range),
            },
            Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => depth += 1,
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_)) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let patch = |block: Range<usize>| Some((block.clone(), converted(&text[block], tags)?));
    apply(text, blocks.into_iter().filter_map(patch).collect())
}

/// Converts a block. One that nests too deeply for the converter, which recurses, stays as it is.
fn converted(block: &str, tags: &Tags) -> Option<String> {
    // A comment that nothing ends would take the rest along.
    if block.matches("<!--").count() != block.matches("-->").count() {
        return None;
    }
    let prepared = tags.prepared(block)?;
    let before = if block.starts_with('\n') { "\n" } else { "" };
    if !prepared.is_html {
        let text = prepared.html.trim();
        return Some(if text.is_empty() { String::new() } else { format!("{before}{text}\n\n") });
    }
    let html = prepared.html.as_str();
    let elements = html.match_indices('<').filter_map(|(start, _)| Element::read(&html[start..]));
    if most_nested(elements) > MOST_NESTED {
        return None;
    }
    let converter = HtmlToMarkdown::builder().skip_tags(WITHOUT_TEXT.to_vec()).build();
    let converted = converter.convert(html).ok()?;
    Some(format!("{before}{}\n\n", converted.trim()))
}

/// Returns the depth of the innermost element. Elements that need no end tag count through those around them.
fn most_nested(tags: impl Iterator<Item = Element>) -> usize {
    let (mut depth, mut most) = (0_usize, 0);
    for tag in tags.filter(|tag| !is_open_ended(&tag.name)) {
        depth = if tag.is_end { depth.saturating_sub(1) } else { depth + 1 };
        most = most.max(depth);
    }
    most
}

/// Replaces the elements in lines.
fn convert_lines(text: &str, tags: &Tags) -> String {
    let mut lines = Lines {
        text,
        tags,
        patches: Vec::new(),
        open: Vec::new(),
        code: None,
        depth: 0,
        in_row: false,
        line: LineStart::Text,
    };
    for (event, range) in events(text) {
        lines.event(&event, range);
    }
    apply(text, lines.patches)
}

struct Lines<'t> {
    text: &'t str,
    tags: &'t Tags,
    patches: Vec<Patch>,
    /// Emphasis and links that are not closed yet.
    open: Vec<Open>,
    /// A `code` element that is not closed yet: the place of its tag, and its text.
    code: Option<(Range<usize>, String)>,
    /// The number of lists and quotes around the line.
    depth: usize,
    /// `true` in a heading or a table, which have one line.
    in_row: bool,
    /// The beginning of the line after the last break.
    line: LineStart,
}

/// The beginning of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineStart {
    Text,
    /// The marker of a list item.
    Item,
    /// Another line break.
    Break,
}

impl LineStart {
    fn of(line: &str) -> Self {
        let is_break = line.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("<br"));
        let digits = line.trim_start_matches(|char: char| char.is_ascii_digit());
        let is_number = digits.len() < line.len() && (digits.starts_with(". ") || digits.starts_with(") "));
        if is_break {
            Self::Break
        } else if is_number || ["- ", "* ", "+ "].iter().any(|marker| line.starts_with(marker)) {
            Self::Item
        } else {
            Self::Text
        }
    }
}

/// An element that becomes a pair of marks.
struct Open {
    name: String,
    range: Range<usize>,
    before: String,
    after: String,
}

impl Lines<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::InlineHtml(tag) => {
                self.tag(tag, range);
                return;
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, code)) = &mut self.code {
                    code.push_str(text);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some((_, code)) = &mut self.code {
                    code.push(' ');
                }
            }
            Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => self.depth += 1,
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_)) => self.depth = self.depth.saturating_sub(1),
            Event::Start(Tag::Heading { .. } | Tag::Table(_)) => self.in_row = true,
            Event::End(TagEnd::Heading(_) | TagEnd::Table) => self.in_row = false,
            _ => {}
        }
        if let Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::Item) = event {
            self.close_paragraph();
        }
    }

    fn tag(&mut self, tag: &str, range: Range<usize>) {
        let Some(element) = Element::read(tag) else {
            if tag.starts_with("<!--") {
                self.patches.push((range, String::new()));
            }
            return;
        };
        match (self.tags.kind(&element), &mut self.code) {
            (TagKind::Known, _) => self.element(element, range),
            (TagKind::Placeholder, Some((_, code))) => code.push_str(tag),
            (TagKind::Placeholder, None) => self.patches.push((range.start..range.start, "\\".to_owned())),
            (TagKind::Unknown, None) => self.patches.push((range, String::new())),
            (TagKind::Unknown, Some(_)) | (TagKind::WithoutText, _) => {}
        }
    }

    /// Drops the tags that are still open.
    fn close_paragraph(&mut self) {
        let dropped =
            self.open.drain(..).map(|open| open.range).chain(self.code.take().map(|(range, _)| range));
        self.patches.extend(dropped.map(|range| (range, String::new())));
        self.line = LineStart::Text;
    }

    fn element(&mut self, element: Element, range: Range<usize>) {
        if let Some((start, text)) = self.code.take() {
            if element.is_end && is_code(&element.name) {
                self.patches.push((start.start..range.end, code(text.trim())));
            } else {
                self.code = Some((start, text));
            }
            return;
        }
        let marks = match element.name.as_str() {
            "b" | "strong" => Some(("**".to_owned(), "**".to_owned())),
            "em" | "i" => Some(("*".to_owned(), "*".to_owned())),
            "a" => Some(link(&element)),
            _ => None,
        };
        match marks {
            Some(_) if element.is_end => self.close(&element.name, range),
            Some((before, after)) if !element.is_empty => {
                self.open.push(Open { name: element.name, range, before, after });
            }
            _ if is_code(&element.name) && !element.is_end && !element.is_empty => {
                self.code = Some((range, String::new()));
            }
            _ => {
                let new = self.standing_alone(&element, &range);
                let after = &self.text[range.end..];
                // Indentation could make code of a new line.
                let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
                let end = if new.ends_with('\n') { range.end + blanks } else { range.end };
                self.patches.push((range.start..end, new));
            }
        }
    }

    /// Sets the marks of an element. White space moves out of them, and empty elements vanish.
    fn close(&mut self, name: &str, range: Range<usize>) {
        let Some(index) = self.open.iter().rposition(|open| open.name == name) else {
            self.patches.push((range, String::new()));
            return;
        };
        let inner_dropped = self.open.split_off(index + 1);
        self.patches.extend(inner_dropped.into_iter().map(|open| (open.range, String::new())));
        let Some(open) = self.open.pop() else { return };
        let inner = &self.text[open.range.end..range.start];
        if inner.trim().is_empty() {
            self.patches.push((open.range.start..range.end, inner.to_owned()));
            return;
        }
        let lead = inner.len() - inner.trim_start().len();
        let trail = inner.len() - inner.trim_end().len();
        let (spaces, more) = (&inner[..lead], &inner[inner.len() - trail..]);
        self.patches.push((open.range.start..open.range.end + lead, format!("{spaces}{}", open.before)));
        self.patches.push((range.start - trail..range.end, format!("{}{more}", open.after)));
    }

    /// Returns what a tag without a mark becomes: a break, an image, or nothing.
    fn standing_alone(&mut self, element: &Element, range: &Range<usize>) -> String {
        let is_block = matches!(
            element.name.as_str(),
            "blockquote"
                | "div"
                | "dl"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "ol"
                | "p"
                | "pre"
                | "table"
                | "ul"
        );
        let can_break = self.depth == 0 && !self.in_row;
        match element.name.as_str() {
            "br" if self.in_row => " ".to_owned(),
            "br" => self.line_break(range).to_owned(),
            "li" | "dt" if !element.is_end && can_break => "\n- ".to_owned(),
            "img" => image(element),
            _ if is_block && can_break => "\n\n".to_owned(),
            _ if is_block => " ".to_owned(),
            _ => String::new(),
        }
    }

    /// Returns a hard line break; nothing at the end of a paragraph, a blank line for several breaks and after a list
    /// item, and a plain line end before a list item.
    fn line_break(&mut self, range: &Range<usize>) -> &'static str {
        let after = &self.text[range.end..];
        let next = after.trim_start_matches([' ', '\t']);
        let is_last = next.is_empty() || next.starts_with("\n\n") || next == "\n";
        let here = self.line;
        self.line = LineStart::of(next.trim_start());
        // The source may have a line end there already.
        let line_end = if next.starts_with('\n') { "" } else { "\n" };
        match (here, self.line) {
            _ if is_last => "",
            (_, LineStart::Item) if self.depth > 0 => line_end,
            _ if self.depth > 0 && line_end.is_empty() => "\\",
            _ if self.depth > 0 => "\\\n",
            (LineStart::Break, LineStart::Break) => "",
            (LineStart::Break, LineStart::Text | LineStart::Item)
            | (_, LineStart::Break | LineStart::Item) => line_end,
            (LineStart::Item, LineStart::Text) if line_end.is_empty() => "\n",
            (LineStart::Item, LineStart::Text) => "\n\n",
            (LineStart::Text, LineStart::Text) if line_end.is_empty() => "\\",
            (LineStart::Text, LineStart::Text) => "\\\n",
        }
    }
}

fn is_code(name: &str) -> bool {
    matches!(name, "code" | "pre" | "kbd" | "samp" | "tt" | "var")
}

/// Returns the marks of a link; none if it leads nowhere.
fn link(element: &Element) -> (String, String) {
    match element.attribute("href") {
        Some(url) if !url.is_empty() => ("[".to_owned(), format!("]({})", super::link(url))),
        _ => (String::new(), String::new()),
    }
}

fn image(element: &Element) -> String {
    let alt = super::line(element.attribute("alt").unwrap_or_default());
    match element.attribute("src") {
        Some(url) if url.starts_with("https://") => format!("![{alt}]({})", super::link(url)),
        _ => alt,
    }
}

#[cfg(test)]
mod tests {
    use super::from_html;

    #[test]
    fn elements_in_lines_become_marks() {
        for (html, expected) in [
            ("A <b>bold</b> and <i>slanted</i> word.", "A **bold** and *slanted* word."),
            ("A <strong> wide </strong>word.", "A  **wide** word."),
            ("Set <code>a&lt;b</code> or <tt>c`d</tt>.", "Set `a<b` or ``c`d``."),
            (
                "See <a href=\"https://x.test/a b\">the <em>page</em></a>.",
                "See [the *page*](https://x.test/a%20b).",
            ),
            ("One<br>two<br/>\nthree<br>", "One\\\ntwo\\\nthree"),
            ("One<br><br>two", "One\n\ntwo"),
            ("One<br>\n<br><br>two", "One\n\ntwo"),
            ("One:<br>- two<br>- three<br>four", "One:\n- two\n- three\n\nfour"),
            ("Steps:<br/>1) One<br/>2) two<br/><br/>     three", "Steps:\n1) One\n2) two\n\nthree"),
            ("- One<br/>- two<br/>three", "- One\n- two\\\nthree"),
            ("A <span class=\"x\">word</span> <sup>2</sup>", "A word 2"),
            ("Not <b>closed", "Not closed"),
            ("Not opened</b>", "Not opened"),
            ("Nothing <b></b>here", "Nothing here"),
            ("Bearer <token> stays, a < b too", "Bearer \\<token> stays, a < b too"),
            ("A <b>word</b>, <x-mark>more</x-mark> of <your-id>", "A **word**, more of \\<your-id>"),
            ("Set <code>Bearer <token></code>", "Set `Bearer <token>`"),
            ("Run <pre>curl x</pre> now", "Run `curl x` now"),
            ("`<b>` is code", "`<b>` is code"),
        ] {
            assert_eq!(from_html(html), expected, "{html}");
        }
    }

    #[test]
    fn blocks_become_blocks() {
        for (html, expected) in [
            ("<p>One <b>two</b></p>\n<p>three</p>", "One **two**\n\nthree"),
            ("<h2>Title</h2>\nText", "## Title\n\nText"),
            ("<ul>\n<li>One</li>\n\n<li>Two</li>\n</ul>", "*   One\n*   Two"),
            ("Text\n\n<pre><code>a &lt; b</code></pre>", "Text\n\n```\na < b\n```"),
            ("<!-- hidden -->\nText", "Text"),
            ("<div>\n<token>\n</div>", "\\<token>"),
            ("<p>One <x-mark>two</x-mark> <your-id></p>", "One two \\<your-id>"),
            ("<x-note>\nOne **two**\n</x-note>", "One **two**"),
            ("<Definition ref=\"#/a\" />\n\nText", "Text"),
            ("<pre>\na <b>c</b> <token>\n  d\n</pre>", "```\na c <token>\n  d\n```"),
            ("<table><tr><td>a</td></tr></table><foo/>", "a"),
        ] {
            assert_eq!(from_html(html).trim(), expected, "{html}");
        }
    }
}
