//! Decodes a stream of JSON values, each on a line, in an event or in a part of its own, and encodes values so.

mod body;
mod framing;
mod parse;
mod parts;
mod results;

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::body::Download;
use crate::error::{Error, ErrorKind, start_of_body};
use crate::json::{DecodeFault, Json, from_slice};

pub use body::JsonLinesBody;
use parse::{Line, Parser};
use parts::PartParser;

/// A stream of JSON values as they arrive: JSON Lines, NDJSON, a JSON text sequence (RFC 7464), or the parts of a
/// multipart body. Dropping it closes the stream.
///
/// A value that cannot be decoded is returned as an error that names its line or part, after which the stream continues. A lost
/// connection ends the stream. Blank lines are skipped.
///
/// ```
/// # use sdk_runtime::{Error, JsonLines};
/// # async fn example(mut lines: JsonLines<i64>) -> Result<(), Error> {
/// while let Some(number) = lines.next().await {
///     println!("{}", number?);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream of lines does nothing unless it is read"]
pub struct JsonLines<T> {
    state: Box<LineState>,
    decode: fn(&Download, &Line) -> Result<T, Error>,
}

/// The part that does not depend on the type of the values, so that it is compiled once.
struct LineState {
    download: Download,
    splitter: Splitter,
    ready: VecDeque<Line>,
    is_over: bool,
    /// Set once the first value was looked at.
    is_begun: bool,
}

/// Splits the stream into the texts of values.
enum Splitter {
    Lines(Parser),
    Parts(PartParser),
}

impl Splitter {
    fn push(&mut self, bytes: &[u8], into: &mut VecDeque<Line>) {
        match self {
            Self::Lines(parser) => parser.push(bytes, into),
            Self::Parts(parser) => parser.push(bytes, into),
        }
    }

    fn finish(&mut self, into: &mut VecDeque<Line>) {
        match self {
            Self::Lines(parser) => parser.finish(into),
            Self::Parts(parser) => parser.finish(into),
        }
    }

    fn held(&self) -> usize {
        match self {
            Self::Lines(parser) => parser.held(),
            Self::Parts(parser) => parser.held(),
        }
    }
}

impl<T: Json> JsonLines<T> {
    /// Returns the stream of a body with this `Content-Type`.
    pub(crate) fn new(content_type: &str, download: Download) -> Self {
        Self::with_decoder(content_type, download, decode)
    }

    /// Returns the stream of a body whose values are wrapped in objects with a result or an error.
    pub(crate) fn of_results(content_type: &str, download: Download) -> Self {
        Self::with_decoder(content_type, download, results::decode)
    }

    fn with_decoder(
        content_type: &str,
        download: Download,
        decode: fn(&Download, &Line) -> Result<T, Error>,
    ) -> Self {
        let parts = PartParser::of(content_type).map(Splitter::Parts);
        let splitter = parts.unwrap_or_else(|| Splitter::Lines(Parser::default()));
        let state = LineState { download, splitter, ready: VecDeque::new(), is_over: false, is_begun: false };
        Self { state: Box::new(state), decode }
    }
}

fn decode<T: Json>(_: &Download, line: &Line) -> Result<T, Error> {
    from_slice(&line.text).map_err(|fault| line.invalid(fault))
}

impl Line {
    /// Creates the error of a value that cannot be decoded.
    fn invalid(&self, mut fault: DecodeFault) -> Error {
        fault.message = format!("{} ({} {})", fault.message, self.unit, self.number);
        Error::decoding(fault)
    }
}

impl<T> JsonLines<T> {
    /// Returns the background that reads the stream, if its call was waited for.
    #[cfg(feature = "blocking")]
    pub(crate) fn background(&self) -> Option<std::sync::Arc<crate::platform::Background>> {
        self.state.download.background()
    }

    /// Returns the next value; `None` at the end of the stream.
    ///
    /// # Errors
    /// Returns an error if the connection is lost, if a timeout expires, or if this value cannot be decoded.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl LineState {
    /// Returns `true` if the first line shows that the body is HTML, or one JSON value over several lines.
    fn is_other(&self, line: &Line) -> bool {
        let text = line.text.trim_ascii();
        let is_lines = matches!(&self.splitter, Splitter::Lines(parser) if parser.ends_at_lines());
        let is_ended = !(self.is_over && self.ready.is_empty());
        let goes_on = || {
            let read = serde_json::from_slice::<serde::de::IgnoredAny>(text);
            is_ended && read.is_err_and(|error| error.is_eof())
        };
        is_lines && (text.starts_with(b"<") || goes_on())
    }

    /// Ends the stream with one error, which shows the start of the body.
    fn no_lines(&mut self, first: Line) -> Error {
        let lines = std::iter::once(first).chain(self.ready.drain(..)).map(|line| line.text);
        let mut body = lines.collect::<Vec<_>>().join(&b'\n');
        if let Splitter::Lines(parser) = &self.splitter {
            body.extend(b"\n");
            body.extend(parser.rest());
        }
        self.is_over = true;
        let facts = self.download.facts();
        let told = "the response is not a stream of JSON values, each on a line of its own";
        let message = match start_of_body(&facts.headers, &body, facts.api.secret_keys) {
            Some(start) => format!("{told}: {start}"),
            None => told.to_owned(),
        };
        let error = self.download.answered(Error::new(ErrorKind::Decoding, message), body.into());
        self.download.stop();
        error
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Line, Error>>> {
        loop {
            if let Some(line) = self.ready.pop_front() {
                let is_first = !std::mem::replace(&mut self.is_begun, true);
                if is_first && self.is_other(&line) {
                    return Poll::Ready(Some(Err(self.no_lines(line))));
                }
                return Poll::Ready(Some(Ok(line)));
            }
            if self.is_over {
                return Poll::Ready(None);
            }
            let error = match ready!(Pin::new(&mut self.download).poll_next(context)) {
                Some(Ok(piece)) => {
                    self.splitter.push(&piece, &mut self.ready);
                    if self.splitter.held() <= self.download.max_buffer() {
                        continue;
                    }
                    self.download.too_large()
                }
                Some(Err(error)) => error,
                None => {
                    self.is_over = true;
                    self.splitter.finish(&mut self.ready);
                    continue;
                }
            };
            self.is_over = true;
            self.ready.clear();
            return Poll::Ready(Some(Err(error)));
        }
    }
}

impl<T> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(line) = ready!(self.state.poll(context)) else { return Poll::Ready(None) };
        let download = &self.state.download;
        let value =
            line.and_then(|line| (self.decode)(download, &line).map_err(|error| download.failed(error)));
        Poll::Ready(Some(value))
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonLines")
    }
}
