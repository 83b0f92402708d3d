//! Names the inline types of parameters that all operations of a path share.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::diagnostic::Diagnostics;
use crate::lower::Lowering;
use crate::lower::names::singular::singular;
use crate::lower::names::type_names::{Owner, Scope};
use crate::name::{Name, words};
use crate::pointer::{DocumentId, Pointer};
use crate::tree::Node;

/// The number of path items with a parameter of these words, and of schemas with this name.
pub(in crate::lower) type NameCounts = BTreeMap<Vec<String>, usize>;

impl Lowering<'_> {
    /// Returns the owner that a parameter of a path is for its inline types. It is named like the parameter, behind the
    /// noun of the path if something else in the document has that name.
    pub(super) fn path_owner(&mut self, path_item: &Pointer, operation: &Owner, name: &str) -> Rc<Owner> {
        let own = Name::new(name);
        let counts = self.path_parameter_names(path_item.document);
        let is_taken = counts.get(&own.words).is_some_and(|count| *count > 1);
        let noun = path_item.tokens().last().filter(|_| is_taken).and_then(|template| noun(&template));
        let name = noun.map_or_else(|| own.clone(), |noun| noun.join(&own));
        let family = operation.family.clone();
        Rc::new(Owner { name, family, scope: Scope::Document, is_named: false })
    }

    /// Returns how often each name is given in a document, which is counted once.
    fn path_parameter_names(&mut self, document: DocumentId) -> Rc<NameCounts> {
        if let Some(counts) = self.path_parameters.get(&document) {
            return counts.clone();
        }
        let mut counts = NameCounts::new();
        for (name, _) in self.spec.named_schemas(document) {
            *counts.entry(words(&name)).or_default() += 1;
        }
        for (_, path_item) in self.spec.path_items(document, &mut Diagnostics::default()) {
            let parameters = self.spec.node(&path_item.child("parameters")).and_then(Node::as_sequence);
            for parameter in parameters.into_iter().flatten() {
                if let Some(name) = parameter.get("name").and_then(Node::as_str) {
                    *counts.entry(words(name)).or_default() += 1;
                }
            }
        }
        let counts = Rc::new(counts);
        self.path_parameters.insert(document, counts.clone());
        counts
    }
}

/// Returns the last fixed part of a path, in the singular.
fn noun(template: &str) -> Option<Name> {
    let mut parts = template.rsplit('/').filter(|part| !part.is_empty() && !part.contains('{'));
    let mut words = words(parts.next()?);
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
    Some(Name::from_words(words))
}
