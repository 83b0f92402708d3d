//! Fuzzing of everything from a text to the files of a package.

pub mod check;
pub mod mutate;
pub mod slices;
