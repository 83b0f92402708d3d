//! Parses the bytes of an event stream, in chunks of any size (WHATWG HTML sections 9.2.5 and 9.2.6).

use std::collections::VecDeque;
use std::time::Duration;

/// An event with its data as text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct EventText {
    pub(super) data: String,
    pub(super) event: Option<String>,
    /// The ID, if this event sets one; empty if it resets the last ID.
    pub(super) id: Option<String>,
}

/// The state of the parser: the received part of the next event.
#[derive(Debug, Default)]
pub(super) struct Parser {
    line: Vec<u8>,
    has_begun: bool,
    /// The last byte was a CR, so that an LF after it belongs to the same line end.
    is_after_cr: bool,
    event: EventText,
    has_data: bool,
    retry: Option<Duration>,
}

impl Parser {
    /// Parses the next bytes, and appends the events that they complete.
    pub(super) fn push(&mut self, bytes: &[u8], into: &mut VecDeque<EventText>) {
        let mut rest = bytes;
        if std::mem::take(&mut self.is_after_cr) {
            if let [b'\n', after @ ..] = rest {
                rest = after;
            } else if rest.is_empty() {
                self.is_after_cr = true;
            }
        }
        while let Some(end) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            self.line.extend_from_slice(&rest[..end]);
            let (is_cr, after) = (rest[end] == b'\r', &rest[end + 1..]);
            rest = match after {
                [b'\n', after @ ..] if is_cr => after,
                [] if is_cr => {
                    self.is_after_cr = true;
                    after
                }
                _ => after,
            };
            let line = std::mem::take(&mut self.line);
            into.extend(self.line(&line));
            // The next line reuses its memory.
            self.line = line;
            self.line.clear();
        }
        self.line.extend_from_slice(rest);
    }

    /// Returns the number of buffered bytes of an incomplete event.
    pub(super) fn held(&self) -> usize {
        self.line.len() + self.event.data.len()
    }

    /// Returns the time that the server asks to wait before reconnecting.
    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    fn line(&mut self, line: &[u8]) -> Option<EventText> {
        let mark: &[u8] = if std::mem::replace(&mut self.has_begun, true) { b"" } else { b"\xef\xbb\xbf" };
        let line = String::from_utf8_lossy(line.strip_prefix(mark).unwrap_or(line));
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
            }
            "event" => self.event.event = Some(value.to_owned()).filter(|event| !event.is_empty()),
            "id" if !value.contains('\0') => self.event.id = Some(value.to_owned()),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis);
            }
            // A comment has an empty field name; unknown fields are ignored.
            _ => {}
        }
        None
    }

    /// Completes an event. Without data there is no event, but its ID is kept for the next one.
    fn dispatch(&mut self) -> Option<EventText> {
        if std::mem::take(&mut self.has_data) {
            return Some(std::mem::take(&mut self.event));
        }
        self.event.event = None;
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::time::Duration;

    use super::{EventText, Parser};

    fn parse(bytes: &[u8], size: usize) -> Vec<EventText> {
        let (mut parser, mut events) = (Parser::default(), VecDeque::new());
        for piece in bytes.chunks(size) {
            parser.push(piece, &mut events);
        }
        events.into()
    }

    fn text(data: &str, event: Option<&str>, id: Option<&str>) -> EventText {
        EventText { data: data.to_owned(), event: event.map(str::to_owned), id: id.map(str::to_owned) }
    }

    #[track_caller]
    fn check(stream: &str, expected: &[EventText]) {
        for end in ["\n", "\r", "\r\n"] {
            let bytes = stream.replace('\n', end).into_bytes();
            for size in 1..=bytes.len() {
                assert_eq!(parse(&bytes, size), expected, "{bytes:?} in pieces of {size}");
            }
        }
    }

    #[test]
    fn examples_of_the_standard_are_parsed() {
        check("data: YHOO\ndata: +2\ndata: 10\n\n", &[text("YHOO\n+2\n10", None, None)]);
        check(
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            &[
                text("first event", None, Some("1")),
                text("second event", None, Some("")),
                text(" third event", None, None),
            ],
        );
        check("data\n\ndata\ndata\n\ndata:", &[text("", None, None), text("\n", None, None)]);
        check("data:test\n\ndata: test\n\n", &[text("test", None, None), text("test", None, None)]);
    }

    #[test]
    fn comments_unknown_fields_and_incomplete_events_are_ignored() {
        check(
            "\u{feff}event: add\ndata: {\"é\":1}\nfoo: bar\n:\n\nevent: ping\n\ndata: b\n\ndata: cut",
            &[text("{\"é\":1}", Some("add"), None), text("b", None, None)],
        );
        check("id: a\0b\nid: 7\n\ndata: x\n\n", &[text("x", None, Some("7"))]);
        check("data: \u{feff}a\n\n", &[text("\u{feff}a", None, None)]);
    }

    #[test]
    fn retry_sets_the_reconnection_time() {
        let (mut parser, mut events) = (Parser::default(), VecDeque::new());
        parser.push(b"retry: 1500\nretry: soon\nretry: -1\n", &mut events);
        assert_eq!(parser.retry(), Some(Duration::from_millis(1500)));
    }
}
