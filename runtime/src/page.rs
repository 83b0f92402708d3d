//! A request whose answer is one page of a list to streams over all of its pages and of all of their items.

mod facts;
mod link;
mod position;
mod probe;
mod stream;
mod walk;

pub use facts::{Page, PageFacts};
pub use position::Position;
pub use stream::{Items, Next, Pages, TryCollect};
