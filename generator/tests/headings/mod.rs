//! Finds the headings of a page, their anchors, and links to missing anchors.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Returns the headings of a page with their text.
pub(crate) fn headings(text: &str) -> Vec<(HeadingLevel, String)> {
    let mut headings = Vec::new();
    let mut open: Option<(HeadingLevel, String)> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => open = Some((level, String::new())),
            Event::End(TagEnd::Heading(_)) => headings.extend(open.take()),
            Event::Text(text) | Event::Code(text) => {
                open.iter_mut().for_each(|(_, heading)| heading.push_str(&text));
            }
            _ => {}
        }
    }
    headings
}

/// Returns links to anchors that no heading of the page has.
pub(crate) fn broken_links(text: &str) -> Vec<String> {
    let mut anchors = BTreeSet::new();
    for (_, heading) in headings(text) {
        let slug = slug(&heading);
        let numbered = (1..).map(|count| format!("{slug}-{count}"));
        let anchor = std::iter::once(slug.clone()).chain(numbered).find(|anchor| !anchors.contains(anchor));
        anchors.extend(anchor);
    }
    let links = Parser::new(text).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => dest_url.strip_prefix('#').map(str::to_owned),
        _ => None,
    });
    links.filter(|link| !anchors.contains(link)).collect()
}

/// Returns the anchor that GitHub derives from the text of a heading.
fn slug(heading: &str) -> String {
    let kept = heading.chars().filter(|char| char.is_alphanumeric() || matches!(char, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|char| if char == ' ' { '-' } else { char }).collect()
}
