//! Removes links and component tags from descriptions that work only on the site they were written for.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::text_edits::{Patch, apply};

/// Starts of URLs that work on any site.
const ABSOLUTE: &[&str] = &["http://", "https://", "mailto:"];

/// Replaces links to other pages of that site by their text, and removes tags of its components.
pub(crate) fn without_strays(text: &str) -> Cow<'_, str> {
    if !text.contains(['[', '<']) {
        return Cow::Borrowed(text);
    }
    let mut patches: Vec<Patch> = Vec::new();
    let mut open: Vec<Link> = Vec::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        if let Event::End(TagEnd::Link | TagEnd::Image) = event {
            patches.extend(open.pop().into_iter().flat_map(Link::patches));
        }
        open.iter_mut().for_each(|link| link.add(&range));
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) => {
                open.push(Link::new(range, is_absolute(link_type, &dest_url)));
            }
            Event::Html(html) if is_component(&html) => patches.push((whole(text, range), String::new())),
            _ => {}
        }
    }
    if patches.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(apply(text, patches)) }
}

/// A link or an image that is being read.
struct Link {
    range: Range<usize>,
    inner: Option<Range<usize>>,
    is_absolute: bool,
}

impl Link {
    fn new(range: Range<usize>, is_absolute: bool) -> Self {
        Self { range, inner: None, is_absolute }
    }

    fn add(&mut self, range: &Range<usize>) {
        let inner = self.inner.get_or_insert_with(|| range.clone());
        inner.end = inner.end.max(range.end);
    }

    /// Removes the markup around the text of a relative link.
    fn patches(self) -> Vec<Patch> {
        let Range { start, end } = self.range;
        let inner = self.inner.unwrap_or(end..end);
        if self.is_absolute {
            return Vec::new();
        }
        vec![(start..inner.start, String::new()), (inner.end..end, String::new())]
    }
}

fn is_absolute(link_type: LinkType, url: &str) -> bool {
    link_type == LinkType::Email || ABSOLUTE.iter().any(|scheme| url.starts_with(scheme))
}

/// Returns `true` for a component tag of a documentation system: a tag on its own whose name starts with a capital.
fn is_component(html: &str) -> bool {
    let tag = html.trim().strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    tag.is_some_and(|tag| {
        tag.trim_start_matches('/').starts_with(|first: char| first.is_ascii_uppercase())
            && !tag.contains(['<', '>'])
    })
}

/// Extends a range to the whole line, and to the empty lines after it if there are empty lines before it.
fn whole(text: &str, line: Range<usize>) -> Range<usize> {
    let before = &text[..line.start];
    if !before.is_empty() && !before.ends_with("\n\n") {
        return line;
    }
    let rest = &text[line.end..];
    line.start..line.end + (rest.len() - rest.trim_start_matches('\n').len())
}

#[cfg(test)]
mod tests {
    use super::without_strays;

    fn check(text: &str, expected: &str) {
        assert_eq!(without_strays(text), expected);
    }

    #[test]
    fn links_to_other_pages_keep_their_text() {
        check("see [`File` *x*](/docs/files) and [y](#y)", "see `File` *x* and y");
        check("[the guide](guide://x), [a][1], [b]\n\n[1]: z\n[b]: z", "the guide, a, b\n\n[1]: z\n[b]: z");
        check("![a picture](../a.png), [](z), [![in](x)](y)", "a picture, , in");
    }

    #[test]
    fn links_that_lead_somewhere_stay() {
        for text in
            ["[x](https://a.b)", "<https://a.b> <a@b.c>", "[x]", "`[x](y)`", "![x](https://a.b/c.png)"]
        {
            check(text, text);
        }
        check("[![in](https://a.b)](y)", "![in](https://a.b)");
    }

    #[test]
    fn tags_of_components_go() {
        check("A.\n\n<Note warning>\n\nMind it.\n\n</Note>", "A.\n\nMind it.\n\n");
        check("<Note>\nMind <b>it</b>.\n</Note>", "Mind <b>it</b>.\n");
        check("<div>\n<T> or Vec<T>\n</div>", "<div>\n<T> or Vec<T>\n</div>");
    }
}
