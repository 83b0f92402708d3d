//! Formats an error as one line for people, and as its facts for logs. Neither contains headers or bodies.

use std::error::Error as StdError;
use std::fmt;

use super::details::html_page;
use super::reason::{reason, sources};
use super::{Error, ErrorKind};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(call) = &self.0.call {
            write!(f, "{} {}: ", call.method, call.url)?;
        }
        match self.kind() {
            ErrorKind::Api => self.show_response(f)?,
            ErrorKind::Decoding => self.show_decoding(f)?,
            ErrorKind::Connection | ErrorKind::Timeout(_) => {
                if let Some(response) = &self.0.response {
                    write!(f, "the server answered {}, then ", response.status.as_u16())?;
                }
                self.show_message(f)?;
            }
            ErrorKind::Authentication
            | ErrorKind::Protocol
            | ErrorKind::TooLarge
            | ErrorKind::Redirect
            | ErrorKind::Body
            | ErrorKind::InvalidRequest
            | ErrorKind::File
            | ErrorKind::Configuration
            | ErrorKind::Signature
            | ErrorKind::Pagination => self.show_message(f)?,
        }
        if self.attempts() > 1 {
            write!(f, " (after {} attempts)", self.attempts())?;
        }
        if let Some(note) = self.0.note {
            write!(f, " (not retried: {note})")?;
        }
        if f.alternate() { self.show_sources(f) } else { Ok(()) }
    }
}

impl Error {
    fn show_response(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(response) = &self.0.response else { return self.show_message(f) };
        // The status of an error event says nothing.
        if response.status.is_success() {
            self.show_message(f)?;
        } else {
            write!(f, "{}", response.status.as_u16())?;
            if let Some(reason) = response.status.canonical_reason() {
                write!(f, " {reason}")?;
            }
        }
        let fields = &response.fields;
        if let Some(message) = &fields.message {
            write!(f, ": {}", one_line(message))?;
        } else if let Some(page) = html_page(&response.body) {
            write!(f, ": the body is {}", one_line(&page))?;
        } else if let Some(start) = &fields.start {
            write!(f, ": the body starts with `{}`", one_line(start))?;
        }
        let code = fields.code.as_ref().filter(|code| Some(*code) != fields.message.as_ref());
        match (code, &fields.request_id) {
            (Some(code), Some(id)) => write!(f, " [code {}, request id {}]", one_line(code), one_line(id)),
            (Some(code), None) => write!(f, " [code {}]", one_line(code)),
            (None, Some(id)) => write!(f, " [request id {}]", one_line(id)),
            (None, None) => Ok(()),
        }
    }

    fn show_decoding(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the response could not be decoded")?;
        if let Some(path) = self.json_path().filter(|path| !path.is_empty()) {
            write!(f, " at `{}`", one_line(path))?;
        }
        if let Some(offset) = self.byte_offset() {
            write!(f, " (byte {offset})")?;
        }
        f.write_str(": ")?;
        self.show_message(f)
    }

    /// Shows the message, and the reason if the system gives a usual one. The texts of the sources are their own.
    fn show_message(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message.replace(char::is_control, " "))?;
        match self.source().and_then(reason) {
            Some(reason) => write!(f, ": {reason}"),
            None => Ok(()),
        }
    }

    /// Shows the sources, outermost first.
    fn show_sources(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sources(self).try_for_each(|source| write!(f, ": {}", one_line(&source.to_string())))
    }
}

/// Shortens a text of the server to one line.
fn one_line(text: &str) -> String {
    const LONGEST: usize = 300;
    let mut line: String =
        text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    line
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Error");
        shown.field("kind", &self.kind());
        if !self.0.message.is_empty() {
            shown.field("message", &self.0.message);
        }
        if let Some(call) = &self.0.call {
            shown.field("operation", &call.operation).field("method", &call.method).field("url", &call.url);
        }
        if let Some(response) = &self.0.response {
            shown.field("status", &response.status.as_u16());
            shown.field("code", &response.fields.code).field("api_message", &response.fields.message);
            shown.field("request_id", &response.fields.request_id).field("body_length", &response.body.len());
        }
        if let Some(path) = &self.0.json_path {
            shown.field("json_path", path);
        }
        if let Some(offset) = self.0.byte_offset {
            shown.field("byte_offset", &offset);
        }
        if let Some(source) = &self.0.source {
            shown.field("source", source);
        }
        if let Some(note) = self.0.note {
            shown.field("not_retried", &note);
        }
        shown.field("attempts", &self.0.attempts).finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }
}
