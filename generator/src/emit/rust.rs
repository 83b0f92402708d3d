//! Emits the Rust sources of a package, and tells the documentation how Rust spells them.

mod package;
mod operations;
mod types;
mod dialect;
pub mod symbols;
mod ty;
mod rustdoc;
mod lints;
mod runtime;
mod print;

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

pub(crate) use runtime::{RUNTIME_DEFAULTS, RUNTIME_FEATURES};
pub use symbols::Symbols;

use crate::emit::inert::Inert;
use crate::files::Files;
use crate::ir::{Api, OperationId, TypeId};
use print::FileBody;
use symbols::ManagerSymbols;

/// A model with its identifiers, shared by all Rust emitters.
#[derive(Debug)]
pub struct Rust<'a> {
    /// The model.
    pub api: &'a Api,
    /// The identifiers of the model.
    pub symbols: &'a Symbols,
    /// Names defined by the current file. A type with such a name is written with its path.
    local: BTreeSet<String>,
    /// The named types mentioned so far in the current file. Only these are imported.
    used: Mutex<BTreeSet<TypeId>>,
}

impl<'a> Rust<'a> {
    /// Creates a view of a model and its identifiers for no particular file.
    #[must_use]
    pub fn new(api: &'a Api, symbols: &'a Symbols) -> Self {
        Self { api, symbols, local: BTreeSet::new(), used: Mutex::default() }
    }

    fn used(&self) -> MutexGuard<'_, BTreeSet<TypeId>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the name of a type and the names of its fields or variants, in order.
    #[must_use]
    pub fn names(&self, id: TypeId) -> (&'a str, &'a [String]) {
        let symbols = self.symbols.ty(id);
        (&symbols.name, &symbols.members)
    }

    fn manager_of(&self, id: OperationId) -> &'a ManagerSymbols {
        &self.symbols.managers[self.symbols.homes[&id]]
    }

    /// Links the method of an operation, for documentation in the file of its manager.
    fn method_link(&self, id: OperationId) -> Inert {
        let manager = Inert::symbol(&self.manager_of(id).ty);
        Inert::ours("[`") + manager + "::" + Inert::symbol(&self.symbols.operation(id).method) + "`]"
    }

    /// Creates the view for one file, given the names that the file defines.
    fn for_file(&self, local: BTreeSet<String>) -> Self {
        Self { local, ..Self::new(self.api, self.symbols) }
    }

    /// Returns the named types that the current file mentions without a path.
    fn imported(&self) -> Vec<&'a str> {
        let used = self.used();
        let names = used.iter().map(|&id| self.symbols.ty(id).name.as_str());
        names.filter(|name| !self.local.contains(*name)).collect()
    }

    /// Emits the `use` lines for the named types that the current file mentions. If it mentions some by path,
    /// their module is imported too.
    fn imports(&self, module: &TokenStream) -> Vec<TokenStream> {
        let used = self.used();
        let names: BTreeSet<&str> = used.iter().map(|&id| self.symbols.ty(id).name.as_str()).collect();
        let (by_path, bare): (Vec<&str>, Vec<&str>) =
            names.into_iter().partition(|name| self.local.contains(*name));
        let mut imports = Vec::new();
        if !bare.is_empty() {
            imports.push(import(module, bare.into_iter().map(print::identifier)));
        }
        if !by_path.is_empty() {
            imports.push(quote!(use #module;));
        }
        imports
    }
}

/// Emits the Rust files of a package.
pub fn emit(api: &Api, symbols: &Symbols, files: &mut Files) {
    let rust = &Rust::new(api, symbols);
    package::library::emit(rust, files);
    package::client::emit(rust, files);
    package::managers::emit(rust, files);
    package::oauth::emit(rust, files);
    types::emit(rust, files);
}

/// Collects the `use` lines of a file: standard library, runtime, then its own.
fn uses(body: &FileBody, own: Vec<TokenStream>) -> Vec<TokenStream> {
    let mut uses = Vec::new();
    if body.mentions("BTreeMap") {
        uses.push(quote!(
            use std::collections::BTreeMap;
        ));
    }
    if body.mentions("rt") {
        uses.push(quote!(
            use sdk_runtime as rt;
        ));
    }
    uses.extend(own);
    uses
}

/// Emits a `use` line for names of one module.
fn import(module: &TokenStream, names: impl Iterator<Item = Ident>) -> TokenStream {
    let names: Vec<Ident> = names.collect();
    match names.as_slice() {
        [name] => quote!(use #module::#name;),
        names => quote!(use #module::{#(#names),*};),
    }
}

/// Collects the identifiers in the tokens, but of a path only the first one.
fn mentioned(items: &[TokenStream]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<TokenStream> = items.to_vec();
    while let Some(tokens) = open.pop() {
        let mut colons = 0;
        for tree in tokens {
            match &tree {
                TokenTree::Ident(ident) if colons < 2 => {
                    found.insert(ident.to_string());
                }
                TokenTree::Group(group) => open.push(group.stream()),
                TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            colons = if matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == ':') {
                colons + 1
            } else {
                0
            };
        }
    }
    found
}
