//! Lists the names that a document may not use, by scope.

/// Names used without a path in emitted files, so that no type of the document may have them.
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
/// Methods of every builder besides the document's setters.
pub(in crate::emit::rust) const BUILDER_METHODS: &[&str] =
    &["send", "items", "pages", "extra_header", "extra_headers"];
/// Methods that any struct may have besides the document's setters.
pub(in crate::emit::rust) const STRUCT_METHODS: &[&str] = &["new", "extra", "extra_mut", "additional"];
/// Variants of every enum besides those of the document, and names that its code mentions.
pub(in crate::emit::rust) const VARIANTS: &[&str] = &["Unknown", "Self_", "BTreeMap"];
/// Methods of every client besides the accessors of its managers.
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
/// Feature names with a special meaning: those of Cargo, and the feature that enables all managers.
pub(in crate::emit::rust) const RESERVED_FEATURES: &[&str] = &["all", "default", "dep"];
