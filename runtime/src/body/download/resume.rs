//! Continues a download whose connection was lost, by a request for the rest (RFC 9110 sections 13.1.5 and 14).

use std::task::{Context, Poll, ready};

use http::header::{CONTENT_ENCODING, CONTENT_RANGE, DATE, ETAG, LAST_MODIFIED};
use http::{HeaderMap, HeaderValue, StatusCode};

use super::{Download, Inner};
use crate::error::{Error, ErrorKind};
use crate::platform::{BoxFuture, MaybeSend};

/// Makes the call of a download again.
pub(crate) trait RequestRest: MaybeSend {
    /// Requests the rest of a body, or all of it, after this error and the wait that the retry policy has after this
    /// many failures without a byte in between. Returns an error if there is no time left.
    fn request(
        &self,
        rest: Option<Rest>,
        lost: &Error,
        failures: u32,
    ) -> BoxFuture<'static, Result<Download, Error>>;
}

/// The part of a body that is still to come.
pub(crate) struct Rest {
    /// The value of the header `range`.
    pub(crate) range: String,
    /// The value of the header `if-range`.
    pub(crate) validator: HeaderValue,
}

/// The state of a download that can be resumed.
pub(crate) struct Resumption {
    request: Box<dyn RequestRest>,
    /// The number of requests that may still be made.
    left: u32,
    /// The number of failures since the last byte.
    failures: u32,
    /// The number of bytes that were handed over.
    received: u64,
    /// The number of all bytes, if it is known.
    length: Option<u64>,
    place: Option<Place>,
    /// The last failure, and the request that follows it.
    pending: Option<(Error, BoxFuture<'static, Result<Download, Error>>)>,
}

/// The position of a body in a representation that the server can recognize.
struct Place {
    first: u64,
    last: Option<u64>,
    validator: HeaderValue,
}

impl Place {
    /// Reads the position and the validator; `None` if the rest of the body could not be requested.
    fn of(status: StatusCode, headers: &HeaderMap) -> Option<Self> {
        if headers.contains_key(CONTENT_ENCODING) {
            return None;
        }
        let is_strong = |tag: &&HeaderValue| tag.as_bytes().starts_with(b"\"");
        let validator = match headers.get(ETAG) {
            Some(tag) => Some(tag).filter(is_strong),
            // A state of this very second may be followed by another one with the same date.
            None => headers.get(LAST_MODIFIED).filter(|date| headers.get(DATE) != Some(date)),
        };
        let (first, last) = match status {
            StatusCode::OK => (0, None),
            StatusCode::PARTIAL_CONTENT => {
                let range = ContentRange::of(headers)?;
                (range.first, Some(range.last))
            }
            _ => return None,
        };
        Some(Self { first, last, validator: validator?.clone() })
    }
}

/// The positions of a part in the whole.
struct ContentRange {
    first: u64,
    last: u64,
    total: Option<u64>,
}

impl ContentRange {
    fn of(headers: &HeaderMap) -> Option<Self> {
        let range = headers.get(CONTENT_RANGE)?.to_str().ok()?.trim().strip_prefix("bytes ")?;
        let (part, total) = range.split_once('/')?;
        let (first, last) = part.split_once('-')?;
        Some(Self {
            first: first.trim().parse().ok()?,
            last: last.trim().parse().ok()?,
            total: total.trim().parse().ok(),
        })
    }
}

impl Resumption {
    pub(super) fn new(download: &Download, request: Box<dyn RequestRest>, most: u32) -> Self {
        let facts = download.facts();
        let place = Place::of(facts.status, &facts.headers);
        Self {
            request,
            left: most,
            failures: 0,
            received: 0,
            length: download.length(),
            place,
            pending: None,
        }
    }

    /// Notes that bytes were handed over.
    pub(super) fn received(&mut self, bytes: usize) {
        self.received += bytes as u64;
        self.failures = 0;
    }

    /// Starts a request for the rest if that may help. Returns the error otherwise.
    pub(super) fn start(&mut self, error: Error) -> Result<(), Error> {
        if !error.is_broken_off() || self.left == 0 {
            return Err(error);
        }
        let rest = match (&self.place, self.received) {
            (_, 0) => None,
            (None, _) => return Err(error.with_note(NO_VALIDATOR)),
            (Some(place), received) => {
                let first = place.first.saturating_add(received);
                let last = place.last.map(|last| last.to_string()).unwrap_or_default();
                Some(Rest { range: format!("bytes={first}-{last}"), validator: place.validator.clone() })
            }
        };
        self.left -= 1;
        self.failures += 1;
        let request = self.request.request(rest, &error, self.failures);
        self.pending = Some((error, request));
        Ok(())
    }

    /// Returns the error of a body that ends although the server announced more. A server may send less than the part
    /// that was requested.
    fn ended(&self) -> Option<Error> {
        let length = self.length.filter(|length| self.received < *length)?;
        let message = format!("the server sent {} bytes of {length}", self.received);
        Some(Error::new(ErrorKind::Connection, message))
    }

    /// Waits for the response to the request for the rest, if there is one under way.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Download, Error>>> {
        let Some((_, request)) = &mut self.pending else { return Poll::Ready(None) };
        let outcome = ready!(request.as_mut().poll(context));
        let Some((lost, _)) = self.pending.take() else { return Poll::Ready(None) };
        Poll::Ready(Some(match outcome {
            Ok(mut download) if self.received == 0 => {
                self.place = Place::of(download.facts().status, &download.facts().headers);
                self.length = download.length();
                download.0.watch = None;
                Ok(download)
            }
            Ok(download) => match self.misfit(&download) {
                None => Ok(download),
                Some(reason) => {
                    let received = self.received;
                    let message = format!("the download broke off after {received} bytes, and {reason}");
                    Err(download.failed(Error::new(ErrorKind::Decoding, message)).with_source(lost))
                }
            },
            Err(error) if std::error::Error::source(&error).is_none() => Err(error.with_source(lost)),
            Err(error) => Err(error),
        }))
    }

    /// Returns the reason why a response does not continue the body. Nothing that was handed over can be taken back.
    fn misfit(&mut self, rest: &Download) -> Option<&'static str> {
        let (place, facts) = (self.place.as_ref()?, rest.facts());
        if facts.status != StatusCode::PARTIAL_CONTENT {
            return Some(
                "the server sends all of it again: it has changed, or the server does not send parts",
            );
        }
        let is_other =
            |tag: &HeaderValue| place.validator.as_bytes().starts_with(b"\"") && *tag != place.validator;
        if facts.headers.get(ETAG).is_some_and(is_other) {
            return Some("it has changed since");
        }
        let first = place.first.saturating_add(self.received);
        let range = ContentRange::of(&facts.headers).filter(|range| range.first == first);
        let Some(range) = range.filter(|_| !facts.headers.contains_key(CONTENT_ENCODING)) else {
            return Some("the server sends another part than the rest");
        };
        let end = place.last.map_or(range.total, |last| last.checked_add(1));
        let length = end.and_then(|end| end.checked_sub(place.first));
        if self.length.is_some() && length.is_some() && self.length != length {
            return Some("its length has changed since");
        }
        self.length = self.length.or(length);
        None
    }

    /// Returns `true` if the server says that the bytes that were received are all there are.
    fn is_complete(&self, error: &Error) -> bool {
        let Some(place) = &self.place else { return false };
        let end = place.first.saturating_add(self.received);
        error.status() == Some(StatusCode::RANGE_NOT_SATISFIABLE)
            && self.received > 0
            && error.header("content-range") == Some(&format!("bytes */{end}"))
    }
}

impl Download {
    /// Requests the rest of the body if the connection is lost, at most this many times.
    pub(crate) fn with_resumption(mut self, request: Box<dyn RequestRest>, most: u32) -> Self {
        self.0.resumption = Some(Box::new(Resumption::new(&self, request, most)));
        self
    }

    /// Finishes a request for the rest, if one is under way.
    pub(super) fn poll_rest(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let Some(resumption) = &mut self.0.resumption else { return Poll::Ready(Ok(())) };
        match ready!(resumption.poll(context)) {
            None => {}
            Some(Ok(other)) => {
                let Inner { body, length, facts, .. } = *other.0;
                self.0.body = body;
                if resumption.received == 0 {
                    (self.0.length, self.0.facts) = (length, facts);
                }
            }
            // The body that was received has no more bytes.
            Some(Err(error)) if resumption.is_complete(&error) => self.0.resumption = None,
            Some(Err(error)) => {
                self.0.resumption = None;
                return Poll::Ready(Err(error));
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Starts a request for the rest at the end of a piece of the body: after an error that this may mend, or if not all
    /// bytes came. Otherwise returns what the body ends with.
    pub(super) fn resume(&mut self, end: Option<Error>) -> Result<(), Option<Error>> {
        let Some(resumption) = &mut self.0.resumption else { return Err(end) };
        match end.or_else(|| resumption.ended()) {
            None => Err(None),
            Some(error) => resumption.start(error).map_err(Some),
        }
    }
}

const NO_VALIDATOR: &str =
    "the server sent no strong `etag` and no `last-modified`, by which the rest could be told";
