//! An operation as a page or the reference describes it, in words that are neutral to languages.

/// An operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) manager: String,
    /// The operation id of the document.
    pub(super) id: String,
    pub(super) title: String,
    pub(super) method: String,
    /// The URL of its page in the API reference.
    pub(super) reference: String,
    pub(super) arguments: Vec<Argument>,
    /// The types that it returns: that of the method, then one for each success status.
    pub(super) returns: Vec<String>,
}

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) ty: String,
    pub(super) required: bool,
}
