//! Decodes the objects of a stream that hold a value as `result`, or the failure of the stream as `error`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::value::RawValue;

use super::Line;
use crate::body::Download;
use crate::error::{Error, ErrorKind};
use crate::json::{Json, from_slice};

/// Decodes the value of a line. A line without a result or an error is the value itself, as gateways with a marshaler of
/// their own send it.
pub(super) fn decode<T: Json>(download: &Download, line: &Line) -> Result<T, Error> {
    let members: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_slice(&line.text).unwrap_or_default();
    let member = |name: &str| members.get(name).filter(|value| value.get() != "null");
    if member("error").is_some() {
        let message = format!("the server sent an error in {} {}", line.unit, line.number);
        let text = Bytes::copy_from_slice(&line.text);
        return Err(download.answered(Error::new(ErrorKind::Api, message), text));
    }
    let value = members.get("result").map_or(line.text.as_slice(), |result| result.get().as_bytes());
    from_slice(value).map_err(|fault| line.invalid(fault))
}
