//! The runtime with a loopback server: bytes on the wire, connections, failures.
#![expect(unreachable_pub, reason = "emitted code is public, and its helpers sit beside it")]

#[path = "../support/numbered_tokens.rs"]
mod numbered_tokens;
mod server;
mod sdk;
mod requests;
mod responses;
mod authorization;
mod bodies;
mod streams;
mod connections;
mod http2;
mod proxies;
mod routes;
mod own_client;
mod failures;
mod blocking;
