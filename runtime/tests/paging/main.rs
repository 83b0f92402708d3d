//! Lists in pages, walked from page to page.

mod sdk;
mod offsets;
mod markers;
mod links;
mod streams;
