//! Finds the first document in a YAML stream, and the place where others begin.

use std::borrow::Cow;

use super::Position;

/// The first document of a YAML stream that is not empty.
pub(crate) struct FirstDocument<'t> {
    /// The text up to the end of the document. Lines before the document keep their number.
    pub(crate) text: Cow<'t, str>,
    /// The place where the next document with content begins.
    pub(crate) next: Option<Position>,
}

/// A line of a stream.
struct StreamLine<'t> {
    number: usize,
    start: usize,
    text: &'t str,
}

/// Splits a stream after its first document. `---` and `...` at the start of a line are markers wherever they stand
/// (YAML 1.2.2 section 9.1).
pub(crate) fn first_document(text: &str) -> FirstDocument<'_> {
    if !text.contains("\n---") && !text.contains("\n...") {
        return FirstDocument { text: Cow::Borrowed(text), next: None };
    }
    let mut start = 0;
    let mut lines = lines(text);
    let mut markers = Vec::new();
    for line in lines.by_ref() {
        if line.is_marker() {
            markers.push(line.start);
        }
        if line.has_content() {
            break;
        }
    }
    if let [.., _, last] = markers.as_slice() {
        start = *last;
    }
    let end = lines.find(StreamLine::is_marker);
    let next = end.as_ref().and_then(|end| next_document(text, end.number));
    let end = end.map_or(text.len(), |line| line.start);
    let text = match start {
        0 => Cow::Borrowed(&text[..end]),
        start => {
            let blank: String = text[..start].chars().filter(|char| *char == '\n').collect();
            Cow::Owned(blank + &text[start..end])
        }
    };
    FirstDocument { text, next }
}

/// Returns the marker, or else the line, at which a document with content begins, from a line on.
fn next_document(text: &str, first: usize) -> Option<Position> {
    let mut marker = first;
    for line in lines(text).skip(first - 1) {
        if line.is_marker() {
            marker = line.number;
        }
        if line.has_content() {
            return Some(Position { line: marker, column: 1 });
        }
    }
    None
}

fn lines(text: &str) -> impl Iterator<Item = StreamLine<'_>> {
    let mut start = 0;
    text.split_inclusive('\n').enumerate().map(move |(index, line)| {
        let here = start;
        start += line.len();
        StreamLine { number: index + 1, start: here, text: line }
    })
}

impl StreamLine<'_> {
    fn is_marker(&self) -> bool {
        let rest = self.text.strip_prefix("---").or_else(|| self.text.strip_prefix("..."));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    }

    /// Returns `true` if the line holds more than a marker, a comment or a directive.
    fn has_content(&self) -> bool {
        let rest = if self.is_marker() { &self.text[3..] } else { self.text };
        !rest.trim().is_empty() && !rest.trim_start().starts_with('#') && !self.text.starts_with('%')
    }
}

#[cfg(test)]
mod tests {
    use super::first_document;

    #[test]
    fn the_first_document_with_content_is_taken() {
        for (text, first, next) in [
            ("a: 1\n", "a: 1\n", None),
            ("---\na: 1\n", "---\na: 1\n", None),
            ("a: 1\n---\n", "a: 1\n", None),
            ("a: 1\n...\n", "a: 1\n", None),
            ("a: 1\n---\n# nothing\n...\n", "a: 1\n", None),
            ("a: 1\n--- # next\nb: 2\n---\nc: 3", "a: 1\n", Some(2)),
            ("a: 1\n...\n%YAML 1.2\n---\nb: 2\n", "a: 1\n", Some(4)),
            ("# head\n---\n---\na: 1\n", "\n\n---\na: 1\n", None),
            ("%YAML 1.2\n---\na: 1\n", "%YAML 1.2\n---\na: 1\n", None),
            ("a: |\n  ---\n  b\nc: ----\n", "a: |\n  ---\n  b\nc: ----\n", None),
        ] {
            let found = first_document(text);
            assert_eq!((&*found.text, found.next.map(|place| place.line)), (first, next), "{text}");
        }
    }
}
