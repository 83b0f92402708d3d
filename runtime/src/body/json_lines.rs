//! Decodes a stream of JSON values, each on a line of its own, and encodes values so.

mod body;
mod parse;

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::body::Download;
use crate::error::Error;
use crate::json::{Json, from_slice};

pub use body::JsonLinesBody;
use parse::{Line, Parser};

/// A stream of JSON values as they arrive: JSON Lines, NDJSON, or a JSON text sequence (RFC 7464). Dropping it closes
/// the stream.
///
/// A line that cannot be decoded is returned as an error that names the line, after which the stream continues. A lost
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
    decode: fn(&Line) -> Result<T, Error>,
}

/// The part that does not depend on the type of the values, so that it is compiled once.
struct LineState {
    download: Download,
    parser: Parser,
    ready: VecDeque<Line>,
    is_over: bool,
}

impl<T: Json> JsonLines<T> {
    pub(crate) fn new(download: Download) -> Self {
        let state = LineState { download, parser: Parser::default(), ready: VecDeque::new(), is_over: false };
        Self { state: Box::new(state), decode }
    }
}

fn decode<T: Json>(line: &Line) -> Result<T, Error> {
    from_slice(&line.text).map_err(|mut fault| {
        fault.message = format!("{} (line {})", fault.message, line.number);
        Error::decoding(fault)
    })
}

impl<T> JsonLines<T> {
    /// Returns the next value; `None` at the end of the stream.
    ///
    /// # Errors
    /// Returns an error if the connection is lost, if a timeout expires, or if this line cannot be decoded.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl LineState {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Line, Error>>> {
        loop {
            if let Some(line) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(line)));
            }
            if self.is_over {
                return Poll::Ready(None);
            }
            let error = match ready!(Pin::new(&mut self.download).poll_next(context)) {
                Some(Ok(piece)) => {
                    self.parser.push(&piece, &mut self.ready);
                    if self.parser.held() <= self.download.max_buffer() {
                        continue;
                    }
                    self.download.too_large()
                }
                Some(Err(error)) => error,
                None => {
                    self.is_over = true;
                    self.parser.finish(&mut self.ready);
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
        let value =
            line.and_then(|line| (self.decode)(&line).map_err(|error| self.state.download.failed(error)));
        Poll::Ready(Some(value))
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonLines")
    }
}
