//! Decodes server-sent events (WHATWG HTML section 9.2) into a stream of typed values.

mod parse;

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use crate::body::Download;
use crate::error::Error;
use crate::json::{Json, from_slice};

use parse::{EventText, Parser};

/// A stream of server-sent events (WHATWG HTML section 9.2). Dropping it closes the stream.
///
/// Data that cannot be decoded is returned as an error, after which the stream continues. A lost connection ends the
/// stream, and so does the data `[DONE]`, by which some APIs mark the end. The stream does not reconnect: if the API
/// supports it, a new call can resume after [`Events::last_id`].
///
/// ```
/// # use sdk_runtime::{Error, Events};
/// # async fn example(mut events: Events<String>) -> Result<(), Error> {
/// while let Some(event) = events.next().await {
///     println!("{}", event?.data);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream of events does nothing unless it is read"]
pub struct Events<T> {
    state: Box<EventState>,
    decode: fn(&str) -> Result<T, Error>,
}

/// The part that does not depend on the type of the data, so that it is compiled once.
struct EventState {
    download: Download,
    parser: Parser,
    ready: VecDeque<EventText>,
    last_id: Option<String>,
    retry: Option<Duration>,
    is_over: bool,
}

/// A server-sent event.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The decoded data.
    pub data: T,
    /// The event type; `None` for the default type, `message`.
    pub event: Option<String>,
    /// The ID of this event, or else that of the last event with an ID.
    pub id: Option<String>,
}

impl<T: Json> Events<T> {
    pub(crate) fn new(download: Download) -> Self {
        let state = EventState {
            download,
            parser: Parser::default(),
            ready: VecDeque::new(),
            last_id: None,
            retry: None,
            is_over: false,
        };
        Self { state: Box::new(state), decode }
    }
}

/// Decodes the data as JSON, or else as a string, since enums and strings may come without quotes.
fn decode<T: Json>(data: &str) -> Result<T, Error> {
    from_slice(data.as_bytes()).or_else(|fault| {
        let quoted = serde_json::Value::from(data).to_string();
        from_slice(quoted.as_bytes()).map_err(|_| Error::decoding(fault))
    })
}

impl<T> Events<T> {
    /// Returns the next event; `None` at the end of the stream.
    ///
    /// # Errors
    /// Returns an error if the connection is lost, if a timeout expires, or if the data of this event cannot be
    /// decoded.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns the ID of the last event that had one.
    #[must_use]
    pub fn last_id(&self) -> Option<&str> {
        self.state.last_id.as_deref()
    }

    /// Returns the time that the server asks to wait before reconnecting.
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        self.state.retry
    }

    /// Decodes an event; `None` if it has no data.
    fn value(&mut self, text: EventText) -> Option<Result<Event<T>, Error>> {
        match (self.decode)(&text.data) {
            // A keep-alive event, such as `event: ping`.
            Err(_) if text.data.is_empty() => None,
            Err(error) => Some(Err(self.state.download.failed(error))),
            Ok(data) => Some(Ok(Event { data, event: text.event, id: self.state.last_id.clone() })),
        }
    }
}

impl EventState {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<EventText, Error>>> {
        loop {
            if let Some(text) = self.ready.pop_front() {
                if let Some(id) = &text.id {
                    self.last_id = Some(id.clone()).filter(|id| !id.is_empty());
                }
                if text.data != "[DONE]" {
                    return Poll::Ready(Some(Ok(text)));
                }
                self.end();
            }
            if self.is_over {
                return Poll::Ready(None);
            }
            let error = match ready!(Pin::new(&mut self.download).poll_next(context)) {
                Some(Ok(piece)) => {
                    self.parser.push(&piece, &mut self.ready);
                    self.retry = self.parser.retry();
                    if self.parser.held() <= self.download.max_buffer() {
                        continue;
                    }
                    Some(self.download.too_large())
                }
                Some(Err(error)) => Some(error),
                None => None,
            };
            self.end();
            return Poll::Ready(error.map(Err));
        }
    }

    fn end(&mut self) {
        self.is_over = true;
        self.ready.clear();
    }
}

impl<T> Stream for Events<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(text) = ready!(self.state.poll(context)) {
            let value = match text {
                Ok(text) => self.value(text),
                Err(error) => Some(Err(error)),
            };
            if value.is_some() {
                return Poll::Ready(value);
            }
        }
        Poll::Ready(None)
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}
