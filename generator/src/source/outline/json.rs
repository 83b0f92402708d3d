//! Outlines JSON texts. The scanner knows only tokens, since the parser has already checked the grammar.

use super::{Builder, Content, Outline};
use crate::source::language::without_mark;
use crate::source::{Position, Span};

pub(crate) fn outline(text: &str) -> Outline {
    let text = without_mark(text);
    let mut scanner = Scanner { text, at: 0, position: Position { line: 1, column: 1 } };
    let mut builder = Builder::default();
    while let Some(byte) = scanner.peek() {
        let (start, from) = (scanner.position, scanner.at);
        match byte {
            b'{' | b'[' => {
                scanner.advance();
                let content =
                    if byte == b'{' { Content::Mapping(Vec::new()) } else { Content::Sequence(Vec::new()) };
                builder.start(start, content);
            }
            b'}' | b']' => {
                scanner.advance();
                builder.end(scanner.position);
            }
            b'"' => {
                scanner.string();
                let span = Span { start, end: scanner.position };
                builder.scalar(span, || unquote(&text[from..scanner.at]));
            }
            byte if is_between(byte) => scanner.skip_between(),
            _ => {
                scanner.word();
                let span = Span { start, end: scanner.position };
                builder.scalar(span, || text[from..scanner.at].into());
            }
        }
    }
    builder.outline
}

/// A scanner that counts lines and columns.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    position: Position,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn advance(&mut self) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        if byte == b'\n' {
            self.position = Position { line: self.position.line + 1, column: 1 };
        } else if self.text.is_char_boundary(self.at) {
            // A character of several bytes is counted at its last byte.
            self.position.column += 1;
        }
    }

    /// Skips white space and the marks between values.
    fn skip_between(&mut self) {
        while let Some(byte) = self.peek().filter(|byte| is_between(*byte)) {
            self.at += 1;
            self.position.column += 1;
            if byte == b'\n' {
                self.position = Position { line: self.position.line + 1, column: 1 };
            }
        }
    }

    /// Skips a string, which in valid JSON has no line ends.
    fn string(&mut self) {
        let bytes = self.text.as_bytes();
        let mut end = self.at + 1;
        while let Some(byte) = bytes.get(end) {
            match byte {
                b'"' => {
                    end += 1;
                    break;
                }
                // Whatever is escaped does not end the string.
                b'\\' if bytes.get(end + 1) != Some(&b'\n') => end += 2,
                b'\\' | b'\n' => return self.string_with_lines(),
                _ => end += 1,
            }
        }
        let end = end.min(bytes.len());
        // Bytes that continue a character are not counted.
        self.position.column += bytes[self.at..end].iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        self.at = end;
    }

    fn string_with_lines(&mut self) {
        self.advance();
        while let Some(byte) = self.peek() {
            self.advance();
            match byte {
                b'"' => return,
                b'\\' => self.advance(),
                _ => {}
            }
        }
    }

    /// Skips a number or word.
    fn word(&mut self) {
        while self.peek().is_some_and(|byte| !byte.is_ascii_whitespace() && !b",:{}[]\"".contains(&byte)) {
            self.advance();
        }
    }
}

fn is_between(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b',' | b':')
}

fn unquote(literal: &str) -> Box<str> {
    let plain = literal.trim_matches('"');
    if literal.contains('\\') { serde_json::from_str(literal).unwrap_or(plain.into()) } else { plain.into() }
}
