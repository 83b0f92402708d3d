//! Emits attributes for lints that fire on names or numbers chosen by the document.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// Methods of operator and conversion traits. Clippy flags inherent methods with these names.
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

/// Allows a method name that belongs to a standard trait.
pub(crate) fn trait_method(name: &Ident) -> Option<TokenStream> {
    let reason = "named by the API description";
    TRAIT_METHODS
        .contains(&name.to_string().as_str())
        .then(|| quote!(#[allow(clippy::should_implement_trait, reason = #reason)]))
}

/// Names that Clippy takes for placeholders.
const PLACEHOLDERS: &[&str] = &["foo", "baz", "quux"];

/// Returns `true` for a name that Clippy flags as an argument or a variable.
pub(crate) fn is_placeholder(name: &str) -> bool {
    PLACEHOLDERS.contains(&name)
}

/// Allows names that Clippy takes for placeholders: an argument can occur in many methods.
pub(crate) fn placeholders(any: bool) -> Option<TokenStream> {
    let reason = "the API description has these names";
    any.then(|| quote!(#![allow(clippy::disallowed_names, reason = #reason)]))
}

/// Allows names in scripts other than Latin. Rust checks scripts for the crate as a whole.
pub(crate) fn foreign_letters(any: bool) -> Option<TokenStream> {
    let reason = "the API description has names in these scripts";
    let lints = quote!(confusable_idents, mixed_script_confusables, uncommon_codepoints);
    any.then(|| quote!(#![allow(#lints, reason = #reason)]))
}

/// Allows more arguments than Clippy's default limit.
pub(crate) fn many_arguments(count: usize) -> Option<TokenStream> {
    let reason = "the API description requires them";
    (count > 7).then(|| quote!(#[expect(clippy::too_many_arguments, reason = #reason)]))
}

/// Allows a constructor without arguments for a type that is not empty by default.
pub(crate) fn without_default(any: bool) -> Option<TokenStream> {
    let reason = "the constructor sets a member";
    any.then(|| quote!(#[allow(clippy::new_without_default, reason = #reason)]))
}

/// Allows a `use` of deprecated former names.
pub(crate) fn deprecated_exports() -> TokenStream {
    let reason = "code that was written for an earlier release uses these names";
    quote!(#[allow(deprecated, reason = #reason)])
}

/// Allows a call of a deprecated method.
pub(crate) fn deprecated_use() -> TokenStream {
    let reason = "the API deprecates the method by any name";
    quote!(#[allow(deprecated, reason = #reason)])
}

/// Marks a former name.
pub(crate) fn replaced_by(name: &str) -> TokenStream {
    let note = format!("use `{name}`");
    quote!(#[deprecated(note = #note)])
}

/// Marks a deprecated method.
pub(crate) fn deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote!(#[deprecated = "deprecated by the API"]))
}
