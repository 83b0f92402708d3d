//! Tells the tags of HTML in a description from placeholders such as `<token>` and from unknown markup.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::html::{Element, is_known, is_open_ended};

/// Elements whose contents are no text.
pub(super) const WITHOUT_TEXT: &[&str] = &["head", "iframe", "script", "style", "title"];

/// Elements whose names are ordinary words, which stand for a placeholder if nothing ends them.
const ORDINARY_WORDS: &[&str] =
    &["address", "caption", "figure", "footer", "header", "main", "section", "summary", "time"];

/// The meaning of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagKind {
    /// An element that CommonMark can express or that only groups text.
    Known,
    /// An element whose contents are no text.
    WithoutText,
    /// Markup of another language, such as a component of a renderer.
    Unknown,
    /// Text in angle brackets.
    Placeholder,
}

/// The tags of a text.
pub(super) struct Tags {
    /// The names of the elements that an end tag ends, in lower case.
    ended: BTreeSet<String>,
}

impl Tags {
    pub(super) fn of(text: &str) -> Self {
        let lower = text.to_ascii_lowercase();
        let name = |rest: &str| {
            Some(rest[..rest.find(|char: char| char == '>' || char.is_whitespace())?].to_owned())
        };
        Self { ended: lower.split("</").skip(1).filter_map(name).collect() }
    }

    /// Returns the kind of a tag. An unknown one is markup if it has attributes with values or an end.
    pub(super) fn kind(&self, element: &Element) -> TagKind {
        let name = element.name.as_str();
        let is_bare = !element.is_end && !element.is_empty && !element.has_values();
        if WITHOUT_TEXT.contains(&name) {
            TagKind::WithoutText
        } else if is_known(name) {
            let is_word = is_bare && ORDINARY_WORDS.contains(&name) && !self.ends(name);
            if is_word { TagKind::Placeholder } else { TagKind::Known }
        } else if is_bare && !self.ends(name) {
            TagKind::Placeholder
        } else {
            TagKind::Unknown
        }
    }

    fn ends(&self, name: &str) -> bool {
        self.ended.contains(name)
    }

    /// Prepares a block of HTML for the converter: unknown markup goes, placeholders become text, and code in `pre` gets
    /// the element that says so. Returns `None` if the block has no known tag to convert and nothing to drop.
    pub(super) fn prepared(&self, block: &str) -> Option<Prepared> {
        let mut prepared = Prepared { html: String::new(), is_html: block.trim_start().starts_with("<!--") };
        let mut dropped = false;
        let mut in_code = false;
        let mut rest = block;
        while let Some(start) = rest.find('<') {
            prepared.html.push_str(&rest[..start]);
            rest = &rest[start..];
            let Some(element) = Element::read(rest) else {
                prepared.html.push('<');
                rest = &rest[1..];
                continue;
            };
            let (tag, after) = rest.split_at(element.length);
            rest = after;
            match self.kind(&element) {
                TagKind::Placeholder => {
                    prepared.html.push_str("&lt;");
                    prepared.html.push_str(&tag[1..tag.len() - 1]);
                    prepared.html.push_str("&gt;");
                }
                TagKind::Unknown => dropped = true,
                TagKind::Known if element.name == "pre" => {
                    let has_code = after.trim_start().starts_with("<code");
                    let added = match (element.is_end, in_code) {
                        (true, true) => "</code></pre>".to_owned(),
                        (false, _) if !has_code => format!("{tag}<code>"),
                        (true | false, _) => tag.to_owned(),
                    };
                    in_code = !element.is_end && !has_code;
                    // A line end after the tag is not part of the code.
                    rest = if in_code { after.strip_prefix('\n').unwrap_or(after) } else { after };
                    prepared.is_html = true;
                    prepared.html.push_str(&added);
                }
                // A mark would show in a block of code.
                TagKind::Known if in_code => {
                    prepared.html.push_str(if element.name == "br" { "\n" } else { "" });
                }
                TagKind::Known | TagKind::WithoutText => {
                    prepared.is_html |= self.kind(&element) == TagKind::Known;
                    prepared.html.push_str(tag);
                }
            }
        }
        prepared.html.push_str(rest);
        (prepared.is_html || dropped).then_some(prepared)
    }
}

/// A block that the converter can take.
pub(super) struct Prepared {
    pub(super) html: String,
    /// Set if it still has elements or comments; else it is CommonMark with entities.
    pub(super) is_html: bool,
}

/// Returns the text of a line without its HTML. Placeholders stay, and so does a `<` that opens no tag.
pub(crate) fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '&']) {
        return Cow::Borrowed(text);
    }
    let tags = Tags::of(text);
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let comment = rest.strip_prefix("<!--").and_then(|inside| inside.split_once("-->"));
        if let Some((_, after)) = comment {
            rest = after;
            continue;
        }
        let element = Element::read(rest).filter(|element| tags.is_markup(element));
        match element {
            Some(element) => {
                plain.push_str(if is_open_ended(&element.name) { " " } else { "" });
                rest = &rest[element.length..];
            }
            None => {
                plain.push('<');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(decoded(plain))
}

impl Tags {
    /// Returns `true` for a tag of an element that has an end or needs none.
    fn is_markup(&self, element: &Element) -> bool {
        let is_whole =
            element.is_end || element.is_empty || is_open_ended(&element.name) || self.ends(&element.name);
        match self.kind(element) {
            TagKind::Known => is_whole,
            TagKind::Unknown => true,
            TagKind::WithoutText | TagKind::Placeholder => false,
        }
    }
}

/// Decodes the character references that are common in titles.
fn decoded(text: String) -> String {
    const REFERENCES: &[(&str, &str)] = &[
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    if !text.contains('&') {
        return text;
    }
    REFERENCES.iter().fold(text, |text, (reference, char)| text.replace(reference, char))
}

#[cfg(test)]
mod tests {
    use super::without_tags;

    #[test]
    fn lines_lose_their_tags() {
        for (html, expected) in [
            ("<b>Get</b> a <a href=\"https://x.test\">thing</a>", "Get a thing"),
            ("One<br>two &amp; three", "One two & three"),
            ("<Badge kind=\"new\"/>Get <my-mark>this</my-mark>", "Get this"),
            ("Get <token> of List<Pet>, a < b", "Get <token> of List<Pet>, a < b"),
            ("Set the <header> and <table-name>", "Set the <header> and <table-name>"),
            ("a <b and c> d", "a <b and c> d"),
            ("<!-- x -->Get", "Get"),
        ] {
            assert_eq!(without_tags(html), expected, "{html}");
        }
    }
}
