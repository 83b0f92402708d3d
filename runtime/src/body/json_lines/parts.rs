//! Splits a multipart body (RFC 2046 section 5.1), in chunks of any size, into the contents of its parts.

use std::collections::VecDeque;

use super::parse::Line;
use crate::json::without_mark;

/// The state of the parser: the received part of the body from the last delimiter on.
#[derive(Debug)]
pub(super) struct PartParser {
    /// A line end, two hyphens and the boundary.
    delimiter: Vec<u8>,
    held: Vec<u8>,
    /// The number of held bytes that are known not to begin a delimiter.
    searched: usize,
    /// The number of the part being read; 0 before the first one.
    number: usize,
    is_over: bool,
}

impl PartParser {
    /// Returns the parser for a `Content-Type`; `None` if it is not that of a multipart body.
    pub(super) fn of(content_type: &str) -> Option<Self> {
        let is_multipart =
            content_type.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"));
        let boundary = boundary(content_type).filter(|boundary| is_multipart && !boundary.is_empty())?;
        // The first delimiter can stand at the beginning of the body, so a line end is put in front.
        Some(Self {
            delimiter: format!("\n--{boundary}").into_bytes(),
            held: vec![b'\n'],
            searched: 0,
            number: 0,
            is_over: false,
        })
    }

    /// Parses the next bytes, and appends the contents of the parts that they complete.
    pub(super) fn push(&mut self, bytes: &[u8], into: &mut VecDeque<Line>) {
        if self.is_over {
            return;
        }
        self.held.extend_from_slice(bytes);
        while let Some(at) = self.next_delimiter() {
            let after = at + self.delimiter.len();
            let Some(end) = self.held[after..].iter().position(|byte| *byte == b'\n') else {
                // Only the last delimiter may lack a line end.
                if self.held[after..].starts_with(b"--") {
                    self.complete(at, into);
                    self.is_over = true;
                    self.held.clear();
                }
                return;
            };
            self.complete(at, into);
            if self.held[after..].starts_with(b"--") {
                self.is_over = true;
                self.held.clear();
                return;
            }
            // The line end stays: the next delimiter can follow at once.
            self.held.drain(..after + end);
            self.searched = 0;
            self.number += 1;
        }
    }

    /// Completes a part whose end is missing.
    pub(super) fn finish(&mut self, into: &mut VecDeque<Line>) {
        if !self.is_over {
            self.is_over = true;
            self.complete(self.held.len(), into);
        }
    }

    /// Returns the number of buffered bytes of an incomplete part.
    pub(super) fn held(&self) -> usize {
        self.held.len()
    }

    /// Returns the place of the next delimiter, which is followed by hyphens, by white space or by a line end.
    fn next_delimiter(&mut self) -> Option<usize> {
        loop {
            let found = self.held[self.searched..]
                .windows(self.delimiter.len())
                .position(|window| window == self.delimiter);
            let Some(found) = found else {
                self.searched = self.held.len().saturating_sub(self.delimiter.len() - 1).max(self.searched);
                return None;
            };
            self.searched += found;
            let rest = &self.held[self.searched + self.delimiter.len()..];
            match rest.first() {
                None => return None,
                Some(b'-' | b' ' | b'\t' | b'\r' | b'\n') => return Some(self.searched),
                // Another boundary that begins with this one.
                Some(_) => self.searched += 1,
            }
        }
    }

    /// Appends the content of the part that ends here.
    fn complete(&self, end: usize, into: &mut VecDeque<Line>) {
        if self.number == 0 {
            return;
        }
        let text = without_mark(content(&self.held[..end]));
        if !text.trim_ascii().is_empty() {
            into.push_back(Line { unit: "part", number: self.number, text: text.to_owned() });
        }
    }
}

/// Returns what follows the headers of a part, which begins with the end of the line before.
fn content(part: &[u8]) -> &[u8] {
    let mut rest = part;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\n') {
        rest = &rest[at + 1..];
        if let Some(content) = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")) {
            return content;
        }
    }
    &[]
}

/// Returns the parameter `boundary` of a media type.
fn boundary(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("boundary").then(|| value.trim().trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::PartParser;

    #[track_caller]
    fn check(body: &str, expected: &[(usize, &str)]) {
        for size in 1..=body.len() {
            let mut parser =
                PartParser::of("Multipart/Mixed; charset=utf-8; Boundary=\"ab\"").expect("a boundary");
            let mut parts = VecDeque::new();
            for piece in body.as_bytes().chunks(size) {
                parser.push(piece, &mut parts);
            }
            parser.finish(&mut parts);
            let parts: Vec<(usize, String)> = parts
                .into_iter()
                .map(|part| (part.number, String::from_utf8(part.text).expect("a text").trim().to_owned()))
                .collect();
            let expected: Vec<(usize, String)> =
                expected.iter().map(|(number, text)| (*number, (*text).to_owned())).collect();
            assert_eq!(parts, expected, "{body:?} in pieces of {size}");
        }
    }

    #[test]
    fn parts_end_at_their_delimiters() {
        check(
            "--ab\r\ncontent-type: application/json\r\n\r\n1\r\n--ab \r\n\r\n2\r\n--ab--\r\nend",
            &[(1, "1"), (2, "2")],
        );
        check("before\r\n--ab\r\n\r\n{\r\n\"--ab\": 1}\r\n--ab--", &[(1, "{\r\n\"--ab\": 1}")]);
        check("--ab\n\n1\n--ab\n\n2\n--ab--\n", &[(1, "1"), (2, "2")]);
        check("--ab\r\n\r\n1\r\n--abc\r\n--ab--", &[(1, "1\r\n--abc")]);
    }

    #[test]
    fn empty_parts_are_counted_and_skipped() {
        check("--ab--\r\n", &[]);
        check("--ab\r\n\r\n\r\n--ab\r\na: b\r\n--ab\r\n\r\n3\r\n--ab--\r\n", &[(3, "3")]);
    }

    #[test]
    fn a_part_without_an_end_is_complete_when_the_body_ends() {
        check("--ab\r\n\r\n1\r\n--ab\r\n\r\n2", &[(1, "1"), (2, "2")]);
        check("no part at all", &[]);
    }

    #[test]
    fn only_multipart_bodies_have_parts() {
        for content_type in
            ["application/jsonl; boundary=a", "multipart/mixed", "multipart/mixed; boundary=\"\"", "é"]
        {
            assert!(PartParser::of(content_type).is_none(), "{content_type}");
        }
    }
}
