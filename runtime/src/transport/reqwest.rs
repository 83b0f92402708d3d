//! Implements the default transport with reqwest, rustls and ring, which do not appear in the public API.

use std::fmt::{self, Write as _};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::SystemTime;

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderValue;
use http::header::{ACCEPT_ENCODING, RANGE};
use url::Url;

use super::Transport;
use super::connect::{ConnectionSettings, Trust, connect};
use super::decompress::{ACCEPTED, decompressed};
use crate::body::{Body, ByteStream};
use crate::error::reason::sources;
use crate::error::{TransportError, TransportErrorKind};
use crate::platform::BoxFuture;

/// The default transport. Its connection pools are set up with the first request that needs them.
pub(crate) struct ReqwestTransport {
    settings: ConnectionSettings,
    plain: Pool,
    secure: Pool,
}

/// The connections for one scheme. New ones take their place if one of them does not answer.
#[derive(Default)]
struct Pool(Mutex<PoolState>);

#[derive(Default)]
struct PoolState {
    client: Option<Result<::reqwest::Client, Arc<str>>>,
    /// The time at which the pool was last replaced.
    renewed: Option<SystemTime>,
}

impl Pool {
    fn client(
        &self,
        make: impl FnOnce() -> Result<::reqwest::Client, Arc<str>>,
    ) -> Result<::reqwest::Client, Arc<str>> {
        self.state().client.get_or_insert_with(make).clone()
    }

    /// Replaces the pool, unless that happened after this time. Requests under way keep their connections.
    fn renew(&self, sent: SystemTime, now: SystemTime) {
        let mut state = self.state();
        if state.renewed.is_none_or(|renewed| renewed <= sent) {
            *state = PoolState { client: None, renewed: Some(now) };
        }
    }

    fn state(&self) -> MutexGuard<'_, PoolState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ReqwestTransport {
    pub(crate) fn new(settings: ConnectionSettings) -> Self {
        Self { settings, plain: Pool::default(), secure: Pool::default() }
    }

    fn client(&self, uri: &http::Uri) -> Result<::reqwest::Client, TransportError> {
        let client = if uri.scheme() == Some(&http::uri::Scheme::HTTP) {
            self.plain.client(|| connect(&self.settings, Trust::Nobody))
        } else {
            self.secure.client(|| connect(&self.settings, Trust::System))
        };
        client.map_err(|error| TransportError::new(TransportErrorKind::Unusable, &*error))
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'static, Result<http::Response<ByteStream>, TransportError>> {
        let client = self.client(request.uri());
        Box::pin(async move { execute(&client?, to_reqwest(request)?).await.map(from_reqwest) })
    }

    fn abandoned(&self, sent: SystemTime, now: SystemTime) {
        self.plain.renew(sent, now);
        self.secure.renew(sent, now);
    }

    fn detached(&self) -> Option<Arc<dyn Transport>> {
        Some(Arc::new(Self::new(self.settings.clone())))
    }
}

/// Sends a request. The caller has set up the client so that it does not follow redirects.
pub(super) async fn execute(
    client: &::reqwest::Client,
    request: ::reqwest::Request,
) -> Result<::reqwest::Response, TransportError> {
    if tokio::runtime::Handle::try_current().is_err() {
        return Err(TransportError::new(TransportErrorKind::Unusable, "it needs a tokio runtime"));
    }
    client.execute(request).await.map_err(told)
}

pub(super) fn from_reqwest(response: ::reqwest::Response) -> http::Response<ByteStream> {
    let response: http::Response<::reqwest::Body> = response.into();
    let (mut parts, body) = response.into_parts();
    let stream = ByteStream::new(Incoming(body));
    let stream = decompressed(parts.status, &mut parts.headers, stream);
    http::Response::from_parts(parts, stream)
}

pub(super) fn to_reqwest(request: http::Request<Body>) -> Result<::reqwest::Request, TransportError> {
    let (parts, body) = request.into_parts();
    let unusable = |error| TransportError::new(TransportErrorKind::Unusable, error);
    // A text that grows with each part of the URL would be moved several times.
    let mut url = String::with_capacity(256);
    write!(url, "{}", parts.uri).map_err(|error| TransportError::new(TransportErrorKind::Unusable, error))?;
    let url = Url::parse(&url).map_err(unusable)?;
    let mut request = ::reqwest::Request::new(parts.method, url);
    *request.headers_mut() = parts.headers;
    // A part of a compressed body could not be decompressed.
    if !request.headers().contains_key(RANGE) {
        let accepted = HeaderValue::from_static(ACCEPTED);
        request.headers_mut().entry(ACCEPT_ENCODING).or_insert(accepted);
    }
    *request.body_mut() = Some(to_reqwest_body(body));
    Ok(request)
}

fn to_reqwest_body(body: Body) -> ::reqwest::Body {
    match body.as_bytes().filter(|_| !body.is_stream()) {
        Some(bytes) => bytes.clone().into(),
        None => {
            let length = body.length();
            ::reqwest::Body::wrap(Outgoing { length, stream: Mutex::new(body.into_stream()) })
        }
    }
}

/// Classifies an error. The URL is removed, since its query may hold secrets.
fn told(error: ::reqwest::Error) -> TransportError {
    let kind = if error.is_connect() && error.is_timeout() {
        TransportErrorKind::ConnectTimeout
    } else if error.is_connect() && is_untrusted(&error) {
        TransportErrorKind::Untrusted
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_builder() {
        TransportErrorKind::Unusable
    } else if is_from_body(&error) {
        TransportErrorKind::RequestBody
    } else if is_malformed(&error) {
        TransportErrorKind::Protocol
    } else if is_misframed(&error) {
        TransportErrorKind::Framing
    } else if error.is_request() && is_refused(&error) {
        TransportErrorKind::Refused
    } else {
        TransportErrorKind::Lost
    };
    TransportError::new(kind, error.without_url())
}

/// Returns `true` if the certificate or TLS version of the server is not acceptable, which no retry changes.
fn is_untrusted(error: &::reqwest::Error) -> bool {
    sources(error).any(|error| {
        // An `io::Error` does not list the error that it wraps among its sources.
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        let tls =
            error.downcast_ref().or_else(|| inner.and_then(|inner| inner.downcast_ref::<rustls::Error>()));
        matches!(tls, Some(rustls::Error::InvalidCertificate(_) | rustls::Error::PeerIncompatible(_)))
    })
}

/// Returns `true` if the request body failed: only it puts a `TransportError` into the chain.
fn is_from_body(error: &::reqwest::Error) -> bool {
    sources(error).any(|error| error.is::<TransportError>())
}

/// Returns `true` if the head of the response is not HTTP, or larger than allowed.
fn is_malformed(error: &::reqwest::Error) -> bool {
    sources(error).any(|error| error.downcast_ref().is_some_and(hyper::Error::is_parse))
}

/// Returns `true` if the chunks of the body are not what HTTP requires, which another attempt would hardly change.
fn is_misframed(error: &::reqwest::Error) -> bool {
    let mut of_hyper = sources(error).filter(|error| error.is::<hyper::Error>());
    of_hyper.any(|error| {
        let cause = error.source().and_then(|cause| cause.downcast_ref::<std::io::Error>());
        cause.is_some_and(|cause| cause.kind() == std::io::ErrorKind::InvalidInput)
    })
}

/// Returns `true` if the server says that it did nothing with a request (RFC 9113 section 8.7): it refused the stream, or
/// it is about to close the connection.
fn is_refused(error: &::reqwest::Error) -> bool {
    let refuses = |error: &h2::Error| {
        let is_refusal = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
        let is_farewell = error.is_go_away() && error.reason() == Some(h2::Reason::NO_ERROR);
        error.is_remote() && (is_refusal || is_farewell)
    };
    sources(error).any(|error| error.downcast_ref().is_some_and(refuses))
}

/// The body of a response, frame by frame, without trailers.
struct Incoming(::reqwest::Body);

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = http_body::Body::poll_frame(Pin::new(&mut self.0), context);
            return match frame {
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) => Poll::Ready(Some(Ok(data))),
                    Err(_trailers) => continue,
                },
                Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(told(error)))),
                Poll::Ready(None) => Poll::Ready(None),
                Poll::Pending => Poll::Pending,
            };
        }
    }
}

/// A request body that is not in memory. The mutex is never locked: it makes the stream `Sync`.
struct Outgoing {
    stream: Mutex<ByteStream>,
    length: Option<u64>,
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
        let Ok(stream) = self.stream.get_mut() else { return Poll::Ready(None) };
        let next = Pin::new(stream).poll_next(context);
        next.map(|item| item.map(|chunk| chunk.map(http_body::Frame::data)))
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.length.map_or_else(http_body::SizeHint::default, http_body::SizeHint::with_exact)
    }
}

#[cfg(test)]
mod tests {
    use super::{ConnectionSettings, ReqwestTransport};

    /// Without a crypto provider, reqwest would panic. The system may have no trusted certificates here.
    #[test]
    fn tls_needs_no_process_wide_provider() {
        let transport = ReqwestTransport::new(ConnectionSettings::default());
        assert!(transport.client(&http::Uri::from_static("http://example.com")).is_ok());
        if let Err(error) = transport.client(&http::Uri::from_static("https://example.com")) {
            let source = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
            assert!(source.contains("CA certificates"), "{source}");
        }
    }
}
