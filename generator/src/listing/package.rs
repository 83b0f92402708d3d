//! The entries of a package as a whole.

/// The client type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientEntry {
    /// The name of the type.
    pub name: String,
    /// `true` if `new` takes a credential. Otherwise `new` takes no arguments and the client implements
    /// `Default`.
    pub takes_credential: bool,
}

/// A security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeEntry {
    /// The name in the document.
    pub name: String,
    /// The kind of credential, such as `bearer` or `header X-Key`.
    pub kind: String,
    /// The constructors of its OAuth flows.
    pub flows: Vec<FlowEntry>,
}

/// A constructor of a credential with the URLs of an OAuth flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowEntry {
    /// The type in the module `oauth`.
    pub ty: String,
    /// The function.
    pub name: String,
    /// The URLs, in the order in which they are used.
    pub urls: Vec<String>,
}

/// A re-export of the crate root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExportEntry {
    /// The re-exported name.
    pub name: String,
    /// The feature that gates the re-export.
    pub feature: Option<String>,
}

/// A name or shape that a release kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeptEntry {
    /// The identity of the item.
    pub at: String,
    /// The description of the difference.
    pub text: String,
}
