//! Implements [`Json`](super::Json) for the types of std, and for the unknown values of enums.

mod container;
mod scalar;
mod tuple;
mod unknown;

pub use container::Additional;
pub use unknown::{UnknownInteger, UnknownText};

pub(crate) use scalar::integral;
