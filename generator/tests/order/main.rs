//! Checks that the order of a document decides neither names nor files.

#[path = "../corpus/mod.rs"]
mod corpus;
#[path = "../fixture/mod.rs"]
mod fixture;

mod collisions;
mod shuffled;
