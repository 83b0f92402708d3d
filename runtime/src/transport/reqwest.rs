//! Implements the default transport with reqwest, rustls and ring, which do not appear in the public API.

use std::sync::{Arc, Mutex, OnceLock};
use std::task::{Context, Poll};
use std::{fmt, pin::Pin};

use bytes::Bytes;
use futures_core::Stream;
use url::Url;

use super::Transport;
use super::connect::{ConnectionSettings, Trust, connect};
use crate::body::{Body, ByteStream};
use crate::error::{TransportError, TransportErrorKind};
use crate::platform::BoxFuture;

/// The default transport. Its connection pools are set up with the first request that needs them.
pub(crate) struct ReqwestTransport {
    settings: ConnectionSettings,
    plain: OnceLock<Result<::reqwest::Client, Arc<str>>>,
    secure: OnceLock<Result<::reqwest::Client, Arc<str>>>,
}

impl ReqwestTransport {
    pub(crate) const fn new(settings: ConnectionSettings) -> Self {
        Self { settings, plain: OnceLock::new(), secure: OnceLock::new() }
    }

    fn client(&self, uri: &http::Uri) -> Result<::reqwest::Client, TransportError> {
        let client = if uri.scheme() == Some(&http::uri::Scheme::HTTP) {
            self.plain.get_or_init(|| connect(&self.settings, Trust::Nobody))
        } else {
            self.secure.get_or_init(|| connect(&self.settings, Trust::System))
        };
        client.clone().map_err(|error| TransportError::new(TransportErrorKind::Unusable, &*error))
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
        Box::pin(async move {
            if tokio::runtime::Handle::try_current().is_err() {
                return Err(TransportError::new(TransportErrorKind::Unusable, "it needs a tokio runtime"));
            }
            let request = to_reqwest(request)?;
            let response: http::Response<::reqwest::Body> =
                client?.execute(request).await.map_err(told)?.into();
            Ok(response.map(|body| ByteStream::new(Incoming(body))))
        })
    }
}

fn to_reqwest(request: http::Request<Body>) -> Result<::reqwest::Request, TransportError> {
    let (parts, body) = request.into_parts();
    let url = Url::parse(&parts.uri.to_string())
        .map_err(|error| TransportError::new(TransportErrorKind::Unusable, error))?;
    let mut request = ::reqwest::Request::new(parts.method, url);
    *request.headers_mut() = parts.headers;
    *request.body_mut() = Some(to_reqwest_body(body));
    Ok(request)
}

fn to_reqwest_body(body: Body) -> ::reqwest::Body {
    match body.as_bytes() {
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
    } else if is_from_decoder(&error) {
        TransportErrorKind::Encoding
    } else {
        TransportErrorKind::Lost
    };
    TransportError::new(kind, error.without_url())
}

/// Returns `true` if the certificate or TLS version of the server is not acceptable, which no retry changes.
fn is_untrusted(error: &::reqwest::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        // An `io::Error` does not list the error that it wraps among its sources.
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        let tls =
            error.downcast_ref().or_else(|| inner.and_then(|inner| inner.downcast_ref::<rustls::Error>()));
        if matches!(tls, Some(rustls::Error::InvalidCertificate(_) | rustls::Error::PeerIncompatible(_))) {
            return true;
        }
        source = error.source();
    }
    false
}

/// Returns `true` if the request body failed: only it puts a `TransportError` into the chain.
fn is_from_body(error: &::reqwest::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        if error.is::<TransportError>() {
            return true;
        }
        source = error.source();
    }
    false
}

/// Returns `true` if decompression failed. A failure of the connection is wrapped in an error of hyper instead.
fn is_from_decoder(error: &::reqwest::Error) -> bool {
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<std::io::Error>());
    source.is_some_and(|source| {
        use std::io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
        matches!(source.kind(), InvalidData | InvalidInput | UnexpectedEof)
    })
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
