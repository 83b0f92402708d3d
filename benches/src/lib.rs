//! Compiles the program in the project's README as a doc test. The benchmarks are in the folders beside `src`.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
