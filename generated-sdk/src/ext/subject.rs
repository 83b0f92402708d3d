//! Defines the account as which an application acts.

/// The account as which an application acts: its service account in an enterprise, or a user.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    Enterprise(String),
    User(String),
}

impl Subject {
    /// Returns Box's name for the kind of subject.
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

    /// Returns the name under which a store keeps its tokens.
    pub(super) fn store_name(&self) -> String {
        format!("{}-{}", self.kind(), self.id())
    }
}
