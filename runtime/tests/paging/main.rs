//! Pagination: streams over the pages of a list, and over their items.

mod sdk;
mod offsets;
mod markers;
mod links;
mod streams;
