//! Distinguishes harmless HTML from HTML that is active or reaches beyond its text.

/// Elements without a required end tag; they do not reach beyond their paragraph.
const OPEN_ENDED: &[&str] =
    &["br", "col", "dd", "dt", "hr", "img", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr"];

/// Harmless elements with an end tag.
const CLOSED: &[&str] = &[
    "a",
    "abbr",
    "address",
    "aside",
    "b",
    "bdi",
    "big",
    "blockquote",
    "caption",
    "center",
    "cite",
    "code",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "i",
    "ins",
    "kbd",
    "main",
    "mark",
    "nav",
    "ol",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "time",
    "tt",
    "u",
    "ul",
    "var",
];

/// Returns `true` for the name of a harmless element of HTML.
pub(super) fn is_known(name: &str) -> bool {
    OPEN_ENDED.contains(&name) || CLOSED.contains(&name) || name == "pre"
}

/// Returns `true` for the name of an element without a required end tag.
pub(super) fn is_open_ended(name: &str) -> bool {
    OPEN_ENDED.contains(&name)
}

/// A tag with its attributes, whatever they are.
pub(super) struct Element {
    /// In lower case.
    pub(super) name: String,
    pub(super) is_end: bool,
    /// `true` for a self-closing tag.
    pub(super) is_empty: bool,
    /// The number of bytes of the tag.
    pub(super) length: usize,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// Reads the tag at the start of a text.
    pub(super) fn read(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('<')?;
        let is_end = rest.starts_with('/');
        let (name, mut rest) = tag_name(rest.strip_prefix('/').unwrap_or(rest))?;
        let name = name.to_ascii_lowercase();
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
                let (is_empty, length) = (rest.starts_with('/'), text.len() - after.len());
                return Some(Self { name, is_end, is_empty, length, attributes });
            }
            let end = rest.find(|char: char| char.is_whitespace() || "=/>".contains(char))?;
            let (key, after) = rest.split_at(end.max(1));
            let (value, after) = match after.trim_start().strip_prefix('=') {
                Some(value) => attribute_value(value.trim_start())?,
                None => ("", after),
            };
            attributes.push((key.to_ascii_lowercase(), value.to_owned()));
            rest = after;
        }
    }

    /// Returns `true` if an attribute has a value.
    pub(super) fn has_values(&self) -> bool {
        self.attributes.iter().any(|(_, value)| !value.is_empty())
    }

    /// Returns the value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Splits a text after the value of an attribute at its start, which may be quoted.
fn attribute_value(text: &str) -> Option<(&str, &str)> {
    match text.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
        Some(quote) => text[1..].split_once(quote),
        None => Some(text.split_at(text.find(|char: char| char.is_whitespace() || char == '>')?)),
    }
}

/// Attributes that only describe.
const DESCRIBING: &[&str] = &[
    "align", "alt", "class", "colspan", "dir", "height", "lang", "open", "rowspan", "scope", "title", "type",
    "valign", "width",
];

/// Attributes with a URL.
const LEADING: &[&str] = &["href", "src"];

/// Starts of harmless URLs.
const SCHEMES: &[&str] = &["http://", "https://", "mailto:"];

/// Returns `true` if these pieces hold only harmless elements, and every opened element is closed in order.
pub(super) fn is_harmless<'a>(pieces: impl IntoIterator<Item = &'a str>) -> bool {
    let mut open: Vec<String> = Vec::new();
    for piece in pieces {
        let mut rest = piece;
        while let Some(start) = rest.find('<') {
            let Some((tag, after)) = HtmlTag::read(&rest[start..]) else { return false };
            rest = after;
            let is_open_ended = OPEN_ENDED.contains(&tag.name.as_str());
            if !is_open_ended && !CLOSED.contains(&tag.name.as_str()) {
                return false;
            }
            if is_open_ended || tag.is_empty {
                continue;
            }
            if !tag.is_end {
                open.push(tag.name);
            } else if open.pop() != Some(tag.name) {
                return false;
            }
        }
    }
    open.is_empty()
}

/// A tag whose attributes are all harmless.
struct HtmlTag {
    /// In lower case.
    name: String,
    is_end: bool,
    /// `true` for a self-closing tag.
    is_empty: bool,
}

impl HtmlTag {
    /// Reads the tag at the start of the text, and returns it with the rest of the text.
    fn read(text: &str) -> Option<(Self, &str)> {
        let rest = text.strip_prefix('<')?;
        let is_end = rest.starts_with('/');
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let (name, mut rest) = word(rest)?;
        loop {
            let trimmed = rest.trim_start();
            let is_empty = trimmed.starts_with("/>");
            if let Some(after) = trimmed.strip_prefix("/>").or_else(|| trimmed.strip_prefix('>')) {
                return Some((Self { name: name.to_ascii_lowercase(), is_end, is_empty }, after));
            }
            if trimmed.len() == rest.len() {
                return None;
            }
            rest = attribute(trimmed)?;
        }
    }
}

/// Returns the text after a harmless attribute.
fn attribute(text: &str) -> Option<&str> {
    let (name, rest) = word(text)?;
    let name = name.to_ascii_lowercase();
    let Some(value) = rest.trim_start().strip_prefix('=') else {
        return DESCRIBING.contains(&name.as_str()).then_some(rest);
    };
    let value = value.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (value, rest) = value[1..].split_once(quote)?;
    let leads = LEADING.contains(&name.as_str()) && SCHEMES.iter().any(|scheme| value.starts_with(scheme));
    let is_harmless = leads || DESCRIBING.contains(&name.as_str());
    (is_harmless && !value.contains(['<', '>'])).then_some(rest)
}

/// Splits a text after the name of an element at its start, which may be one of another language (`x-mark`).
fn tag_name(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|char: char| char.is_whitespace() || "/>".contains(char)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let belongs = |char: char| char.is_ascii_alphanumeric() || "-_:.".contains(char);
    (name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.chars().all(belongs))
        .then_some((name, rest))
}

/// Splits a text after the letters and digits at its start.
fn word(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|char: char| !char.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    word.starts_with(|first: char| first.is_ascii_alphabetic()).then_some((word, rest))
}

#[cfg(test)]
mod tests {
    use super::is_harmless;

    #[test]
    fn elements_have_to_end() {
        for html in [
            "<b>x</b>",
            "a<br>b<br/>",
            "<p>one<p>two",
            "<ul><li>a<li>b</ul>",
            "<a href=\"https://x.test\" title='y'><i>y</i></a>",
        ] {
            assert!(is_harmless([html]), "{html}");
        }
        for html in
            ["<b>", "</b>", "<b><i></b></i>", "<!-- x -->", "<!DOCTYPE html>", "<?php ?>", "<details>"]
        {
            assert!(!is_harmless([html]), "{html}");
        }
        assert!(is_harmless(["<b>", "</b>"]));
    }

    #[test]
    fn elements_that_act_are_not_harmless() {
        for html in [
            "<script>alert(1)</script>",
            "<SCRIPT>alert(1)</SCRIPT>",
            "<style>* {}</style>",
            "<iframe src=\"https://x.test\"></iframe>",
            "<object></object>",
            "<embed>",
            "<form></form>",
            "<svg/onload=alert(1)>",
            "<img src=x onerror=alert(1)>",
            "<img src=\"https://x.test\" onerror=\"alert(1)\">",
            "<b/onclick=alert(1)>x</b>",
            "<b onclick='alert(1)'>x</b>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\"&#106;avascript:alert(1)\">x</a>",
            "<a href=javascript:alert(1)>x</a>",
            "<b title=\"> <script>\">x</b>",
            "<div style=\"position: fixed\">x</div>",
            "<b\n",
            "a < b",
        ] {
            assert!(!is_harmless([html]), "{html}");
        }
    }
}
