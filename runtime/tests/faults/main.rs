//! Calls to servers that fail in many ways, and calls that are dropped halfway.

mod server;
mod random_failures;
mod dropped_calls;
