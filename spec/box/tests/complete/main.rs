//! What callers do with the complete SDK, against servers on this machine or a scripted transport.

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
