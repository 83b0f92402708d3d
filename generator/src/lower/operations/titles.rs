//! Splits the summary and description of an operation into a title for a heading and the rest.

use pulldown_cmark::{Event, Parser, TagEnd};

use crate::ir::{Docs, ForeignText};
use crate::name::capitalised;

/// The maximum number of characters in a title.
const LONGEST: usize = 80;

/// Returns title and description. If the summary is a longer text, the title is its first sentence if that is suitable,
/// else the words of the name.
pub(in crate::lower) fn docs(summary: Option<&str>, description: Option<&str>, words: &[String]) -> Docs {
    let Some(summary) = summary.filter(|summary| !is_title(summary.trim())) else {
        return Docs { title: summary.map(Into::into), description: description.map(Into::into) };
    };
    let text = joined(summary.trim(), description.unwrap_or_default().trim());
    let Some(sentence) = first_sentence(summary) else {
        return Docs { title: Some(capitalised(&words.join(" ")).into()), description: Some(text.into()) };
    };
    let rest = after(&text, &sentence).unwrap_or(&text).trim();
    let title = sentence.strip_suffix('.').unwrap_or(&sentence).to_owned();
    Docs {
        title: Some(title.into()),
        description: Some(rest).filter(|rest| !rest.is_empty()).map(Into::into),
    }
}

fn is_title(summary: &str) -> bool {
    !summary.contains(['\n', '\r']) && summary.chars().count() <= LONGEST
}

/// Joins two texts, unless the second starts with the first.
fn joined(summary: &str, description: &str) -> String {
    if description.is_empty() {
        summary.to_owned()
    } else if after(description, summary).is_some() {
        description.to_owned()
    } else {
        format!("{summary}\n\n{description}")
    }
}

/// Returns the text after the words of `beginning`, if the text starts with them.
fn after<'a>(text: &'a str, beginning: &str) -> Option<&'a str> {
    beginning.split_whitespace().try_fold(text, |rest, word| rest.trim_start().strip_prefix(word))
}

/// Returns the first sentence without its markup, if it is suitable as a title: a short statement.
fn first_sentence(text: &str) -> Option<String> {
    let plain = first_paragraph(text);
    let words: Vec<&str> = plain.split_whitespace().collect();
    let follows = |index: usize| words.get(index + 1).copied();
    let end = (0..words.len()).find(|&index| ends_sentence(words[index], follows(index)));
    let sentence = words[..end.map_or(words.len(), |end| end + 1)].join(" ");
    let is_statement = !sentence.ends_with(['?', '!', ':', ';', ',']) && sentence.contains(' ');
    (is_statement && sentence.chars().count() <= LONGEST + 1).then_some(sentence)
}

/// Returns `true` at the last word of a sentence; `e.g.` does not end one.
fn ends_sentence(word: &str, next: Option<&str>) -> bool {
    let Some(before) = word.strip_suffix(['.', '?', '!']) else { return false };
    !before.contains('.') && next.is_none_or(|next| !next.starts_with(char::is_lowercase))
}

fn first_paragraph(text: &str) -> String {
    let mut plain = String::new();
    let text = ForeignText::from(text);
    for event in Parser::new(text.as_written()) {
        match event {
            Event::Text(text) | Event::Code(text) => plain.push_str(&text),
            Event::SoftBreak | Event::HardBreak => plain.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => break,
            _ => {}
        }
    }
    plain
}

/// Returns the words that distinguish an operation from those of other documents, or from another method for the
/// same request.
pub(super) fn variant(suffix: &[String], is_location: bool) -> Vec<String> {
    let location = is_location.then(|| "location".to_owned());
    suffix.iter().cloned().chain(location).collect()
}

#[cfg(test)]
mod tests {
    use super::docs;
    use crate::ir::ForeignText;

    fn check(summary: &str, description: Option<&str>, title: &str, rest: Option<&str>) {
        let docs = docs(Some(summary), description, &["get".to_owned(), "thing".to_owned()]);
        let written = |text: &Option<ForeignText>| text.as_ref().map(|text| text.as_written().to_owned());
        assert_eq!(written(&docs.title).as_deref(), Some(title));
        assert_eq!(written(&docs.description).as_deref(), rest);
    }

    #[test]
    fn titles_stay() {
        check("Get *one*.", Some("Gets it."), "Get *one*.", Some("Gets it."));
    }

    #[test]
    fn a_short_first_sentence_is_the_title() {
        check("Get a\nthing. Or two.", Some("Three."), "Get a thing", Some("Or two.\n\nThree."));
        check("Get a thing.\n\n* One", None, "Get a thing", Some("* One"));
        check("Get things, e.g. `One`\n", Some(""), "Get things, e.g. `One`\n", Some(""));
        check("Get things, e.g. this\nlist", None, "Get things, e.g. this list", None);
    }

    #[test]
    fn a_sentence_with_markup_stays_in_the_description() {
        check("Get [a](b) `c`.\nD.", None, "Get a c", Some("Get [a](b) `c`.\nD."));
    }

    #[test]
    fn the_name_is_the_title_where_no_sentence_can_be() {
        let long = "very ".repeat(20) + "long";
        check(&long, Some("More."), "Get thing", Some(&format!("{long}\n\nMore.")));
        for text in ["**New here?**\nRead this.", "One of:\n\n* a", "Deprecated.\nDo not."] {
            check(text, None, "Get thing", Some(text));
        }
    }

    #[test]
    fn a_description_that_repeats_the_summary_is_the_whole_text() {
        check(
            "Get a thing.\nNot two.",
            Some("Get a thing. Not two. So."),
            "Get a thing",
            Some("Not two. So."),
        );
    }
}
