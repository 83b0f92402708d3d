//! The sending of calls on a scripted transport and a clock that is moved by hand.

mod options;
mod places;
mod redirects;
mod retries;
mod sdk;
mod timeouts;
mod waits;
mod watching;
