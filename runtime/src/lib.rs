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
//!   emitted                        call/request     call                  call/request/prepare transport
//!
//! value ◀──decode── Exchange ◀──head, body── Credential and timeouts apply to each attempt
//!           call/decode        call/send     credential
//! ```
//!
//! # Code map
//! Each module uses only modules above it.
//!
//! | module | purpose |
//! |---|---|
//! | `json` | [`Json`] types from their tables of members. `reader` reads any serde format, `writer` writes it, implements `Debug` and feeds parameters; `types` has the types of std; `value` has [`DateTime`], [`Date`], [`Base64`], [`Base64Url`], [`Number`] and HTTP dates; `extra` keeps unknown members; `raw` is for unions; `fault` says where reading failed; `macros` are the emitted implementations |
//! | `api` | facts about an OpenAPI document, its operations and their pagination, as constants of the generated crate |
//! | `platform` | clock, timers, tasks, random numbers; only `platform/tokio.rs` asks the system for them. `bounds` names boxed futures |
//! | `secret` | [`Secret`], and `redact`, which hides secrets in what interceptors see |
//! | `retry` | [`RetryPolicy`]: what is retried and when, without a clock or a network |
//! | `error` | [`Error`], with everything known about a failure |
//! | `parameter` | OpenAPI parameter styles and percent-encoding. `header` has [`Header`], a response header as a typed value, and [`HeaderChange`], a caller's change to a request header |
//! | `body` | the bodies that are sent and received: `source` opens a body for each attempt; [`Upload`] takes bytes from memory, a file or a reader; `multipart` makes forms; [`Download`], [`Events`] and [`JsonLines`] are streamed responses; `webhook` reads what an API sends to its users |
//! | `transport` | one HTTP exchange. Only `transport/reqwest.rs`, `transport/own_client.rs` and, for TLS and proxies, `transport/connect.rs` use the HTTP library. [`RequestInfo`] tells the transport which call a request belongs to. `trace` records spans and events of calls (feature `tracing`) |
//! | `credential` | credentials, never shown: fixed tokens, keys and passwords. `oauth` fetches tokens (`grant`), keeps them (`store`), and renews them (`source`) |
//! | `client` | [`Client`], its builder, base URLs and trusted origins; [`RequestOptions`] of derived clients; [`Interceptor`]s, which observe calls; `transports` that wrap each other; `permits`, the limit on requests in flight |
//! | `call` | one call. `request` is what a builder collects, until it is checked and ready to send; `send` makes the attempts, follows redirects and enforces timeouts; `decode` reads the [`Response`]. [`Call`] is the future, [`CustomRequest`] a request that the document lacks |
//! | `page` | pagination: [`Items`], [`Pages`] |
//! | `testing` | tools for tests of programs: scripted responses and a manual clock |
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
//!   `tokio` with the feature `fs`. Those of other crates are behind features with their names.
//!
//! # Features
//! - `reqwest` (default): the default transport, with rustls and ring. Without it, a client does not compile without a
//!   [`Transport`] of its own.
//! - `tokio` (default): the default platform. Without it, a client does not compile without a
//!   [`Platform`] of its own.
//! - `fs` (default): uploads from files, downloads to files, and tokens in files. Blocking work runs in tokio's thread
//!   pool. It needs no dependency beyond those of `tokio`.
//! - `jwt`: signs JWT assertions.
//! - `brotli`, `zstd`: the default transport asks for responses in these compressions too, beside gzip.
//! - `blocking`: `wait` on calls and streams, which blocks the thread.
//! - `tracing`: records each call as a span, and each attempt as an event in it, with the names of OpenTelemetry.
//! - `webhooks`: checks the signatures of webhooks.
//! - `testing`: a transport and a platform for tests.
//! - `chrono04`, `jiff1`, `time03`: convert [`DateTime`] to and from the types of those crates.
//! - `reqwest013`: a client can send its requests with a `reqwest::Client` of the caller.
#![deny(clippy::panic, clippy::print_stderr, clippy::print_stdout, clippy::unwrap_used)]
#![cfg_attr(not(test), deny(clippy::wildcard_enum_match_arm))]

mod api;
mod body;
mod call;
mod client;
mod credential;
mod error;
mod json;
mod page;
mod parameter;
mod platform;
mod retry;
mod secret;
#[cfg(feature = "testing")]
pub mod testing;
mod transport;

pub use api::{Api, BodyKind, ErrorBody, Operation, Paging, Scheme, SchemeKind, Server};
pub use body::Download;
pub use body::TransferProgress;
pub use body::Upload;
#[cfg(feature = "webhooks")]
pub use body::WebhookVerifier;
pub use body::{Body, ByteStream};
pub use body::{Event, Events};
pub use body::{JsonLines, JsonLinesBody};
pub use body::{webhook, webhook_header};
pub use bytes::Bytes;
#[doc(hidden)]
pub use call::Head;
pub use call::Request;
pub use call::{
    Call, CustomRequest, Response, ResponseCall, bytes, download, empty, events, json, json_lines, location,
    results, text, unexpected,
};
pub use client::RequestOptions;
pub use client::{AttemptEnd, AttemptStart, CallEnd, Interceptor};
pub use client::{Client, ClientBuilder};
#[doc(hidden)]
pub use client::{DefaultPlatform, DefaultTransport, HasPlatform, HasTransport, Missing, Provided};
#[cfg(feature = "fs")]
pub use credential::FileTokenStore;
pub use credential::{
    AccessToken, ApiKey, AuthContext, Authorization, AuthorizationCode, AuthorizeUrl, BasicAuth, BearerToken,
    ClientAuthentication, ClientCredentials, Credential, Grant, GrantContext, MemoryTokenStore,
    TokenEndpoint, TokenExchange, TokenForm, TokenSource, TokenStore,
};
#[cfg(feature = "jwt")]
pub use credential::{JwtAlgorithm, JwtBearer, SigningKey};
pub use error::{Error, ErrorKind, TimeoutKind, TransportError, TransportErrorKind};
pub use http::{HeaderMap, Method, StatusCode};
pub use json::value::{Base64, Base64Url, Date, DateTime, Number, ParseError};
pub use json::{
    Additional, Extra, ExtraIter, Fault, Json, Loss, NULLABLE, OPTIONAL, OPTIONAL_NULLABLE, Presence,
    REQUIRED, Raw, Read, ReadSlot, Reader, SECRET_NULLABLE, SECRET_OPTIONAL, SECRET_OPTIONAL_NULLABLE,
    SECRET_REQUIRED, UnknownInteger, UnknownJson, UnknownText, WriteSlot, Writer, Written, beside_tag,
    constant, deserialize, plain, read_text, same, serialize, show, tagged,
};
#[cfg(feature = "blocking")]
pub use page::Waiting;
pub use page::{Items, Next, Page, PageFacts, Pages, Position, TryCollect};
pub use parameter::{Encoding, Style};
pub use parameter::{Header, HeaderChange, HeaderChanges};
pub use platform::Platform;
#[cfg(feature = "tokio")]
pub use platform::TokioPlatform;
pub use platform::{BoxFuture, BoxStream, MaybeSend};
pub use retry::RetryPolicy;
pub use secret::Secret;
#[cfg(feature = "reqwest")]
pub use transport::Proxy;
pub use transport::RequestInfo;
pub use transport::Transport;

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
