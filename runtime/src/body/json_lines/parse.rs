//! Splits the bytes of a stream, in chunks of any size, into the texts of JSON values.

use std::collections::VecDeque;

use crate::json::{MARK, without_mark};

/// The byte before each text of a sequence (RFC 7464).
pub(super) const RECORD_SEPARATOR: u8 = 0x1e;

/// The text of a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The word for what is counted.
    pub(super) unit: &'static str,
    /// The number of the line on which it ends, or of the record in a sequence, from 1.
    pub(super) number: usize,
    pub(super) text: Vec<u8>,
}

/// The state of the parser: the received part of the next text.
#[derive(Debug, Default)]
pub(super) struct Parser {
    text: Vec<u8>,
    number: usize,
    /// The byte that ends a text, once the first byte of the stream is known.
    end: Option<u8>,
}

impl Parser {
    /// Parses the next bytes, and appends the texts that they complete.
    pub(super) fn push(&mut self, bytes: &[u8], into: &mut VecDeque<Line>) {
        if let Some(end) = self.end {
            return self.split(bytes, end, into);
        }
        self.text.extend_from_slice(bytes);
        // A byte order mark may come in pieces too.
        if MARK.starts_with(&self.text) {
            return;
        }
        let start = std::mem::take(&mut self.text);
        let start = without_mark(&start);
        // Only a sequence begins with a separator, and its texts can have several lines.
        let is_sequence = start.first() == Some(&RECORD_SEPARATOR);
        let end = *self.end.insert(if is_sequence { RECORD_SEPARATOR } else { b'\n' });
        self.split(start, end, into);
    }

    fn split(&mut self, bytes: &[u8], end: u8, into: &mut VecDeque<Line>) {
        let mut pieces = bytes.split(|byte| *byte == end).peekable();
        while let Some(piece) = pieces.next() {
            self.text.extend_from_slice(piece);
            if pieces.peek().is_some() {
                self.complete(into);
            }
        }
    }

    /// Completes the last text, which may lack its line end.
    pub(super) fn finish(&mut self, into: &mut VecDeque<Line>) {
        self.complete(into);
    }

    /// Returns the number of buffered bytes of an incomplete text.
    pub(super) fn held(&self) -> usize {
        self.text.len()
    }

    /// Returns the buffered bytes of an incomplete text.
    pub(super) fn rest(&self) -> &[u8] {
        &self.text
    }

    /// Returns `true` if each text ends with its line.
    pub(super) fn ends_at_lines(&self) -> bool {
        self.end == Some(b'\n')
    }

    fn complete(&mut self, into: &mut VecDeque<Line>) {
        let mut text = std::mem::take(&mut self.text);
        // Nothing stands before the first separator of a sequence.
        if self.end == Some(RECORD_SEPARATOR) && self.number == 0 && text.is_empty() {
            self.number = 1;
            return;
        }
        if self.end != Some(RECORD_SEPARATOR) {
            self.number += 1;
        }
        let number = self.number;
        // Texts that were put together from several files can have a mark each.
        text.drain(..text.len() - without_mark(&text).len());
        if !text.trim_ascii().is_empty() {
            into.push_back(Line { unit: "line", number, text });
        }
        if self.end == Some(RECORD_SEPARATOR) {
            self.number += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::Parser;

    #[track_caller]
    fn check(stream: &str, expected: &[(usize, &str)]) {
        for size in 1..=stream.len() {
            let (mut parser, mut lines) = (Parser::default(), VecDeque::new());
            for piece in stream.as_bytes().chunks(size) {
                parser.push(piece, &mut lines);
            }
            parser.finish(&mut lines);
            let texts: Vec<(usize, String)> = lines
                .into_iter()
                .map(|line| (line.number, String::from_utf8(line.text).expect("a text").trim().to_owned()))
                .collect();
            let expected: Vec<(usize, String)> =
                expected.iter().map(|(number, text)| (*number, (*text).to_owned())).collect();
            assert_eq!(texts, expected, "{stream:?} in pieces of {size}");
        }
    }

    #[test]
    fn lines_end_anywhere_in_a_chunk() {
        check("{\"a\":1}\n{\"a\":2}\n", &[(1, "{\"a\":1}"), (2, "{\"a\":2}")]);
        check("\"é🦀\"\n\"ü\"\n", &[(1, "\"é🦀\""), (2, "\"ü\"")]);
        check("1\r\n2\r\n", &[(1, "1"), (2, "2")]);
        check("\u{feff}1\n\u{feff}2", &[(1, "1"), (2, "2")]);
        check("\u{feff}", &[]);
    }

    #[test]
    fn blank_lines_are_counted_and_skipped() {
        check("\n1\n\n \t\r\n2", &[(2, "1"), (5, "2")]);
        check("\n\n", &[]);
    }

    #[test]
    fn a_sequence_is_split_at_its_separators() {
        check("\u{1e}{\n \"a\": 1\n}\n\u{1e}2\n", &[(1, "{\n \"a\": 1\n}"), (2, "2")]);
        check("\u{1e}1\n\u{1e}\n\u{1e}3\n", &[(1, "1"), (3, "3")]);
        check("\u{feff}\u{1e}{\n}\n\u{1e}\u{feff}2\n", &[(1, "{\n}"), (2, "2")]);
    }
}
