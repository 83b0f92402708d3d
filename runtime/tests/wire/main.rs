//! The runtime against a server on a loopback socket: what goes over the wire, what comes back, what breaks.

mod authorization;
mod calls;
mod faults;
mod requests;
mod sdk;
mod server;
