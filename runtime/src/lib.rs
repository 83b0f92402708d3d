//! What every generated SDK stands on.
mod api;
mod body;
mod bounds;
mod call;
mod client;
mod credential;
mod error;
mod http_date;
mod json;
mod macros;
mod options;
mod parameter;
mod platform;
mod request;
mod secret;
mod send;
mod transport;
mod value;

pub use api::{Api, BodyKind, ErrorBody, Operation, Scheme, SchemeKind, Server};
pub use body::{Body, ByteStream};
pub use bounds::{BoxFuture, BoxStream, MaybeSend};
pub use call::{Call, Head, Response, ResponseCall, bytes, empty, json, text};
pub use client::{Client, ClientBuilder};
pub use credential::{AuthContext, Authorization, BearerToken, Credential};
pub use error::{Error, ErrorKind, TimeoutKind};
pub use bytes::Bytes;
pub use http::{Method, StatusCode};
pub use json::{
    Additional, Blank, Extra, ExtraIter, Fault, Json, NULLABLE, OPTIONAL, OPTIONAL_NULLABLE, Presence,
    REQUIRED, Raw, Read, ReadSlot, Reader, UnknownInteger, UnknownJson, UnknownText, WriteSlot, Writer,
    Written, deserialize, serialize, show,
};
pub use parameter::{Encoding, Style};
pub use platform::Platform;
#[cfg(feature = "tokio")]
pub use platform::TokioPlatform;
pub use request::{CustomRequest, HeaderChange, Request};
pub use secret::Secret;
pub use transport::{Transport, TransportError, TransportErrorKind};
pub use value::{Base64, Date, DateTime, ParseError};

#[doc(hidden)]
pub use serde;
#[doc(hidden)]
pub use serde_json;
#[doc(hidden)]
pub use serde_json::Value;

use std::collections::BTreeMap;

/// A map from whatever the caller has.
#[doc(hidden)]
pub fn map<V>(entries: impl IntoIterator<Item = (impl Into<String>, V)>) -> BTreeMap<String, V> {
    entries.into_iter().map(|(name, value)| (name.into(), value)).collect()
}

/// A list of strings from whatever the caller has.
#[doc(hidden)]
pub fn list(items: impl IntoIterator<Item = impl Into<String>>) -> Vec<String> {
    items.into_iter().map(Into::into).collect()
}
