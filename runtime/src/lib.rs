//! What every generated SDK stands on: JSON by member tables, requests and answers, errors, the way to the server.
//!
//! A generated crate says what one document says: types with their members, operations with their paths. Whatever
//! mentions nothing of a document is here, written once and compiled once. An SDK's users see the types that it
//! re-exports ([`Call`], [`Error`], [`DateTime`], …); what is hidden from this page is there for emitted code alone,
//! and goes with the version of the generator that emitted it.
//!
//! # The way of a call
//! ```text
//! builder ──path, query, member──▶ Request ──send──▶ Call ──first poll──▶ Prepared ──try──▶ Transport
//!   emitted                        request/         call/                 request/prepare   transport/
//!
//! value ◀──decode── Exchange ◀──head, body── Credential on each try, timeouts around it
//!           call/decode        send/         credential/
//! ```
//!
//! # Code map
//! | module | purpose |
//! |---|---|
//! | `api` | facts of a document, as constants of the generated crate |
//! | `json` | [`Json`] types from their tables: `deserialize` reads any serde format, `serialize` writes it, `show` is `Debug`, `tree` feeds parameters; `extra` keeps what no table names; `raw` is for unions, which `unknown_members` helps to choose; `fault` and `locate` say where it failed |
//! | `macros` | what of an emitted item is the same for all |
//! | `value` | [`DateTime`], [`Date`], [`Base64`] |
//! | `parameter` | OpenAPI's styles, percent-encoding |
//! | `header` | [`Header`], a response header as a typed value, read by `plain`; [`HeaderChange`]s that a caller makes to a request |
//! | `request` | what a builder collects, until it is checked and ready to send |
//! | `upload`, `multipart` | [`Upload`]: bytes to send, from wherever they are; forms of several parts |
//! | `call` | [`Call`], the future; decoders; [`Response`]; [`CustomRequest`] |
//! | `download`, `events` | answers as they come: [`Download`], [`Events`] |
//! | `page` | from one page of a list to the next: [`Items`], [`Pages`] |
//! | `client`, `options` | [`Client`], its set-up, base URLs and trusted origins; [`RequestOptions`] of derived clients |
//! | `send` | the tries of one call: `attempts` goes from one to the next, `attempt` makes one and follows its redirects, `idle_timeout`, `progress`, `deadline` and `timed_stream` look at the time, `collect` takes the answer into memory |
//! | `retry`, `redirect` | rules without a clock or a network: what is sent again and when, where a redirect leads |
//! | `interceptor`, `redact` | [`Interceptor`]s watch calls, and see no secret |
//! | `credential`, `secret` | who the caller is, never shown: fixed tokens, keys and passwords; `credential/oauth` fetches, keeps and renews tokens |
//! | `body` | what goes to the transport and comes from it; `source` opens it for each try |
//! | `transport` | one exchange; the only modules that know the HTTP library are `transport/reqwest.rs` and, for TLS and proxies, `transport/connect.rs` |
//! | `platform` | clock, timers, tasks, chance; the only module that asks the system for them is `platform/tokio.rs` |
//! | `info` | [`RequestInfo`]: what a request tells the transport of its call |
//! | `error`, `http_date` | [`Error`] with everything that is known of a failure |
//! | `testing` | for tests of programs: scripted answers, a clock that is moved by hand |
//!
//! Modules import one way only: no two of them reach each other in a circle.
//!
//! # Invariants
//! - It knows no API: what is one API's alone comes in [`Api`] and [`Operation`].
//! - Nothing generic is compiled per type of a document: [`Reader`] and [`Writer`] are object-safe, and `Request` is
//!   not generic.
//! - What came in and is not understood goes out again: unknown members, explicit nulls, unknown values.
//! - What cannot be sent as meant is an error before anything is sent.
//! - No secret in `Debug`, `Display`, errors: URLs lose their query, headers and bodies are not shown.
//! - Credentials go to servers of the document, and to URLs that were configured in their place, and nowhere else; no
//!   redirect carries them to another origin.
//! - What may have had an effect is sent once, unless the caller says that it may be repeated.
//! - Only `platform` tells time, waits, spawns and rolls dice; only `transport` touches the network. No global state.
//! - Public names come from this crate, `http`, `bytes`, `serde`, `serde_json` and `futures-core`, and with `fs` from
//!   `tokio`.
//!
//! # Features
//! `reqwest` (default): the transport, with rustls and ring. `tokio` (default): the platform. Without them, bring a
//! [`Transport`] and a [`Platform`] of your own. `fs` (default): files as uploads and as targets of downloads, in
//! tokio's threads for what blocks, and tokens in files; it brings no dependency beyond those of `tokio`. `jwt` signs
//! assertions. `testing` has a transport and a platform for tests. `chrono04`, `jiff1` and `time03` convert [`DateTime`]
//! to and from the types of those crates.
#![deny(clippy::panic, clippy::print_stderr, clippy::print_stdout, clippy::unwrap_used)]
#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

mod api;
mod body;
mod bounds;
mod call;
mod client;
mod credential;
mod download;
mod error;
mod events;
mod header;
mod http_date;
mod info;
mod interceptor;
mod json;
mod macros;
mod multipart;
mod options;
mod page;
mod parameter;
mod platform;
mod redact;
mod redirect;
mod request;
mod retry;
mod secret;
mod send;
#[cfg(feature = "testing")]
pub mod testing;
mod transport;
mod upload;
mod value;

pub use api::{Api, BodyKind, ErrorBody, Operation, Paging, Scheme, SchemeKind, Server};
pub use body::{Body, ByteStream};
pub use bounds::{BoxFuture, BoxStream, MaybeSend};
pub use bytes::Bytes;
pub use call::{
    Call, CustomRequest, Response, ResponseCall, bytes, download, empty, events, json, location, text,
    unexpected,
};
pub use client::{Client, ClientBuilder};
#[cfg(feature = "fs")]
pub use credential::FileTokenStore;
pub use credential::{
    AccessToken, ApiKey, AuthContext, Authorization, AuthorizationCode, AuthorizeUrl, BasicAuth, BearerToken,
    ClientAuthentication, ClientCredentials, Credential, Grant, GrantContext, MemoryTokenStore,
    TokenEndpoint, TokenExchange, TokenForm, TokenSource, TokenStore,
};
#[cfg(feature = "jwt")]
pub use credential::{JwtAlgorithm, JwtBearer, SigningKey};
pub use download::Download;
pub use error::{Error, ErrorKind, TimeoutKind, TransportError, TransportErrorKind};
pub use events::{Event, Events};
pub use header::{Header, HeaderChange, HeaderChanges};
pub use http::{Method, StatusCode};
pub use info::RequestInfo;
pub use interceptor::{AttemptEnd, AttemptStart, CallEnd, Interceptor};
pub use json::{
    Additional, Extra, ExtraIter, Fault, Json, NULLABLE, OPTIONAL, OPTIONAL_NULLABLE, Presence, REQUIRED,
    Raw, Read, ReadSlot, Reader, UnknownInteger, UnknownJson, UnknownText, WriteSlot, Writer, Written,
    constant, deserialize, plain, read_text, same, serialize, show,
};
pub use options::RequestOptions;
pub use page::{Items, Next, Page, PageFacts, Pages, Position, TryCollect};
pub use parameter::{Encoding, Style};
pub use platform::Platform;
#[cfg(feature = "tokio")]
pub use platform::TokioPlatform;
pub use request::Request;
pub use retry::RetryPolicy;
pub use secret::Secret;
#[doc(hidden)]
pub use send::Head;
#[cfg(feature = "reqwest")]
pub use transport::Proxy;
pub use transport::Transport;
pub use upload::Upload;
pub use value::{Base64, Date, DateTime, Number, ParseError};

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
