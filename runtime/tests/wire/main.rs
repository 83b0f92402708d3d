//! The runtime against a server on a loopback socket: what goes over the wire, what comes back, what breaks.
#![expect(unreachable_pub, reason = "emitted code is public, and its helpers sit beside it")]

mod server;
mod sdk;
mod requests;
mod responses;
mod authorization;
mod bodies;
mod streams;
mod connections;
mod proxies;
mod failures;
