//! Defines the values of a request body that is a stream of JSON values.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::framing::Framing;
use crate::body::{BodySource, ByteStream, OneShot};
use crate::error::{TransportError, TransportErrorKind};
use crate::json::Json;
use crate::platform::{BoxStream, MaybeSend};

/// Values to send, each as JSON on a line of its own, or in an event or a part of its own if the API asks for server-sent
/// events or a multipart body.
///
/// Lists and other iterators of values implement `Into<JsonLinesBody>`. A call can be retried after a failure, unless
/// its values come from [`JsonLinesBody::stream`].
///
/// ```
/// use sdk_runtime::JsonLinesBody;
///
/// let body: JsonLinesBody<i64> = [1, 2, 3].into();
/// ```
#[must_use]
pub struct JsonLinesBody<T>(Values<T>);

enum Values<T> {
    Whole(Vec<T>),
    Stream(BoxStream<'static, T>),
}

impl<T> JsonLinesBody<T> {
    /// Sends the values of a stream as they come. Once the first one has been sent, the call cannot be retried.
    pub fn stream(stream: impl Stream<Item = T> + MaybeSend + 'static) -> Self {
        Self(Values::Stream(Box::pin(stream)))
    }
}

impl<T, I: IntoIterator<Item = T>> From<I> for JsonLinesBody<T> {
    fn from(values: I) -> Self {
        Self(Values::Whole(values.into_iter().collect()))
    }
}

impl<T: Json + 'static> JsonLinesBody<T> {
    /// Encodes the values as the media type demands. Returns the body and, if it has a boundary, the media type with
    /// it, or the description of a value that cannot be sent.
    pub(crate) fn into_source(
        self,
        media_type: &str,
        random: [u64; 2],
    ) -> Result<(BodySource, Option<String>), String> {
        let framing = Framing::of(media_type, random);
        let media_type = framing.media_type(media_type);
        let source = match self.0 {
            Values::Whole(values) => {
                let mut text = Vec::new();
                for value in &values {
                    framing.write(value, &mut text)?;
                }
                text.extend(framing.end());
                BodySource::Bytes(text.into())
            }
            Values::Stream(values) => {
                let encoded = Encoded { values, framing, is_over: false };
                BodySource::Once(OneShot::new(ByteStream::new(encoded)))
            }
        };
        Ok((source, media_type))
    }
}

/// The bytes of a stream of values.
struct Encoded<T> {
    values: BoxStream<'static, T>,
    framing: Framing,
    is_over: bool,
}

impl<T: Json> Stream for Encoded<T> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        let Some(value) = ready!(self.values.as_mut().poll_next(context)) else {
            self.is_over = true;
            let end = self.framing.end();
            return Poll::Ready((!end.is_empty()).then(|| Ok(end.into())));
        };
        let mut text = Vec::new();
        Poll::Ready(Some(match self.framing.write(&value, &mut text) {
            Ok(()) => Ok(text.into()),
            Err(fault) => Err(TransportError::new(
                TransportErrorKind::RequestBody,
                format!("a value cannot be sent: {fault}"),
            )),
        }))
    }
}

impl<T> fmt::Debug for JsonLinesBody<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Values::Whole(values) => write!(f, "JsonLinesBody({} values)", values.len()),
            Values::Stream(_) => f.write_str("JsonLinesBody(stream)"),
        }
    }
}
