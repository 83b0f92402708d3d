//! Tests the command line: one module for each group of commands.

mod project;

mod codegen;
mod faults;
mod diff;
mod documents;
mod lock;
mod release;
mod workflows;
