//! Selects the security schemes that a credential serves: all of its kind, or one by name.

use crate::api::Scheme;

/// The schemes that a credential serves: the one of this name, or all of its kind without a name.
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
