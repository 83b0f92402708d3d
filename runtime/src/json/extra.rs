//! What an object holds beside its named members: unknown members as they came, and explicit nulls.

use std::fmt;

use serde_json::Value;
use serde_json::value::RawValue;

use super::show::Unquoted;

/// What a JSON object holds beside the members that its type names: unknown members as they came, and explicit nulls.
///
/// It is written back with the object, except for a null whose member has a value by now. Empty, it is one null
/// pointer. Equality looks at the members in their order, and at the text of their values.
#[derive(Clone, Default)]
#[expect(clippy::box_collection, reason = "most objects have none: one pointer in each, not three words")]
pub struct Extra(Option<Box<Vec<Entry>>>);

/// A member with its JSON text.
type Entry = (Box<str>, Box<RawValue>);

impl Extra {
    /// Whether nothing is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// How many members are kept, explicit nulls included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |entries| entries.len())
    }

    /// The value of a member, parsed; `None` where nothing of that name is kept.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        self.get_raw(name).and_then(|text| serde_json::from_str(text).ok())
    }

    /// The value of a member, as the JSON text that came.
    #[must_use]
    pub fn get_raw(&self, name: &str) -> Option<&str> {
        self.entries().iter().find(|(kept, _)| **kept == *name).map(|(_, entry)| entry.get())
    }

    /// Keeps a member, in place of what it held before.
    pub fn insert(&mut self, name: impl Into<String>, value: &Value) {
        // A `Value` always has a text: its keys are strings and its numbers finite.
        let text = serde_json::value::to_raw_value(value).unwrap_or_else(|_| RawValue::NULL.to_owned());
        self.put(&name.into(), text);
    }

    /// Keeps an explicit null for a member. It is sent unless the member has a value.
    pub fn set_null(&mut self, name: &str) {
        self.put(name, RawValue::NULL.to_owned());
    }

    /// Whether a member is kept as an explicit null.
    #[must_use]
    pub fn is_null(&self, name: &str) -> bool {
        self.get_raw(name) == Some("null")
    }

    /// Forgets a member; says whether it was kept.
    pub fn remove(&mut self, name: &str) -> bool {
        let Some(entries) = &mut self.0 else { return false };
        let before = entries.len();
        entries.retain(|(kept, _)| **kept != *name);
        let removed = entries.len() < before;
        if entries.is_empty() {
            self.0 = None;
        }
        removed
    }

    /// The kept members with the JSON text of their values, in the order in which they came.
    #[must_use]
    pub fn iter(&self) -> ExtraIter<'_> {
        ExtraIter(self.entries().iter())
    }

    pub(super) fn put(&mut self, name: &str, entry: Box<RawValue>) {
        let entries = self.0.get_or_insert_default();
        match entries.iter_mut().find(|(kept, _)| **kept == *name) {
            Some((_, place)) => *place = entry,
            None => entries.push((name.into(), entry)),
        }
    }

    pub(super) fn entries(&self) -> &[Entry] {
        self.0.as_ref().map_or(&[], |entries| entries.as_slice())
    }

    pub(super) fn clear(&mut self) {
        self.0 = None;
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

/// The members that an [`Extra`] keeps: name and JSON text.
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
