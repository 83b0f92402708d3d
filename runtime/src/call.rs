//! Defines [`Call`], the future that sends a request when it is first polled.

mod custom;
mod decode;
mod extras;
mod few;
mod macros;
mod reconnect;
mod request;
mod response;
mod resume;
mod send;
#[cfg(feature = "blocking")]
mod wait;

pub use custom::CustomRequest;
pub use decode::{bytes, download, empty, events, json, json_lines, location, results, text, unexpected};
pub use request::Request;
pub use response::Response;
pub use send::Head;

pub(crate) use request::Target;

use decode::{Decode, own_json};

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

use crate::body::Download;
use crate::client::{CallOptions, Redirects};
use crate::error::Error;
use crate::platform::BoxFuture;
use crate::retry::RetryPolicy;
use request::ReceiveMode;
use send::{Exchanged, exchange};

/// A call of an operation. Awaiting it sends the request; dropping it before it completes cancels the call.
///
/// A call is `Send + 'static`, so it can run in a task of its own: `tokio::spawn(request.into_future())`.
///
/// ```
/// # use std::time::Duration;
/// # use sdk_runtime::testing::{MockTransport, Reply};
/// # use sdk_runtime::{Api, Client, ClientBuilder, Error, Method};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// # let api = MockTransport::new();
/// # api.on("POST /things").reply(Reply::json(200, "created"));
/// # let client: Client = ClientBuilder::new(&Api::NONE).base_url("https://api.example.com").transport(api).build()?;
/// let thing: String = client
///     .request(Method::POST, "/things")
///     .send_json()
///     .timeout(Duration::from_secs(5))
///     .idempotent()
///     .await?;
/// assert_eq!(thing, "created");
/// # Ok(())
/// # }
/// ```
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
    /// Returns a call that sends the request and reads the whole response.
    pub fn send<T>(self, decode: fn(&Head, Bytes) -> Result<T, Error>) -> Call<T> {
        Call::new(self, Decode::Whole(decode))
    }

    /// Returns a call that sends the request and streams the response.
    pub fn receive<T>(self, decode: fn(&Head, Download) -> Result<T, Error>) -> Call<T> {
        Call::new(self, Decode::Streamed(decode))
    }

    /// Returns a call that accepts this media type instead, and reads the whole response.
    pub fn send_as<T>(
        mut self,
        media_type: &'static str,
        decode: fn(&Head, Bytes) -> Result<T, Error>,
    ) -> Call<T> {
        self.receive_mode = ReceiveMode::As { media_type, streamed: false };
        self.send(decode)
    }

    /// Returns a call that accepts this media type instead, and streams the response.
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

    /// Limits the time of the whole call, from connecting to the last byte of the response, including retries and the
    /// waits between them. A call that takes longer fails with [`TimeoutKind::Call`](crate::TimeoutKind::Call).
    pub fn timeout(self, timeout: Duration) -> Self {
        self.options(|options| options.timeout = Some(timeout))
    }

    /// Limits the time without progress, in which no bytes move in either direction, in place of the client's read
    /// timeout. A call that the server answers late, such as a long poll, needs a longer one.
    pub fn read_timeout(self, timeout: Duration) -> Self {
        self.options(|options| options.read_timeout = Some(timeout))
    }

    /// Limits the time of each attempt, from sending to the last byte of the response, including redirects. An attempt
    /// that takes longer fails with [`TimeoutKind::Attempt`](crate::TimeoutKind::Attempt).
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        self.options(|options| options.attempt_timeout = Some(timeout))
    }

    /// Sets the retry policy of this call, in place of the client's.
    pub fn retry(self, policy: RetryPolicy) -> Self {
        self.options(|options| options.retry = Some(policy))
    }

    /// Declares that repeating the request has no further effect, so that it may be retried whatever its method.
    pub fn idempotent(self) -> Self {
        self.options(|options| options.is_idempotent = true)
    }

    /// Leaves out the parts of the response that cannot be read as their types, instead of failing; see
    /// [`RequestOptions::lenient`](crate::RequestOptions::lenient).
    pub fn lenient(self) -> Self {
        self.options(|options| options.is_lenient = true)
    }

    /// Does not follow redirects. Unless the document describes the redirect as a response, the call fails with an
    /// error whose [`header`](Error::header) `location` has the target.
    pub fn without_redirects(self) -> Self {
        self.options(|options| options.redirects = Redirects::Return)
    }

    /// Sends the request to this URL instead of the operation's own, for APIs that return URLs to continue with. Query
    /// parameters are appended to it.
    ///
    /// The client's credentials and headers are sent to this URL, whatever its host: use only URLs that the API
    /// returned. The URL must use `https` if the server does.
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

    /// Makes the call return a [`Response`], which has status and headers along with the value.
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
        let Exchanged { outcome, watch, span } = ready!(running.as_mut().poll(context));
        self.state = CallState::Done;
        let outcome = outcome.and_then(|exchange| self.decode.decode(exchange));
        let attempts = outcome.as_ref().map_or_else(Error::attempts, Response::attempts);
        span.ends(outcome.as_ref().map(Response::status), attempts);
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

/// A [`Call`] that returns a [`Response`], which has status and headers along with the value.
#[must_use = "a call is made when it is awaited"]
pub struct ResponseCall<T>(Call<T>);

impl<T> ResponseCall<T> {
    /// Limits the time of the whole call; see [`Call::timeout`].
    pub fn timeout(self, timeout: Duration) -> Self {
        Self(self.0.timeout(timeout))
    }

    /// Limits the time without progress; see [`Call::read_timeout`].
    pub fn read_timeout(self, timeout: Duration) -> Self {
        Self(self.0.read_timeout(timeout))
    }

    /// Limits the time of each attempt; see [`Call::attempt_timeout`].
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        Self(self.0.attempt_timeout(timeout))
    }

    /// Sets the retry policy of this call; see [`Call::retry`].
    pub fn retry(self, policy: RetryPolicy) -> Self {
        Self(self.0.retry(policy))
    }

    /// Declares that the request may be repeated; see [`Call::idempotent`].
    pub fn idempotent(self) -> Self {
        Self(self.0.idempotent())
    }

    /// Leaves out the parts of the response that cannot be read; see [`Call::lenient`].
    pub fn lenient(self) -> Self {
        Self(self.0.lenient())
    }

    /// Does not follow redirects; see [`Call::without_redirects`].
    pub fn without_redirects(self) -> Self {
        Self(self.0.without_redirects())
    }

    /// Sends the request to this URL instead of the operation's own; see [`Call::url`].
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
