//! Loads texts as located trees, which are the same for JSON and YAML.

mod node;
mod load;
mod syntax;
mod deserialize;
mod serialize;

pub(crate) use deserialize::NodeDeserializer;
pub(crate) use load::load;
pub use node::{Mapping, Node, Number};
