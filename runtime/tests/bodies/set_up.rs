//! A client like an emitted one, with its transport and its clock.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use sdk_runtime as rt;

use rt::testing::{ManualClock, MockTransport};
use rt::{Bytes, Method};

static API: rt::Api = rt::Api::NONE;

pub(crate) static FORM: rt::Operation =
    rt::Operation::new("form", Method::POST, "/form").body(rt::BodyKind::Multipart(
        "multipart/form-data",
        &[
            ("attributes", ""),
            ("note", "text/markdown"),
            ("labels", ""),
            ("raw", "application/json"),
            ("file", ""),
        ],
    ));
pub(crate) static PUT: rt::Operation =
    rt::Operation::new("put", Method::PUT, "/bytes").body(rt::BodyKind::Bytes("application/octet-stream"));
pub(crate) static POST: rt::Operation =
    rt::Operation::new("post", Method::POST, "/bytes").body(rt::BodyKind::Bytes("application/octet-stream"));
pub(crate) static PATCH: rt::Operation = rt::Operation::new("patch", Method::PATCH, "/patch")
    .body(rt::BodyKind::JsonValue("application/json-patch+json"));
pub(crate) static GET: rt::Operation =
    rt::Operation::new("get", Method::GET, "/bytes").accept("*/*").streams(&[200..=299]);
pub(crate) static EVENTS: rt::Operation =
    rt::Operation::new("events", Method::GET, "/events").accept("text/event-stream").streams(&[200..=299]);
pub(crate) static LINES: rt::Operation = rt::Operation::new("lines", Method::POST, "/lines")
    .accept("application/x-ndjson")
    .body(rt::BodyKind::JsonLines("application/x-ndjson"))
    .streams(&[200..=299]);
pub(crate) static SEQUENCE: rt::Operation =
    rt::Operation::new("lines", Method::POST, "/lines").body(rt::BodyKind::JsonLines("application/json-seq"));
pub(crate) static SENT_EVENTS: rt::Operation =
    rt::Operation::new("lines", Method::POST, "/lines").body(rt::BodyKind::JsonLines("text/event-stream"));
pub(crate) static PARTS: rt::Operation = rt::Operation::new("lines", Method::POST, "/lines")
    .accept("multipart/mixed")
    .body(rt::BodyKind::JsonLines("multipart/mixed"))
    .streams(&[200..=299]);
pub(crate) static THUMBNAIL: rt::Operation = rt::Operation::new("thumbnail", Method::GET, "/thumbnail")
    .accept("*/*")
    .streams(&[200..=200])
    .documented(&[302])
    .retry_accepted();
pub(crate) static LOCATION: rt::Operation = rt::Operation::new("location", Method::GET, "/bytes")
    .accept("*/*")
    .streams(&[200..=299, 302..=302])
    .documented(&[302])
    .returns_location();

pub(crate) struct Trial {
    pub(crate) client: rt::Client,
    pub(crate) api: MockTransport,
    pub(crate) clock: ManualClock,
}

impl Trial {
    pub(crate) fn new() -> Self {
        let clock = ManualClock::new();
        let api = MockTransport::with_clock(&clock);
        let builder = builder(&api).platform(clock.clone());
        Self { client: builder.build().expect("a client"), api, clock }
    }

    pub(crate) fn request(&self, operation: &'static rt::Operation) -> rt::Request {
        self.client.operation(operation)
    }
}

pub(crate) fn builder(api: &MockTransport) -> rt::ClientBuilder<rt::Client> {
    rt::ClientBuilder::new(&API).base_url("https://api.example.com").transport(api.clone())
}

/// A stream of chunks and errors.
pub(crate) struct Pieces(Vec<Result<Bytes, String>>);

pub(crate) fn pieces<const N: usize>(pieces: [Result<&'static str, &str>; N]) -> Pieces {
    let piece = |piece: Result<&'static str, &str>| {
        piece.map(|text| Bytes::from_static(text.as_bytes())).map_err(str::to_owned)
    };
    Pieces(pieces.into_iter().rev().map(piece).collect())
}

impl Stream for Pieces {
    type Item = Result<Bytes, String>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop())
    }
}

/// A stream of values.
pub(crate) struct Values<T>(std::vec::IntoIter<T>);

impl<T> Values<T> {
    pub(crate) fn of(values: Vec<T>) -> Self {
        Self(values.into_iter())
    }
}

impl<T: Unpin> Stream for Values<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(self.0.next())
    }
}
