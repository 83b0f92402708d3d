//! Holds the bodies of the last release, so that lowering keeps their media types and arguments.

use std::collections::{BTreeMap, BTreeSet};

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

/// A form in which a released operation sends its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleasedForm {
    /// The arguments for the body.
    pub body: ReleasedBody,
    /// The media type, if it is not the usual one of the form.
    pub media_type: Option<String>,
}

/// The bodies of one operation by the words for their form, such as `json` or `merge_patch`.
pub(super) type BodiesByForm = BTreeMap<String, ReleasedForm>;

/// The forms of all released operations.
#[derive(Clone, Debug, Default)]
pub struct ReleasedForms {
    bodies: BTreeMap<[String; 3], BodiesByForm>,
    responses: BTreeMap<[String; 3], BTreeSet<String>>,
}

impl ReleasedForms {
    /// Adds the request body of an operation: its method, its path with the names of variables erased, its fragment, and
    /// the words for the form of the body.
    pub fn add_body(&mut self, [method, path, fragment, form]: [&str; 4], body: ReleasedForm) {
        let operation = [method, path, fragment].map(str::to_owned);
        self.bodies.entry(operation).or_default().insert(form.to_owned(), body);
    }

    /// Adds the media types in which the methods of an operation ask for responses.
    pub fn add_responses(&mut self, operation: [&str; 3], media_types: impl IntoIterator<Item = String>) {
        self.responses.entry(operation.map(str::to_owned)).or_default().extend(media_types);
    }

    /// Returns the request bodies of an operation.
    pub(super) fn bodies(&self, method: &str, path: &[PathSegment], fragment: &str) -> BodiesByForm {
        if self.bodies.is_empty() {
            return BodiesByForm::default();
        }
        self.bodies.get(&operation(method, path, fragment)).cloned().unwrap_or_default()
    }

    /// Returns the media types of the responses of an operation.
    pub(super) fn responses(&self, method: &str, path: &[PathSegment], fragment: &str) -> BTreeSet<String> {
        if self.responses.is_empty() {
            return BTreeSet::new();
        }
        self.responses.get(&operation(method, path, fragment)).cloned().unwrap_or_default()
    }
}

fn operation(method: &str, path: &[PathSegment], fragment: &str) -> [String; 3] {
    [method.to_owned(), erased_path(path), fragment.to_owned()]
}
