//! Loads documents as located trees in the shape of OpenAPI 3.0.

mod dialect;
pub(crate) mod grammar;
mod normalise;
pub mod objects;
mod object_reader;
mod overlay;
pub mod schema;
mod keywords;
mod resolve;
mod file_paths;
mod schema_ids;
mod moved;
mod swagger;
mod written_text;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::parallel;
use crate::pointer::{DocumentId, Pointer, unescape};
use crate::source::Source;
use crate::source::language::nests_too_deep;
use crate::source::outline::{Occurrence, Outline};
use crate::tree::{self, Node};

use overlay::Overlays;

pub(crate) use swagger::TAB_DELIMITED;

pub(crate) use file_paths::is_scheme;
pub use schema::{AdditionalProperties, Discriminator, Keywords, Type};

/// The input of a run.
pub struct Input<'a> {
    /// The documents that the package is generated from.
    pub documents: &'a [Source],
    /// Reads a referenced document by its path.
    pub read: &'a dyn Fn(&str) -> Option<String>,
    /// The configuration.
    pub config: &'a Config,
}

/// The loaded documents: those that the package is generated from, and the files that they reference.
#[derive(Clone, Debug)]
pub struct Spec {
    documents: Vec<LoadedDocument>,
    /// The number of documents given as input. The referenced ones follow them.
    given: usize,
    /// Documents by their normalised path.
    by_name: BTreeMap<String, DocumentId>,
    /// Schemas by their `$id`.
    by_id: BTreeMap<String, Pointer>,
    /// Values of strings without quotes, which a parser takes for numbers or booleans.
    unquoted: BTreeSet<Pointer>,
}

#[derive(Clone, Debug)]
struct LoadedDocument {
    name: String,
    root: Node,
    /// `true` if the document is written in Swagger 2.0.
    is_swagger: bool,
}

impl Spec {
    /// Loads the documents and all files that they reference.
    ///
    /// # Errors
    ///
    /// Returns the diagnostics if a document cannot be read or is not an OpenAPI document.
    pub fn load(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Result<Self, Diagnostics> {
        Ok(Self::load_as_written(input, diagnostics)?.normalise())
    }

    /// Loads the documents with their overlays, in the version of OpenAPI 3 in which they are written. Swagger 2.0 is read
    /// as OpenAPI 3.0.
    pub(crate) fn load_as_written(
        input: &Input<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Diagnostics> {
        for (depth, source) in input.config.sources.iter().enumerate() {
            diagnostics.add_source(crate::config::document(depth), source);
        }
        let mut spec = Self {
            documents: Vec::new(),
            given: 0,
            by_name: BTreeMap::new(),
            by_id: BTreeMap::new(),
            unquoted: BTreeSet::new(),
        };
        let mut overlays = Overlays::read(input, diagnostics);
        for source in input.documents {
            let id = DocumentId(spec.documents.len());
            diagnostics.add_source(id, source);
            let text = dialect::check_text(id, &source.text, diagnostics);
            let root = if text { spec.read(id, source, &mut overlays, diagnostics) } else { Ok(Node::Null) };
            let mut root = root.map_err(|error| diagnostics.push(error)).ok().filter(|_| text);
            if let Some(root) = &mut root {
                dialect::version::settle(id, root, diagnostics);
                dialect::check(id, root, diagnostics);
            }
            spec.add(source, root.unwrap_or(Node::Null));
        }
        spec.given = spec.documents.len();
        diagnostics.barrier()?;
        spec.read_referred(input.read, &mut overlays, diagnostics);
        overlays.report_unapplied(spec.by_name.keys().map(String::as_str), diagnostics);
        diagnostics.barrier()?;
        swagger::rewrite(&mut spec, diagnostics);
        spec.find_ids();
        Ok(spec)
    }

    /// Rewrites the documents to the shape of OpenAPI 3.0.
    pub(crate) fn normalise(mut self) -> Self {
        self.documents.iter_mut().for_each(|document| normalise::normalise(&mut document.root));
        // The rewriting moves schemas with an `$id`, but makes none.
        if !self.by_id.is_empty() {
            self.find_ids();
        }
        self
    }

    fn find_ids(&mut self) {
        self.by_id.clear();
        for (index, document) in self.documents.iter().enumerate() {
            for (id, pointer) in schema_ids::identified(DocumentId(index), &document.name, &document.root) {
                self.by_id.entry(id).or_insert(pointer);
            }
        }
    }

    fn add(&mut self, source: &Source, root: Node) {
        let id = DocumentId(self.documents.len());
        let path = file_paths::normalise_path(&source.name);
        self.by_name.entry(path.clone()).or_insert(id);
        let is_swagger = swagger::is_swagger(&root);
        self.documents.push(LoadedDocument { name: path, root, is_swagger });
    }

    /// Reads all files that are referenced, directly or indirectly. A file that cannot be read is reported only
    /// when a reference to it is followed, since examples may contain anything.
    fn read_referred(
        &mut self,
        read_file: &dyn Fn(&str) -> Option<String>,
        overlays: &mut Overlays,
        diagnostics: &mut Diagnostics,
    ) {
        let mut next = 0;
        while next < self.documents.len() {
            let document = &self.documents[next];
            for name in file_paths::referred_files(&document.name, &document.root) {
                if self.by_name.contains_key(&name) {
                    continue;
                }
                let Some(text) = read_file(&name) else { continue };
                let source = Source { name, text };
                let id = DocumentId(self.documents.len());
                diagnostics.add_source(id, &source);
                let root = self.read(id, &source, overlays, diagnostics);
                let root = root.unwrap_or_else(|error| {
                    let message = format!("{}; references to this file are not followed", error.message);
                    diagnostics.push(Diagnostic { severity: Severity::Warning, message, ..error });
                    Node::Null
                });
                self.add(&source, root);
            }
            next += 1;
        }
    }

    /// Returns `true` for the value of a string that is written without quotes, but is a number or boolean to a parser.
    pub(crate) fn is_unquoted(&self, pointer: &Pointer) -> bool {
        self.unquoted.contains(pointer)
    }

    /// Returns `true` for a place in a document that is written in Swagger 2.0.
    pub(crate) fn is_swagger(&self, pointer: &Pointer) -> bool {
        self.documents.get(pointer.document.0).is_some_and(|document| document.is_swagger)
    }

    /// Returns the path of a referenced file; none for a document given as input.
    #[must_use]
    pub fn referred_path(&self, document: DocumentId) -> Option<&str> {
        self.documents.get(document.0).filter(|_| document.0 >= self.given).map(|document| &*document.name)
    }

    /// Iterates over the documents given as input, without the files that they reference.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> + use<> {
        (0..self.given).map(DocumentId)
    }

    /// Returns the node at this place, without following references.
    #[must_use]
    pub fn node(&self, pointer: &Pointer) -> Option<&Node> {
        let mut node = &self.documents.get(pointer.document.0)?.root;
        for token in pointer.escaped_tokens() {
            node = node.child(&unescape(token))?;
        }
        Some(node)
    }

    /// Reads a text and applies its overlays. Returns the error of a text that cannot be read.
    fn read(
        &mut self,
        id: DocumentId,
        source: &Source,
        overlays: &mut Overlays,
        diagnostics: &mut Diagnostics,
    ) -> Result<Node, Diagnostic> {
        let root = Pointer::root(id);
        let path = file_paths::normalise_path(&source.name);
        // Nearly every document has a finding, whose place is found in the outline.
        let outline = || (!nests_too_deep(&source.text)).then(|| Outline::new(&source.text));
        let (loaded, outline) = parallel::join(|| tree::load(&source.text), outline);
        match loaded {
            Ok(loaded) => {
                let read = loaded.mended.as_deref();
                let outline = outline.filter(|_| read.is_none());
                let outline = outline.unwrap_or_else(|| Outline::new(read.unwrap_or(&source.text)));
                for slip in &loaded.slips {
                    let tokens = outline.tokens_at(slip.position()).unwrap_or_default();
                    let place = tokens.iter().fold(root.clone(), |place, token| place.child(token));
                    diagnostics.push(slip.warning(&place));
                }
                // An overlay can move or remove a duplicate, so its position is looked up before.
                let is_changed = overlays.concern(&path);
                for duplicate in &loaded.duplicates {
                    let pointer = Pointer::new(id, duplicate);
                    let key = pointer.tokens().last().unwrap_or_default();
                    let place = || outline.locate(&pointer, Occurrence::Second).start;
                    diagnostics.push(Diagnostic {
                        position: is_changed.then(place),
                        ..Diagnostic::warning(
                            Code::DuplicateKey,
                            &pointer,
                            format!("duplicate key `{key}`; the first one is used"),
                            "remove one of the two members",
                        )
                    });
                }
                let mut root = loaded.root;
                self.unquoted.extend(written_text::restore(id, &mut root, &source.text, &outline));
                diagnostics.set_outline(id, outline);
                overlays.apply(id, &path, &mut root, diagnostics);
                Ok(root)
            }
            Err(error) => Err(error.diagnostic(&root)),
        }
    }
}
