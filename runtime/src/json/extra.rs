//! Keeps the members of an object that its type does not name, and explicit nulls.

use std::fmt;

use serde_json::Value;
use serde_json::value::RawValue;

use super::writer::Unquoted;

/// The members of a JSON object that its type does not name, kept as received, and explicit nulls.
///
/// They are written back with the object, except a null whose member now has a value. Two `Extra`s are equal if they
/// hold the same members in the same order, with the same JSON text. An empty `Extra` is one null pointer.
///
/// The methods `extra` and `extra_mut` of an object type lead here.
///
/// ```
/// use sdk_runtime::{Error, Extra};
/// use serde_json::json;
///
/// # fn main() -> Result<(), Error> {
/// # let mut extra = Extra::default();
/// extra.insert("sizes", &json!([16, 32]));
/// extra.set_null("expires_at");
///
/// assert_eq!(extra.get_as::<Vec<u32>>("sizes")?, Some(vec![16, 32]));
/// assert!(extra.is_null("expires_at"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Kept>>);

/// The contents of an [`Extra`] that is not empty.
#[derive(Clone, Default)]
struct Kept {
    entries: Vec<Entry>,
    /// Set if the object was read as a variant of a union without the tag that selects it.
    is_untagged: bool,
}

/// A member with its JSON text.
type Entry = (Box<str>, Box<RawValue>);

impl Extra {
    /// Returns `true` if no member is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries().is_empty()
    }

    /// Returns the number of kept members, explicit nulls included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// Returns the parsed value of a member, or `None` if no member of that name is kept.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        self.get_raw(name).and_then(|text| serde_json::from_str(text).ok())
    }

    /// Returns the value of a member as the JSON text that was received.
    #[must_use]
    pub fn get_raw(&self, name: &str) -> Option<&str> {
        self.entries().iter().find(|(kept, _)| **kept == *name).map(|(_, entry)| entry.get())
    }

    /// Sets a member, replacing its previous value.
    pub fn insert(&mut self, name: impl Into<String>, value: &Value) {
        // Serializing a `Value` never fails: its keys are strings and its numbers are finite.
        let text = serde_json::value::to_raw_value(value).unwrap_or_else(|_| RawValue::NULL.to_owned());
        self.put(&name.into(), text);
    }

    /// Sets an explicit null for a member. It is sent unless the member has a value.
    pub fn set_null(&mut self, name: &str) {
        self.put(name, RawValue::NULL.to_owned());
    }

    /// Returns `true` if an explicit null is kept for the member.
    #[must_use]
    pub fn is_null(&self, name: &str) -> bool {
        self.get_raw(name) == Some("null")
    }

    /// Removes a member. Returns `true` if it was kept.
    pub fn remove(&mut self, name: &str) -> bool {
        let Some(kept) = &mut self.0 else { return false };
        let before = kept.entries.len();
        kept.entries.retain(|(entry, _)| **entry != *name);
        let removed = kept.entries.len() < before;
        if kept.entries.is_empty() && !kept.is_untagged {
            self.0 = None;
        }
        removed
    }

    /// Returns an iterator over the kept members and the JSON text of their values, in the order received.
    #[must_use]
    pub fn iter(&self) -> ExtraIter<'_> {
        ExtraIter(self.entries().iter())
    }

    pub(super) fn put(&mut self, name: &str, entry: Box<RawValue>) {
        let entries = &mut self.0.get_or_insert_default().entries;
        match entries.iter_mut().find(|(kept, _)| **kept == *name) {
            Some((_, place)) => *place = entry,
            None => entries.push((name.into(), entry)),
        }
    }

    pub(super) fn entries(&self) -> &[Entry] {
        self.0.as_ref().map_or(&[], |kept| kept.entries.as_slice())
    }

    pub(super) fn clear(&mut self) {
        self.0 = None;
    }

    /// Records that the object was read without the tag of its union, so that it is written without one.
    pub(super) fn mark_untagged(&mut self) {
        self.0.get_or_insert_default().is_untagged = true;
    }

    pub(super) fn is_untagged(&self) -> bool {
        self.0.as_ref().is_some_and(|kept| kept.is_untagged)
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Extra {}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter().map(|(name, text)| (name, Unquoted(text)))).finish()
    }
}

impl From<&Extra> for Value {
    fn from(extra: &Extra) -> Self {
        extra.iter().map(|(name, _)| (name.to_owned(), extra.get(name).unwrap_or_default())).collect()
    }
}

impl<'a> IntoIterator for &'a Extra {
    type Item = (&'a str, &'a str);
    type IntoIter = ExtraIter<'a>;

    fn into_iter(self) -> ExtraIter<'a> {
        self.iter()
    }
}

/// An iterator over the members that an [`Extra`] keeps: name and JSON text.
#[derive(Clone)]
pub struct ExtraIter<'a>(std::slice::Iter<'a, Entry>);

impl<'a> Iterator for ExtraIter<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, entry)| (&**name, entry.get()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for ExtraIter<'_> {}

impl fmt::Debug for ExtraIter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.clone()).finish()
    }
}
