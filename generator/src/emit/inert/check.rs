//! Checks that CommonMark is inert for every parser that may read it.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::html;

/// Link schemes that run code.
const ACTING: &[&str] = &["javascript:", "vbscript:", "data:"];

/// A paragraph that has to stay one after the text.
const NEXT: &str = "next";

/// Returns `true` if no parser finds code without the language `text`, active HTML, a link that runs code, or a block that
/// reaches beyond the text.
pub(super) fn is_inert(text: &str) -> bool {
    // None of it is possible without one of these. A code span is harmless.
    let is_mark = |byte| matches!(byte, b'~' | b'<' | b'[' | b'\t' | b'&');
    if !text.bytes().any(is_mark) && !text.contains("    ") && !text.contains("```") {
        return true;
    }
    let text = format!("{text}\n\n{NEXT}\n");
    // Extensions other than these do not change the structure of a text.
    let is_bare = !text.contains(['|', '~']) && !EXTENSIONS.iter().any(|start| text.contains(start));
    let read = if is_bare { 1 } else { 3 };
    options().into_iter().take(read).all(|options| is_inert_for(&text, options))
}

/// The starts of footnotes, tasks and tables, beside the characters of tables and strikethrough.
const EXTENSIONS: &[&str] = &["[^", "[ ]", "[x]", "[X]", ":-", "-:"];

/// The options of parsers: bare CommonMark, the generator's pages, and rustdoc.
fn options() -> [Options; 3] {
    let ours = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let rustdoc =
        ours | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS | Options::ENABLE_SMART_PUNCTUATION;
    [Options::empty(), ours, rustdoc]
}

fn is_inert_for(text: &str, options: Options) -> bool {
    let parser = Parser::new_ext(text, options);
    // Other texts on a page could refer to one that nothing here refers to.
    if parser.reference_definitions().iter().any(|(_, definition)| acts(&definition.dest)) {
        return false;
    }
    let mut markup = Vec::new();
    let mut depth = 0;
    let mut last_block = Vec::new();
    for event in parser {
        if depth == 0 {
            last_block.clear();
        }
        match &event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &**language != "text" => {
                return false;
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => return false,
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) if acts(dest_url) => {
                return false;
            }
            Event::Html(html) | Event::InlineHtml(html) => markup.push(html.clone()),
            _ => {}
        }
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        last_block.push(event);
    }
    let is_next = matches!(
        last_block.as_slice(),
        [Event::Start(Tag::Paragraph), Event::Text(text), Event::End(_)] if &**text == NEXT
    );
    is_next && html::is_harmless(markup.iter().map(|html| &**html))
}

/// Returns `true` for a link destination that runs code.
pub(super) fn acts(url: &str) -> bool {
    // Browsers skip these in front of a scheme and within it.
    let skipped = |char: char| char.is_whitespace() || char.is_control();
    let scheme: String = url.chars().filter(|char| !skipped(*char)).take(16).collect();
    let scheme = scheme.to_ascii_lowercase();
    ACTING.iter().any(|acting| scheme.starts_with(acting))
}
