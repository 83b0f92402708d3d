//! Defines [`Few`], a list that needs no memory of its own for one element.

/// A list of mostly one element.
#[derive(Debug)]
pub(super) enum Few<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> Few<T> {
    pub(super) fn as_slice(&self) -> &[T] {
        match self {
            Self::One(element) => std::slice::from_ref(element),
            Self::Many(elements) => elements,
        }
    }

    pub(super) fn push(&mut self, next: T) {
        match std::mem::take(self) {
            Self::Many(elements) if elements.is_empty() => *self = Self::One(next),
            Self::Many(mut elements) => {
                elements.push(next);
                *self = Self::Many(elements);
            }
            Self::One(first) => *self = Self::Many(vec![first, next]),
        }
    }
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        let mut few = Self::default();
        elements.into_iter().for_each(|element| few.push(element));
        few
    }
}

#[cfg(test)]
mod tests {
    use super::Few;

    #[test]
    fn elements_keep_their_order() {
        for number in 0..4 {
            let few: Few<usize> = (0..number).collect();
            assert_eq!(few.as_slice(), (0..number).collect::<Vec<_>>());
            assert_eq!(matches!(few, Few::One(_)), number == 1);
        }
    }
}
