//! Sorts types by their places, independent of the order of paths and components.

use crate::ir::{Api, TypeId};
use crate::pointer::Pointer;
use crate::spec::Spec;
use crate::tree::Node;

/// Sorts the types by their places.
pub(super) fn sort_types(api: &mut Api, spec: &Spec) {
    let mut order: Vec<(Place, TypeId)> =
        api.types.iter().map(|(id, ty)| (place(&ty.origin, spec), id)).collect();
    order.sort();
    let order: Vec<TypeId> = order.into_iter().map(|(_, id)| id).collect();
    crate::passes::prune::keep_types(api, &order);
}

/// The index of a document, then a step for each token of a pointer.
type Place = (usize, Vec<Step>);

/// A step to a child: by its position where authors choose it, else by its name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Name(String),
    Index(usize),
}

fn place(pointer: &Pointer, spec: &Spec) -> Place {
    let mut steps = Vec::new();
    let mut node = spec.node(&Pointer::root(pointer.document));
    let tokens: Vec<String> = pointer.tokens().collect();
    // The sections of a document, paths and components are in no particular order.
    let named = if tokens.first().is_some_and(|section| section == "components") { 3 } else { 2 };
    for (depth, token) in tokens.into_iter().enumerate() {
        let index = match node {
            Some(Node::Mapping(members)) => members.get_index_of(&token),
            Some(Node::Sequence(_)) => token.parse().ok(),
            Some(Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_)) | None => None,
        };
        node = node.and_then(|node| node.child(&token));
        steps.push(if depth < named { Step::Name(token) } else { Step::Index(index.unwrap_or(usize::MAX)) });
    }
    (pointer.document.0, steps)
}
