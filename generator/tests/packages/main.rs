//! Generates packages, and runs Clippy, rustdoc and tests on them.

mod foreign_text;
mod obstacles;
mod package;
mod wire;
