//! One operation as a page or the reference describes it, in words that belong to no language.

/// An operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) manager: String,
    /// The operation id of the document.
    pub(super) id: String,
    pub(super) title: String,
    pub(super) method: String,
    /// The page about it.
    pub(super) reference: String,
    pub(super) arguments: Vec<Argument>,
    /// What it returns: of several successes, what each returns.
    pub(super) returns: Vec<String>,
}

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) ty: String,
    pub(super) required: bool,
}
