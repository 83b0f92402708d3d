//! The runtime against a server on a loopback socket: what goes over the wire, what comes back, what breaks.
#![expect(unreachable_pub, reason = "emitted code is public, and its helpers sit beside it")]

mod authorization;
mod bodies;
mod calls;
mod connections;
mod faults;
mod proxies;
mod requests;
mod sdk;
mod server;
mod streams;
