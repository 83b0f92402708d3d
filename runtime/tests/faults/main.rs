//! Calls against servers that fail in every way they can, and calls that are given up halfway.

mod dropped;
mod server;
mod storm;
