//! Streams all pages of a list, or the items of all pages, from a request that returns one page.

mod facts;
mod link;
mod macros;
mod position;
mod probe;
mod stream;
#[cfg(feature = "blocking")]
mod waiting;
mod walk;

pub use facts::{Page, PageFacts};
pub use position::Position;
pub use stream::{Items, Next, Pages, TryCollect};
#[cfg(feature = "blocking")]
pub use waiting::Waiting;
