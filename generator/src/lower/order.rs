//! Sorts types into document order.

use crate::ir::{Api, TypeId};
use crate::pointer::Pointer;
use crate::spec::Spec;
use crate::tree::Node;

/// Sorts the types by their places.
pub(super) fn sort_types(api: &mut Api, spec: &Spec) {
    let mut order: Vec<(Vec<usize>, TypeId)> =
        api.types.iter().map(|(id, ty)| (place(&ty.origin, spec), id)).collect();
    order.sort();
    let order: Vec<TypeId> = order.into_iter().map(|(_, id)| id).collect();
    crate::passes::prune::keep_types(api, &order);
}

/// Returns the place of a node: the index of its document, then the index of the child for each step.
fn place(pointer: &Pointer, spec: &Spec) -> Vec<usize> {
    let mut place = vec![pointer.document.0];
    let mut node = spec.node(&Pointer::root(pointer.document));
    for token in pointer.tokens() {
        let index = match node {
            Some(Node::Mapping(members)) => members.get_index_of(&token),
            Some(Node::Sequence(_)) => token.parse().ok(),
            Some(Node::Null | Node::Bool(_) | Node::Number(_) | Node::String(_)) | None => None,
        };
        place.push(index.unwrap_or(usize::MAX));
        node = node.and_then(|node| node.child(&token));
    }
    place
}
