//! Lists in pages, walked from page to page.

mod counted;
mod linked;
mod marked;
mod sdk;
mod streams;
