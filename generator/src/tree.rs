//! Text as a located tree, the same for JSON and YAML.

pub mod node;
pub(crate) mod load;
pub(crate) mod deserialize;
pub(crate) mod syntax;
