//! Stores values under typed ids.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// The id of a value in an [`Arena`].
pub struct Id<T> {
    index: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// Returns the position in the arena.
    #[must_use]
    pub fn index(self) -> usize {
        self.index as usize
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.index.cmp(&other.index)
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.index)
    }
}

/// Values in insertion order, each with a stable id.
#[derive(Clone, PartialEq)]
pub struct Arena<T> {
    values: Vec<T>,
}

impl<T> Arena<T> {
    /// Adds a value.
    ///
    /// # Panics
    ///
    /// Panics if there are more than `u32::MAX` values, which no document has.
    pub fn add(&mut self, value: T) -> Id<T> {
        let index = u32::try_from(self.values.len()).expect("a document has fewer than 2³² nodes");
        self.values.push(value);
        Id { index, of: PhantomData }
    }

    /// Returns the ids in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id<T>> + ExactSizeIterator + use<T> {
        #[expect(clippy::cast_possible_truncation, reason = "`add` keeps the length below 2³²")]
        let length = self.values.len() as u32;
        (0..length).map(|index| Id { index, of: PhantomData })
    }

    /// Returns the values with their ids, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Id<T>, &T)> + ExactSizeIterator {
        self.ids().zip(&self.values)
    }

    /// Returns the values for modification, in order.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.values.iter_mut()
    }

    /// Converts to the values without their ids, in order.
    #[must_use]
    pub fn into_values(self) -> Vec<T> {
        self.values
    }

    /// Returns `true` if there are no values.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Returns the number of values.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Returns `true` if the arena has a value with this id.
    #[must_use]
    pub fn contains(&self, id: Id<T>) -> bool {
        id.index() < self.values.len()
    }
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Self { values: Vec::new() }
    }
}
impl<T> Index<Id<T>> for Arena<T> {
    type Output = T;
    fn index(&self, id: Id<T>) -> &T {
        &self.values[id.index()]
    }
}
impl<T> IndexMut<Id<T>> for Arena<T> {
    fn index_mut(&mut self, id: Id<T>) -> &mut T {
        &mut self.values[id.index()]
    }
}
impl<T: fmt::Debug> fmt::Debug for Arena<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
