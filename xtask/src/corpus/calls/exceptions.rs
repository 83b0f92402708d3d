//! Lists the samples that fail for a reason outside the generator.

use std::collections::BTreeMap;

use crate::Failure;

/// The reasons by operation ID, for one document.
#[derive(Debug, Default)]
pub(super) struct Exceptions(BTreeMap<String, String>);

impl Exceptions {
    /// Returns the exceptions of the document in this file.
    pub(super) fn of(file: &str) -> Result<Self, Failure> {
        let text = include_str!("exceptions.toml");
        let mut all: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(text)
            .map_err(|error| Failure::Stopped(format!("the exceptions of calls are invalid: {error}")))?;
        Ok(Self(all.remove(file).unwrap_or_default()))
    }

    #[cfg(test)]
    pub(super) fn made(reasons: &[(&str, &str)]) -> Self {
        Self(reasons.iter().map(|(id, reason)| ((*id).to_owned(), (*reason).to_owned())).collect())
    }

    /// Returns the reason why the sample of this operation may fail.
    pub(super) fn reason(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
