//! What is Box's alone and no document says: its credentials.

mod developer_token;

pub use developer_token::DeveloperToken;

// The program in the project's README is a test, so that it stays right.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
mod readme {}
