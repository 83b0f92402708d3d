//! Attributes for lints that fire on names or numbers that the document chose.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// Methods of operator and conversion traits; another method of such a name looks like one of them.
const TRAIT_METHODS: &[&str] = &[
    "add",
    "as_mut",
    "as_ref",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "borrow_mut",
    "clone",
    "cmp",
    "default",
    "deref",
    "deref_mut",
    "div",
    "drop",
    "eq",
    "from_iter",
    "from_str",
    "hash",
    "index",
    "index_mut",
    "into_iter",
    "mul",
    "neg",
    "next",
    "not",
    "rem",
    "shl",
    "shr",
    "sub",
];

/// For a method whose name is that of a method of a standard trait.
pub(crate) fn trait_method(name: &Ident) -> Option<TokenStream> {
    let reason = "named by the API description";
    TRAIT_METHODS
        .contains(&name.to_string().as_str())
        .then(|| quote!(#[allow(clippy::should_implement_trait, reason = #reason)]))
}

/// For a crate with names in other scripts than Latin, which Rust's lints look at all at once.
pub(crate) fn foreign_letters(any: bool) -> Option<TokenStream> {
    let reason = "the API description has names in these scripts";
    let lints = quote!(confusable_idents, mixed_script_confusables, uncommon_codepoints);
    any.then(|| quote!(#![allow(#lints, reason = #reason)]))
}

/// For a function with more arguments than Clippy likes.
pub(crate) fn many_arguments(count: usize) -> Option<TokenStream> {
    let reason = "the API description requires them";
    (count > 7).then(|| quote!(#[expect(clippy::too_many_arguments, reason = #reason)]))
}

/// For a `use` of former names, which are deprecated.
pub(crate) fn deprecated_exports() -> TokenStream {
    let reason = "code that was written for an earlier release uses these names";
    quote!(#[allow(deprecated, reason = #reason)])
}

/// For a method that callers should not use any more.
pub(crate) fn deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote!(#[deprecated = "deprecated by the API"]))
}
