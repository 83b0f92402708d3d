//! Records where the parts of a tree that an overlay changed are written.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::{Pointer, unescape};

/// The place where a value and everything below it is written.
///
/// In a tree that no overlay changed, each value is written at its own pointer. After an overlay has inserted, removed
/// or copied a value, its pointer in the tree and the place where it is written can differ. An origin lists only
/// the values that are not written below their parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The place where the value itself is written.
    written: Pointer,
    /// The members and items that are not written below this value, by key or index.
    below: BTreeMap<String, Origin>,
}

impl Origin {
    /// Creates the origin of a value that is written as a whole at one place.
    #[must_use]
    pub fn new(written: Pointer) -> Self {
        Self { written, below: BTreeMap::new() }
    }

    /// Returns where the value itself is written.
    #[must_use]
    pub fn written(&self) -> &Pointer {
        &self.written
    }

    /// Returns where the value at a place of the tree is written. Only the path of `place` matters.
    #[must_use]
    pub fn locate(&self, place: &Pointer) -> Pointer {
        self.descendant(place.escaped_tokens().map(unescape)).written
    }

    /// Returns the origin of the value at a place of the tree. Only the path of `place` matters.
    #[must_use]
    pub fn at(&self, place: &Pointer) -> Self {
        self.descendant(place.escaped_tokens().map(unescape))
    }

    /// Returns the places in the tree where the value that is written at a place can be, as far as origins tell.
    #[must_use]
    pub fn places_of(&self, written: &Pointer) -> Vec<Pointer> {
        let root = Pointer::root(written.document);
        if self.written == *written {
            return vec![root];
        }
        let mut places = Vec::new();
        for (token, below) in &self.below {
            let start = root.child(token);
            let found = below.places_of(written).into_iter();
            places.extend(
                found.map(|rest| rest.tokens().fold(start.clone(), |place, token| place.child(token))),
            );
        }
        if self.written.holds(written) {
            let rest = Pointer::new(written.document, &written.as_str()[self.written.as_str().len()..]);
            if rest.tokens().next().is_some_and(|first| !self.below.contains_key(&first)) {
                places.push(rest);
            }
        }
        places
    }

    /// Returns the origin of a member or an item.
    #[must_use]
    pub fn child(&self, token: impl Display) -> Self {
        self.descendant([token])
    }

    /// Returns the origin of the value at the end of this path.
    #[must_use]
    pub fn descendant(&self, tokens: impl IntoIterator<Item = impl Display>) -> Self {
        let mut origin = self;
        let mut tokens = tokens.into_iter();
        while let Some(token) = tokens.next() {
            let token = token.to_string();
            match origin.below.get(&token) {
                Some(below) => origin = below,
                None => {
                    return Self::new(
                        tokens.fold(origin.written.child(token), |place, token| place.child(token)),
                    );
                }
            }
        }
        origin.clone()
    }

    /// Returns the origin of a member or an item, to change it.
    pub fn child_mut(&mut self, token: impl Display) -> &mut Self {
        let token = token.to_string();
        let written = self.written.child(&token);
        self.below.entry(token).or_insert_with(|| Self::new(written))
    }

    /// Removes a member.
    pub fn remove_member(&mut self, key: &str) {
        self.below.remove(key);
    }

    /// Removes an item of an array with `len` items, and moves up the items after it.
    pub fn remove_item(&mut self, index: usize, len: usize) {
        for index in index + 1..len {
            let moved = self.child(index);
            *self.child_mut(index - 1) = moved;
        }
        self.below.remove(&len.saturating_sub(1).to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::Origin;
    use crate::pointer::{DocumentId, Pointer};

    fn at(document: usize, path: &str) -> Pointer {
        Pointer::new(DocumentId(document), path)
    }

    #[test]
    fn an_untouched_tree_is_written_where_its_pointers_say() {
        let origin = Origin::new(at(0, ""));
        assert_eq!(origin.locate(&at(0, "/paths/~1a~0/get")), at(0, "/paths/~1a~0/get"));
        assert_eq!(origin.locate(&at(0, "")), at(0, ""));
    }

    #[test]
    fn an_inserted_member_is_written_in_the_overlay() {
        let mut origin = Origin::new(at(0, ""));
        let inserted = at(9, "/actions/0/update/~1b");
        *origin.child_mut("paths").child_mut("/b") = Origin::new(inserted.clone());
        assert_eq!(origin.locate(&at(0, "/paths/~1b/get")), at(9, "/actions/0/update/~1b/get"));
        assert_eq!(origin.locate(&at(0, "/paths/~1a")), at(0, "/paths/~1a"));
        assert_eq!(origin.child("paths").child("/b").written(), &inserted);
    }

    #[test]
    fn items_move_up_when_one_before_them_goes() {
        let mut origin = Origin::new(at(0, "/tags"));
        *origin.child_mut(3) = Origin::new(at(9, "/actions/0/update"));
        origin.remove_item(0, 4);
        assert_eq!(origin.locate(&at(0, "/0/name")), at(0, "/tags/1/name"));
        assert_eq!(origin.locate(&at(0, "/2/name")), at(9, "/actions/0/update/name"));
        assert_eq!(origin.child(1).written(), &at(0, "/tags/2"));
        origin.remove_item(2, 3);
        assert_eq!(origin.locate(&at(0, "/2")), at(0, "/tags/2"));
    }
}
