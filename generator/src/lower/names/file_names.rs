//! A schema in a file that a document refers to, to the name of its type.

use std::collections::BTreeMap;

use super::type_names::{Owner, family, natural};
use crate::diagnostic::Diagnostics;
use crate::lower::Lowering;
use crate::name::Name;
use crate::pointer::{DocumentId, Pointer};
use crate::tree::Node;

/// Names that schemas have, as far as it matters to those in files.
pub(in crate::lower) struct FileNames {
    /// The names that the documents themselves give to schemas in files.
    given: BTreeMap<Pointer, String>,
    /// The words of names that are taken, and the document whose they are.
    taken: BTreeMap<Vec<String>, DocumentId>,
}

impl Lowering<'_> {
    /// The owner that a place in a file is. A named schema that only refers to it gives it its name; where
    /// another document has a schema of its name, it is called after its file too.
    pub(in crate::lower) fn owner_in_file(&mut self, pointer: &Pointer, path: &str) -> Owner {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
        let names = self.schemas.files.take();
        let mut names = names.unwrap_or_else(|| self.file_names());
        let mut owner = natural(pointer, Some(stem), &[]);
        if let Some(given) = names.given.get(pointer) {
            owner.name = Name::new(given);
            owner.family = family(given);
        }
        let document = pointer.document;
        if *names.taken.entry(owner.name.words.clone()).or_insert(document) != document
            && !names.given.contains_key(pointer)
        {
            // A file that is called like its schema says nothing more: its folder may.
            let around = Name::new(folder.rsplit_once('/').map_or(folder, |(_, folder)| folder));
            let file = Name::new(stem);
            let front = if file.words == owner.name.words { around } else { file };
            owner.name.words = front.join(&owner.name).words;
        }
        self.schemas.files = Some(names);
        owner
    }

    fn file_names(&self) -> FileNames {
        let mut names = FileNames { given: BTreeMap::new(), taken: BTreeMap::new() };
        for document in self.spec.documents() {
            for (name, schema) in self.spec.named_schemas(document) {
                names.taken.entry(Name::new(&*name).words).or_insert(document);
                if self.spec.node(&schema).and_then(Node::reference).is_none() {
                    continue;
                }
                // What leads nowhere is reported where the schema is lowered.
                let target = self.spec.resolve(&schema, &mut Diagnostics::default());
                if let Some(target) = target.filter(|target| target.document != document) {
                    names.given.entry(target).or_insert(name);
                }
            }
        }
        names
    }
}
