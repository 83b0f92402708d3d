//! Writes parser events as CommonMark.

use pulldown_cmark::{Event, Options, Tag, TagEnd};
use pulldown_cmark_to_cmark::calculate_code_block_token_count;

/// Writes events as CommonMark; returns `None` if the writer refuses one.
pub(crate) fn write(events: &[Event<'_>]) -> Option<String> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let settings = pulldown_cmark_to_cmark::Options {
        list_token: '-',
        code_block_token_count: calculate_code_block_token_count(events.iter()).unwrap_or(3),
        ..Default::default()
    };
    let mut text = String::new();
    pulldown_cmark_to_cmark::cmark_with_options(events.iter(), &mut text, options, settings).ok()?;
    Some(text)
}

/// Converts HTML to visible text.
pub(crate) fn html_as_text(event: Event<'_>) -> Vec<Event<'_>> {
    match event {
        // A line of an HTML block comes with its end. Its indentation would make code of it.
        Event::Html(text) => match text.trim() {
            "" => Vec::new(),
            text => vec![Event::Text(text.to_owned().into()), Event::SoftBreak],
        },
        Event::InlineHtml(text) if is_line_break(&text) => vec![Event::SoftBreak],
        Event::InlineHtml(text) => vec![Event::Text(text)],
        Event::Start(Tag::HtmlBlock) => vec![Event::Start(Tag::Paragraph)],
        Event::End(TagEnd::HtmlBlock) => vec![Event::End(TagEnd::Paragraph)],
        event => vec![event],
    }
}

fn is_line_break(html: &str) -> bool {
    let inside = html.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or_default();
    inside.trim_end_matches('/').trim_end().eq_ignore_ascii_case("br")
}
