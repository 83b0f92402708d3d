//! The runtime of every generated SDK: JSON, requests, responses, errors and the transport.
//!
//! A generated crate contains only what its OpenAPI document describes: types with their members, and operations with
//! their paths. Everything that is the same for all APIs is in this crate, written once and compiled once. Users of an
//! SDK meet the types that it re-exports, such as [`Call`], [`Error`] and [`DateTime`]. Items hidden from these docs
//! are for emitted code only, and belong to the generator version that emitted it.
//!
//! # The path of a call
//! ```text
//! builder ──path, query, member──▶ Request ──send──▶ Call ──first poll──▶ Prepared ──attempt──▶ Transport
//!   emitted                        request/         call/                 request/prepare      transport/
//!
//! value ◀──decode── Exchange ◀──head, body── Credential and timeouts apply to each attempt
//!           call/decode        send/         credential/
//! ```
//!
//! # Code map
//! | module | purpose |
//! |---|---|
//! | `api` | facts about an OpenAPI document, as constants of the generated crate |
//! | `json` | [`Json`] types from their tables: `deserialize` reads any serde format, `serialize` writes it, `show` implements `Debug`, `tree` feeds parameters; `extra` keeps unknown members; `raw` is for unions, whose variant `unknown_members` helps to choose; `fault` and `locate` say where reading failed |
//! | `macros` | the code that all emitted items of a kind share |
//! | `value` | [`DateTime`], [`Date`], [`Base64`] |
//! | `parameter` | OpenAPI parameter styles and percent-encoding |
//! | `header` | [`Header`], a response header as a typed value, read by `plain`; [`HeaderChange`], a caller's change to a request header |
//! | `request` | what a builder collects, until it is checked and ready to send |
//! | `upload`, `multipart` | [`Upload`]: bytes to send, from memory, a file or a reader; multipart forms |
//! | `call` | [`Call`], the future; decoders; [`Response`]; [`CustomRequest`] |
//! | `download`, `events` | streamed responses: [`Download`], [`Events`] |
//! | `page` | pagination: [`Items`], [`Pages`] |
//! | `client`, `options` | [`Client`], its builder, base URLs and trusted origins; [`RequestOptions`] of derived clients |
//! | `send` | the attempts of one call: `attempts` repeats them, `attempt` makes one and follows its redirects, `idle_timeout`, `progress`, `deadline` and `timed_stream` enforce timeouts, `collect` buffers the response |
//! | `retry`, `redirect` | rules that need neither clock nor network: what is retried and when, where a redirect leads |
//! | `interceptor`, `redact` | [`Interceptor`]s observe calls and see no secrets |
//! | `credential`, `secret` | credentials, never shown: fixed tokens, keys and passwords; `credential/oauth` fetches, stores and renews tokens |
//! | `bounds` | boxed futures and streams, whose `Send` bound is an alias for all targets |
//! | `body` | the bodies that the transport sends and receives; `source` opens a body for each attempt |
//! | `transport` | one HTTP exchange; only `transport/reqwest.rs` and, for TLS and proxies, `transport/connect.rs` use the HTTP library |
//! | `platform` | clock, timers, tasks, random numbers; only `platform/tokio.rs` asks the system for them |
//! | `info` | [`RequestInfo`]: the call that a request belongs to, for the transport |
//! | `error`, `http_date` | [`Error`], with everything known about a failure |
//! | `testing` | tools for tests of programs: scripted responses and a manual clock |
//!
//! Modules import in one direction only: no two of them reach each other in a circle.
//!
//! # Invariants
//! - The runtime knows no API. API-specific facts arrive in [`Api`] and [`Operation`].
//! - No generic code is compiled per type of a document: [`Reader`] and [`Writer`] are object-safe, and `Request` is
//!   not generic.
//! - Unrecognized input survives a round trip: unknown members, explicit nulls, unknown values.
//! - A request that cannot be sent as intended fails before anything is sent.
//! - `Debug`, `Display` and errors contain no secrets: URLs lose their query, headers and bodies are not shown.
//! - Credentials are sent only to servers of the document and to URLs configured in their place. No redirect carries
//!   them to another origin.
//! - A request that may have had an effect is not repeated, unless the caller allows it.
//! - Only `platform` reads the clock, waits, spawns tasks and draws random numbers; only `transport` uses the network.
//!   There is no global state.
//! - Public signatures use types of this crate, `http`, `bytes`, `serde`, `serde_json` and `futures-core`, and of
//!   `tokio` with the feature `fs`.
//!
//! # Features
//! - `reqwest` (default): the default transport, with rustls and ring. Without it, supply a [`Transport`].
//! - `tokio` (default): the default platform. Without it, supply a [`Platform`].
//! - `fs` (default): uploads from files, downloads to files, and tokens in files. Blocking work runs in tokio's thread
//!   pool. It needs no dependency beyond those of `tokio`.
//! - `jwt`: signs JWT assertions.
//! - `testing`: a transport and a platform for tests.
//! - `chrono04`, `jiff1`, `time03`: convert [`DateTime`] to and from the types of those crates.
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

/// Collects a map from pairs of any convertible types.
#[doc(hidden)]
pub fn map<V>(entries: impl IntoIterator<Item = (impl Into<String>, V)>) -> BTreeMap<String, V> {
    entries.into_iter().map(|(name, value)| (name.into(), value)).collect()
}

/// Collects a list of strings from items of any convertible type.
#[doc(hidden)]
pub fn list(items: impl IntoIterator<Item = impl Into<String>>) -> Vec<String> {
    items.into_iter().map(Into::into).collect()
}
