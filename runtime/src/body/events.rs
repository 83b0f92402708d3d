//! Decodes server-sent events (WHATWG HTML section 9.2) into a stream of typed values.

mod failure;
mod parse;
mod reconnect;

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::BytesMut;
use futures_core::Stream;
use http::StatusCode;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::body::Download;
use crate::error::{Error, ErrorKind};
use crate::json::{Json, from_slice, is_unknown, without_mark};

use failure::{has_field, reported, starts_otherwise};
use parse::{EventText, Parser};

pub(crate) use failure::{is_no_event_stream, no_event_stream};
pub(crate) use reconnect::{Connect, Reconnects};

/// A stream of server-sent events (WHATWG HTML section 9.2). Dropping it closes the stream.
///
/// Data that cannot be decoded is returned as an error, after which the stream continues. So is an event that reports an
/// error, which is named `error` or whose data has a member `error` that the document does not describe: the data is the
/// error's [`raw_body`](Error::raw_body), from which its code and message are read. A lost connection ends the stream,
/// and so does the data `[DONE]`, by which some APIs mark the end. By default the stream does not reconnect:
/// [`Call::reconnecting`](crate::Call::reconnecting) makes it do so.
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
    decode: fn(&Download, &EventText) -> Result<T, Error>,
    reconnects: Option<Box<Reconnects<T>>>,
}

/// The part that does not depend on the type of the data, so that it is compiled once.
struct EventState {
    download: Download,
    parser: Parser,
    ready: VecDeque<EventText>,
    last_id: Option<String>,
    retry: Option<Duration>,
    /// The start of the body, until it is known to be an event stream.
    start: Option<BytesMut>,
    is_over: bool,
    /// Set if the server said that nothing follows.
    is_done: bool,
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
            start: Some(BytesMut::new()),
            is_over: false,
            is_done: false,
        };
        Self { state: Box::new(state), decode, reconnects: None }
    }
}

/// Decodes the data as JSON, or else as a string, since enums and strings may come without quotes.
fn decode<T: Json>(download: &Download, text: &EventText) -> Result<T, Error> {
    if let Some(error) = reported::<T>(download, text) {
        return Err(error);
    }
    let value = from_slice(text.json::<T>(&text.data).as_bytes()).or_else(|fault| {
        let quoted = quoted(&text.data);
        from_slice(text.json::<T>(&quoted).as_bytes()).map_err(|_| Error::decoding(fault))
    })?;
    if text.data.is_empty() && T::is_event() && is_unknown(&value) {
        return Err(Error::new(
            ErrorKind::Decoding,
            "the event has no data, and the document does not describe it",
        ));
    }
    Ok(value)
}

impl EventText {
    /// Returns the JSON text from which the type reads an event with this data.
    fn json<'d, T: Json>(&self, data: &'d str) -> Cow<'d, str> {
        if !T::is_event() {
            return data.into();
        }
        let name = quoted(self.event.as_deref().unwrap_or("message"));
        // Only a whole value stays inside its member.
        let is_value = serde_json::from_str::<&RawValue>(data).is_ok();
        let data = if is_value { data.into() } else { Cow::from(quoted(data)) };
        format!("{{\"event\":{name},\"data\":{data}}}").into()
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

impl<T> Events<T> {
    /// Returns the background that reads the stream, if its call was waited for.
    #[cfg(feature = "blocking")]
    pub(crate) fn background(&self) -> Option<std::sync::Arc<crate::platform::Background>> {
        self.state.download.background()
    }

    /// Returns the next event; `None` at the end of the stream.
    ///
    /// # Errors
    /// Returns an error if the connection is lost, if a timeout expires, or if this event reports an error or its data
    /// cannot be decoded.
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

    /// Connects anew when the stream breaks off, at most this many times without an event in between.
    pub(crate) fn with_reconnects(mut self, reconnects: Reconnects<T>) -> Self {
        self.reconnects = Some(Box::new(reconnects));
        self
    }

    /// Finishes a reconnection, if one is under way.
    fn poll_connect(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let Some(reconnects) = &mut self.reconnects else { return Poll::Ready(Ok(())) };
        let Some(connecting) = &mut reconnects.connecting else { return Poll::Ready(Ok(())) };
        let connected = ready!(connecting.as_mut().poll(context));
        reconnects.connecting = None;
        match connected {
            Ok(events) => {
                self.state.resume(events.state.download);
                Poll::Ready(Ok(()))
            }
            Err(error) => {
                self.reconnects = None;
                Poll::Ready(Err(error))
            }
        }
    }

    /// Starts a reconnection if the stream broke off.
    fn reconnects(&mut self, end: Option<&Error>) -> bool {
        let Some(reconnects) = &mut self.reconnects else { return false };
        let may = !self.state.is_done && end.is_none_or(Error::is_broken_off);
        let starts = may && reconnects.start(self.state.last_id.as_deref(), self.state.retry);
        if !starts {
            self.reconnects = None;
        }
        starts
    }

    /// Decodes an event; `None` if it has no data.
    fn value(&mut self, text: EventText) -> Option<Result<Event<T>, Error>> {
        match (self.decode)(&self.state.download, &text) {
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
            if let Some(mut text) = self.ready.pop_front() {
                // Servers that write each event from a file or a text of its own write its mark, too.
                if let Some(data) = text.data.strip_prefix('\u{feff}') {
                    text.data = data.to_owned();
                }
                if let Some(id) = &text.id {
                    self.last_id = Some(id.clone()).filter(|id| !id.is_empty());
                }
                if text.data != "[DONE]" {
                    return Poll::Ready(Some(Ok(text)));
                }
                self.is_done = true;
                self.end();
            }
            if self.is_over {
                return Poll::Ready(None);
            }
            let error = match ready!(Pin::new(&mut self.download).poll_next(context)) {
                Some(Ok(piece)) if self.is_other(&piece) => continue,
                Some(Ok(piece)) => {
                    self.parser.push(&piece, &mut self.ready);
                    self.retry = self.parser.retry().or(self.retry);
                    if self.parser.held() <= self.download.max_buffer() {
                        continue;
                    }
                    Some(self.download.too_large())
                }
                Some(Err(error)) => Some(error),
                None => None,
            };
            let error = self.other(error.is_none()).or(error);
            self.end();
            return Poll::Ready(error.map(Err));
        }
    }

    /// Collects the start of a body that may be something else than events. Returns `true` if it is.
    fn is_other(&mut self, piece: &[u8]) -> bool {
        const LONGEST: usize = 16 * 1024;
        let Some(start) = &mut self.start else { return false };
        start.extend_from_slice(&piece[..piece.len().min(LONGEST.saturating_sub(start.len()))]);
        let text = without_mark(start).trim_ascii_start();
        let is_other = starts_otherwise(text);
        if is_other && start.len() >= LONGEST {
            self.download.stop();
        }
        if !is_other && has_field(text) {
            self.start = None;
        }
        is_other
    }

    /// Returns the error of a body that is something else than events, such as a text of a proxy. A body that breaks off
    /// may be the start of anything.
    fn other(&mut self, is_whole: bool) -> Option<Error> {
        let start = self.start.take().filter(|start| {
            let text = without_mark(start).trim_ascii_start();
            starts_otherwise(text) || (is_whole && !text.is_empty())
        })?;
        self.is_done = true;
        Some(no_event_stream(&self.download, start.freeze()))
    }

    /// Continues with the body of another response.
    fn resume(&mut self, download: Download) {
        self.is_done = download.facts().status == StatusCode::NO_CONTENT;
        self.is_over = self.is_done;
        self.parser = Parser::default();
        self.start = Some(BytesMut::new());
        self.download = download;
    }

    fn end(&mut self) {
        self.is_over = true;
        self.ready.clear();
    }
}

impl<T> Stream for Events<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Err(error) = ready!(self.poll_connect(context)) {
                return Poll::Ready(Some(Err(error)));
            }
            match ready!(self.state.poll(context)) {
                Some(Ok(text)) => {
                    if let Some(reconnects) = &mut self.reconnects {
                        reconnects.brought();
                    }
                    let value = self.value(text);
                    if value.is_some() {
                        return Poll::Ready(value);
                    }
                }
                Some(Err(error)) if !self.reconnects(Some(&error)) => return Poll::Ready(Some(Err(error))),
                None if !self.reconnects(None) => return Poll::Ready(None),
                Some(Err(_)) | None => {}
            }
        }
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}
