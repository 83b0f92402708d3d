//! Text to a located tree in the shape of OpenAPI 3.0.

mod dialect;
mod normalise;
pub mod objects;
mod object_reader;
pub mod schema;
mod keywords;
mod resolve;

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pointer::{DocumentId, Pointer, unescape};
use crate::source::Source;
use crate::tree::{self, Node};

pub use schema::{AdditionalProperties, Discriminator, Keywords, Type};

/// What a run reads.
pub struct Input<'a> {
    /// The documents that make the package.
    pub documents: &'a [Source],
    /// Reads a document that another one refers to, by its path.
    pub read: &'a dyn Fn(&str) -> Option<String>,
    /// The configuration.
    pub config: &'a Config,
}

/// Loaded documents: those that make the package, and the files that they refer to.
#[derive(Debug)]
pub struct Spec {
    documents: Vec<LoadedDocument>,
    /// How many of the documents were given; those that they refer to follow.
    given: usize,
    /// Documents by their normalised path.
    by_name: BTreeMap<String, DocumentId>,
    /// Schemas by their `$id`.
    by_id: BTreeMap<String, Pointer>,
}

#[derive(Debug)]
struct LoadedDocument {
    name: String,
    root: Node,
}

impl Spec {
    /// Loads the documents and every file that they refer to.
    ///
    /// # Errors
    ///
    /// The findings, when a document cannot be read or is no OpenAPI document.
    pub fn load(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Result<Self, Diagnostics> {
        for (depth, source) in input.config.sources.iter().enumerate() {
            diagnostics.add_source(crate::config::document(depth), source);
        }
        let mut spec =
            Self { documents: Vec::new(), given: 0, by_name: BTreeMap::new(), by_id: BTreeMap::new() };
        for source in input.documents {
            let id = DocumentId(spec.documents.len());
            diagnostics.add_source(id, source);
            let text = dialect::check_text(id, &source.text, diagnostics);
            let root = if text { read(id, source, diagnostics) } else { None };
            if let Some(root) = &root {
                dialect::check(id, root, diagnostics);
            }
            spec.add(source, root.unwrap_or(Node::Null));
        }
        spec.given = spec.documents.len();
        diagnostics.barrier()?;
        spec.read_referred(input.read, diagnostics);
        diagnostics.barrier()?;
        for (index, document) in spec.documents.iter_mut().enumerate() {
            normalise::normalise(&mut document.root);
            for (id, pointer) in resolve::identified(DocumentId(index), &document.root) {
                spec.by_id.entry(id).or_insert(pointer);
            }
        }
        Ok(spec)
    }

    fn add(&mut self, source: &Source, root: Node) {
        let id = DocumentId(self.documents.len());
        let path = resolve::normalise_path(&source.name);
        self.by_name.entry(path.clone()).or_insert(id);
        self.documents.push(LoadedDocument { name: path, root });
    }

    /// Reads what the documents refer to, and what that refers to. A file that cannot be read is
    /// reported where a reference to it is followed, so that an example may hold what it likes.
    fn read_referred(&mut self, read_file: &dyn Fn(&str) -> Option<String>, diagnostics: &mut Diagnostics) {
        let mut next = 0;
        while next < self.documents.len() {
            let document = &self.documents[next];
            for name in resolve::referred_files(&document.name, &document.root) {
                if self.by_name.contains_key(&name) {
                    continue;
                }
                let Some(text) = read_file(&name) else { continue };
                let source = Source { name, text };
                let id = DocumentId(self.documents.len());
                diagnostics.add_source(id, &source);
                let root = read(id, &source, diagnostics).unwrap_or(Node::Null);
                self.add(&source, root);
            }
            next += 1;
        }
    }

    /// The path of a file that is referred to; none of a document that makes the package.
    #[must_use]
    pub fn referred_path(&self, document: DocumentId) -> Option<&str> {
        self.documents.get(document.0).filter(|_| document.0 >= self.given).map(|document| &*document.name)
    }

    /// The documents that make the package, without the files that they refer to.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> + use<> {
        (0..self.given).map(DocumentId)
    }

    /// The tree at this place as it is, no reference followed.
    #[must_use]
    pub fn node(&self, pointer: &Pointer) -> Option<&Node> {
        let mut node = &self.documents.get(pointer.document.0)?.root;
        for token in pointer.escaped_tokens() {
            node = node.child(&unescape(token))?;
        }
        Some(node)
    }
}

/// Reads one text, reporting what is wrong with it.
fn read(id: DocumentId, source: &Source, diagnostics: &mut Diagnostics) -> Option<Node> {
    let root = Pointer::root(id);
    match tree::load(&source.text) {
        Ok(loaded) => {
            for duplicate in &loaded.duplicates {
                let pointer = Pointer::new(id, duplicate);
                let key = pointer.tokens().last().unwrap_or_default();
                diagnostics.push(Diagnostic::warning(
                    Code::DuplicateKey,
                    &pointer,
                    format!("`{key}` stands twice in one object; the first counts"),
                    "remove one of the two",
                ));
            }
            Some(loaded.root)
        }
        Err(error) => {
            diagnostics.push(error.diagnostic(&root));
            None
        }
    }
}
