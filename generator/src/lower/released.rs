//! Holds the request bodies of the last release, so that lowering keeps their media types and arguments.

use std::collections::BTreeMap;

use crate::ir::{PathSegment, erased_path};

/// The arguments that a released method takes for the body of its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleasedBody {
    /// Members of the body, each as an argument.
    Members,
    /// The whole body, as a value of a type of its own.
    Whole,
    /// Anything else: bytes, text, any JSON value, or nothing.
    Other,
}

/// The bodies of one operation by the words for their form, such as `json` or `merge_patch`.
pub(super) type BodiesByForm = BTreeMap<String, ReleasedBody>;

/// The request bodies of all released operations.
#[derive(Clone, Debug, Default)]
pub struct ReleasedBodies {
    operations: BTreeMap<[String; 3], BodiesByForm>,
}

impl ReleasedBodies {
    /// Adds the body of an operation: its method, its path with the names of variables erased, its fragment, and the
    /// words for the form of the body.
    pub fn add(&mut self, [method, path, fragment, form]: [&str; 4], body: ReleasedBody) {
        let operation = [method, path, fragment].map(str::to_owned);
        self.operations.entry(operation).or_default().insert(form.to_owned(), body);
    }

    /// Returns the bodies of an operation.
    pub(super) fn of(&self, method: &str, path: &[PathSegment], fragment: &str) -> BodiesByForm {
        if self.operations.is_empty() {
            return BodiesByForm::default();
        }
        let operation = [method.to_owned(), erased_path(path), fragment.to_owned()];
        self.operations.get(&operation).cloned().unwrap_or_default()
    }
}
