//! Calls against servers that fail in every way they can, and calls that are given up halfway.

mod server;
mod random_failures;
mod dropped_calls;
