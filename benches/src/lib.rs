//! Nothing but the program in the project's README as a test, so that it stays right; the benchmarks are
//! beside this folder.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
