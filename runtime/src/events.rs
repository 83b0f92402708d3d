//! Server-sent events (WHATWG HTML, section 9.2) to a stream of typed values.

mod parse;

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use crate::download::Download;
use crate::error::Error;
use crate::json::{Json, from_slice};

use parse::{EventText, Parser};

/// Events that a server sends one after another, each as soon as it comes. Dropping it ends them.
///
/// Data that is no value of the document is an error, after which the stream goes on; a lost connection ends it. The
/// data `[DONE]`, by which some APIs say that nothing follows, ends it too. The connection is not made again by itself:
/// [`Events::last_id`] says where another call has to begin, where the API offers that.
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
#[must_use = "the events come when they are asked for"]
pub struct Events<T> {
    state: Box<EventState>,
    decode: fn(&str) -> Result<T, Error>,
}

/// What does not depend on the type, so that it is compiled once.
struct EventState {
    download: Download,
    parser: Parser,
    ready: VecDeque<EventText>,
    last_id: Option<String>,
    retry: Option<Duration>,
    is_over: bool,
}

/// One event that a server sent.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What it says.
    pub data: T,
    /// What kind it is; `None` for the usual one, which goes by `message`.
    pub event: Option<String>,
    /// The id of this event, or of the last one that had one.
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

/// JSON; data that is none is a text, so that enums and strings may come bare.
fn decode<T: Json>(data: &str) -> Result<T, Error> {
    from_slice(data.as_bytes()).or_else(|fault| {
        let quoted = serde_json::Value::from(data).to_string();
        from_slice(quoted.as_bytes()).map_err(|_| Error::decoding(fault))
    })
}

impl<T> Events<T> {
    /// The next event; `None` at the end.
    ///
    /// # Errors
    /// The connection was lost, nothing came for too long, or the data of this event is no value of the document.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The id of the last event that had one.
    #[must_use]
    pub fn last_id(&self) -> Option<&str> {
        self.state.last_id.as_deref()
    }

    /// How long the server asks to wait before another connection, where it does.
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        self.state.retry
    }

    /// The value of a text; `None` for what carries none.
    fn value(&mut self, text: EventText) -> Option<Result<Event<T>, Error>> {
        match (self.decode)(&text.data) {
            // A sign of life, such as `event: ping`.
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
