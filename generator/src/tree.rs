//! Loads texts as located trees, which are the same for JSON and YAML.

mod node;
mod load;
mod slips;
mod syntax;
mod deserialize;
mod serialize;

pub(crate) use deserialize::NodeDeserializer;
pub(crate) use load::load;
pub use node::{Mapping, Node, Number};

/// Returns the keys of the object that a text in JSON or YAML holds; none if it holds something else.
#[must_use]
pub fn keys(text: &str) -> Vec<String> {
    let root = load(text).map(|loaded| loaded.root).unwrap_or(Node::Null);
    root.as_mapping().map(|members| members.keys().cloned().collect()).unwrap_or_default()
}
