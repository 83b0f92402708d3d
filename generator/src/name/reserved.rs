//! Lists the names that a package needs for itself, by scope: neither a document nor a lock may use them.

/// Names used without a path in emitted files, so that no type of the document may have them.
pub(crate) const PRELUDE: &[&str] = &[
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
/// Names that the constructors of OAuth flows mention.
pub(crate) const FLOW_RESULTS: &[&str] = &["AuthorizationCode", "ClientCredentials", "TokenEndpoint"];
/// Methods of every manager besides those of the document.
pub(crate) const MANAGER_METHODS: &[&str] = &["new"];
/// Modules of every crate root besides a hand-written one.
pub(crate) const MODULES: &[&str] = &["client", "managers", "oauth", "pages", "rt", "types"];
/// Modules beside those of managers.
pub(crate) const MANAGER_MODULES: &[&str] = &["managers"];
/// Methods of every builder besides the document's setters.
pub(crate) const BUILDER_METHODS: &[&str] = &["send", "items", "pages", "extra_header", "extra_headers"];
/// Methods that any struct may have besides the document's setters.
pub(crate) const STRUCT_METHODS: &[&str] = &["new", "extra", "extra_mut", "additional"];
/// Variants of every enum besides those of the document, and names that its code mentions.
pub(crate) const VARIANTS: &[&str] = &["Unknown", "Self_", "BTreeMap"];
/// Methods of every client besides the accessors of its managers.
pub(crate) const CLIENT_METHODS: &[&str] = &[
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
pub(crate) const RESERVED_FEATURES: &[&str] = &["all", "default", "dep"];
