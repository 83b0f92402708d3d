//! Renders a document's CommonMark as lines of rustdoc that trigger no lint.

mod wrap;

use proc_macro2::{Ident, TokenStream};
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream};
use quote::quote;

use super::print::documentation;
use crate::emit::inert::{self, Inert, Place, checked_lines, html_as_text, inert, is_plain, write};
use crate::emit::remarks::Remarks;
pub(crate) use crate::emit::remarks::code;
use crate::emit::stock_phrases::repeats_name;
use crate::ir::{Docs, Field, ForeignText, TypeDef};
use wrap::wrap;

/// The maximum width of a documentation line, without indentation and slashes.
pub(crate) const WIDTH: usize = 92;

/// Emits lines as documentation of the following item.
pub(crate) fn attributes(lines: &[Inert]) -> TokenStream {
    documentation(lines)
}

/// Emits one line as documentation of the following item.
pub(crate) fn attribute(line: Inert) -> TokenStream {
    documentation(&[line])
}

/// Emits the documentation of a type, or `otherwise` if the document has none.
pub(crate) fn type_attributes(def: &TypeDef, otherwise: &Inert) -> TokenStream {
    // A schema's title is a name, so it is dropped if there is a description.
    let title = def.docs.title.clone().filter(|_| def.docs.description.is_none());
    let docs = without_name(&Docs { title, ..def.docs.clone() }, &def.name.wire);
    let remarks =
        Remarks { is_deprecated: def.deprecated, said: docs.description.as_ref(), ..Remarks::default() };
    attributes(&with_remarks(lines(&docs, otherwise), remarks))
}

/// Emits the documentation of a field, with its wire name if that differs.
pub(crate) fn field_attributes(field: &Field, name: &Ident) -> TokenStream {
    let docs = attributes(&field_docs(field, &(code(&field.name.wire) + " in JSON.")));
    let alias = alias(&field.name.wire, &name.to_string());
    quote!(#docs #alias)
}

/// Emits the documentation of a field's setter.
pub(crate) fn setter_attributes(field: &Field) -> TokenStream {
    attributes(&field_docs(field, &(Inert::ours("Sets ") + code(&field.name.wire) + ".")))
}

fn field_docs(field: &Field, otherwise: &Inert) -> Vec<Inert> {
    let docs = without_name(&field.docs, &field.name.wire);
    let remarks = Remarks {
        default: field.default.as_ref(),
        constant: None,
        is_deprecated: field.deprecated,
        said: docs.description.as_ref(),
    };
    with_remarks(lines(&docs, otherwise), remarks)
}

/// Drops a title or description that only repeats the name.
pub(crate) fn without_name(docs: &Docs, name: &str) -> Docs {
    let telling =
        |text: &Option<ForeignText>| text.clone().filter(|text| !repeats_name(text.as_written(), name));
    Docs { title: telling(&docs.title), description: telling(&docs.description) }
}

/// Lets rustdoc's search find a symbol by its wire name.
pub(crate) fn alias(wire: &str, symbol: &str) -> Option<TokenStream> {
    let findable = !wire.is_empty() && !wire.contains(|c: char| c == '"' || c == '\'' || c.is_whitespace());
    (findable && wire != symbol).then(|| quote!(#[doc(alias = #wire)]))
}

/// Appends each remark to the lines as a paragraph.
pub(crate) fn with_remarks(mut lines: Vec<Inert>, remarks: Remarks<'_>) -> Vec<Inert> {
    lines.extend(remarks.sentences().into_iter().flat_map(|remark| [Inert::default(), remark]));
    lines
}

/// Formats a list item: the head, then its description.
pub(crate) fn item(head: Inert, lines: &[Inert]) -> Vec<Inert> {
    if lines.is_empty() {
        return checked_lines(wrap((Inert::ours("- ") + head).as_str(), WIDTH));
    }
    let text: Vec<&str> = lines.iter().map(Inert::as_str).collect();
    let item = Inert::ours("- ") + inert::item(&(head + ":"), &text.join("\n"), 2);
    checked_lines(wrap(item.as_str(), WIDTH))
}

/// Lays out title and description as paragraphs, or `otherwise` if the document has neither.
pub(crate) fn lines(docs: &Docs, otherwise: &Inert) -> Vec<Inert> {
    let title = docs.title.as_ref().map(|title| title.as_written().trim()).filter(|title| !title.is_empty());
    let description =
        docs.description.as_ref().map(|text| text.as_written().trim()).filter(|text| !text.is_empty());
    match (title, description) {
        (None, None) => checked_lines(wrap(otherwise.as_str(), WIDTH)),
        (Some(title), None) => markdown(&sentence(title)),
        (None, Some(description)) => markdown(description),
        (Some(title), Some(description)) if is_same(title, description) => markdown(description),
        (Some(title), Some(description)) => {
            let mut lines = markdown(&sentence(title));
            lines.push(Inert::default());
            lines.extend(markdown(description));
            lines
        }
    }
}

/// Returns `true` if the texts differ at most in case, white space and the final dot.
fn is_same(title: &str, description: &str) -> bool {
    let words = |text: &str| text.trim_end_matches('.').to_lowercase().split_whitespace().collect::<String>();
    words(title) == words(description)
}

/// Ends a title with a dot.
fn sentence(title: &str) -> String {
    if title.ends_with(['.', '!', '?', ':']) { title.to_owned() } else { format!("{title}.") }
}

/// Lays out a document's CommonMark. Bare URLs become links; HTML and stray brackets become text.
pub(crate) fn markdown(text: &str) -> Vec<Inert> {
    if is_plain(text) {
        return checked_lines(wrap(text, WIDTH));
    }
    parsed(text)
}

fn parsed(text: &str) -> Vec<Inert> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut cleaner = Cleaner { link_depth: 0, in_code: false };
    let text = inert(text, Place::Blocks);
    // The writer closes a code block only after a line end.
    let ended = format!("{}\n", text.as_str());
    let plain = Parser::new_ext(&ended, options).flat_map(html_as_text);
    let events: Vec<Event<'_>> = TextMergeStream::new(plain).flat_map(|event| cleaner.clean(event)).collect();
    let written = write(&events);
    checked_lines(wrap(written.as_deref().unwrap_or(text.as_str()), WIDTH))
}

struct Cleaner {
    link_depth: usize,
    in_code: bool,
}

impl Cleaner {
    fn clean<'e>(&mut self, event: Event<'e>) -> Vec<Event<'e>> {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                self.in_code = true;
                vec![event]
            }
            Event::End(TagEnd::CodeBlock) => {
                self.in_code = false;
                vec![event]
            }
            // Top-level sections belong to the generator, so the document's headings start below them.
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                vec![Event::Start(Tag::Heading { level: level.max(HeadingLevel::H3), id, classes, attrs })]
            }
            Event::End(TagEnd::Heading(level)) => {
                vec![Event::End(TagEnd::Heading(level.max(HeadingLevel::H3)))]
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                self.link_depth += 1;
                let is_address = link_type == LinkType::Email;
                let dest_url = if is_address { format!("mailto:{dest_url}").into() } else { dest_url };
                vec![Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title, id })]
            }
            Event::End(TagEnd::Link) => {
                self.link_depth -= 1;
                vec![event]
            }
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => Vec::new(),
            Event::Text(text) if !self.in_code && self.link_depth == 0 => link_urls(&text),
            event => vec![event],
        }
    }
}

/// Turns bare URLs in text into autolinks.
fn link_urls<'e>(text: &str) -> Vec<Event<'e>> {
    let mut events = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("http://").into_iter().chain(rest.find("https://")).min() {
        let url = &rest[start..];
        let end = url.find(|c: char| c.is_whitespace() || "<>\"'`)]}|".contains(c)).unwrap_or(url.len());
        let url = url[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
        let bare = url.ends_with("//");
        push_text(&mut events, &rest[..start]);
        if bare {
            events.push(Event::Code(url.to_owned().into()));
        } else {
            events.extend(autolink(url));
        }
        rest = &rest[start + url.len()..];
    }
    push_text(&mut events, rest);
    events
}

fn push_text(events: &mut Vec<Event<'_>>, text: &str) {
    if !text.is_empty() {
        events.push(Event::Text(text.to_owned().into()));
    }
}

fn autolink<'e>(url: &str) -> [Event<'e>; 3] {
    let dest_url: CowStr<'e> = url.to_owned().into();
    let link = Tag::Link {
        link_type: LinkType::Autolink,
        dest_url: dest_url.clone(),
        title: "".into(),
        id: "".into(),
    };
    [Event::Start(link), Event::Text(dest_url), Event::End(TagEnd::Link)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let lines = markdown(text);
        assert_eq!(lines.iter().map(Inert::as_str).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn brackets_and_html_are_text() {
        check("a [x] of Vec<T> <b>bold</b>", &["a \\[x\\] of Vec\\<T> **bold**"]);
        check("One.<br>Two.<BR />Three.", &["One.\\", "Two.\\", "Three."]);
    }

    #[test]
    fn components_of_documentation_systems_go() {
        check("A.\n\n<Note warning>\n\n  Mind it.\n\n</Note>", &["A.", "", "Mind it."]);
        check("<Note>\nMind <b>it</b>.\n</Note>", &["Mind **it**."]);
    }

    #[test]
    fn what_says_the_same_is_said_once() {
        let said = |title: &str, description: &str| {
            let docs = Docs { title: Some(title.into()), description: Some(description.into()) };
            lines(&docs, &Inert::default()).iter().map(Inert::as_str).collect::<Vec<_>>().join("|")
        };
        assert_eq!(said("A Thing", "A thing."), "A thing.");
        assert_eq!(said("A thing", "One of them"), "A thing.||One of them");
    }

    #[test]
    fn bare_urls_are_links() {
        check("see https://a.b/c_d.", &["see <https://a.b/c_d>."]);
        check("[x](https://a.b)", &["[x](https://a.b)"]);
        check("<x@a.b>", &["[x@a.b](mailto:x@a.b)"]);
    }

    #[test]
    fn relative_links_keep_their_text() {
        check("[the guide](guide://x) and [y](z)", &["the guide and y"]);
    }

    #[test]
    fn code_is_tagged_as_text() {
        check("```json\n{}\n```", &["```text", "{}", "```"]);
        check("a\n\n    let x;", &["a", "", "```text", "let x;", "```"]);
    }

    #[test]
    fn plain_text_is_laid_out_as_if_it_was_parsed() {
        const PIECES: &[&str] = &[
            "a", "Word", "id", "1", "25", "é", " ", " ", "\n", "\n\n", ". ", ", ", ".", "5.", "2)", "_", "`",
            "`x_y`", "`a b`", "-", "--", "===", "(", ")", ":", "/", "http", "://", "!", "?", "{id}", "\"",
            "'", "—", "+", "#", "e.g.", "*", ";", "@", "$", "%",
        ];
        let mut state = 1_u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap_or_default() % below
        };
        let mut plain = 0;
        for _ in 0..30_000 {
            let text: String = (0..=next(12)).map(|_| PIECES[next(PIECES.len())]).collect();
            if is_plain(&text) {
                plain += 1;
                assert_eq!(markdown(&text), parsed(&text), "{text:?}");
            }
        }
        assert!(plain > 2_000, "{plain}");
    }

    #[test]
    fn headings_stay_below_ours() {
        check("# Head", &["### Head"]);
    }
}
