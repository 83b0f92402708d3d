//! A call under way: a named future that sends when it is first polled.

mod custom;
mod decode;
mod response;

pub use custom::CustomRequest;
pub use decode::{bytes, download, empty, events, json, location, text, unexpected};
pub use response::Response;

use decode::{Decode, own_json};

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

use crate::bounds::BoxFuture;
use crate::download::Download;
use crate::error::Error;
use crate::options::{CallOptions, Redirects};
use crate::request::{ReceiveMode, Request};
use crate::retry::RetryPolicy;
use crate::send::{Exchanged, Head, exchange};

/// A call. Awaiting it sends the request; dropping it before it is done cancels it.
///
/// It is `Send + 'static`, so it can be handed to a task: `tokio::spawn(request.into_future())`.
#[must_use = "a call is made when it is awaited"]
pub struct Call<T> {
    state: CallState,
    decode: Decode<T>,
}

enum CallState {
    Waiting(Box<(Request, CallOptions)>),
    Running(BoxFuture<'static, Exchanged>),
    Done,
}

impl Request {
    /// The call that sends the request and reads the whole answer.
    pub fn send<T>(self, decode: fn(&Head, Bytes) -> Result<T, Error>) -> Call<T> {
        Call::new(self, Decode::Whole(decode))
    }

    /// The call that sends the request and hands the answer over as it comes.
    pub fn receive<T>(self, decode: fn(&Head, Download) -> Result<T, Error>) -> Call<T> {
        Call::new(self, Decode::Streamed(decode))
    }

    /// The call that asks for another form of the answer, and reads it whole.
    pub fn send_as<T>(
        mut self,
        media_type: &'static str,
        decode: fn(&Head, Bytes) -> Result<T, Error>,
    ) -> Call<T> {
        self.receive_mode = ReceiveMode::As { media_type, streamed: false };
        self.send(decode)
    }

    /// The call that asks for another form of the answer, and hands it over as it comes.
    pub fn receive_as<T>(
        mut self,
        media_type: &'static str,
        decode: fn(&Head, Download) -> Result<T, Error>,
    ) -> Call<T> {
        self.receive_mode = ReceiveMode::As { media_type, streamed: true };
        self.receive(decode)
    }
}

impl<T> Call<T> {
    fn new(request: Request, decode: Decode<T>) -> Self {
        Self { state: CallState::Waiting(Box::new((request, CallOptions::default()))), decode }
    }

    /// Bounds the whole call, from connecting to the last byte of the answer, with its retries and the waits between
    /// them. The error's kind is [`TimeoutKind::Call`](crate::TimeoutKind::Call).
    pub fn timeout(self, timeout: Duration) -> Self {
        self.options(|options| options.timeout = Some(timeout))
    }

    /// Bounds each try, from sending to the last byte of the answer, redirects included. The error's kind is
    /// [`TimeoutKind::Attempt`](crate::TimeoutKind::Attempt).
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        self.options(|options| options.attempt_timeout = Some(timeout))
    }

    /// When the request is sent again, in place of what the client says.
    pub fn retry(self, policy: RetryPolicy) -> Self {
        self.options(|options| options.retry = Some(policy))
    }

    /// Says that the request has no further effect when it is repeated, so that it may be, whatever its method.
    pub fn idempotent(self) -> Self {
        self.options(|options| options.is_idempotent = true)
    }

    /// Follows no redirect: where the document names no such answer, it is the error of the call, whose `header` has the
    /// `location`.
    pub fn without_redirects(self) -> Self {
        self.options(|options| options.redirects = Redirects::Return)
    }

    /// Sends the request to this URL, in place of the one that server and path make, as where the API hands out URLs to
    /// go on with. Query parameters are appended to it.
    ///
    /// Credentials and headers of the client go along, wherever that is: take the URL from the API, or from nobody. It
    /// has to be `https` where the server's is.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        if let CallState::Waiting(waiting) = &mut self.state {
            waiting.0.place = Some(url.into());
        }
        self
    }

    fn options(mut self, change: impl FnOnce(&mut CallOptions)) -> Self {
        if let CallState::Waiting(waiting) = &mut self.state {
            change(&mut waiting.1);
        }
        self
    }

    /// The same call, which gives status and headers beside the value.
    pub fn with_response(self) -> ResponseCall<T> {
        ResponseCall(self)
    }

    fn poll_response(&mut self, context: &mut Context<'_>) -> Poll<Result<Response<T>, Error>> {
        if let CallState::Waiting(_) = self.state {
            if let CallState::Waiting(waiting) = std::mem::replace(&mut self.state, CallState::Done) {
                let (request, options) = *waiting;
                self.state = CallState::Running(Box::pin(exchange(request, options)));
            }
        }
        let CallState::Running(running) = &mut self.state else {
            return Poll::Pending;
        };
        let Exchanged { outcome, watch } = ready!(running.as_mut().poll(context));
        self.state = CallState::Done;
        let outcome = outcome.and_then(|exchange| self.decode.decode(exchange));
        if let Some(watch) = watch {
            watch.after(outcome.as_ref().map(Response::status));
        }
        Poll::Ready(outcome)
    }
}

impl<T> Future for Call<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.poll_response(context).map_ok(Response::into_value)
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state: &dyn fmt::Debug = match &self.state {
            CallState::Waiting(waiting) => &waiting.0,
            CallState::Running(_) => &"running",
            CallState::Done => &"done",
        };
        f.debug_tuple("Call").field(state).finish()
    }
}

/// A [`Call`] that gives status and headers beside the value.
#[must_use = "a call is made when it is awaited"]
pub struct ResponseCall<T>(Call<T>);

impl<T> ResponseCall<T> {
    /// As [`Call::timeout`].
    pub fn timeout(self, timeout: Duration) -> Self {
        Self(self.0.timeout(timeout))
    }

    /// As [`Call::attempt_timeout`].
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        Self(self.0.attempt_timeout(timeout))
    }

    /// As [`Call::retry`].
    pub fn retry(self, policy: RetryPolicy) -> Self {
        Self(self.0.retry(policy))
    }

    /// As [`Call::idempotent`].
    pub fn idempotent(self) -> Self {
        Self(self.0.idempotent())
    }

    /// As [`Call::without_redirects`].
    pub fn without_redirects(self) -> Self {
        Self(self.0.without_redirects())
    }

    /// As [`Call::url`].
    pub fn url(self, url: impl Into<String>) -> Self {
        Self(self.0.url(url))
    }
}

impl<T> Future for ResponseCall<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll_response(context)
    }
}

impl<T> fmt::Debug for ResponseCall<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
