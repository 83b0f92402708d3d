//! Names the types of schemas in files that a document refers to.

use std::collections::BTreeMap;

use super::type_names::{Owner, family, natural};
use crate::diagnostic::Diagnostics;
use crate::lower::Lowering;
use crate::name::Name;
use crate::pointer::{DocumentId, Pointer};
use crate::tree::Node;

/// The names of schemas, as far as they matter for schemas in files.
pub(in crate::lower) struct FileNames {
    /// Names that the documents themselves give to schemas in files.
    given: BTreeMap<Pointer, String>,
    /// The words of names that are taken, and the document that took them.
    taken: BTreeMap<Vec<String>, DocumentId>,
}

impl Lowering<'_> {
    /// Returns the owner at a place in a file. A named schema that only refers to the place gives it its name. If
    /// another document has a schema of that name, the name of the file is added.
    pub(in crate::lower) fn owner_in_file(&mut self, pointer: &Pointer, path: &str) -> Owner {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
        let names = self.schemas.files.take();
        let mut names = names.unwrap_or_else(|| self.file_names());
        let mut owner = natural(pointer, Some(stem), &[], &BTreeMap::new(), self.config.item_names);
        if let Some(given) = names.given.get(pointer) {
            owner.name = Name::new(given);
            owner.family = family(given);
        }
        let document = pointer.document;
        if *names.taken.entry(owner.name.words.clone()).or_insert(document) != document
            && !names.given.contains_key(pointer)
        {
            // The name of a file with the same name as its schema does not help; that of its folder may.
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
                // A reference that cannot be resolved is reported when the schema is lowered.
                let target = self.spec.resolve(&schema, &mut Diagnostics::default());
                if let Some(target) = target.filter(|target| target.document != document) {
                    names.given.entry(target).or_insert(name);
                }
            }
        }
        names
    }
}
