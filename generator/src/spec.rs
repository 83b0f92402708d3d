//! Text to a located tree in the shape of OpenAPI 3.0.

use crate::config::Config;
use crate::diagnostic::Diagnostics;

/// One document as text.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as the user gave it.
    pub name: String,
    /// The text.
    pub text: String,
}

/// What a run reads.
pub struct Input<'a> {
    /// The documents that make the package.
    pub documents: &'a [Source],
    /// Reads a document that another one refers to, by its path.
    pub read: &'a dyn Fn(&str) -> Option<String>,
    /// The configuration.
    pub config: &'a Config,
}

/// Loaded documents.
#[derive(Debug)]
pub struct Spec {}

impl Spec {
    /// Loads the documents.
    ///
    /// # Errors
    ///
    /// The findings, when a document cannot be read.
    pub fn load(_input: &Input<'_>, _diagnostics: &mut Diagnostics) -> Result<Self, Diagnostics> {
        unimplemented!()
    }
}
