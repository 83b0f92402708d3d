//! What is Box's alone and no document says: its credentials and options.

mod developer_token;
mod options;

pub use developer_token::DeveloperToken;
pub use options::box_compatible;

// The program in the project's README is a test, so that it stays right.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
mod readme {}
