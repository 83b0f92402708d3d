//! Tests of the complete SDK, against loopback servers or a scripted transport.

mod authorization;
mod chunks;
mod downloads;
mod lists;
mod metadata;
mod server;
mod set_up;
mod unions;
mod uploads;
mod variants;
mod webhooks;
