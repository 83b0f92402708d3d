//! Names that a document may not take, scope by scope.

/// Names that stand bare in emitted files, so that no type of a document may take them.
pub(in crate::emit::rust) const PRELUDE: &[&str] = &[
    "Any",
    "AsRef",
    "BTreeMap",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Error",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];
/// Methods that every builder has beside the setters of the document.
pub(in crate::emit::rust) const BUILDER_METHODS: &[&str] =
    &["send", "items", "pages", "extra_header", "extra_headers"];
/// Methods that every struct may have beside the setters of the document.
pub(in crate::emit::rust) const STRUCT_METHODS: &[&str] = &["new", "extra", "extra_mut", "additional"];
/// Methods that every client has beside the accessors of its managers.
pub(in crate::emit::rust) const CLIENT_METHODS: &[&str] = &[
    "as_ref",
    "as_user",
    "builder",
    "clone",
    "default",
    "from",
    "new",
    "request",
    "suppress_notifications",
    "with_credential",
    "with_options",
];
/// Features that no manager can have: what means something to Cargo, and the one that stands for all managers.
pub(in crate::emit::rust) const RESERVED_FEATURES: &[&str] = &["all", "default", "dep"];
