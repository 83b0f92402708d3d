//! Prepares descriptions for their place on a page: as paragraphs, list items or titles.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::emit::inert::{Inert, Place, checked, inert, is_plain, item};
use crate::emit::text_edits::{Patch, apply};
use crate::ir::ForeignText;

/// Characters that can follow the end of a sentence.
const CLOSERS: &[char] = &[')', ']', '"', '*', '_'];

/// An inert description that can stand anywhere on a page, since it has no headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prose {
    text: String,
    ends_in_paragraph: bool,
}

impl Prose {
    /// Prepares a description, unless it is empty.
    pub(super) fn new(description: Option<&ForeignText>) -> Option<Self> {
        let text = inert(description?.as_written(), Place::Blocks);
        let text = text.as_str();
        if text.is_empty() {
            return None;
        }
        if is_plain(text) {
            return Some(Self { text: text.to_owned(), ends_in_paragraph: true });
        }
        let reader = Reader::read(text);
        Some(Self {
            ends_in_paragraph: reader.ends_in_paragraph,
            text: apply(text, reader.patches).trim().to_owned(),
        })
    }

    /// Makes prose of a sentence that the generator wrote.
    pub(super) fn remark(text: &Inert) -> Self {
        Self { text: text.as_str().to_owned(), ends_in_paragraph: true }
    }

    /// Appends a remark as a separate sentence.
    pub(super) fn with_remark(mut self, remark: &Inert) -> Self {
        if !self.ends_in_paragraph {
            self.text.push_str("\n\n");
        } else if self.text.trim_end_matches(CLOSERS).ends_with(['.', '!', '?', ':', ';', ',', '…']) {
            self.text.push(' ');
        } else {
            self.text.push_str(". ");
        }
        self.text.push_str(remark.as_str());
        Self { ends_in_paragraph: true, ..self }
    }

    /// The prose as paragraphs.
    pub(super) fn into_text(self) -> Inert {
        checked(self.text)
    }

    /// The prose as a list item whose content is indented by `width`, after a head if there is one.
    pub(super) fn into_item(self, head: &Inert, width: usize) -> Inert {
        item(head, &self.text, width)
    }
}

/// Escapes plain text, such as a title, as one line of CommonMark.
pub(super) fn escape(text: &str) -> Inert {
    inert(text, Place::Line)
}

/// Collects the edits that a description needs.
struct Reader<'a> {
    text: &'a str,
    patches: Vec<Patch>,
    /// The number of quotes and lists around the current position.
    depth: usize,
    ends_in_paragraph: bool,
}

impl<'a> Reader<'a> {
    fn read(text: &'a str) -> Self {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        let mut reader = Self { text, patches: Vec::new(), depth: 0, ends_in_paragraph: false };
        let mut heading: Option<Heading> = None;
        for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
            if let Some(open) = &mut heading {
                open.add(&event, &range);
            }
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(Heading::new(range)),
                Event::End(TagEnd::Heading(_)) => {
                    heading.take().into_iter().for_each(|heading| reader.replace_heading(&heading));
                }
                Event::Start(tag) => reader.start(&tag, &range),
                Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_)) => reader.depth -= 1,
                // At the start of a list item, a rule and the bullet would merge.
                Event::Rule if range.start == 0 => reader.patches.push((range, String::new())),
                _ => {}
            }
        }
        reader
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        if self.depth == 0 && !is_inline(tag) {
            // A sentence cannot continue after a link definition.
            let is_last = self.text[range.end..].trim().is_empty();
            self.ends_in_paragraph = is_last && matches!(tag, Tag::Paragraph);
        }
        if matches!(tag, Tag::BlockQuote(_) | Tag::List(_)) {
            self.depth += 1;
        }
    }

    /// Turns a heading into a bold paragraph, since the headings of a page belong to its template.
    fn replace_heading(&mut self, heading: &Heading) {
        let Some(inner) = heading.inner.clone() else {
            self.patches.push((heading.range.clone(), String::new()));
            return;
        };
        let stars = if heading.strong { "" } else { "**" };
        let (start, end) = (heading.range.start, self.text[..heading.range.end].trim_end().len());
        let mut before = stars.to_owned();
        let mut after = stars.to_owned();
        if self.depth == 0 {
            if start > 0 && !self.text[..start].ends_with("\n\n") {
                before.insert(0, '\n');
            }
            if end < self.text.len() && !self.text[end..].starts_with("\n\n") {
                after.push('\n');
            }
        }
        self.patches.push((start..inner.start, before));
        self.patches.push((inner.end..end.max(inner.end), after));
    }
}

/// A heading while it is being read.
struct Heading {
    range: Range<usize>,
    inner: Option<Range<usize>>,
    /// `true` if part of it is already bold.
    strong: bool,
}

impl Heading {
    fn new(range: Range<usize>) -> Self {
        Self { range, inner: None, strong: false }
    }

    fn add(&mut self, event: &Event<'_>, range: &Range<usize>) {
        if matches!(event, Event::End(TagEnd::Heading(_))) {
            return;
        }
        self.strong |= matches!(event, Event::Start(Tag::Strong));
        let inner = self.inner.get_or_insert_with(|| range.clone());
        inner.end = inner.end.max(range.end);
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

#[cfg(test)]
mod tests {
    use super::{Prose, escape};
    use crate::emit::inert::Inert;

    fn prose(text: &str) -> Option<Prose> {
        Prose::new(Some(&text.into()))
    }

    fn clean(text: &str) -> String {
        prose(text).expect("there is text").into_text().as_str().to_owned()
    }

    #[test]
    fn what_keeps_to_its_place_stays() {
        for text in [
            "One *two* `three`.\n\n* a\n* b\n\n> quote",
            "```text\n{}\n\n\n```",
            "a\\\nb, **bold**",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "[text](https://example.com/a_b_c) and user_id",
        ] {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn nothing_is_no_prose() {
        assert_eq!(Prose::new(None), None);
        assert_eq!(prose(" \n\t"), None);
    }

    #[test]
    fn headings_are_paragraphs_in_bold() {
        assert_eq!(clean("# One\ntwo"), "**One**\n\ntwo");
        assert_eq!(clean("zero\n## One ##\n\ntwo"), "zero\n\n**One**\n\ntwo");
        assert_eq!(clean("One `x`\n===\n\ntwo\n\nThree\n---"), "**One `x`**\n\ntwo\n\n**Three**");
        assert_eq!(clean("# **One**"), "**One**");
        assert_eq!(clean("a\n\n#\n\nb"), "a\n\n\nb");
    }

    #[test]
    fn what_is_opened_is_closed() {
        assert_eq!(clean("a\n\n```json\n{}"), "a\n\n```text\n{}\n```");
        assert_eq!(clean("~~~~\n{}\n~~~"), "~~~~text\n{}\n~~~\n~~~~");
        assert_eq!(clean("a <!-- b --> <details>"), "a");
        assert_eq!(clean("<div>\n\ntext"), "text");
        assert_eq!(clean("---\n\ntext"), "text");
    }

    #[test]
    fn items_are_indented() {
        let prose = prose("one\n\n* two\n  three\n").expect("there is text");
        assert_eq!(prose.into_item(&Inert::default(), 4).as_str(), "one\n\n    * two\n      three");
    }

    #[test]
    fn remarks_are_sentences() {
        let remark = |text| {
            let prose = prose(text).expect("there is text");
            prose.with_remark(&Inert::ours("And `this`.")).into_text().as_str().to_owned()
        };
        assert_eq!(remark("One."), "One. And `this`.");
        assert_eq!(remark("One"), "One. And `this`.");
        assert_eq!(remark("One\n\n* two"), "One\n\n* two\n\nAnd `this`.");
        assert_eq!(remark("One (or **two**)"), "One (or **two**). And `this`.");
        assert_eq!(remark("**One.**"), "**One.** And `this`.");
        assert_eq!(remark("* two\n\n[one](https://a.b)"), "* two\n\n[one](https://a.b). And `this`.");
        assert_eq!(remark("[One][1]\n\n[1]: https://a.b"), "[One][1]\n\n[1]: https://a.b\n\nAnd `this`.");
    }

    #[test]
    fn titles_are_plain() {
        assert_eq!(
            escape(" List\n user's *groups* [all] by user_id _x_ in C#").as_str(),
            "List user's \\*groups\\* \\[all\\] by user_id \\_x\\_ in C\\#"
        );
    }
}
