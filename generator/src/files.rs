//! Holds the output of the generator in memory.

use std::collections::{BTreeMap, btree_map};

/// Generated files by their path below the output folder, with `/` between its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    files: BTreeMap<String, String>,
}

impl Files {
    /// Adds a file: its body, without the header that `disk` adds.
    ///
    /// # Panics
    ///
    /// Panics if two emitters use one path, which is a bug: symbols give each file its name.
    pub fn add(&mut self, path: impl Into<String>, body: String) {
        let path = path.into();
        let earlier = self.files.insert(path.clone(), body);
        assert!(earlier.is_none(), "two emitters wrote `{path}`");
    }

    /// Adds all files of another part of the output.
    ///
    /// # Panics
    ///
    /// Panics if both have a file with the same path, which is a bug.
    pub(crate) fn extend(&mut self, other: Self) {
        other.into_iter().for_each(|(path, body)| self.add(path, body));
    }

    /// Returns the files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, body)| (path.as_str(), body.as_str()))
    }

    /// Returns the body of one file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }
}

impl IntoIterator for Files {
    type Item = (String, String);
    type IntoIter = btree_map::IntoIter<String, String>;

    /// Iterates over the paths and bodies in the order of the paths.
    fn into_iter(self) -> Self::IntoIter {
        self.files.into_iter()
    }
}
