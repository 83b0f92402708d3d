//! Generates packages, and runs Clippy, rustdoc and tests on them.

#[path = "../convention/mod.rs"]
mod convention;
mod features;
mod foreign_text;
mod lock;
mod obstacles;
mod package;
mod slips;
mod wire;
