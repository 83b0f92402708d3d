//! Defines the values of a request body that has one JSON value on each line.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::parse::RECORD_SEPARATOR;
use crate::body::{BodySource, ByteStream, OneShot};
use crate::error::{TransportError, TransportErrorKind};
use crate::json::{Json, to_bytes};
use crate::platform::{BoxStream, MaybeSend};

/// Values to send, each as JSON on a line of its own.
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
    /// Encodes the values as lines, or as a sequence with separators. Returns the description of one that cannot be
    /// sent.
    pub(crate) fn into_source(self, media_type: &str) -> Result<BodySource, String> {
        let is_sequence = media_type.contains("json-seq");
        match self.0 {
            Values::Whole(values) => {
                let mut text = Vec::new();
                for value in &values {
                    write_line(value, is_sequence, &mut text)?;
                }
                Ok(BodySource::Bytes(text.into()))
            }
            Values::Stream(values) => {
                Ok(BodySource::Once(OneShot::new(ByteStream::new(Encoded { values, is_sequence }))))
            }
        }
    }
}

fn write_line(value: &dyn Json, is_sequence: bool, into: &mut Vec<u8>) -> Result<(), String> {
    if is_sequence {
        into.push(RECORD_SEPARATOR);
    }
    into.extend(to_bytes(value).map_err(|fault| fault.to_string())?);
    into.push(b'\n');
    Ok(())
}

/// The lines of a stream of values.
struct Encoded<T> {
    values: BoxStream<'static, T>,
    is_sequence: bool,
}

impl<T: Json> Stream for Encoded<T> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(value) = ready!(self.values.as_mut().poll_next(context)) else { return Poll::Ready(None) };
        let mut line = Vec::new();
        Poll::Ready(Some(match write_line(&value, self.is_sequence, &mut line) {
            Ok(()) => Ok(line.into()),
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
