//! Compares values by their JSON form.

use crate::json::{Json, Tree};

/// Returns `true` if two values are written as the same JSON, whatever the order of their members.
///
/// A value that cannot be written, such as NaN, equals nothing.
#[doc(hidden)]
#[must_use]
pub fn same(one: &dyn Json, other: &dyn Json) -> bool {
    match (Tree::of(one), Tree::of(other)) {
        (Ok(one), Ok(other)) => alike(&one, &other),
        (Ok(_) | Err(_), _) => false,
    }
}

fn alike(one: &Tree, other: &Tree) -> bool {
    match (one, other) {
        (Tree::List(one), Tree::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        (Tree::Object(one), Tree::Object(other)) => {
            one.len() == other.len()
                && one.iter().enumerate().all(|(index, (name, one))| {
                    // Values of one type have their members in the same order, except those that the type does not
                    // name.
                    let here = other.get(index).filter(|(other, _)| other == name);
                    let found = here.or_else(|| other.iter().find(|(other, _)| other == name));
                    found.is_some_and(|(_, other)| alike(one, other))
                })
        }
        (one, other) => one == other,
    }
}
