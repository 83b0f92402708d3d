//! Single calls over a scripted transport, on a clock that the test moves.

#[path = "../support/numbered_tokens.rs"]
mod numbered_tokens;
#[path = "../support/recorder.rs"]
mod recorder;
mod sdk;
mod servers;
mod options;
mod retries;
mod idempotency;
mod waits;
mod timeouts;
mod redirects;
mod wrappers;
mod in_flight;
mod interceptors;
mod traces;
mod extras;
