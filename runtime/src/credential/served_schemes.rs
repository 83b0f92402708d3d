//! Which security schemes a credential serves: all of its kind, or one by name.

use crate::api::Scheme;

/// All schemes of a kind, or the one of this name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ServedSchemes(Option<String>);

impl ServedSchemes {
    pub(super) fn only(name: impl Into<String>) -> Self {
        Self(Some(name.into()))
    }

    pub(super) fn includes(&self, scheme: &Scheme) -> bool {
        self.0.as_deref().is_none_or(|name| name == scheme.name)
    }
}
