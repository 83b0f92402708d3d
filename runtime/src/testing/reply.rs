//! Defines the replies of a scripted server.

use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::body::ByteStream;
use crate::error::{TransportError, TransportErrorKind};

/// A reply of a [`MockTransport`](super::MockTransport). A part that is not valid HTTP, such as a header name with a
/// space, makes the exchange fail.
///
/// ```
/// use sdk_runtime::TransportErrorKind;
/// use sdk_runtime::testing::Reply;
/// use std::time::Duration;
///
/// let limited = Reply::new(429).header("retry-after", "7");
/// let slow = Reply::json(200, &["one", "two"]).after(Duration::from_secs(2));
/// let broken = Reply::new(200).text("only the beg").cut();
/// let unreachable = Reply::fails(TransportErrorKind::Connect);
/// ```
#[derive(Clone, Debug)]
pub struct Reply {
    outcome: ScriptedOutcome,
    pub(super) after: Duration,
    fault: Option<String>,
}

#[derive(Clone, Debug)]
enum ScriptedOutcome {
    Response { status: StatusCode, headers: HeaderMap, chunks: Vec<Bytes>, end: End },
    Fails(TransportErrorKind),
    Hangs,
}

impl Reply {
    /// Creates a reply with this status and no body.
    #[must_use]
    pub fn new(status: u16) -> Self {
        let (status, fault) = match StatusCode::from_u16(status) {
            Ok(status) => (status, None),
            Err(_) => (StatusCode::OK, Some(format!("{status} is not a valid status"))),
        };
        let outcome = ScriptedOutcome::Response {
            status,
            headers: HeaderMap::new(),
            chunks: Vec::new(),
            end: End::Clean,
        };
        Self { outcome, after: Duration::ZERO, fault }
    }

    /// Creates a reply with a JSON body.
    #[must_use]
    pub fn json(status: u16, value: &(impl Serialize + ?Sized)) -> Self {
        let reply = Self::new(status).header("content-type", "application/json");
        match serde_json::to_vec(value) {
            Ok(text) => reply.bytes(text),
            Err(error) => reply.faulty(error.to_string()),
        }
    }

    /// Creates a reply that makes the exchange fail.
    #[must_use]
    pub fn fails(kind: TransportErrorKind) -> Self {
        Self { outcome: ScriptedOutcome::Fails(kind), after: Duration::ZERO, fault: None }
    }

    /// Creates a reply that never arrives.
    #[must_use]
    pub fn hangs() -> Self {
        Self { outcome: ScriptedOutcome::Hangs, after: Duration::ZERO, fault: None }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let ScriptedOutcome::Response { headers, .. } = &mut self.outcome else { return self };
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => {
                headers.append(name, value);
                self
            }
            (Err(_), _) | (_, Err(_)) => self.faulty(format!("`{name}` or its value is not a valid header")),
        }
    }

    /// Sets the body to a text.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.bytes(text.into())
    }

    /// Sets the body to these bytes.
    #[must_use]
    pub fn bytes(self, bytes: impl Into<Bytes>) -> Self {
        self.chunks([bytes])
    }

    /// Sets the body to these bytes, which arrive in separate chunks.
    #[must_use]
    pub fn chunks(mut self, bytes: impl IntoIterator<Item = impl Into<Bytes>>) -> Self {
        if let ScriptedOutcome::Response { chunks, .. } = &mut self.outcome {
            *chunks = bytes.into_iter().map(Into::into).collect();
        }
        self
    }

    /// Drops the connection after the body.
    #[must_use]
    pub fn cut(self) -> Self {
        self.ending(End::Cut)
    }

    /// Keeps the connection open after the body, without ending it.
    #[must_use]
    pub fn stalls(self) -> Self {
        self.ending(End::Stall)
    }

    fn ending(mut self, with: End) -> Self {
        if let ScriptedOutcome::Response { end, .. } = &mut self.outcome {
            *end = with;
        }
        self
    }

    /// Delays the reply, on the clock of the [`MockTransport`](super::MockTransport).
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.after = delay;
        self
    }

    fn faulty(mut self, fault: String) -> Self {
        self.fault.get_or_insert(fault);
        self
    }

    pub(super) async fn play(self) -> Result<http::Response<ByteStream>, TransportError> {
        if let Some(fault) = self.fault {
            return Err(TransportError::new(TransportErrorKind::Unusable, format!("invalid reply: {fault}")));
        }
        match self.outcome {
            ScriptedOutcome::Fails(kind) => Err(TransportError::new(kind, "scripted")),
            ScriptedOutcome::Hangs => std::future::pending().await,
            ScriptedOutcome::Response { status, headers, chunks, end } => {
                let length: usize = chunks.iter().map(Bytes::len).sum();
                let mut response =
                    http::Response::new(ByteStream::new(ScriptedChunks { chunks: chunks.into_iter(), end }));
                *response.status_mut() = status;
                *response.headers_mut() = headers;
                if end == End::Clean {
                    response.headers_mut().entry(header::CONTENT_LENGTH).or_insert(length.into());
                }
                Ok(response)
            }
        }
    }
}

/// The end of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Clean,
    Cut,
    Stall,
}

struct ScriptedChunks {
    chunks: std::vec::IntoIter<Bytes>,
    end: End,
}

impl Stream for ScriptedChunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let next = self.chunks.next().map(Ok);
        if next.is_none() && self.end == End::Stall {
            return std::task::Poll::Pending;
        }
        let next = next.or_else(|| {
            (std::mem::replace(&mut self.end, End::Clean) == End::Cut)
                .then(|| Err(TransportError::new(TransportErrorKind::Lost, "the script cuts the body here")))
        });
        std::task::Poll::Ready(next)
    }
}
