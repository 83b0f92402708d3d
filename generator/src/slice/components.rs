//! Collects the components of a slice.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use indexmap::IndexMap;

use crate::config::ItemNames;
use crate::diagnostic::Diagnostics;
use crate::lower;
use crate::name::Name;
use crate::pointer::{DocumentId, Pointer};
use crate::spec::Spec;
use crate::spec::grammar::Kind;
use crate::tree::{Mapping, Node};

/// A component by its section and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ComponentId {
    pub(super) section: String,
    pub(super) name: String,
}

impl ComponentId {
    /// Returns the component that contains a place.
    pub(super) fn around(place: &Pointer) -> Option<Self> {
        let mut tokens = place.tokens();
        tokens.next().filter(|first| first == "components")?;
        Some(Self { section: tokens.next()?, name: tokens.next()? })
    }

    fn place(&self, document: DocumentId) -> Pointer {
        Pointer::root(document).child("components").child(&self.section).child(&self.name)
    }
}

/// A component to copy.
pub(super) struct Pending {
    pub(super) id: ComponentId,
    /// The place of its original.
    pub(super) place: Pointer,
    pub(super) kind: Kind,
}

/// The components of a slice.
pub(super) struct Components<'s> {
    spec: &'s Spec,
    document: DocumentId,
    item_names: ItemNames,
    needed: BTreeSet<ComponentId>,
    /// The components that are only a reference into another file, with the target.
    references: BTreeMap<ComponentId, Pointer>,
    /// The objects outside of the slice with the components that they become. Starts with the targets of `references`.
    hoisted: BTreeMap<Pointer, ComponentId>,
    /// The words of all component names, by section.
    taken: BTreeMap<String, BTreeSet<Vec<String>>>,
    pending: VecDeque<Pending>,
    /// The copies, in the order of their use.
    copied: IndexMap<(String, String), Node>,
}

impl<'s> Components<'s> {
    pub(super) fn new(spec: &'s Spec, document: DocumentId, item_names: ItemNames) -> Self {
        let mut components = Self {
            spec,
            document,
            item_names,
            needed: BTreeSet::new(),
            references: BTreeMap::new(),
            hoisted: BTreeMap::new(),
            taken: BTreeMap::new(),
            pending: VecDeque::new(),
            copied: IndexMap::new(),
        };
        let root = Pointer::root(document).child("components");
        let sections = spec.node(&root).and_then(Node::as_mapping).into_iter().flatten();
        for (section, names) in sections {
            for (name, node) in names.as_mapping().into_iter().flatten() {
                components.declare(ComponentId { section: section.clone(), name: name.clone() }, node);
            }
        }
        components
    }

    /// Registers a component of the document.
    fn declare(&mut self, id: ComponentId, node: &Node) {
        self.take(&id);
        if node.as_mapping().is_none_or(|members| members.len() > 1 || !members.contains_key("$ref")) {
            return;
        }
        let target = self.spec.resolve(&id.place(self.document), &mut Diagnostics::default());
        if let Some(target) = target.filter(|target| target.document != self.document)
            && !self.hoisted.contains_key(&target)
        {
            self.hoisted.insert(target.clone(), id.clone());
            self.references.insert(id, target);
        }
    }

    fn take(&mut self, id: &ComponentId) {
        self.taken.entry(id.section.clone()).or_default().insert(Name::new(&*id.name).words);
    }

    /// Adds a component of the document, if it exists.
    pub(super) fn need(&mut self, id: ComponentId) {
        let place = self.references.get(&id).cloned().unwrap_or_else(|| id.place(self.document));
        if self.spec.node(&place).is_some() {
            let kind = Kind::in_section(&id.section);
            self.enqueue(Pending { id, place, kind });
        }
    }

    /// Makes a component of an object outside of the slice. Returns `None` if there is no section for its kind.
    pub(super) fn hoist(&mut self, place: &Pointer, kind: Kind) -> Option<ComponentId> {
        let id = match self.hoisted.get(place) {
            Some(id) => id.clone(),
            None => self.free(kind.section()?, place),
        };
        self.take(&id);
        self.hoisted.insert(place.clone(), id.clone());
        self.enqueue(Pending { id: id.clone(), place: place.clone(), kind });
        Some(id)
    }

    fn enqueue(&mut self, pending: Pending) {
        if self.needed.insert(pending.id.clone()) {
            self.pending.push_back(pending);
        }
    }

    /// Returns an unused name for an object. Follows the rules for the name of its type in the whole document: first the
    /// place or file, then with the file or folder in front, then with a number.
    fn free(&self, section: &str, place: &Pointer) -> ComponentId {
        let path = self.spec.referred_path(place.document).unwrap_or_default();
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = file.split('.').next().unwrap_or_default();
        let name = lower::place_name(place, stem, self.item_names);
        let around = if Name::new(stem).words == name.words { folder } else { stem };
        let around = Name::new(around.rsplit('/').next().unwrap_or_default());
        let long = around.join(&name).pascal();
        let own = place.tokens().last().unwrap_or_else(|| stem.to_owned());
        let name = component_name(&if Name::new(&*own).words == name.words { own } else { name.pascal() });
        let numbered = (2_usize..).map(|number| format!("{name}{number}"));
        let mut names = [name.clone(), component_name(&long)].into_iter().chain(numbered);
        let free = names.find(|name| !self.is_taken(section, name));
        ComponentId { section: section.to_owned(), name: free.unwrap_or(name) }
    }

    /// Returns `true` if a component of the section has the words of this name.
    fn is_taken(&self, section: &str, name: &str) -> bool {
        self.taken.get(section).is_some_and(|taken| taken.contains(&Name::new(name).words))
    }

    pub(super) fn next(&mut self) -> Option<Pending> {
        self.pending.pop_front()
    }

    pub(super) fn add(&mut self, id: ComponentId, node: Node) {
        self.copied.insert((id.section, id.name), node);
    }

    /// Returns the object `components`: the components of the document in its order, then the hoisted ones.
    pub(super) fn finish(mut self) -> Mapping {
        let root = Pointer::root(self.document).child("components");
        let sections = self.spec.node(&root).and_then(Node::as_mapping);
        let mut components = Mapping::default();
        for (section, names) in sections.into_iter().flatten() {
            let mut kept = Mapping::default();
            for name in names.as_mapping().into_iter().flat_map(Mapping::keys) {
                if let Some(node) = self.copied.shift_remove(&(section.clone(), name.clone())) {
                    kept.insert(name.clone(), node);
                }
            }
            components.insert(section.clone(), Node::Mapping(kept));
        }
        for ((section, name), node) in self.copied {
            let kept = components.entry(section).or_insert_with(|| Node::Mapping(Mapping::default()));
            if let Node::Mapping(kept) = kept {
                kept.insert(name, node);
            }
        }
        components.retain(|_, names| names.as_mapping().is_some_and(|names| !names.is_empty()));
        components
    }
}

/// Replaces the characters that OpenAPI does not allow in the name of a component.
fn component_name(name: &str) -> String {
    let allowed = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.');
    let name: String = name.chars().map(|char| if allowed(char) { char } else { '_' }).collect();
    if name.is_empty() { "Unnamed".to_owned() } else { name }
}
