//! The sending of calls on a scripted transport and a clock that is moved by hand.

mod sdk;
mod servers;
mod options;
mod retries;
mod waits;
mod timeouts;
mod redirects;
mod interceptors;
