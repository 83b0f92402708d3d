//! For whom an application acts.

/// For whom an application acts: for itself in an enterprise, or for one of its users.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    Enterprise(String),
    User(String),
}

impl Subject {
    /// What Box calls it.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Enterprise(_) => "enterprise",
            Self::User(_) => "user",
        }
    }

    pub(super) fn id(&self) -> &str {
        match self {
            Self::Enterprise(id) | Self::User(id) => id,
        }
    }

    /// What its tokens go by in a store.
    pub(super) fn store_name(&self) -> String {
        format!("{}-{}", self.kind(), self.id())
    }
}
