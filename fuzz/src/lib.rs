//! Fuzzes the generator, from the text of a document to the files of a package.

pub mod check;
pub mod mutate;
pub mod slices;
