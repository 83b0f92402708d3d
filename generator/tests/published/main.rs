//! Runs the stages on the published documents in the folder that `SPEC_CORPUS` names; without it, these tests pass.

#[path = "../corpus/mod.rs"]
mod corpus;
mod facts;
#[path = "../headings/mod.rs"]
mod headings;
mod load;
mod lower;
mod memberships;
mod pages;
mod slice;
#[path = "../sliced/mod.rs"]
mod sliced;
