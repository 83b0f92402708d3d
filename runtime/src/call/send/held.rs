//! Keeps the permit of a request in flight until its response is read.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use crate::body::{ByteStream, ResponseBody};
use crate::client::Permit;
use crate::error::TransportError;

/// Gives the permit of a request to its response, if that is still to be read.
pub(super) fn held(body: ResponseBody, permit: Option<Permit>) -> ResponseBody {
    match (body, permit) {
        (ResponseBody::Stream(stream), Some(permit)) => {
            ResponseBody::Stream(ByteStream::new(Held { stream: Some(stream), permit: Some(permit) }))
        }
        (body, _) => body,
    }
}

/// A stream that gives up its permit when it ends.
struct Held {
    stream: Option<ByteStream>,
    permit: Option<Permit>,
}

impl Stream for Held {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(stream) = &mut self.stream else { return Poll::Ready(None) };
        let next = ready!(Pin::new(stream).poll_next(context));
        if !matches!(next, Some(Ok(_))) {
            // The connection is free before the permit is.
            self.stream = None;
            self.permit = None;
        }
        Poll::Ready(next)
    }
}
